"""Files of results and of compiled rules: whole or not there, in one hand at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from agents.kept import CHOSEN, folder_for
from experiments import folders
from experiments.performance import performed
from experiments.sweeping.folder import performed as study_performed
from experiments.sweeping.status import status
from simulation.problems import ScenarioError
from simulation.writing import aside, write_text

from .sweeping import works
from .test_compiled import ASK, answer, copy_of_the_rules


def test_a_file_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    write_text(path, "old")
    with pytest.raises(KeyboardInterrupt), aside(path) as part:
        part.write_text("ne")
        assert path.read_text() == "old"
        raise KeyboardInterrupt
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
    write_text(path, "new")
    assert path.read_text() == "new" and list(tmp_path.iterdir()) == [path]


def test_one_command_at_a_time_writes_a_run_to_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with folders.alone(out), pytest.raises(ScenarioError, match="another command is writing"):
        performed("classroom", out=out, no_figures=True)
    assert list(out.iterdir()) == []
    performed("classroom", out=out, no_figures=True)
    assert folders.is_run_folder(out) and not (out / folders.LOCK).exists()


def test_a_study_is_finished_whatever_the_clock_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000, 0, -10))  # a clock that goes back all the time
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: float(next(clock)))
        study_performed(works.study(works.squared), tmp_path, files={}, workers=1)
    assert status(tmp_path).ended and "Finished." in status(tmp_path).text()


def test_compiled_rules_that_were_damaged_are_compiled_again(tmp_path: Path) -> None:
    folder = copy_of_the_rules(tmp_path)
    sound = answer(folder)
    (data,) = (folder / "cache").rglob("draws.normal-*.nbc")
    index = next((folder / "cache").rglob("draws.uniform-*.nbi"))
    good = data.read_bytes()
    for damaged in (good[: len(good) // 2], bytes(len(good)), good[:5000] + b"damaged" + good[5007:]):
        data.write_bytes(damaged)
        index.write_bytes(index.read_bytes()[:10])
        assert answer(folder) == sound
        assert data.read_bytes() != damaged


def test_rules_are_kept_in_a_folder_of_our_own_where_the_chosen_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(CHOSEN, str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = folder_for("rules")
    assert kept is not None and kept.parent.parent == tmp_path and kept.parent.stat().st_mode & 0o77 == 0
    kept.parent.chmod(0o777)  # others could put code there
    assert folder_for("rules") is None


@pytest.mark.parametrize("missing", ["HOME", "TMPDIR"])
def test_rules_are_found_without_a_home_and_without_a_folder_for_temporary_files(
    missing: str, tmp_path: Path
) -> None:
    folder = copy_of_the_rules(tmp_path)
    known = answer(folder)
    environment = {**os.environ, CHOSEN: str(folder / "cache"), "PYTHONPATH": str(folder)}
    environment |= {"HOME": str(tmp_path / "none"), missing: str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    assert float(done.stdout.split()[0]) == known[0]

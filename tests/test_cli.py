"""The command line: what it prints, what it writes, how it ends, and how fast it says --help."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import experiments
from experiments.cli import COMMANDS, commands

ROOT = Path(experiments.__file__).parents[1]
SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"
TABLES = ("indicators", "contracts", "negotiations", "companies", "accounts", "events")
HEAVY = (
    "numba",
    "pandas",
    "mesa",
    "matplotlib",
    "numpy",
    "pydantic",
    "simulation.run",
    "experiments.summary",
)


def typed(*words: str | Path) -> Result:
    """What a command answers."""
    return CliRunner().invoke(commands, [str(word) for word in words])


def outside(*words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    line = [sys.executable, "-m", "experiments", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, env=environment, timeout=300, **options)


def ran(folder: Path, *words: str | Path) -> Path:
    """The folder of a run without figures."""
    answer = typed("run", *words, "--no-figures", "--out", folder)
    assert answer.exit_code == 0, answer.output
    return folder


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


# --- help


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    line = [sys.executable, "-X", "importtime", "-m", "experiments", "--help"]
    answer = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert answer.returncode == 0
    assert all(f"\n  {name} " in answer.stdout for name in COMMANDS)
    loaded = {row.rpartition("|")[2].strip() for row in answer.stderr.splitlines() if "|" in row}
    assert "click" in loaded
    assert not [name for name in HEAVY if name in loaded]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    answer = typed(name, "--help")
    assert answer.exit_code == 0
    assert f"Usage: symbiopark {name}" in answer.output


def test_the_version_is_said() -> None:
    answer = typed("--version")
    assert answer.exit_code == 0
    assert answer.output.startswith("symbiopark")


# --- run


def test_a_run_prints_a_headline_and_writes_record_tables_and_figures(tmp_path: Path) -> None:
    answer = typed("run", "classroom", "--out", tmp_path / "run")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("Eight companies by the harbour, seed 1: ")
    assert "model result" in answer.output
    written = {str(path.relative_to(tmp_path / "run")) for path in files_below(tmp_path / "run")}
    figures = {f"figures/{name}.png" for name in ("streams", "map", "savings", "timeline")}
    assert written == {"run.json", *(f"{name}.parquet" for name in TABLES), *figures}


def test_without_out_every_run_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert typed("run", "classroom", "--seed", "7", "--no-figures").exit_code == 0
    folders = sorted(path.name for path in (tmp_path / "runs").iterdir())
    assert len(folders) == 2
    assert all(name.startswith("classroom-7-") for name in folders)


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    answer = outside("run", "classroom", "--json", "--no-figures", "--out", tmp_path / "run")
    assert answer.returncode == 0
    said = json.loads(answer.stdout)
    assert said["scenario"] == "classroom" and said["seed"] == 1 and said["model_result"] is True
    assert said["units"]["co2_avoided"] == "t/year"
    assert (
        said["years"][-1]["streams"]["sim"]
        == pd.read_parquet(tmp_path / "run/indicators.parquet")["streams"].iloc[-1]
    )


def test_json_gives_recorded_values_beside_simulated_ones(tmp_path: Path) -> None:
    answer = typed("run", "kalundborg", "--json", "--no-figures", "--out", tmp_path / "run")
    said = json.loads(answer.output)
    of_1995 = next(row for row in said["years"] if row["year"] == 1995)
    assert of_1995["streams"]["rec"] == 17 and of_1995["savings"]["rec"] == 11.1e6
    assert {row["residue"] for row in said["recorded_streams"]} >= {"steam", "fgd_gypsum"}


def test_the_record_says_what_was_typed(tmp_path: Path) -> None:
    folder = ran(
        tmp_path / "run", "classroom", "--set", "trust.prior=0.7", "--event", "2015 withdraw Brewery"
    )
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["command"].startswith(
        "symbiopark run classroom --set trust.prior=0.7 --event '2015 withdraw"
    )
    assert record["scenario"]["trust"]["prior"] == 0.7
    assert record["scenario"]["events"][-1] == "2015 withdraw Brewery"


@pytest.mark.parametrize(
    "words",
    [
        ("classroom", "--seed", "3"),
        ("classroom", "--until", "2012.5", "--event", "2005 invite Cement works"),
        ("classroom", "--uncertain", "--set", "trust.prior=0.8"),
        ("kalundborg", "--until", "1990"),
        ("synthetic", "--set", "synthetic.companies=30", "--until", "1990"),
        (SMALL_PARK,),
    ],
)
def test_set_from_repeats_a_run_bit_for_bit(tmp_path: Path, words: tuple[str | Path, ...]) -> None:
    first = ran(tmp_path / "first", *words)
    second = ran(tmp_path / "second", "--set-from", first / "run.json")
    for name in TABLES:
        before, after = (pd.read_parquet(folder / f"{name}.parquet") for folder in (first, second))
        pd.testing.assert_frame_equal(before, after, check_exact=True)
    records = [json.loads((each / "run.json").read_text(encoding="utf-8")) for each in (first, second)]
    for field in ("scenario_sha256", "seed", "replicate", "until"):
        assert records[0][field] == records[1][field]


def test_set_from_takes_a_folder_and_a_change_on_top(tmp_path: Path) -> None:
    first = ran(tmp_path / "first", "classroom", "--seed", "4")
    second = ran(tmp_path / "second", "classroom", "--set-from", first, "--set", "trust.prior=0.9")
    record = json.loads((second / "run.json").read_text(encoding="utf-8"))
    assert record["seed"] == 4 and record["scenario"]["trust"]["prior"] == 0.9


def test_set_from_says_when_the_record_was_changed_by_hand(tmp_path: Path) -> None:
    first = ran(tmp_path / "first", "classroom")
    record = json.loads((first / "run.json").read_text(encoding="utf-8"))
    record["scenario"]["trust"]["prior"] = 0.4
    (first / "run.json").write_text(json.dumps(record), encoding="utf-8")
    answer = outside("run", "--set-from", first / "run.json", "--no-figures", "--out", tmp_path / "second")
    assert answer.returncode == 0
    assert "not as it was written" in answer.stderr


# --- bad input (more in tests.bad_input)


def test_every_problem_has_a_line_on_standard_error(tmp_path: Path) -> None:
    words = ("--set", "trust.prio=0.5", "--set", "policy.leevy=1", "--out", tmp_path / "run")
    answer = outside("run", "classroom", *words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert len(answer.stderr.strip().splitlines()) == 2
    assert not (tmp_path / "run").exists()


# --- folders


def test_an_earlier_run_is_written_over_only_when_forced(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run", "classroom")
    before = (folder / "run.json").read_bytes()
    answer = typed("run", "classroom", "--seed", "2", "--no-figures", "--out", folder)
    assert answer.exit_code == 2 and "--force" in answer.stderr
    assert (folder / "run.json").read_bytes() == before
    assert typed("run", "classroom", "--seed", "2", "--no-figures", "--out", folder, "--force").exit_code == 0
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["seed"] == 2


def test_writing_over_a_run_leaves_no_figure_of_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    assert typed("run", "classroom", "--out", folder).exit_code == 0
    assert typed("run", "classroom", "--out", folder, "--force", "--no-figures").exit_code == 0
    assert not list(folder.glob("figures/*.png"))


# --- how it ends


def test_a_fault_of_ours_ends_with_1_and_asks_for_a_report(tmp_path: Path, monkeypatch: Any) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr("experiments.performance.performed", broken)
    answer = typed("run", "classroom", "--out", tmp_path / "run")
    assert answer.exit_code == 1
    assert "a wheel came off" in answer.stderr and "a fault of ours" in answer.stderr


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    script = (
        "import time, experiments.performance as p\n"
        "def slow(*a, **k): print('started', flush=True); time.sleep(60)\n"
        "p.performed = slow\n"
        "from experiments.__main__ import main; main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", script, "run", "classroom"]
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(line, env=environment, cwd=tmp_path, **streams) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert "Traceback" not in process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently")
def test_a_reader_that_goes_away_is_no_fault() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "experiments", "schema"]
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(line, env=environment, **streams) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == ""


def test_a_terminal_without_our_letters_gets_plain_ones(tmp_path: Path) -> None:
    words = ("run", "kalundborg", "--no-figures", "--out", tmp_path / "run")
    answer = outside(*words, env={"PYTHONIOENCODING": "latin-1"})
    assert answer.returncode == 0
    assert answer.stdout.isascii() and "?" not in answer.stdout
    assert outside(*words, "--force", env={"PYTHONIOENCODING": "ascii"}).returncode == 0


# --- scenario files


def test_scenarios_are_listed_with_their_titles() -> None:
    answer = typed("scenarios")
    assert answer.exit_code == 0
    assert re.search("^kalundborg +Kalundborg, 1960-2025$", answer.output, re.MULTILINE)


def test_a_new_file_is_checked_run_and_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    answer = typed("new", mine)
    assert answer.exit_code == 0 and "mine.toml" in answer.output
    assert typed("check", tmp_path / "mine.toml").output.startswith(
        f"{tmp_path / 'mine.toml'}: no fault found."
    )
    ran(tmp_path / "run", tmp_path / "mine.toml")
    again = typed("new", tmp_path / "mine.toml")
    assert again.exit_code == 2 and "a file that is there" in again.stderr


def test_the_schema_is_json() -> None:
    answer = typed("schema")
    assert json.loads(answer.output)["properties"]["trust"]

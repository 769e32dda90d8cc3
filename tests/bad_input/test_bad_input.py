"""Every bad input is told in clear words, in time, and nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import experiments
from experiments.cli import COMMANDS

from .corpus import CORPUS
from .results import SMALL_PARK
from .row import Bad, prepare
from .trial import below, holds, tried

ROWS = {f"{kind}: {row.what}": row for kind, rows in CORPUS.items() for row in rows}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_bad_input_is_told_and_nothing_is_written(
    row: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason := row.missing():
        pytest.skip(reason)
    prepare(row, tmp_path, SMALL_PARK.read_bytes())
    monkeypatch.chdir(tmp_path)
    faults = tried(row, tmp_path)
    assert not faults, "\n".join(faults)


def test_there_are_rows_of_every_kind_and_for_every_command() -> None:
    assert len(ROWS) == sum(map(len, CORPUS.values())), "two rows of one name"
    met = Counter(row.command for row in ROWS.values())
    assert not [name for name in COMMANDS if not met[name]]
    assert all(len(rows) >= 20 for rows in CORPUS.values())


def test_the_page_has_the_figures() -> None:
    page = (Path(experiments.__file__).parents[1] / "docs" / "robustness.md").read_text("utf-8")
    for kind, rows in {**CORPUS, "all": tuple(ROWS.values())}.items():
        assert f"| {kind} | {len(rows)} |" in page


APART = (
    "files: a pipe", "files: too large a file", "records of runs: repeat: cut in the middle",
    "designs: an unknown field on an axis", "ledgers: status: torn pages",
)  # fmt: skip


@pytest.mark.parametrize("name", APART)
def test_a_process_of_its_own_answers_the_same(name: str, tmp_path: Path) -> None:
    row = ROWS[name]
    prepare(row, tmp_path, SMALL_PARK.read_bytes())
    before = below(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(Path(experiments.__file__).parents[1])}
    line = [sys.executable, "-m", "experiments", *row.words]
    answer = subprocess.run(line, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60)
    assert answer.returncode == row.status and answer.stdout == "" and "Traceback" not in answer.stderr
    assert holds(row.says, answer.stderr), answer.stderr
    assert below(tmp_path) == before

"""A run that failed, once more: its traceback, and whether it did so in the sweep."""

from pathlib import Path

import pytest

from experiments import sweep
from experiments.sweeping.command import again
from experiments.sweeping.ledger import Ledger
from simulation.problems import ScenarioError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("failing") / "sweep"
    axes = {"investment.lead_shortest": [1.0, 3.0], "investment.lead_longest": [2.0, 4.0]}  # 3 and 2 clash
    sweep({"scenario": "classroom", "axes": axes, "outcomes": ["streams_2020"]}, out)
    return out


def test_a_failed_run_fails_again_with_its_traceback_which_is_what_the_sweep_has(folder: Path) -> None:
    said, same = again(folder, 2, None)
    assert said.startswith("Run 2, point 2, replicate 0, fails again, as it did in the sweep:\nTraceback")
    assert "lead_shortest: found 3" in said and same and not (folder / "reruns").exists()


def test_a_run_that_fails_only_now_is_not_what_the_sweep_has(folder: Path) -> None:
    writer = Ledger.writing(folder)
    writer.connection.execute("UPDATE runs SET status = 'done' WHERE run = 2")
    try:
        said, same = again(folder, 2, None)
    finally:
        writer.connection.execute("UPDATE runs SET status = 'failed' WHERE run = 2")
        writer.close()
    assert "fails now; the sweep has it as done" in said and not same


def test_a_run_that_is_not_there_is_bad_input(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="a run that has finished, of 0 to 3"):
        again(folder, 9, None)

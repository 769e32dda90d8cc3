"""The benchmark measures what it says, on small parks."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from experiments.benchmarking import growth, phases, speed
from experiments.benchmarking.alike import alike, trades
from experiments.benchmarking.bound import LOGS, STATE, bound_seconds, moved_bytes
from experiments.benchmarking.figure import HEADER, Figure, line, markdown
from experiments.benchmarking.page import MARKS, PAGE, written
from experiments.benchmarking.timing import exponent, seconds
from experiments.cli import commands
from simulation import simulate
from simulation.run import foundation_of


def test_an_exponent_is_the_power_of_the_growth() -> None:
    assert exponent([1, 10, 100], [3.0, 3.0 * 10**1.5, 3.0 * 10**3]) == pytest.approx(1.5)


def test_seconds_are_those_of_the_processor() -> None:
    import time

    assert seconds(lambda: time.sleep(0.05), 1) < 0.03
    assert seconds(lambda: sum(range(10**6)), 3) > 0.001


def test_phases_are_those_of_the_process_overview_and_their_times_sum_to_a_run() -> None:
    names = phases.phases()
    assert names[:2] == ["turn_calendar", "produce"] and names[-1] == "record" and len(names) == 14
    found = phases.times(foundation_of("classroom"), 1, repeats=1)
    assert list(found) == names and min(found.values()) >= 0.0 < sum(found.values()) < 1.0


def test_the_bound_counts_what_the_run_has() -> None:
    foundation = foundation_of("classroom")
    years, logs, park = moved_bytes(foundation, 1)
    result = simulate("classroom", 1)
    assert len(years) == 30 and years == sorted(years)
    assert not set(STATE) & set(LOGS)
    assert logs >= len(result.negotiations) * park.negotiations.itemsize
    bound = bound_seconds(foundation, 1)
    assert bound["talks"] == len(result.negotiations)
    assert bound["rounds"] == result.negotiations["rounds"].sum()
    assert bound["memory"] > 0.0 and bound["arithmetic"] > 0.0


def test_other_trades_are_told_from_the_same() -> None:
    one, other = trades(simulate("classroom", 1)), trades(simulate("classroom", 2))
    assert alike(one, trades(simulate("classroom", 1)))
    assert not alike(one, other)
    assert not alike(one, (one[0], one[1] * np.array([1.0 + 1e-6, 1, 1, 1, 1, 1, 1])))


def test_a_peer_that_trades_otherwise_stops_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "simulate", lambda source, seed, **rest: simulate(source, seed + 1, **rest))
    with pytest.raises(RuntimeError, match="do not trade alike"):
        speed._against_peer("classroom", {}, "classroom", 1, 1)


def test_growth_is_measured_in_a_process_of_its_own() -> None:
    found = growth.grown("synthetic", until=1980.0, **{"synthetic.companies": 20})
    assert found["seconds"] > 0.0 and found["tables"] > 0.1
    assert math.isnan(found["peak"]) or 50.0 < found["peak"] < 2000.0


def test_a_figure_tells_its_goal_and_its_ratio() -> None:
    against_goal = Figure("a", "a run", 2.0, "ms", 4.0, limit="memory")
    assert against_goal.cells() == ("a run", "2 ms", "at most 4 ms", "0.5 × the goal", "memory")
    against_other = Figure("b", "rate", 1234567.0, "", None, 12.34, "the peer")
    assert against_other.cells()[1:4] == ("1\u2009230\u2009000", "", "12.3 × the peer")
    assert markdown([against_goal]).splitlines()[0] == f"| {' | '.join(HEADER)} |"
    assert line(against_goal.cells()).startswith("a run ")


def test_the_page_keeps_its_words_and_takes_the_numbers(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    written([Figure("a", "a run of nothing", 2.0, "ms", 4.0)], page)
    text = page.read_text(encoding="utf-8")
    assert "| a run of nothing | 2 ms | at most 4 ms | 0.5 × the goal |  |" in text
    assert text.split(MARKS[1])[1] == PAGE.read_text(encoding="utf-8").split(MARKS[1])[1]


def test_the_command_writes_its_figures(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    done = CliRunner().invoke(commands, ["benchmark", "--store", "100", "--json", str(target)])
    assert done.exit_code == 0, done.output
    figures = json.loads(target.read_text(encoding="utf-8"))["figures"]
    assert [figure["name"] for figure in figures][:2] == ["store_microseconds_a_run", "store_megabytes"]
    assert all(figure["value"] > 0 for figure in figures)


def test_a_file_that_cannot_be_written_is_said_before_anything_is_measured(tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["benchmark", "--json", str(tmp_path / "none" / "figures.json")])
    assert done.exit_code == 2 and "there is no folder" in done.output

"""Scores worked by hand, and verdicts of one way of simulating against another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.validation.record import Record, first_starts, simulated
from experiments.validation.scores import inside_band, scores, scores_of, substance, summary, timing
from experiments.validation.skill import BETTER, BETTER_ON_AVERAGE, NO_BETTER, WORSE, skill, verdict

from .histories import recorded, run_with, small


def test_a_run_that_is_the_record_has_full_marks() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012)))
    marks = scores_of(run_with(("First", 2003.0, 2021.0), ("Second", 2012.0, 2021.0)), record)
    for period in ("to 2009", "from 2010"):
        assert marks[f"F1, {period}"] == marks[f"F1 of starts, {period}"] == marks[f"formed, {period}"] == 1.0
        assert marks[f"timing, {period}"] == 0.0
    assert marks["not on record, from 2010"] == 0.0


def test_hits_false_and_missed_are_counted_at_each_date() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012, 2014)))
    marks = scores_of(run_with(("Second", 2004.0, 2021.0), ("First", 2010.0, 2021.0)), record)
    assert (marks["recall, 2005"], marks["precision, 2005"], marks["F1, 2005"]) == (0.0, 0.0, 0.0)
    assert (marks["recall, 2015"], marks["precision, 2015"]) == (1.0, 0.5)  # the second ended on record
    assert marks["F1, 2015"] == pytest.approx(2 / 3)
    assert marks["F1 of starts, to 2009"] == 0.0 and marks["timing, to 2009"] == 7.0


def test_a_stream_of_low_confidence_is_neither_asked_for_nor_held_against_a_run() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2004, confidence="low")))
    without, with_it = (
        run_with(("First", 2003.0, 2021.0)),
        run_with(("First", 2003.0, 2021.0), ("Second", 2004.0, 2021.0)),
    )
    assert scores_of(without, record)["F1, 2005"] == scores_of(with_it, record)["F1, 2005"] == 1.0


def test_nothing_asked_for_is_no_score_and_nothing_made_is_zero() -> None:
    assert np.isnan(list(substance(0, 3, 0).values())).all()
    assert list(substance(0, 0, 4).values()) == [0.0, 0.0, 0.0]


def test_order_is_a_rank_correlation() -> None:
    record = Record.of(
        small(*(recorded(name, year) for name, year in (("First", 2001), ("Second", 2002), ("User", 2003))))
    )
    same = {
        ("First", "User", "ash"): 2004.0,
        ("Second", "User", "ash"): 2005.0,
        ("User", "User", "ash"): 2009.0,
    }
    assert timing(same, record, "to 2009")["order"] == pytest.approx(1.0)
    turned = dict(zip(same, reversed(same.values()), strict=True))
    assert timing(turned, record, "to 2009")["order"] == pytest.approx(-1.0)
    assert np.isnan(timing({}, record, "to 2009")["order"])


def test_totals_are_simulated_over_published_without_low_confidence() -> None:
    told = [
        {"year": 2010, "indicator": "savings", "value": 25.0},
        {"year": 2010, "indicator": "jobs", "value": 1, "confidence": "low"},
    ]
    marks = scores_of(
        run_with(("First", 2003.0, 2021.0)), Record.of(small(recorded("First", 2003), totals=told))
    )
    assert marks["savings, 2010"] == 2.0 and "jobs, 2010" not in marks


def test_a_count_inside_the_band_counts() -> None:
    runs = [run_with(seed=n, streams=float(n)) for n in range(1, 22)]
    assert inside_band(runs, {2005: 10.0, 2010: 30.0}) == (1, 2)


def test_summary_holds_mean_and_nine_tenths_of_runs_and_leaves_missing_out() -> None:
    table = summary(pd.DataFrame({"a": [*range(21)], "b": [np.nan] * 20 + [3.0], "c": [np.nan] * 21}))
    assert table.loc["a"].tolist() == [10.0, 1.0, 19.0]
    assert table.loc["b"].tolist() == [3.0, 3.0, 3.0] and table.loc["c"].isna().all()


def test_what_is_in_operation_is_asked_of_the_last_quarter() -> None:
    run = run_with(("First", 2005.75, 2006.75))
    assert [len(simulated(run, year)) for year in (2004, 2005, 2006)] == [0, 1, 0]
    assert first_starts(run) == {("First", "User", "ash"): 2005.75}


def test_verdicts_follow_the_differences_of_runs() -> None:
    spread = np.linspace(-1, 1, 101)
    assert verdict(spread + 2) == BETTER
    assert verdict(spread + 0.5) == BETTER_ON_AVERAGE
    assert verdict(spread) == NO_BETTER
    assert verdict(spread - 0.5) == WORSE


def test_a_smaller_difference_of_dates_is_an_advantage() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012)))
    model = scores([run_with(("First", 2003.0, 2021.0), seed=n) for n in range(5)], record)
    late = scores([run_with(("First", 2008.0, 2021.0), seed=n) for n in range(5)], record)
    table = skill(model, {"late": late}, record).set_index(["period", "score"])
    assert table.loc[("to 2009", "timing"), "advantage"] == 5.0
    assert table.loc[("to 2009", "timing"), "verdict"] == BETTER
    assert table.loc[("from 2010", "F1"), "verdict"] == NO_BETTER

"""Intervals, ranks, ties, recovery: against worked examples and the functions of scipy."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from experiments.stressing import paired
from experiments.stressing.limits import reaches
from experiments.stressing.question import Limit
from experiments.stressing.recovery import kaplan_meier, median_years

LUCK = np.random.default_rng(5).normal(size=(40, 1))
NOISE = np.random.default_rng(6).normal(size=(40, 4))


def test_means_are_those_of_a_t_test() -> None:
    values = NOISE + [0.0, 1.0, 2.0, 3.0]
    found, test = paired.means(values), stats.ttest_1samp(values, 0.0)
    interval = test.confidence_interval(0.95)
    np.testing.assert_allclose(found["p"], test.pvalue)
    np.testing.assert_allclose(found["low"], interval.low)
    np.testing.assert_allclose(found["high"], interval.high)
    assert (paired.adjusted(found["p"]) >= found["p"]).all()


def test_what_is_the_same_in_every_run_has_an_interval_of_no_width() -> None:
    found = paired.means(np.column_stack([np.zeros(5), np.full(5, 3.0), NOISE[:5, 0]]))
    assert found["p"][:2].tolist() == [1.0, 0.0]
    assert found["low"][:2].tolist() == found["high"][:2].tolist() == [0.0, 3.0]
    assert found["low"][2] < found["high"][2]


def test_losses_that_are_far_apart_have_sure_ranks_and_groups_of_their_own() -> None:
    values = 0.1 * NOISE + [1.0, 4.0, 3.0, 2.0]
    low, high = paired.rank_intervals(values)
    assert low.tolist() == high.tolist() == [4, 1, 2, 3]
    assert paired.tie_groups(values).tolist() == [4, 1, 2, 3]


def test_losses_that_differ_by_luck_alone_are_tied_and_their_ranks_span_all() -> None:
    low, high = paired.rank_intervals(NOISE)
    assert (high - low >= 2).all()
    assert paired.tie_groups(NOISE).tolist() == [1, 1, 1, 1]


def test_common_luck_does_not_blur_a_difference() -> None:
    """The same luck in both columns: unpaired the difference of 0.5 would drown in it, paired it is sure."""
    values = 5 * LUCK + 0.1 * NOISE[:, :2] + [0.0, 0.5]
    assert stats.ttest_ind(values[:, 0], values[:, 1]).pvalue > 0.2
    assert paired.tie_groups(values).tolist() == [2, 1]
    assert [each.tolist() for each in paired.rank_intervals(values)] == [[2, 1], [2, 1]]


def test_rank_intervals_hold_the_true_rank_as_often_as_they_say() -> None:
    """200 tables of 20 runs with known means: the interval of the second holds rank 2 in 90 % or more."""
    generator, held = np.random.default_rng(3), 0
    for turn in range(60):
        values = generator.normal(size=(20, 4)) + [0.0, 0.6, 1.2, 1.8]
        low, high = paired.rank_intervals(values, seed=turn)
        held += low[2] <= 2 <= high[2]
    assert held >= 52


def test_a_ranked_table_is_in_order_and_says_how_many_runs_are_worse() -> None:
    table = pd.DataFrame(0.1 * NOISE + [0.0, 2.0, 2.0, 1.0], columns=["a", "b", "c", "d"])
    found = paired.ranked(table)
    assert found["mean"].is_monotonic_decreasing and found["rank"].tolist() == [1, 2, 3, 4]
    assert set(found.index[:2]) == {"b", "c"} and found["group"].tolist() == [1, 1, 2, 3]
    assert found.loc["b", "share_worse"] == 1.0 and found.loc["b", "runs"] == 40


def test_kaplan_meier_by_hand() -> None:
    """Five runs: back after 1, 2, 2 years; two not back in 5. Left: 4/5, then 4/5 x 2/4 = 2/5."""
    table = kaplan_meier(np.array([1.0, 2, 2, 5, 5]), np.array([1, 1, 1, 0, 0]))
    assert table["years"].tolist() == [0, 1, 2, 5]
    np.testing.assert_allclose(table["not_recovered"], [1, 0.8, 0.4, 0.4])
    assert table["at_risk"].tolist() == [5, 5, 4, 2] and table["recovered"].tolist() == [0, 1, 2, 0]
    assert (table["low"] <= table["not_recovered"]).all() and (table["high"] >= table["not_recovered"]).all()
    assert median_years(np.array([1.0, 2, 2, 5, 5]), np.array([1, 1, 1, 0, 0])) == 2


def test_runs_that_never_recover_have_no_median_and_are_not_left_out() -> None:
    assert math.isinf(median_years(np.array([1.0, 9, 9, 9]), np.array([1, 0, 0, 0])))
    nobody = kaplan_meier(np.array([9.0, 9]), np.array([0, 0]))
    assert nobody["not_recovered"].tolist() == [1, 1] and not nobody.isna().any().any()
    all_of_them = kaplan_meier(np.zeros(3), np.ones(3))
    assert all_of_them["not_recovered"].tolist() == [0] and median_years(np.zeros(3), np.ones(3)) == 0


@pytest.mark.parametrize(
    ("lowest", "best"),
    [
        ({"0": [12, 12], "1": [9, 12], "0+1": [5, 5]}, (1,)),  # one loss in half of the runs is enough
        ({"0": [12, 12], "1": [11, 12], "0+1": [5, 5]}, (0, 1)),
        ({"0": [12, 12], "1": [11, 11]}, (1,)),  # nearest, where none reaches it
        ({"0": [math.nan, 4], "1": [12, 12]}, (0,)),
    ],
)
def test_the_smallest_set_that_reaches_the_limit_comes_first(
    lowest: dict[str, list[float]], best: tuple[int, ...]
) -> None:
    assert reaches(lowest, Limit("streams < 10", "streams", "<", 10.0))[0].members == best


def test_a_limit_may_include_its_value() -> None:
    lowest = {"0": [10.0, 10.0]}
    assert not reaches(lowest, Limit("", "streams", "<", 10.0))[0].reached
    assert reaches(lowest, Limit("", "streams", "<=", 10.0))[0].reached


def test_losses_that_are_equal_share_their_ranks() -> None:
    values = pd.DataFrame({"a": [3.0, 4.0, 5.0], "b": [3.0, 4.0, 5.0], "c": [0.0, 0.1, 0.2]})
    table = paired.ranked(values)
    assert table["rank"].tolist() == [1, 1, 3]
    assert table["rank_low"].tolist() == [1, 1, 3] and table["rank_high"].tolist() == [2, 2, 3]


def test_labels_that_are_cut_keep_the_words_by_which_ways_of_losing_a_company_differ() -> None:
    from experiments.stressing.words import cut

    name = "Asnaes power station"
    ways = [f"{name} leaves", f"{name} leaves, announced 3 years ahead", f"{name} stops trading for 3 years"]
    for most in (22, 30, 36):
        short = [cut(way, most) for way in ways]
        assert len(set(short)) == 3 and max(map(len, short)) <= most
    assert cut(ways[0], 22) == "Asnaes power st…leaves" and cut("Gyproc", 22) == "Gyproc"
    assert cut("Kalundborg Varmeforsyningsselskab", 22) == "Kalundborg Varmeforsy…"


@pytest.mark.parametrize(
    ("largest", "unit", "said"),
    [(5.8e6, "EUR/year", "M EUR/yr"), (7e4, "EUR/year", "1000 EUR/yr"), (787.0, "t/year", "t/yr"),
     (28_000.0, "t/year", "1000 t/yr"), (3.7, "streams", "streams")],
)  # fmt: skip
def test_amounts_stand_in_a_unit_in_which_they_can_be_read(largest: float, unit: str, said: str) -> None:
    from experiments.stressing.words import scaled

    divisor, head = scaled(largest, unit)
    assert head == said and largest / divisor >= 0.05


def test_small_losses_are_not_told_as_nothing_and_a_loss_in_the_last_year_is_drawn_without_a_warning() -> (
    None
):
    from experiments import look
    from experiments.stressing import quick
    from experiments.stressing.figures import FIGURES
    from experiments.stressing.terminal import ranking_table

    findings = quick("classroom", 2012, "Greenhouse", runs=4, by="co2_avoided")
    mean = float(findings.worst()["mean"].iloc[0])
    assert 1 < abs(mean) < 1e4 and f" {look.fixed(mean, 0)} " in ranking_table(findings)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FIGURES["recovery"](quick("classroom", 2029.75, "Brewery", runs=2), look.LIGHT)

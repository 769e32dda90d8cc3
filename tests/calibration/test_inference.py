"""Rejection and adjustment on problems whose posterior is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import truncnorm

from experiments.calibration.convergence import convergence
from experiments.calibration.coverage import coverage, told
from experiments.calibration.distance import NORMAL, distances, scales, weights
from experiments.calibration.identified import IDENTIFIED, NOT, estimates
from experiments.calibration.posterior import Posterior, Sample, posterior, quantiles, spread, within_reach
from experiments.calibration.prior import Free, sample
from experiments.calibration.record import COUNTS, MONEY, Statistic
from experiments.calibration.subjects import without_each

FREE = [Free("known", 0.0, 10.0, 5.0), Free("idle", 0.0, 1.0, 0.5)]
NOISE = 1.0
ONE = np.ones(2)
HALF = np.full(2, 0.5)


def linear(count: int = 4000, seed: int = 3) -> Sample:
    """Two statistics: the first parameter with normal noise, and noise alone."""
    values = sample(FREE, count, seed)
    noise = np.random.default_rng(seed).normal(0, NOISE, (count, 2))
    runs = np.column_stack([values[:, 0] + noise[:, 0], noise[:, 1]])
    shares = np.column_stack([each.share(column) for each, column in zip(FREE, values.T, strict=True)])
    return Sample(shares, runs, np.arange(count))


def found(target: float, accept: float = 0.1, adjust: bool = True) -> Posterior:
    return posterior(FREE, linear(), np.array([target, 0.0]), ONE, HALF, accept, adjust)


@pytest.mark.parametrize("target", [2.0, 5.0, 9.0])
def test_the_posterior_of_a_normal_observation_is_the_exact_one(target: float) -> None:
    post = found(target)
    exact = truncnorm((0 - target) / NOISE, (10 - target) / NOISE, loc=target, scale=NOISE)
    values = FREE[0].value(post.shares[:, 0])
    assert post.weights @ values == pytest.approx(exact.mean(), abs=0.15)
    assert spread(values, post.weights) == pytest.approx(exact.std(), rel=0.15)
    assert quantiles(values, post.weights, [0.05, 0.95]) == pytest.approx(exact.ppf([0.05, 0.95]), abs=0.35)


def test_adjustment_takes_out_what_a_wide_tolerance_adds() -> None:
    wide, mended = found(5.0, accept=0.5, adjust=False), found(5.0, accept=0.5)
    assert spread(10 * wide.shares[:, 0], wide.weights) > 1.4 * NOISE
    assert spread(10 * mended.shares[:, 0], mended.weights) == pytest.approx(NOISE, rel=0.12)


def test_what_the_record_knows_nothing_of_is_called_unidentified() -> None:
    prior, post = linear(), found(5.0)
    known, idle = estimates(FREE, prior, post, ONE, seed=1)
    assert known.verdict == IDENTIFIED and known.interval[0] < 5.0 < known.interval[1]
    assert known.ratio == pytest.approx(NOISE / np.sqrt(100 / 12), rel=0.2)
    assert idle.verdict == NOT and idle.ratio_interval[0] < 1.0 < idle.ratio_interval[1] + 0.05


def test_a_record_beyond_all_runs_is_approached_and_not_extrapolated_to() -> None:
    post = found(40.0)
    assert post.aim[0] < 14 < 40
    values = FREE[0].value(post.shares[:, 0])
    assert 8 < post.weights @ values <= 10


def test_a_record_within_reach_is_aimed_at_itself() -> None:
    runs = np.random.default_rng(1).normal(0, 1, (500, 2))
    w = np.full(500, 1 / 500)
    assert within_reach(np.array([0.5, -0.5]), runs, w, ONE) == pytest.approx([0.5, -0.5])
    far = within_reach(np.array([30.0, 0.0]), runs, w, ONE)
    assert far[0] == pytest.approx(np.sqrt(5.99), abs=0.25)  # 95 % of two squared normals lie within 5.99


def test_intervals_hold_true_values_as_often_as_they_say() -> None:
    table = coverage(FREE, linear(), ONE, HALF, 0.1, cases=200, seed=5)
    rows = told(table).set_index("field")
    assert len(table) == 400
    for field in ("known", "idle"):
        assert rows.at[field, "in_90_low"] < 0.9 < rows.at[field, "in_90_high"] + 0.02
        assert rows.at[field, "in_50_low"] - 0.02 < 0.5 < rows.at[field, "in_50_high"] + 0.02
        assert rows.at[field, "uniform"] > 0.001
    assert rows.at["known", "recovered"] > 0.9 > 0.3 > rows.at["idle", "recovered"]


def test_intervals_of_a_wrong_method_are_found_out() -> None:
    """A posterior of half the width: the coverage test must see it."""
    narrow = linear()
    table = coverage(FREE, narrow, ONE, HALF, 0.1, cases=200, seed=5)
    middle = table["median"] - table["true"]
    held = (np.abs(middle[table["field"] == "known"]) < 0.8 * NOISE).mean()  # half of 1.64
    assert held < 0.7


def test_all_runs_of_the_point_of_a_case_are_left_out() -> None:
    """Were its twins kept, a parameter without influence would be found again."""
    whole = linear(500)
    twins = Sample(*(np.repeat(each, 4, axis=0) for each in (whole.shares, whole.runs, whole.point)))
    rows = told(coverage(FREE, twins, ONE, HALF, 0.05, cases=150, seed=2)).set_index("field")
    assert abs(rows.at["idle", "recovered"]) < 0.3


def test_convergence_ends_at_the_posterior_itself() -> None:
    table = convergence(FREE, linear(), np.array([5.0, 0.0]), ONE, HALF, 0.1)
    last = table[(table["points"] == 4000) & (table["accept"] == 0.1)]
    post = found(5.0)
    expected = FREE[0].value(quantiles(post.shares[:, 0], post.weights, [0.5]))
    assert last[last["field"] == "known"]["median"].iloc[0] == pytest.approx(float(expected[0]))
    assert set(table[table["varied"] == "points"]["points"]) == {500, 1000, 2000, 4000}


def test_the_distance_by_hand() -> None:
    told = [Statistic("a", COUNTS, "", 0, 1, ""), Statistic("b", COUNTS, "", 0, 1, ""),
            Statistic("c", MONEY, "", 10, 1, "")]  # fmt: skip
    weight = weights(told)
    assert weight == pytest.approx([0.25, 0.25, 0.5])
    far = distances(np.array([[2.0, 0.0, 14.0]]), np.array([0.0, 0, 10]), np.array([1.0, 1, 2]), weight)
    assert far == pytest.approx([np.sqrt(0.25 * 4 + 0.5 * 4)])


def test_the_scale_is_the_spread_and_no_less_than_the_uncertainty() -> None:
    told = [Statistic("a", COUNTS, "", 0, 0.5, ""), Statistic("b", COUNTS, "", 0, 7.0, "")]
    runs = np.array([[0.0, 0], [1, 1], [2, 2], [3, 3], [100, 100]])
    assert scales(told, runs) == pytest.approx([NORMAL * 1.0, 7.0])


def test_ranges_are_filled_evenly_by_factors_or_in_whole_numbers() -> None:
    free = [
        Free("plain", 2, 4, 3),
        Free("factor", 0.01, 1, 0.1, log=True),
        Free("count", 1, 3, 1, whole=True),
    ]
    values = sample(free, 300, seed=1)
    assert np.median(values[:, 0]) == pytest.approx(3, abs=0.05)
    assert np.median(values[:, 1]) == pytest.approx(0.1, rel=0.1)
    assert np.unique(values[:, 2], return_counts=True)[1] == pytest.approx([100, 100, 100], abs=12)
    for each, column in zip(free[:2], values.T, strict=False):
        assert each.value(each.share(column)) == pytest.approx(column)
    assert free[2].value(free[2].share(np.array([1.0, 2, 3]))) == pytest.approx([1, 2, 3])


def test_quantiles_of_equal_weights_are_those_of_numpy_and_weights_count() -> None:
    values = np.random.default_rng(0).normal(size=2001)
    equal = np.full(2001, 1 / 2001)
    assert quantiles(values, equal, [0.1, 0.5]) == pytest.approx(np.quantile(values, [0.1, 0.5]), abs=0.01)
    assert quantiles(np.array([0.0, 1.0]), np.array([0.001, 0.999]), [0.5])[0] == pytest.approx(0.5, abs=0.51)
    assert quantiles(np.arange(3.0), np.array([0.0, 1.0, 0.0]), [0.5])[0] == pytest.approx(1.0)


def test_without_the_subject_that_tells_a_parameter_it_is_as_before() -> None:
    told = [Statistic("seen", COUNTS, "", 5.0, 0.1, ""), Statistic("noise", MONEY, "", 0.0, 0.1, "")]
    table = without_each(FREE, told, linear(), ONE, 0.1).set_index(["field", "without"])
    assert table.at[("known", ""), "ratio"] == pytest.approx(table.at[("known", MONEY), "ratio"], rel=0.15)
    assert table.at[("known", COUNTS), "ratio"] == pytest.approx(1.0, abs=0.12)
    post = found(5.0)
    expected = FREE[0].value(quantiles(post.shares[:, 0], post.weights, [0.5]))
    assert table.at[("known", ""), "median"] == pytest.approx(float(expected[0]))

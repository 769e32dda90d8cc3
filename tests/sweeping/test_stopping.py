"""The stopping rule: half widths are Student's, and the coverage is what it claims."""

import numpy as np
import pandas as pd
from scipy import stats

from experiments.sweeping.design import Until
from experiments.sweeping.stopping import came_to, enough, half_widths


def test_half_widths_are_those_of_scipy() -> None:
    values = np.random.default_rng(1).normal(1e6, 3.0, 40)
    for count in (3, 10, 40):
        low, high = stats.t.interval(0.95, count - 1, values[:count].mean(), stats.sem(values[:count]))
        assert abs(half_widths(values, 0.95)[count - 3] - (high - low) / 2) < 1e-9


def test_equal_values_are_enough_after_the_look_ahead_and_wild_ones_are_not() -> None:
    rule = Until(until="x", half_width=0.05, at_most=500)
    assert not enough([4.0] * 7, rule) and enough([4.0] * 8, rule)
    assert not enough(list(np.random.default_rng(1).normal(0.0, 1.0, 200)), rule)
    assert not enough([], rule) and not enough([float("nan")] * 50, rule)


def test_the_mean_is_inside_the_promised_interval_about_as_often_as_promised() -> None:
    rule = Until(until="x", half_width=0.1, at_most=1000)
    random, hits = np.random.default_rng(2), 0
    for _ in range(200):
        values = random.normal(10.0, 4.0, 400)
        stop = next(count for count in range(10, 401, 10) if enough(values[:count], rule))
        hits += abs(values[:stop].mean() - 10.0) <= 0.1 * abs(values[:stop].mean())
    assert hits >= 186  # 93 of 100


def test_an_absolute_width_serves_a_mean_near_zero() -> None:
    values = np.random.default_rng(3).normal(0.0, 1.0, 400)
    assert enough(values, Until(until="x", half_width=0.2, at_most=500, absolute=True))


def test_what_the_rule_came_to_is_told() -> None:
    rule = Until(until="x", half_width=0.05, at_most=20)
    wild = np.random.default_rng(1).normal(0.0, 1.0, 20)
    rows = [(0, r, 4.0) for r in range(10)] + [(1, r, each) for r, each in enumerate(wild)]
    runs = pd.DataFrame(rows, columns=["point", "replicate", "x"])
    known = "x: the mean is known to ± 5 % (95 % interval) at "
    assert came_to(runs[runs["point"] == 0], rule) == f"{known}1 of 1 point, after 10 replicates."
    ends = "after 10 to 20 replicates; where it is not, at most 20 were allowed."
    assert came_to(runs, rule) == f"{known}1 of 2 points, {ends}"

"""Resilience of a curve against its twin: exact cases, many curves at once, who loses."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.resilience import resilience, shortfall

LEVEL = 80.0
TWIN = np.full(20, LEVEL)


def numbers(found: object) -> tuple[float, ...]:
    return tuple(float(each) for each in found)  # type: ignore[attr-defined]


def test_nothing_changed_is_no_depth_no_loss_no_time() -> None:
    assert numbers(resilience(TWIN, TWIN)) == (0.0, 0.0, 0.0, 1.0)


def test_a_step_loses_depth_times_length() -> None:
    curve = TWIN.copy()
    curve[:8] *= 0.6  # two years at 60 %
    assert numbers(resilience(curve, TWIN)) == pytest.approx((0.4, 0.8, 2.0, 1.0))


def test_a_linear_recovery_loses_half_depth_times_length() -> None:
    quarters = np.arange(20)
    curve = TWIN * (1 - 0.5 * np.clip(1 - quarters / 10, 0, 1))  # back after ten quarters
    depth, loss, years, recovered = numbers(resilience(curve, TWIN))
    assert depth == pytest.approx(0.5)
    assert loss == pytest.approx(0.5 * sum(1 - q / 10 for q in range(10)) * 0.25)
    assert years == 9 * 0.25  # in the tenth quarter 95 % is reached: shortfall 0.05 exactly
    assert recovered == 1.0


def test_a_curve_that_stays_down_is_censored_not_recovered() -> None:
    found = resilience(0.9 * TWIN, TWIN)
    assert not found.recovered and float(found.time) == 5.0  # at least as long as the curve


def test_a_later_fall_is_part_of_the_damage() -> None:
    curve = TWIN.copy()
    curve[12:14] *= 0.5
    found = resilience(curve, TWIN)
    assert float(found.time) == 14 * 0.25 and bool(found.recovered)


def test_a_gain_does_not_pay_for_a_loss() -> None:
    curve = TWIN.copy()
    curve[0], curve[1:] = 0.5 * LEVEL, 1.5 * LEVEL
    assert numbers(resilience(curve, TWIN)) == pytest.approx((0.5, 0.125, 0.25, 1.0))


def test_where_the_twin_has_nothing_there_is_nothing_to_lose() -> None:
    twin = np.array([0.0, 0.0, 10.0])
    assert shortfall(np.array([-5.0, 0.0, 5.0]), twin).tolist() == [0.0, 0.0, 0.5]


def test_an_indicator_that_crosses_zero_takes_a_scale_of_its_own() -> None:
    assert shortfall([-5.0], [5.0], scale=20.0).tolist() == [0.5]


def test_an_empty_curve_lost_nothing() -> None:
    assert numbers(resilience(np.zeros(0), np.zeros(0))) == (0.0, 0.0, 0.0, 1.0)


@given(arrays(float, (12, 3), elements=st.floats(0, 100)), arrays(float, (12, 3), elements=st.floats(1, 100)))
def test_many_curves_at_once_are_each_curve_by_itself(actual: np.ndarray, twin: np.ndarray) -> None:
    together = resilience(actual, twin)
    for column in range(3):
        alone = resilience(actual[:, column], twin[:, column])
        assert numbers(alone) == pytest.approx([float(each[column]) for each in together])
    assert (together.loss <= together.depth * 3.0 + 1e-12).all()  # three years at most at the deepest
    assert ((together.depth >= 0) & (together.depth <= 1)).all()


def test_forty_thousand_curves_take_less_than_two_seconds() -> None:
    draw = np.random.default_rng(1)
    twin = draw.uniform(50, 100, (104, 40_000))
    began = time.perf_counter()
    found = resilience(twin * draw.uniform(0.5, 1.0, twin.shape), twin)
    assert found.time.shape == (40_000,)
    assert time.perf_counter() - began < 2.0

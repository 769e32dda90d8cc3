"""Activity and its draws: against a library, by symmetry, and in their limits."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import production

from .ranges import formula


def test_the_inverse_normal_agrees_with_the_library_to_twelve_digits() -> None:
    exact = NormalDist().inv_cdf
    tails = [10.0**-k for k in range(1, 17)]
    for u in (*tails, *np.linspace(0.001, 0.999, 997).tolist(), *(1 - t for t in tails[:-1])):
        assert production.standard_normal(u) == pytest.approx(exact(u), rel=1e-12, abs=1e-12)


@formula
@given(st.floats(1e-12, 0.5))
def test_the_inverse_normal_is_odd(u: float) -> None:
    assert production.standard_normal(1 - u) == pytest.approx(
        -production.standard_normal(1 - (1 - u)), abs=1e-9
    )


def test_mean_activity_is_capacity_times_utilisation() -> None:
    # A mean over equally likely z; capacity binds so rarely at u 0.5 and sd 0.1 that the mean is u.
    count = 20_000
    z = [production.standard_normal((i + 0.5) / count) for i in range(count)]
    made = [production.activity(1000.0, 0.5, each, 0.1, 0.0) for each in z]
    assert math.fsum(made) / count == pytest.approx(500, rel=1e-6)


def test_activity_is_capped_by_capacity_and_cut_by_an_outage() -> None:
    assert production.activity(1000.0, 0.85, 5.0, 0.1, 0.0) == 1000.0
    assert production.activity(1000.0, 0.85, 0.0, 0.0, 0.0) == 850.0
    assert production.activity(1000.0, 0.85, 0.0, 0.0, 0.5) == 425.0


def test_the_ar1_keeps_its_stationary_spread() -> None:
    # Variance rho^2 + (1 - rho^2) = 1, so independent standard normals stay standard normal.
    for rho in (0.0, 0.7, 0.999):
        weight_old = production.next_log_activity(1.0, rho, 0.0)
        weight_new = production.next_log_activity(0.0, rho, 1.0)
        assert weight_old == rho
        assert weight_old**2 + weight_new**2 == pytest.approx(1)

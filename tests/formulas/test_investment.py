"""Lead times, paybacks and who accepts them: limits, and what must be monotone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import investment

from .ranges import formula


def test_lead_time_by_the_power_of_ten_within_its_bounds() -> None:
    def lead(cost: float) -> float:
        return investment.lead_time(cost, 1.0, 0.5, 0.5, 4.0)

    assert lead(100e3) == 1.0
    assert lead(1e6) == pytest.approx(1.5)
    assert lead(10e6) == pytest.approx(2.0)
    assert lead(1.0) == lead(0.0) == 0.5
    assert lead(1e15) == 4.0


@formula
@given(st.floats(0, 1e10), st.floats(1, 1e6))
def test_a_dearer_connection_is_never_ready_sooner(cost: float, more: float) -> None:
    leads = [investment.lead_time(c, 1.0, 0.5, 0.5, 4.0) for c in (cost, cost + more)]
    assert 0.5 <= leads[0] <= leads[1] <= 4.0


def test_payback_in_years_and_its_ends() -> None:
    assert investment.payback(1e6, 250e3) == 4.0
    assert investment.payback(0.0, -5.0) == 0.0
    assert investment.payback(1.0, 0.0) == investment.payback(1.0, -1.0) == 1e6
    assert investment.payback(1e12, 1e-3) == 1e6


@formula
@given(st.floats(1e-9, 1 - 1e-9), st.floats(0.1, 30), st.floats(0.05, 3))
def test_a_draw_accepts_exactly_the_paybacks_that_its_chance_covers(
    u: float, limit: float, taste: float
) -> None:
    most = investment.most_payback_accepted(u, limit, taste)
    assert chance_to_accept(most, limit, taste) == pytest.approx(u, rel=1e-6)


def chance_to_accept(years: float, limit: float, taste: float) -> float:
    """The chance that the description states (docs/model.md, 7.12): logistic around the limit."""
    return 1 / (1 + math.exp(min(700.0, (years - limit) / taste)))


@formula
@given(st.floats(1e-9, 1 - 1e-9))
def test_half_accept_their_limit(u: float) -> None:
    assert (investment.most_payback_accepted(u, 4.0, 1.0) >= 4.0) == (u <= 0.5)

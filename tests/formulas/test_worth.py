"""What a stream is worth: published numbers, cases worked by hand, limits, and what must be monotone."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agents import investment, valuation

from .ranges import KNOWN, PRINTED, formula, money, rates, shares


def test_capital_recovery_factor_as_published_and_its_inverse() -> None:
    case = KNOWN["capital_recovery_factor"]
    factor = valuation.capital_recovery_factor(case["rate"], case["years"])
    assert factor == pytest.approx(case["value"], abs=PRINTED)
    assert valuation.present_value_factor(case["rate"], case["years"]) == pytest.approx(1 / factor, rel=1e-14)


@formula
@given(rates, st.integers(1, 60))
def test_the_recovery_factor_pays_back_the_capital_with_interest(rate: float, years: int) -> None:
    factor = valuation.capital_recovery_factor(rate, float(years))
    debt = 1.0
    for _ in range(years):
        debt = debt * (1 + rate) - factor
    assert debt == pytest.approx(0, abs=1e-9 * (1 + rate) ** years)
    assert 1 / years < factor < 1 + rate + 1e-12


def test_without_interest_capital_is_spread_evenly() -> None:
    assert valuation.capital_recovery_factor(0.0, 8.0) == 0.125
    assert valuation.capital_recovery_factor(1e-9, 8.0) == pytest.approx(0.125, rel=1e-6)


def test_a_flow_decays_to_1_over_e_over_the_loss_length() -> None:
    assert valuation.share_arriving(0.0, 20.0) == 1.0
    assert valuation.share_arriving(20.0, 20.0) == pytest.approx(math.exp(-1), rel=1e-15)
    assert valuation.share_arriving(3.0, 1e9) == pytest.approx(1, abs=1e-8)
    two_legs = valuation.share_arriving(2.0, 20.0) * valuation.share_arriving(5.0, 20.0)
    assert valuation.share_arriving(7.0, 20.0) == pytest.approx(two_legs, rel=1e-14)


def test_six_tenths_rule() -> None:
    # Twice the capacity costs 2^0.6 = 1.5157 times as much.
    assert valuation.scaled_cost(1e6, 200.0, 100.0, 0.6) == pytest.approx(1_515_716.566510398, rel=1e-12)
    assert valuation.scaled_cost(1e6, 100.0, 100.0, 0.6) == 1e6
    assert valuation.scaled_cost(0.0, 0.0, 100.0, 0.6) == 0.0


def test_steam_case_limits_surplus_and_prices_as_published() -> None:
    # Vented steam replaces boiler steam: 100 kt a year, 30 EUR/t, treatment 2 and transport 1.6 EUR/t on
    # the supplier, 25 kEUR a year of transaction each, 2 M EUR at 8 % over 15 years shared equally.
    case = KNOWN["steam_case"]
    split = case["supplier_pays_extra_costs_capex_halved"]
    capital = 2e6 * valuation.capital_recovery_factor(0.08, 15.0) / 100e3
    low = valuation.supplier_limit(0.0, 1.0, 3.6, 0.25, 0.5, capital)
    high = valuation.receiver_limit(30.0, 1.0, 1.0, 0.0, 1.0, 3.6, 0.25, 0.5, capital)
    assert capital == pytest.approx(case["capex_per_unit"], abs=PRINTED)
    assert high - low == pytest.approx(case["surplus"], abs=PRINTED)
    assert low == pytest.approx(split["p_min"], abs=PRINTED)
    assert high == pytest.approx(split["p_max"], abs=PRINTED)
    assert low + 0.5 * (high - low) == pytest.approx(split["nash_half"], abs=PRINTED)
    assert low + 0.3 * (high - low) == pytest.approx(split["nash_0.3"], abs=PRINTED)


def test_gate_fee_case_as_published() -> None:
    # Disposal at 45 is avoided; 10 of carriage is shared, 5 of transaction each; the input is worth 30.
    case = KNOWN["gate_fee_case"]
    low = valuation.supplier_limit(45.0, 0.5, 10.0, 5.0, 0.0, 0.0)
    high = valuation.receiver_limit(30.0, 1.0, 1.0, 0.0, 0.5, 10.0, 5.0, 0.0, 0.0)
    assert (low, high) == (case["p_min"], case["p_max"])
    assert low + 0.5 * (high - low) == case["nash_half"] < 0


def test_ratio_loss_on_the_way_and_quality_lower_what_a_receiver_pays() -> None:
    # 0.9 input per residue, 80 % arrives, 5 % of quality lost: 0.9 x 0.8 x 0.95 x 50 = 34.2.
    assert valuation.receiver_limit(50.0, 0.9, 0.8, 0.05, 1.0, 7.0, 0.0, 1.0, 3.0) == pytest.approx(34.2)
    assert valuation.joint_value(50.0, 10.0, 0.9, 0.8, 0.05, 7.0) == pytest.approx(37.2)


@formula
@given(money, money, shares, shares, st.floats(0, 50), st.floats(0, 10), st.floats(0, 50), shares, shares)
def test_with_equal_rates_the_surplus_does_not_depend_on_who_pays_carriage_and_capital(
    price: float,
    disposal: float,
    arriving: float,
    quality_loss: float,
    carriage: float,
    transaction: float,
    capital: float,
    g: float,
    h: float,
) -> None:
    def surplus(g: float, h: float) -> float:
        low = valuation.supplier_limit(disposal, g, carriage, transaction, h, capital)
        high = valuation.receiver_limit(
            price, 1.1, arriving, quality_loss, g, carriage, transaction, h, capital
        )
        return high - low

    gain = valuation.joint_value(price, disposal, 1.1, arriving, quality_loss, carriage)
    assert surplus(g, h) == pytest.approx(gain - 2 * transaction - capital, abs=1e-9)
    assert surplus(g, h) == pytest.approx(surplus(0.5, 0.5), abs=1e-9)


@formula
@given(
    st.floats(0.01, 100),
    st.floats(0.05, 0.95),
    st.floats(1e3, 1e8),
    rates,
    st.floats(1, 60),
    st.floats(1, 1e6),
)
def test_when_capital_follows_benefit_both_paybacks_equal_capital_over_joint_benefit(
    surplus: float, alpha: float, capital: float, rate: float, life: float, quantity: float
) -> None:
    k = capital * valuation.capital_recovery_factor(rate, life) / quantity
    h = alpha
    benefit_supplier = (alpha * surplus + h * k) * quantity
    benefit_receiver = ((1 - alpha) * surplus + (1 - h) * k) * quantity
    both = capital / ((surplus + k) * quantity)
    assume(both < 1e6)
    assert investment.payback(h * capital, benefit_supplier) == pytest.approx(both, rel=1e-9)
    assert investment.payback((1 - h) * capital, benefit_receiver) == pytest.approx(both, rel=1e-9)


def test_value_in_search_is_half_the_public_gain_weighed_by_trust() -> None:
    # 0.6 x (30 + 5 - 4 - 1) x 1000 / 2 = 9000 EUR a year.
    assert valuation.search_value(0.6, 30.0, 5.0, 4.0, 1.0, 1000.0) == pytest.approx(9000)

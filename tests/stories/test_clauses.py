"""Clauses: take-or-pay, penalty, guarantee, indexation."""

from __future__ import annotations

import pytest

from simulation import simulate
from tests.parks import maker, two_companies, user

from .told import booked, happenings, only, until

BLIND = {"activity": {"foresight": 0.0}, "years": 5}


def test_take_or_pay_is_due_on_what_was_not_taken() -> None:
    """User needs half from 2003 on: 125 t a quarter not taken, half of the 15 EUR/t due on each."""
    half = user(until(2003, 1000, 500))
    result = simulate(two_companies(None, half, contract={"take_or_pay": 0.5}, **BLIND))
    assert booked(result, "Maker", 2002, "clauses") == 0
    assert booked(result, "Maker", 2003, "clauses") == pytest.approx(4 * 125 * 15 * 0.5)
    assert booked(result, "User", 2003, "clauses") == pytest.approx(-4 * 125 * 15 * 0.5)


def test_under_a_gate_fee_it_is_due_on_what_was_not_brought() -> None:
    """Maker pays 7.50 EUR/t to be rid of ash. Bringing half, it owes half of the fee on the other half."""
    gate = {"price": 5, "disposal": 20, "treatment": 8, "contract": {"take_or_pay": 0.5}}
    result = simulate(two_companies(maker(until(2003, 1000, 500)), **gate, **BLIND))
    assert only(result.contracts)["signed_price"] == pytest.approx(-7.5)
    assert booked(result, "Maker", 2003, "clauses") == pytest.approx(-4 * 125 * 7.5 * 0.5)
    assert booked(result, "User", 2003, "clauses") == pytest.approx(4 * 125 * 7.5 * 0.5)


def test_who_breaks_a_contract_pays_the_penalty() -> None:
    """User gains 25 EUR/t, 25,000 EUR a year: half a year of it is due when Maker stops trading."""
    result = simulate(two_companies(contract={"penalty": 0.5}, events=["2003 stop-trading Maker"]))
    assert only(result.contracts)["reason"] == "stopped trading"
    assert booked(result, "User", 2003, "clauses") == pytest.approx(12_500)
    assert booked(result, "Maker", 2003, "clauses") == pytest.approx(-12_500)
    free = simulate(two_companies(contract={"penalty": 0.0}, events=["2003 stop-trading Maker"]))
    assert booked(free, "Maker", 2003, "clauses") == 0


def test_a_guarantee_makes_the_loser_whole() -> None:
    """Clinker falls to 10: User loses 5 a tonne, Maker gains 25 and gives 5 back; nobody is losing."""
    result = simulate(two_companies(price=until(2003, 40, 10), contract={"guarantee": 1.0}, years=5))
    assert booked(result, "User", 2003, "clauses") == pytest.approx(5 * 1000)
    assert booked(result, "User", 2003, "savings") == pytest.approx(0)
    assert booked(result, "Maker", 2003, "savings") == pytest.approx((25 - 5) * 1000)
    assert happenings(result, "re-prices") == []


def test_indexation_follows_half_of_a_move_of_the_virgin_price() -> None:
    result = simulate(two_companies(price=until(2003, 40, 60), contract={"indexation": 0.5}, years=5))
    assert booked(result, "Maker", 2002, "stream_income") == pytest.approx(15 * 1000)
    assert booked(result, "Maker", 2003, "stream_income") == pytest.approx((15 + 0.5 * 20) * 1000)
    contract = only(result.contracts)
    assert (contract["signed_price"], contract["price"]) == (15, 25)

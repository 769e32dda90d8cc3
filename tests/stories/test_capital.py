"""Capital: plants, pipes, shared mains, enlargements, and who can pay for them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation import Result, simulate
from tests.parks import Raw, maker, story, two_companies, user

from .told import MAKER, booked, happenings, only

PLANT = {"plant_cost": 3.5e6, "plant_capacity": 1e4, "trust": {"mode": "off"}}
"""A plant for 10,000 t a year: 3.5 M EUR against a gain of 50 EUR/t, a payback of seven years."""


def with_plant(user_is: Raw | None = None, **given: Any) -> Result:
    return simulate(two_companies(maker(1e4), user_is or user(1e4), **PLANT, **given))


def test_a_payback_too_long_fails() -> None:
    result = with_plant()
    assert len(result.contracts) == 0
    assert set(result.negotiations["reason"]) == {"payback"}
    talk = result.negotiations.iloc[0]
    assert talk["payback_supplier"] == pytest.approx(7) == talk["payback_receiver"]


def test_a_subsidy_makes_it_pass() -> None:
    result = with_plant(policy={"subsidy": 0.5})
    contract = only(result.contracts)
    assert contract["payback"] == pytest.approx(3.5)
    assert result.indicators["subsidies"].iloc[-1] == pytest.approx(1.75e6)
    assert result.indicators["investment"].iloc[-1] == pytest.approx(3.5e6)
    # Each pays half of the rest, because each gets half of the benefit.
    assert booked(result, "Maker", 2000, "invested") == booked(result, "User", 2000, "invested") == 875e3


def test_a_public_partner_takes_the_capital_and_makes_it_pass() -> None:
    """A town lends at 4 % and waits fifteen years: it pays the plant alone, and pays less for the ash."""
    result = with_plant(user(1e4, kind="public"), years=4)
    contract = only(result.contracts)
    assert contract["capital_share"] == 0
    assert booked(result, "User", 2000, "invested") == pytest.approx(3.5e6)
    assert booked(result, "Maker", 2000, "invested") == 0
    k = 3.5e6 * 0.04 / (1 - 1.04**-15) / 1e4
    assert contract["p_max"] == pytest.approx(40 - k)
    assert contract["signed_price"] == pytest.approx((-10 + 40 - k) / 2)


def test_who_has_no_credit_cannot_pay() -> None:
    result = with_plant(policy={"subsidy": 0.5}, economy={"credit": 0.0, "margin": 0.0})
    assert len(result.contracts) == 0
    assert set(result.negotiations["reason"]) == {"no cash"}


PIPED = {
    "ash": {"truck": None, "pipe": {"cost_per_km": 1e6, "capacity": 1e5}},
    "trust": {"mode": "off"},
    "meeting": {"siting_lead": 0},
    "years": 12,
}
"""Ash by pipe at 1 M EUR a km for 100,000 t a year; nobody talks before it has arrived."""


def shared_main(mains: bool) -> Result:
    """User is 4.5 km away; Neighbour, half that size, comes in 2004 and builds one km beyond it."""
    companies = {
        "Maker": maker(2e5),
        "User": user(1e5, cell=(9, 0)),
        "Neighbour": user(5e4, cell=(11, 0), arrives=2004),
    }
    return simulate(story(companies, **PIPED, investment={"mains": mains}))


def test_a_shared_main_is_cheaper_for_the_second_receiver_and_the_first_payers_are_reimbursed() -> None:
    alone, shared = shared_main(False), shared_main(True)
    first, second = shared.contracts.iloc[0], shared.contracts.iloc[1]
    assert (first["receiver"], second["receiver"]) == ("User", "Neighbour")
    assert first["capex"] == pytest.approx(4.5e6)
    # Alone: 5.5 km at half capacity. Shared: 1 km of branch, the main enlarged by half, and by use a third of
    # what is left of its book value after the years since it was ready.
    own = 5.5e6 * 0.5**0.6
    assert alone.contracts.iloc[1]["capex"] == pytest.approx(own)
    left = 1 - (second["signed"] - first["starts"]) / 40
    book = 4.5e6 * left * 0.5 / 1.5
    assert second["capex"] == pytest.approx(1e6 * 0.5**0.6 + 4.5e6 * (1.5**0.6 - 1) + book)
    assert second["capex"] < own
    year = int(second["signed"])
    payers = {name: booked(shared, name, year, "invested") for name in ("Maker", "User", "Neighbour")}
    assert payers["User"] == pytest.approx(-book / 2)
    assert payers["Maker"] == pytest.approx(second["capex"] / 2 - book / 2)
    assert payers["Neighbour"] == pytest.approx(second["capex"] / 2)


def test_what_a_joiner_pays_back_to_a_plant_that_is_being_built_goes_to_its_owners() -> None:
    """Maker comes in 2004. In 2002 its owners pay half of the main to User; Neighbour joins it and pays a share back."""
    companies = {
        "Maker": maker(2e5, arrives=2004),
        "User": user(1e5, cell=(9, 0)),
        "Neighbour": user(5e4, cell=(11, 0)),
    }
    rules = PIPED | {"meeting": {"siting_lead": 2.0}, "investment": {"mains": True}}
    result = simulate(story(companies, **rules))
    capital = result.contracts["capex"].sum() / 2
    assert (result.contracts["signed"] < 2003).all() and len(result.contracts) == 2
    books = result.park.accounts[2 * len(companies) + MAKER]  # of 2002: it is not in the park yet
    assert 0 < books["invested"] < capital, "something was paid back"
    assert books["paid_out"] == pytest.approx(-books["invested"])


GROWN = {"by_year": {2000: 1e5, 2004: 2e5}, "step": True}


def test_a_contract_grows_with_the_flows_before_anybody_else_gets_them() -> None:
    """Twice the ash from 2004: User takes it over a second line of the same cost, ready a year and a half later.

    Latecomer, who would pay as much, finds nothing left.
    """
    companies = {"Maker": maker(GROWN), "User": user(2e5), "Latecomer": user(1e5, cell=(0, 2), arrives=2003)}
    result = simulate(story(companies, **PIPED))
    contract = only(result.contracts)
    assert contract["receiver"] == "User" and contract["capex"] == pytest.approx(2e6)
    assert happenings(result, "signs", "enlarges") == [(2000.0, "signs"), (2004.0, "enlarges")]
    year = result.indicators["year"]
    sent = np.where(year >= 2005.5, 50_000, np.where(year >= 2001.5, 25_000, 0))
    assert result.indicators["delivered_material"].to_numpy() == pytest.approx(sent)
    for company in ("Maker", "User"):
        assert booked(result, company, 2004, "invested") == pytest.approx(500_000)


def test_without_enlargement_the_growth_goes_to_another() -> None:
    companies = {"Maker": maker(GROWN), "User": user(2e5), "Latecomer": user(1e5, cell=(0, 2), arrives=2003)}
    result = simulate(story(companies, **PIPED, contract={"enlargement": False}))
    assert result.contracts["receiver"].tolist() == ["User", "Latecomer"]
    assert result.contracts["quantity"].tolist() == [1e5, 1e5]


def test_a_growth_that_does_not_pay_back_waits() -> None:
    """2 km of pipe for 1000 t more cost 126,000 EUR, and the gain of 50,000 a year is 2.5 years: too long for 2."""
    grown = {"by_year": {2000: 1e5, 2004: 1.01e5, 2006: 2e5}, "step": True}
    rules = {"economy": {"payback_private": 2.0}, "trade": {"transaction": 0.0, "least_share": 0.001}}
    result = simulate(story({"Maker": maker(grown), "User": user(2e5, cell=(4, 0))}, **PIPED, **rules))
    assert happenings(result, "enlarges") == [(2006.0, "enlarges")]
    assert only(result.contracts)["quantity"] == pytest.approx(2e5)


def test_a_public_supplier_builds_ahead_of_receivers_whom_it_knows() -> None:
    """A pipe that User alone cannot pay for is built for User and half of what Neighbour may want."""

    def result(uptake: float) -> Result:
        companies = {
            "Maker": maker(2e5, kind="public"),
            "User": user(2e4, cell=(9, 0), attention=1),
            "Neighbour": user(1e5, cell=(11, 0), attention=0),
        }
        rules = {"economy": {"payback_public": 6.0}, "investment": {"uptake": uptake, "mains": True}}
        return simulate(story(companies, **PIPED, price=5, **rules))

    assert len(result(0.0).contracts) == 0
    ahead = result(0.5)
    assert happenings(ahead, "signs", "builds ahead") == [(2000.0, "builds ahead"), (2000.0, "signs")]
    pipe = ahead.park.connections[0]
    assert pipe["built"] == pytest.approx(2e4 + 0.5 * 1e5)
    assert pipe["through"] == pytest.approx(2e4)
    assert pipe["paid_supplier"] == pytest.approx(pipe["cost"])

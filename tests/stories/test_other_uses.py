"""What else may be done with a residue than to trade it, and goods that are scarce."""

from __future__ import annotations

import pytest

from simulation import simulate
from tests.parks import maker, story, two_companies, user

from .told import booked, happenings, only

CUT = {"reductions": {"ash": {"share": 0.9, "cost": 1000}}}


def test_what_nobody_wants_is_cut_at_its_origin() -> None:
    result = simulate(story({"Maker": maker(**CUT)}, investment={"reductions": True}))
    assert happenings(result, "reduces at the origin") == [(2000.0, "reduces at the origin")]
    assert booked(result, "Maker", 2000, "invested") == 1000
    assert booked(result, "Maker", 2001, "disposal") == pytest.approx(0.1 * 1000 * 10)


def test_what_is_traded_is_not_cut() -> None:
    result = simulate(two_companies(maker(**CUT), investment={"reductions": True}))
    assert happenings(result, "reduces at the origin") == []
    assert result.indicators["delivered_material"].iloc[-1] == 250


def test_what_has_been_cut_cannot_be_traded() -> None:
    """User comes in 2003, three years after Maker has cut nine tenths of its ash."""
    late = user(arrives=2003)
    result = simulate(two_companies(maker(**CUT), late, investment={"reductions": True}))
    assert only(result.contracts)["quantity"] == pytest.approx(100)


def test_scarcity_raises_what_all_buyers_pay_and_what_a_tonne_is_worth() -> None:
    """Two buy 2000 t where 1000 are to be had: the other half costs 100, shared at (40 + 100)/2 by both."""
    scarce = {"clinker": {"limit": 1000, "scarcity_price": 100}}
    dry = simulate(story({"User": user(), "User too": user(cell=(3, 0))}, **scarce))
    assert booked(dry, "User", 2001, "virgin") == booked(dry, "User too", 2001, "virgin") == 70_000
    free = simulate(story({"User": user(), "User too": user(cell=(3, 0))}))
    assert booked(free, "User", 2001, "virgin") == 40_000
    three = {"Maker": maker(arrives=2002), "User": user(), "User too": user(cell=(3, 0))}
    relieved = simulate(story(three, **scarce, meeting={"siting_lead": 0}))
    assert relieved.negotiations.iloc[0]["p_max"] == pytest.approx(100)
    assert booked(relieved, "User", 2004, "virgin") + booked(relieved, "User too", 2004, "virgin") == 40_000


def test_scarcity_is_foreseen_when_a_buyer_is_known_to_come() -> None:
    """User too comes in 2001 and talks from 2000: the limit will bind, and Maker's ash is worth 100 at once."""
    scarce = {"clinker": {"limit": 1000, "scarcity_price": 100}, "meeting": {"siting_lead": 1}}
    first = {"Maker": maker(), "User": user()}
    alone = simulate(story(first, **scarce))
    assert alone.negotiations.iloc[0]["p_max"] == pytest.approx(40)
    known = simulate(story({**first, "User too": user(cell=(3, 0), arrives=2001)}, **scarce))
    talk = known.negotiations.iloc[0]
    assert (talk["year"], talk["p_max"]) == (2000.0, pytest.approx(100))


def test_a_plant_is_ordered_before_its_first_use() -> None:
    """Practised from 2003, a plant of one year's lead: signed in 2002, in operation on the first day."""
    plant = {"plant_cost": 100e3, "plant_capacity": 1e5, "from_year": 2003, "trust": {"mode": "off"}}
    contract = only(simulate(two_companies(maker(1e5), user(1e5), **plant)).contracts)
    assert (contract["signed"], contract["starts"]) == (2002.0, 2003.0)
    ready = only(simulate(two_companies(from_year=2003, trust={"mode": "off"})).contracts)
    assert (ready["signed"], ready["starts"]) == (2002.0, 2003.0)

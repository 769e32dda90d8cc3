"""How streams and companies end, and what that breaks."""

from __future__ import annotations

import pandas as pd
import pytest

from simulation import Result, simulate
from tests.parks import ash_for_clinker, maker, park, story, two_companies, user

from .told import booked, happenings, only, until


def test_a_withdrawal_breaks_its_own_streams_and_nothing_else() -> None:
    """Two pairs, out of each other's reach. Maker leaves in 2003; the other pair does not notice."""
    companies = {
        "Maker": maker(),
        "User": user(),
        "Far maker": maker(cell=(0, 11)),
        "Far user": user(cell=(2, 11)),
    }
    twin = story(companies, ash={"reach_km": 2.0})
    calm, shocked = simulate(twin), simulate(twin, events=["2003 withdraw Maker"])
    broken = only(shocked.contracts[shocked.contracts["supplier"] == "Maker"])
    assert (broken["ends"], broken["status"], broken["reason"]) == (2003.0, "ended", "partner left")
    assert broken["sent_total"] == 2.5 * 1000
    pair = [
        run.contracts[run.contracts["supplier"] == "Far maker"].reset_index(drop=True)
        for run in (calm, shocked)
    ]
    pd.testing.assert_frame_equal(pair[0].drop(columns="negotiation"), pair[1].drop(columns="negotiation"))
    assert happenings(shocked, "leaves", "stream ends") == [(2003.0, "stream ends"), (2003.0, "leaves")]
    reasons = shocked.events.groupby("what")["reason"].unique()
    assert list(reasons["leaves"]) == ["withdrawn"] and list(reasons["stream ends"]) == ["partner left"]
    assert list(reasons["signs"]) == list(reasons["arrives"]) == [""]
    assert booked(shocked, "User", 2003, "virgin") == 40_000
    assert len(shocked.streams(2002.75)) == 2
    assert len(shocked.streams(2003.0)) == 1 == shocked.indicators["streams"].iloc[12]


def test_a_receiver_left_alone_finds_another_supplier() -> None:
    companies = {"Maker": maker(), "Other maker": maker(cell=(1, 1)), "User": user()}
    first = simulate(story(companies)).contracts.iloc[0]["supplier"]
    result = simulate(story(companies, events=[f"2003 withdraw {first}"]))
    second = result.contracts.iloc[1]
    assert second["supplier"] != first
    assert (second["signed"], second["starts"]) == (2003.0, 2003.5)
    assert result.indicators["streams"].iloc[10:16].tolist() == [1, 1, 0, 0, 1, 1]


def test_an_announced_withdrawal_is_known_and_contracts_end_with_it() -> None:
    """A term that ends in 2003 is not renewed, one that ends in 2005 breaks off when Maker leaves in 2004."""
    known = simulate(two_companies(events=["2004 withdraw Maker announced 2"], contract={"term_truck": 3}))
    contract = only(known.contracts)
    assert (contract["ends"], contract["reason"]) == (2003.5, "process ended")
    cut = simulate(two_companies(events=["2004 withdraw Maker announced 2"]))
    contract = only(cut.contracts)
    assert (contract["ends"], contract["reason"]) == (2004.0, "partner left")
    told = cut.events[cut.events["what"] == "intervention"]
    assert list(zip(told["year"], told["reason"], strict=True)) == [
        (2002.0, "withdrawal announced"), (2004.0, "withdraw"),
    ]  # fmt: skip


def test_a_contract_is_renewed_at_the_end_of_its_term() -> None:
    """Two years from the middle of 2000: talked over in the last quarter of each term, without a gap."""
    result = simulate(two_companies(contract={"term_truck": 2, "term_renewal": 2}))
    assert only(result.contracts)["renewals"] == 4
    assert happenings(result, "signs", "renews", "stream ends") == [
        (2000.0, "signs"), (2002.25, "renews"), (2004.25, "renews"), (2006.25, "renews"), (2008.25, "renews"),
    ]  # fmt: skip
    assert result.indicators["streams"].iloc[2:].tolist() == [1] * 38


def test_a_renewal_without_new_capital_has_a_term_of_its_own() -> None:
    """A plant that lasts for the run is paid for once: eight years to earn it, then three by three."""
    plant = {"plant_cost": 10e3, "plant_capacity": 1000.0, "economy": {"payback_private": 20}}
    terms = {"contract": {"term_truck": 4, "term_renewal": 3}}
    result = simulate(two_companies(**plant, **terms, years=12))
    begins = only(result.contracts)["starts"]
    renewed = [year for year, _ in happenings(result, "renews")]
    assert renewed == [begins + 3.75, begins + 6.75, begins + 9.75][: len(renewed)] and len(renewed) >= 2


GRAVEL = {"ash": {"clinker": {"ratio": 1.0}, "gravel": {"ratio": 1.0}}}


def a_better_receiver(**given: object) -> Result:
    """Maker sells to User in terms of two years; Road comes in 2003 and would pay up to 200 for the same ash, not 40."""
    goods = ash_for_clinker()["resources"] | {"gravel": {"unit": "t", "class": "material", "price": 200.0}}
    road = {
        "cell": (0, 2), "arrives": 2003,
        "processes": {"works": {"product_price": 1000.0, "inputs": {"gravel": 1.0}, "capacity": 1000.0}},
    }  # fmt: skip
    rules = {"contract": {"term_truck": 2, "term_renewal": 2, **given}, "meeting": {"siting_lead": 0}}
    return simulate(park({"Maker": maker(), "User": user(), "Road": road}, goods, GRAVEL, **rules))


def test_a_contract_gives_way_to_a_better_use_at_its_term_without_a_gap() -> None:
    result = a_better_receiver()
    old, new = result.contracts.iloc[0], result.contracts.iloc[1]
    assert (old["receiver"], old["reason"]) == ("User", "better use found")
    assert (new["receiver"], new["signed"], new["status"]) == ("Road", 2004.25, "operating")
    assert old["ends"] == new["starts"] > new["signed"]
    assert result.indicators["delivered_material"].iloc[2:].tolist() == [250] * 38


def test_without_tenders_the_old_partner_keeps_the_flow() -> None:
    contract = only(a_better_receiver(tendering=False).contracts)
    assert (contract["receiver"], contract["renewals"]) == ("User", 4)


def test_a_contract_that_loses_for_long_is_repriced() -> None:
    """Clinker falls from 40 to 10 in 2003: User loses 5 a tonne until both agree on 0 after four quarters."""
    result = simulate(two_companies(price=until(2003, 40, 10), contract={"notice": 1}))
    contract = only(result.contracts)
    assert happenings(result, "re-prices", "stream ends") == [(2003.75, "re-prices")]
    assert contract["signed_price"] == pytest.approx(0)
    assert contract["status"] == "operating"


def test_a_contract_with_nothing_left_to_share_ends_and_is_no_renewal() -> None:
    """Treatment at 15: with clinker at 1 the two lose 4 a tonne together, User the more."""
    result = simulate(two_companies(price=until(2003, 40, 1), treatment=15, contract={"notice": 1}))
    contract = only(result.contracts)
    assert (contract["ends"], contract["reason"]) == (2004.0, "lost money for long")
    assert happenings(result, "re-prices", "stream ends") == [(2003.75, "stream ends")]


def test_a_contract_is_not_broken_over_a_talk_that_fails_while_both_could_gain() -> None:
    """Clinker at 10 and treatment at 17 leave 3 to share, of which mistrust hides 5: they talk in vain and go on."""
    wary = {
        "bargaining": {"protocol": "concession", "guard": 2.0},
        "trust": {"spread": 0.0, "learning": False},
    }
    rules = {"contract": {"notice": 1, "term_truck": 20, "indexation": 0.0}, **wary}
    result = simulate(two_companies(price=until(2003, 40, 10), treatment=17, **rules))
    talk = result.negotiations[result.negotiations["renewal"]].iloc[0]
    assert (talk["year"], talk["reason"]) == (2003.75, "hidden by mistrust") and talk["p_max"] > talk["p_min"]
    assert (only(result.contracts)["starts"], only(result.contracts)["status"]) == (2000.5, "operating")


def test_a_residue_that_dries_up_ends_its_stream() -> None:
    result = simulate(two_companies(maker(ends=2004)))
    contract = only(result.contracts)
    assert (contract["status"], result.indicators["streams"].iloc[-1]) == ("ended", 0)
    assert contract["ends"] <= 2004.25
    assert result.indicators["delivered_material"].iloc[16:].max() == 0


def test_a_company_beyond_its_credit_fails_after_its_patience() -> None:
    """A margin of -50 % eats a credit of a quarter of sales in half a year; two years later it is over."""
    result = simulate(two_companies(maker(margin=-0.5, product_price=100), economy={"patience": 8}))
    gone = result.companies.set_index("name").loc["Maker"]
    assert (gone["status"], gone["reason"]) == ("left", "failed")
    assert only(result.contracts)["reason"] == "partner left"
    for shield in ({"permanent": True}, {"kind": "public"}):
        kept = simulate(two_companies(maker(margin=-0.5, product_price=100, **shield)))
        assert kept.companies.set_index("name").loc["Maker", "status"] == "present"

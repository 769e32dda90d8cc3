"""How streams and companies end, and what that breaks."""

from __future__ import annotations

import pandas as pd
import pytest

from simulation import simulate
from tests.parks import maker, story, two_companies, user

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
    result = simulate(two_companies(contract={"term_truck": 2}))
    assert only(result.contracts)["renewals"] == 4
    assert happenings(result, "signs", "renews", "stream ends") == [
        (2000.0, "signs"), (2002.25, "renews"), (2004.25, "renews"), (2006.25, "renews"), (2008.25, "renews"),
    ]  # fmt: skip
    assert result.indicators["streams"].iloc[2:].tolist() == [1] * 38


def test_a_contract_that_loses_for_a_year_is_repriced() -> None:
    """Clinker falls from 40 to 10 in 2003: User loses 5 a tonne until both agree on 0 after four quarters."""
    result = simulate(two_companies(price=until(2003, 40, 10)))
    contract = only(result.contracts)
    assert happenings(result, "re-prices", "stream ends") == [(2003.75, "re-prices")]
    assert contract["signed_price"] == pytest.approx(0)
    assert contract["status"] == "operating"


def test_a_contract_with_nothing_left_to_share_ends_and_is_no_renewal() -> None:
    """Treatment at 15: with clinker at 1 the two lose 4 a tonne together, User the more."""
    result = simulate(two_companies(price=until(2003, 40, 1), treatment=15))
    contract = only(result.contracts)
    assert (contract["ends"], contract["reason"]) == (2004.0, "lost money for a year")
    assert happenings(result, "re-prices", "stream ends") == [(2003.75, "stream ends")]


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

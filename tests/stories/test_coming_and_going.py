"""Coming, going, and being introduced."""

from __future__ import annotations

import pytest

from simulation import simulate
from tests.laws.quarter import quarters_of
from tests.laws.room import no_table_grows_by_more_than_was_counted
from tests.parks import maker, story, two_companies, user
from tests.running import used

from .told import booked, happenings, only


def test_a_succession_keeps_streams_and_trust() -> None:
    """The works of Maker go to New maker in 2004; User notices a new name on the invoice."""
    heir = {"cell": (0, 1), "arrives": 2004}
    handover = [{"year": 2004, "from": "Maker", "to": "New maker", "processes": ["works"]}]
    companies = {"Maker": maker(), "New maker": heir, "User": user()}
    result = simulate(story(companies, successions=handover, contract={"term_truck": 20}))
    contract = only(result.contracts)
    assert (contract["supplier"], contract["status"]) == ("New maker", "operating")
    assert contract["sent_total"] == 9.5 * 1000
    assert happenings(result, "stream ends", "renews") == []
    assert result.indicators["streams"].iloc[2:].tolist() == [1] * 38
    alone = simulate(two_companies(contract={"term_truck": 20}))
    kept = result.park.ties[: int(result.park.clock[0]["ties"])]
    tie = next(tie for tie in kept if (tie["a"], tie["b"]) == (1, 2))
    for evidence in ("good_ab", "bad_ab", "good_ba", "bad_ba"):
        assert tie[evidence] == pytest.approx(alone.park.ties[0][evidence])


def test_an_invited_prospect_arrives_after_its_lead_and_may_sign_before() -> None:
    scenario = story({"Maker": maker()}, prospects={"User": user()}, events=["2002 invite User"])
    result = simulate(scenario)
    assert happenings(result, "plans to come", "signs", "arrives", "stream starts")[1:] == [
        (2002.25, "plans to come"), (2002.25, "signs"), (2004.25, "arrives"), (2004.25, "stream starts"),
    ]  # fmt: skip
    assert only(result.contracts)["starts"] == 2004.25
    assert result.indicators["companies"].tolist() == [1] * 17 + [2] * 23
    assert len(simulate(story({"Maker": maker()}, prospects={"User": user()})).contracts) == 0


def test_a_newcomer_is_sure_to_talk_to_the_town() -> None:
    town = {"Town": user(kind="public"), "Maker": maker(arrives=2005)}
    rules = {"meeting": {"chance": 0.0, "siting_chance": 0.0, "siting_lead": 2.0}}
    met = simulate(story(town, town={"municipality": "Town"}, **rules))
    assert only(met.contracts)["signed"] == 2003.0
    assert only(met.contracts)["starts"] == 2005.0
    assert len(simulate(story(town, **rules)).contracts) == 0


@pytest.mark.parametrize(("product_price", "met"), [(900.0, True), (1100.0, False)])
def test_a_newcomer_seeks_out_those_on_whom_its_plan_depends(product_price: float, met: bool) -> None:
    """A tonne of ash is worth 50 at User's door: above a twentieth of what Maker sells it with, or not."""
    rules = {"meeting": {"chance": 0.0, "siting_chance": 0.0, "siting_lead": 2.0}}
    late = maker(arrives=2005, product_price=product_price)
    result = simulate(two_companies(late, **rules))
    assert [float(year) for year in result.contracts["signed"]] == ([2003.0] if met else [])


def test_there_is_room_for_whom_a_newcomer_seeks_out_at_prices_of_the_same_quarter() -> None:
    """Clinker turns dear in the quarter of the siting talks: the room for ties is counted before it does.

    Of twelve who could use its ash the newcomer meets the ten nearest.
    """
    rules = {
        "meeting": {"chance": 0.0, "siting_chance": 0.0, "siting_lead": 2.0},
        "association": {"introductions": 0},
    }
    users = {f"User {k:02}": user(cell=(k, 1)) for k in range(12)}
    companies = {"Maker": maker(arrives=2005, product_price=1100.0), **users}
    ties = []
    for quarter in quarters_of(story(companies, events=["2003 price clinker 2"], **rules)):
        no_table_grows_by_more_than_was_counted(quarter)
        ties.append(int(quarter.now.clock[0]["ties"]))
        met = sorted(int(b) for b in used("ties", quarter.now)["b"])
    assert ties[11:13] == [0, 10]
    nearest = [f"User {k:02}" for k in range(10)]
    assert [list(companies)[row] for row in met] == nearest


def test_what_is_spent_before_a_plant_is_there_its_owners_pay_in() -> None:
    """Maker and its connection are built together; it arrives with what it had, and pays no interest."""
    plant = {
        "plant_cost": 10e3,
        "plant_capacity": 1000.0,
        "economy": {"credit": 0.0, "margin": 0.0, "payback_private": 20},
    }
    late = maker(arrives=2002)
    rich = user(kind="public")
    result = simulate(two_companies(late, rich, meeting={"siting_lead": 2.0}, **plant))
    contract = only(result.contracts)
    assert contract["signed"] < 2002 and contract["capital_share"] * contract["capex"] > 0
    books = result.accounts[result.accounts["company"] == "Maker"]
    assert (books["cash"] >= 0).all(), "nothing was borrowed"
    after = simulate(two_companies(maker(), user(), **plant))
    assert set(after.negotiations["reason"]) == {"no cash"}, "one that is there has to have it"


def test_the_facilitator_introduces_two_that_never_met() -> None:
    """It works from 2003, audits one member a quarter at first, and brings the two together in the second."""
    strangers = {"meeting": {"chance": 0.0}, "association": {"starts": 2003, "public_money": 100e3}}
    members = {"Maker": maker(member_from=2000), "User": user(member_from=2001)}
    result = simulate(story(members, **strangers, trade={"transaction": 1000}))
    assert happenings(result, "is introduced", "signs") == [(2003.25, "is introduced"), (2003.25, "signs")]
    contract = only(result.contracts)
    assert contract["facilitated"]
    assert booked(result, "Maker", 2005, "transaction") == pytest.approx(0.5 * 1000)
    assert booked(result, "Maker", 2005, "fees") == 10e3 and booked(result, "Maker", 2002, "fees") == 0
    alone = story(members, meeting={"chance": 0.0})
    assert len(simulate(alone).contracts) == 0


def test_an_introduced_deal_hides_less() -> None:
    """The surplus of 8 that mistrust hides (11.9 of it) shows when mediation halves the guard."""
    rules = {"bargaining": {"protocol": "concession", "deadline_shortest": 20}}
    trust = {"prior": 0.05, "spread": 0, "exposure": 0, "membership": 0, "talk": 0}
    members = {"Maker": maker(member_from=2000), "User": user(member_from=2000)}
    facilitator = {"starts": 2002, "public_money": 100e3}
    result = simulate(story(members, treatment=42, trust=trust, association=facilitator, **rules))
    before = result.negotiations[result.negotiations["year"] < 2002]
    assert set(before["reason"]) == {"hidden by mistrust"}
    assert only(result.contracts)["facilitated"]
    assert only(result.contracts)["signed"] == 2002.25


def test_a_member_is_audited_again_when_its_cycle_is_over() -> None:
    """One audit a quarter: Maker in 2000.0, User in 2000.25, and each again four years later; no deal in between."""
    rules = {"bargaining": {"protocol": "concession"}, "trust": {"prior": 0.05, "membership": 0, "talk": 0}}
    members = {"Maker": maker(member_from=2000), "User": user(member_from=2000)}
    facilitator = {"starts": 2000, "public_money": 100e3, "fee": 0, "mediation": 1.0}
    result = simulate(story(members, treatment=42, association=facilitator, **rules))
    introduced = [year for year, _ in happenings(result, "is introduced")]
    assert introduced == [2000.25, 2004.0, 2004.25, 2008.0, 2008.25]


def test_members_meet_in_the_club() -> None:
    rules = {"meeting": {"chance": 0.0, "club_from": 2002, "club_meetings": 5}}
    result = simulate(two_companies(**rules))
    assert result.indicators["ties"].iloc[:8].max() == 0
    assert result.indicators["ties"].iloc[-1] == 1
    assert only(result.contracts)["signed"] >= 2002


def test_who_has_no_attention_talks_to_nobody() -> None:
    assert len(simulate(two_companies(maker(attention=0))).negotiations) == 0


def test_a_company_that_stopped_trading_may_start_again() -> None:
    events = ["2003 stop-trading Maker", "2005 resume-trading Maker"]
    result = simulate(two_companies(events=events, trust={"mode": "off"}))
    assert result.contracts["signed"].tolist() == [2000.0, 2005.0]
    # The connection still stands, so the second stream starts in the next quarter.
    assert result.indicators["streams"].tolist() == [0] * 2 + [1] * 10 + [0] * 9 + [1] * 19

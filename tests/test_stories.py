"""Stories of two or three companies: what happens, in which order, and for how much.

Unless a story says otherwise, Maker leaves 1000 t of ash a year that costs 10 EUR/t to dump, and User buys
1000 t of clinker at 40 EUR/t, which the ash replaces one to one. By hand: p_min -10, p_max 40, surplus 50.
Nothing is left to chance (`parks.CALM`): they meet at once and share the surplus equally, at 15 EUR/t.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from agents.bargaining import PROTOCOLS
from simulation import Result, simulate
from simulation.judging import direct_trust
from simulation.state import for_rules
from tests.parks import Raw, maker, quarters, story, two_companies, user

MAKER, USER = 0, 1  # rows in order of name


def until(year: float, before: float, after: float) -> Raw:
    """A path that jumps at a date nobody knew of."""
    return {"by_year": {2000: before, year: after}, "step": True}


def only(frame: pd.DataFrame) -> Any:
    """The one row of a frame."""
    assert len(frame) == 1, frame.to_string()
    return frame.iloc[0]


def happenings(result: Result, *what: str) -> list[tuple[float, str]]:
    """Year and kind of the events of these kinds."""
    events = result.events[result.events["what"].isin(what)]
    return list(zip(events["year"].tolist(), events["what"].tolist(), strict=True))


def booked(result: Result, company: str, year: int, line: str) -> float:
    """A line of a company's account."""
    accounts = result.accounts
    return float(only(accounts[(accounts["company"] == company) & (accounts["year"] == year)])[line])


def trust_by_quarter(scenario: Any, judging: int) -> list[float]:
    """How far Maker (0) or User (1) trusts the other after each quarter, from own evidence."""
    return [float(direct_trust(for_rules(now), now.ties[0], judging)) for now in quarters(scenario)]


# --- a trade begins -----------------------------------------------------------------------------------


def test_two_who_can_gain_sign_at_once_and_share_equally() -> None:
    result = simulate(two_companies())
    contract = only(result.contracts)
    assert (contract["supplier"], contract["receiver"]) == ("Maker", "User")
    assert (contract["signed"], contract["starts"], contract["quantity"]) == (2000.0, 2000.5, 1000.0)
    assert (contract["p_min"], contract["signed_price"], contract["p_max"]) == (-10, 15, 40)
    assert result.indicators["streams"].tolist() == [0, 0] + [1] * 38
    assert result.indicators["delivered_material"].tolist() == [0, 0] + [250] * 38
    # A quarter's 250 t save Maker 10 of disposal and User 40 of clinker a tonne.
    assert result.indicators["savings"].tolist() == [0, 0] + [12_500] * 38
    assert booked(result, "Maker", 2001, "stream_income") == booked(result, "User", 2001, "stream_payments")
    assert booked(result, "Maker", 2001, "stream_income") == 15_000
    assert booked(result, "User", 2001, "virgin") == booked(result, "Maker", 2001, "disposal") == 0


def test_every_company_of_a_pair_meets_and_remembers_since_when() -> None:
    result = simulate(two_companies(meeting={"chance": 0.0}))
    assert result.indicators["ties"].max() == 0
    assert len(result.negotiations) == 0


def test_a_levy_starts_a_trade() -> None:
    """Worth 5 and costing 8 to treat, ash is dumped for nothing until a levy of 20 EUR/t falls due on it."""
    levy = until(2004, 0, 20)
    result = simulate(
        two_companies(price=5, disposal=0, treatment=8, ash={"levied": 1}, policy={"landfill_levy": levy})
    )
    assert (result.negotiations["year"] >= 2004).all()
    contract = only(result.contracts)
    assert contract["signed"] == 2004.0
    # -20 + 4 for Maker, 5 - 4 for User: a gate fee of 7.50 in the middle.
    assert (contract["p_min"], contract["signed_price"], contract["p_max"]) == (-16, -7.5, 1)
    assert result.indicators["levy_paid"].iloc[16] == pytest.approx(5000)
    assert result.indicators["levy_paid"].iloc[-1] == 0


def test_without_the_levy_nobody_talks() -> None:
    result = simulate(two_companies(price=5, disposal=0, treatment=8, ash={"levied": 1}))
    assert len(result.negotiations) == 0


def test_mistrust_hides_a_surplus() -> None:
    """A surplus of 8 in a public range of 50: guarded, with a trust of 0.05, each side hides 5.9 of it."""

    def talk(guard: float, prior: float) -> Result:
        rules = {"bargaining": {"protocol": "concession", "guard": guard, "deadline_shortest": 20}}
        return simulate(
            two_companies(treatment=42, trust={"prior": prior, "spread": 0, "exposure": 0}, **rules)
        )

    hidden = talk(guard=1, prior=0.05)
    assert len(hidden.contracts) == 0
    assert set(hidden.negotiations["reason"]) == {"hidden by mistrust"}
    first = hidden.negotiations.iloc[0]
    assert first["p_max"] - first["p_min"] == pytest.approx(8)
    assert first["stated_min"] - first["p_min"] == pytest.approx(0.95 / 8 * 50)
    assert only(talk(guard=0, prior=0.05).contracts)["signed"] == 2000
    assert only(talk(guard=1, prior=0.9).contracts)["signed"] == 2000


def test_who_is_not_trusted_enough_is_not_signed_with() -> None:
    """Coleman's odds: with a trust of 0.05 five years' benefit is not worth a quarter of a year's at risk."""
    low = simulate(two_companies(trust={"prior": 0.05, "spread": 0}))
    assert len(low.contracts) == 0
    assert set(low.negotiations["reason"]) == {"trust"}
    # odds 0.1/0.9 x PV(8 %, 5 a) 3.993 = 0.44 > 0.25
    assert len(simulate(two_companies(trust={"prior": 0.1, "spread": 0})).contracts) == 1


@pytest.mark.parametrize(
    ("capital", "years"), [(0.0, 0.5), (10e3, 0.5), (100e3, 1.0), (1e6, 1.5), (10e6, 2.0)]
)
def test_a_lead_time_passes_before_the_first_delivery(capital: float, years: float) -> None:
    """1 + 0.5 log10(K / 0.1 M EUR) years, at least half a year."""
    plant = {"plant_cost": capital, "plant_capacity": 1e5}
    result = simulate(two_companies(maker(1e5), user(1e5), **plant, trust={"mode": "off"}))
    contract = only(result.contracts)
    assert contract["capex"] == pytest.approx(capital)
    assert (contract["signed"], contract["starts"]) == (2000.0, 2000.0 + years)
    running = result.indicators["year"] >= 2000 + years
    assert (result.indicators["delivered_material"] == np.where(running, 25_000, 0)).all()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_two_alike_share_alike_whatever_the_protocol(protocol: str) -> None:
    """Equal styles, trust, patience and deadlines: who speaks first gives away a round of offers at most."""
    rules = {"protocol": protocol, "deadline_shortest": 20}
    contract = only(simulate(two_companies(bargaining=rules)).contracts)
    assert contract["signed_price"] == pytest.approx(15, abs=50 / 20)


BY_PATIENCE = {"protocol": "nash", "round_years": 0}


def test_the_patient_side_gets_the_larger_share() -> None:
    """Nash by Rubinstein's patience: 5 % against 20 % a year leaves Maker 0.2/(0.05 + 0.2) = 0.8 of it."""
    patient, hasty = maker(discount_rate=0.05), user(discount_rate=0.2)
    contract = only(simulate(two_companies(patient, hasty, bargaining=BY_PATIENCE)).contracts)
    assert contract["split"] == pytest.approx(0.8)
    assert contract["signed_price"] == pytest.approx(-10 + 0.8 * 50)


def test_an_outside_option_binds_under_nash() -> None:
    """Hasty Maker gets a fifth of 50 from one patient User; with a second one at the door it gets half."""
    hasty = maker(discount_rate=0.2)
    alone = simulate(two_companies(hasty, user(discount_rate=0.05), bargaining=BY_PATIENCE))
    assert only(alone.contracts)["signed_price"] == pytest.approx(-10 + 0.2 * 50)
    rivals = {"User": user(discount_rate=0.05), "User too": user(cell=(2, 1), discount_rate=0.05)}
    both = simulate(story({"Maker": hasty, **rivals}, bargaining=BY_PATIENCE, years=5))
    assert only(both.contracts)["signed_price"] == pytest.approx(-10 + 0.5 * 50)


def test_a_style_that_holds_out_gets_more() -> None:
    rules = {"protocol": "concession", "deadline_shortest": 20}
    prices = [
        only(simulate(two_companies(maker(style=style), bargaining=rules)).contracts)["signed_price"]
        for style in ("conceder", "linear", "boulware")
    ]
    assert prices == sorted(prices)
    assert prices[0] < 15 < prices[2]


def test_a_failed_opportunity_cools_off_twice_as_long_each_time() -> None:
    """Care would cost each 30 EUR/t, more than there is to gain: 1.5, 3, 6, then 12 years at a time."""
    result = simulate(two_companies(trade={"transaction": 30e3}, years=40))
    assert result.negotiations["year"].tolist() == [2000, 2001.5, 2004.5, 2010.5, 2022.5, 2034.5]
    assert set(result.negotiations["reason"]) == {"no surplus"}


def test_a_move_of_the_price_opens_a_failed_opportunity_again() -> None:
    """The price moves in the last quarter of 2000; in the first of 2001 companies look whether it has."""
    result = simulate(two_companies(price=until(2000.75, 40, 46), trade={"transaction": 30e3}, years=2))
    assert result.negotiations["year"].tolist() == [2000, 2001]


# --- capital ------------------------------------------------------------------------------------------

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


# --- trust --------------------------------------------------------------------------------------------

SHORT_SIGHT = {"activity": {"foresight": 0.0}, "years": 5}


def test_trust_grows_with_deliveries_and_falls_when_the_supplier_fails() -> None:
    """From 2003 on Maker brings 30 % of what it signed. User blames it; Maker has no reason to blame User."""
    failing = two_companies(maker(until(2003, 1000, 300)), **SHORT_SIGHT)
    of_maker, of_user = trust_by_quarter(failing, USER), trust_by_quarter(failing, MAKER)
    assert of_maker[:2] == [0.5, 0.5]
    assert (np.diff(of_maker[1:12]) > 0).all()
    assert (np.diff(of_maker[11:]) < 0).all()
    assert (np.diff(of_user[1:]) > 0).all()
    # After one good quarter r = 0.25: T = (0.25 + 1)/(0.25 + 2).
    assert of_maker[2] == pytest.approx(1.25 / 2.25)


def test_a_receiver_that_takes_less_is_blamed_and_not_its_supplier() -> None:
    failing = two_companies(None, user(until(2003, 1000, 300)), **SHORT_SIGHT)
    of_maker, of_user = trust_by_quarter(failing, USER), trust_by_quarter(failing, MAKER)
    assert (np.diff(of_user[1:12]) > 0).all()
    assert (np.diff(of_user[11:]) < 0).all()
    assert (np.diff(of_maker[1:]) > 0).all()


def test_closing_the_works_without_a_word_costs_trust_once() -> None:
    """In 2003 nothing comes any more: a quarter of full disappointment, and the stream has dried up."""
    closed = two_companies(events=["2003 close Maker/works"], years=4)
    of_maker = trust_by_quarter(closed, USER)
    assert of_maker[12] < of_maker[11]
    assert of_maker[13] == pytest.approx(of_maker[12], rel=0.01)
    assert only(simulate(closed).contracts)["reason"] == "process ended"


@pytest.mark.parametrize(("planned", "trusted"), [(1.0, True), (0.0, False)])
def test_an_announced_outage_costs_no_trust(planned: float, trusted: bool) -> None:
    """Both stand still half of every quarter: User takes half of what it signed."""
    outages = {"outage_hazard": 1.0, "outage_depth": 0.5, "outage_planned": planned}
    of_user = trust_by_quarter(two_companies(activity=outages, years=3), MAKER)
    assert of_user[0] == 0.5
    assert (of_user[-1] == 0.5) if trusted else (of_user[-1] < 0.45)


def test_a_broken_contract_costs_trust_for_the_years_that_it_had_to_run() -> None:
    """Maker stops trading in 2003, with ten quarters to run, of which eight count: s = 2 x 0.25 x 8."""
    broken = two_companies(events=["2003 stop-trading Maker"], years=4)
    of_maker, of_user = trust_by_quarter(broken, USER), trust_by_quarter(broken, MAKER)
    assert of_maker[12] < 0.5 < of_maker[11]
    assert of_user[12] == pytest.approx(of_user[11], rel=0.02)
    good = 0.0
    for _ in range(10):
        good = 0.98 * good + 0.25
    assert of_maker[12] == pytest.approx((0.98 * good + 1) / (0.98 * good + 0.98 * 4 + 2))


def test_members_trust_each_other_more_from_the_first_day() -> None:
    members = two_companies(maker(member_from=2000), user(member_from=2000), trust={"talk": 0.0}, years=1)
    assert trust_by_quarter(members, USER)[0] == pytest.approx(0.5 + 0.2 * 0.5)


# --- an end, and what it breaks -------------------------------------------------------------------------


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


# --- clauses ------------------------------------------------------------------------------------------

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


# --- what else may be done with a residue ----------------------------------------------------------------

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


# --- coming, going, and being introduced ------------------------------------------------------------------


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

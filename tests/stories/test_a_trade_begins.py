"""How a trade begins: who signs, at what price, and what keeps two from signing."""

from __future__ import annotations

import numpy as np
import pytest

from agents.choices import PROTOCOLS
from simulation import Result, simulate
from tests.parks import maker, story, two_companies, user

from .told import booked, only, until


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


@pytest.mark.parametrize("reach", [1.0, 0.05, 0.02, 0.01])
def test_who_lives_too_far_away_is_never_met_however_small_the_chance(reach: float) -> None:
    """16 km away: a chance of e^-16 to e^-1600, and from e^-37 on it is lost beside 1."""
    meeting = {"chance": 0.2, "reach": reach, "siting_chance": 0.0}
    result = simulate(two_companies(maker(cell=(0, 0)), user(cell=(11, 11)), meeting=meeting))
    assert result.indicators["ties"].max() == 0


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

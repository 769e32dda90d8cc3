"""Prices lie between private limits; where nobody gains, nobody trades; what is signed is set apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import given

from agents.bargaining import AGREED, MISTRUST, NO_SURPLUS, OUT_OF_TIME, PROTOCOLS
from agents.fields import ENDED
from simulation.scenario import Scenario
from tests.parks import changed, law, parks, run, steps, used

DIGITS = 1e-9


@law(60)
@given(parks())
def test_a_price_at_signing_lies_between_the_two_private_limits(scenario: Scenario) -> None:
    for _, now in steps(scenario):
        contracts = used("contracts", now)
        slack = DIGITS * (1 + np.abs(contracts["p_min"]) + np.abs(contracts["p_max"]))
        assert (contracts["p_min"] <= contracts["signed_price"] + slack).all()
        assert (contracts["signed_price"] <= contracts["p_max"] + slack).all()
        assert (contracts["p_min"] < contracts["p_max"]).all()
        assert ((contracts["split"] >= 0) & (contracts["split"] <= 1)).all()
        assert ((contracts["capital_share"] >= 0) & (contracts["capital_share"] <= 1)).all()


@law(60)
@given(parks())
def test_a_negotiated_price_lies_within_private_and_stated_limits(scenario: Scenario) -> None:
    now = run(scenario)
    talks = used("negotiations", now)
    assert (talks["stated_min"] >= talks["p_min"]).all()
    assert (talks["stated_max"] <= talks["p_max"]).all()
    assert (talks["p_min"] < talks["p_max"])[talks["reason"] != NO_SURPLUS].all()
    assert (talks["outcome"] == (talks["reason"] == AGREED)).all()
    priced = talks[~np.isin(talks["reason"], [NO_SURPLUS, MISTRUST, OUT_OF_TIME])]
    offers_made = PROTOCOLS[scenario.bargaining.protocol] == PROTOCOLS["concession"]
    low, high = ("stated_min", "stated_max") if offers_made else ("p_min", "p_max")
    slack = DIGITS * (1 + np.abs(priced["p_min"]) + np.abs(priced["p_max"]))
    assert (priced[low] <= priced["price"] + slack).all()
    assert (priced["price"] <= priced[high] + slack).all()
    hidden = talks["stated_min"] > talks["stated_max"]
    if offers_made:
        assert (talks["reason"][hidden & (talks["p_min"] < talks["p_max"])] == MISTRUST).all()


@law(40)
@given(parks())
def test_no_trade_where_talking_costs_more_than_all_there_is_to_gain(scenario: Scenario) -> None:
    dear = changed(scenario, "trade.transaction", 1e9, "association.mediation", 0.5)
    now = run(dear)
    assert len(used("contracts", now)) == 0
    talks = used("negotiations", now)
    assert (talks["p_max"] <= talks["p_min"]).all()
    assert (talks["reason"] == NO_SURPLUS).all()
    assert now.indicators["streams"].max() == now.clock[0]["invested"] * 0 == 0


@law(40)
@given(parks(events=False))
def test_no_talks_where_goods_and_disposal_are_free(scenario: Scenario) -> None:
    free = {"price": 0.0, "disposal": 0.0, "limit": None, "scarcity_price": None}
    raw = scenario.model_dump(by_alias=True)
    raw["policy"] |= {"landfill_levy": 0.0, "carbon_price": 0.0}
    for resource in raw["resources"].values():
        resource |= free
    for uses in raw["substitutions"].values():
        for use in uses.values():
            use["treatment"] = abs(use["treatment"])
    now = run(Scenario.model_validate(raw))
    assert len(used("negotiations", now)) == len(used("contracts", now)) == 0
    assert np.asarray(now.indicators["delivered_material"]).max() == 0


@law(60)
@given(parks())
def test_what_is_set_apart_is_what_open_contracts_say(scenario: Scenario) -> None:
    for _, now in steps(scenario):
        contracts = used("contracts", now)
        contracts = contracts[contracts["status"] != ENDED]
        serves = now.substitutions["ratio"][contracts["substitution"]] * contracts["arrives"]
        agreed = contracts["quantity"] + contracts["adding"]
        for balance, row, quantity in (
            (now.residues, contracts["residue"], agreed),
            (now.needs, contracts["need"], agreed * serves[:, None]),
        ):
            signed = np.zeros((len(balance), 4))
            np.add.at(signed, row, quantity)
            np.testing.assert_allclose(balance["committed"], signed, rtol=DIGITS, atol=1e-6)
            assert (balance["committed"] > -1e-6).all()


@law(40)
@given(parks())
def test_nobody_signs_for_what_rounding_left_over(scenario: Scenario) -> None:
    contracts = used("contracts", run(scenario))
    assert (contracts["quantity"].sum(axis=1) > 1e-6).all()


def of_need(contracts: np.ndarray, row: int) -> Iterator[int]:
    """The rows of the contracts in the list of a need, in its order."""
    while row >= 0:
        yield row
        row = contracts["next_of_need"][row]


@law(40)
@given(parks())
def test_every_stream_is_counted_once_in_lists_and_ties(scenario: Scenario) -> None:
    for _, now in steps(scenario):
        contracts, clock = used("contracts", now), now.clock[0]
        still = np.flatnonzero(contracts["status"] != ENDED)
        assert now.open_contracts[: clock["open_contracts"]].tolist() == still.tolist()
        opportunities = used("opportunities", now)
        assert (opportunities["contract"][contracts["opportunity"][still]] == still).all()
        assert (opportunities["contract"] >= 0).sum() == len(still)
        for need, first in enumerate(now.needs["first_contract"]):
            assert list(of_need(contracts, first)) == sorted(
                still[contracts["need"][still] == need], key=lambda row: -contracts["opportunity"][row]
            )
        per_tie = np.bincount(contracts["tie"][still], minlength=int(clock["ties"]))
        assert (used("ties", now)["streams"] == per_tie).all()
        for side in ("supplier", "receiver"):
            assert (contracts[side] == opportunities[side][contracts["opportunity"]]).all()

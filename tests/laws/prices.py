"""Prices lie between private limits, and what is signed is set apart and listed once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from agents.bargaining import AGREED, MISTRUST, NO_SURPLUS, OUT_OF_TIME
from agents.choices import PROTOCOLS
from agents.fields import ENDED
from tests.running import used

from .quarter import Quarter

DIGITS = 1e-9


def a_price_at_signing_lies_between_the_two_private_limits(quarter: Quarter) -> None:
    contracts = quarter.contracts
    slack = DIGITS * (1 + np.abs(contracts["p_min"]) + np.abs(contracts["p_max"]))
    assert (contracts["p_min"] <= contracts["signed_price"] + slack).all()
    assert (contracts["signed_price"] <= contracts["p_max"] + slack).all()
    assert (contracts["p_min"] < contracts["p_max"]).all()
    assert ((contracts["split"] >= 0) & (contracts["split"] <= 1)).all()
    assert ((contracts["capital_share"] >= 0) & (contracts["capital_share"] <= 1)).all()


def a_negotiated_price_lies_within_private_and_stated_limits(quarter: Quarter) -> None:
    talks = used("negotiations", quarter.now)[len(used("negotiations", quarter.before)) :]
    assert (talks["stated_min"] >= talks["p_min"]).all()
    assert (talks["stated_max"] <= talks["p_max"]).all()
    assert (talks["p_min"] < talks["p_max"])[talks["reason"] != NO_SURPLUS].all()
    assert (talks["outcome"] == (talks["reason"] == AGREED)).all()
    priced = talks[~np.isin(talks["reason"], [NO_SURPLUS, MISTRUST, OUT_OF_TIME])]
    offers_made = PROTOCOLS[quarter.scenario.bargaining.protocol] == PROTOCOLS["concession"]
    low, high = ("stated_min", "stated_max") if offers_made else ("p_min", "p_max")
    slack = DIGITS * (1 + np.abs(priced["p_min"]) + np.abs(priced["p_max"]))
    assert (priced[low] <= priced["price"] + slack).all()
    assert (priced["price"] <= priced[high] + slack).all()
    hidden = talks["stated_min"] > talks["stated_max"]
    if offers_made:
        assert (talks["reason"][hidden & (talks["p_min"] < talks["p_max"])] == MISTRUST).all()


def what_is_set_apart_is_what_open_contracts_say(quarter: Quarter) -> None:
    now, contracts = quarter.now, quarter.contracts[quarter.contracts["status"] != ENDED]
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


def nobody_signs_for_what_rounding_left_over(quarter: Quarter) -> None:
    fresh = quarter.contracts[quarter.contracts["signed"] == quarter.number]
    assert (fresh["quantity"].sum(axis=1) > 1e-6).all()


def every_stream_is_counted_once_in_lists_and_ties(quarter: Quarter) -> None:
    contracts, clock = quarter.contracts, quarter.now.clock[0]
    still = np.flatnonzero(contracts["status"] != ENDED)
    assert quarter.now.open_contracts[: clock["open_contracts"]].tolist() == still.tolist()
    opportunities = used("opportunities", quarter.now)
    assert (opportunities["contract"][contracts["opportunity"][still]] == still).all()
    assert (opportunities["contract"] >= 0).sum() == len(still)
    per_tie = np.bincount(contracts["tie"][still], minlength=int(clock["ties"]))
    assert (used("ties", quarter.now)["streams"] == per_tie).all()
    per_link = np.bincount(contracts["connection"][still], minlength=int(clock["connections"]))
    assert (used("connections", quarter.now)["contracts"] == per_link).all()
    for side in ("supplier", "receiver"):
        assert (contracts[side] == opportunities[side][contracts["opportunity"]]).all()


def of_need(contracts: np.ndarray, row: int) -> Iterator[int]:
    """The rows of the contracts in the list of a need, in its order."""
    while row >= 0:
        yield row
        row = contracts["next_of_need"][row]


def every_need_lists_its_contracts(quarter: Quarter) -> None:
    contracts = quarter.contracts
    still = np.flatnonzero(contracts["status"] != ENDED)
    for need, first in enumerate(quarter.now.needs["first_contract"]):
        assert list(of_need(contracts, first)) == sorted(
            still[contracts["need"][still] == need], key=lambda row: -contracts["opportunity"][row]
        )


LAWS = (
    a_price_at_signing_lies_between_the_two_private_limits,
    a_negotiated_price_lies_within_private_and_stated_limits,
    what_is_set_apart_is_what_open_contracts_say,
    nobody_signs_for_what_rounding_left_over,
    every_stream_is_counted_once_in_lists_and_ties,
    every_need_lists_its_contracts,
)

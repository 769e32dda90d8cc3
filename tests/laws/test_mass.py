"""Mass is conserved, and a contract moves no more than it says, when it says."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from agents.fields import ENDED, OPERATING, PRESENT
from simulation.journal import RENEWS, REPRICES
from simulation.scenario import Scenario
from simulation.state import Park
from tests.parks import law, parks, quarter_of, steps, used

NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-9}


def sent_now(before: Park, now: Park) -> np.ndarray:
    """What each contract sent in the quarter: nothing, unless its running total moved."""
    contracts = used("contracts", now)
    moved = contracts["sent_total"].copy()
    moved[: int(before.clock[0]["contracts"])] -= used("contracts", before)["sent_total"]
    sent = np.where(moved > 0, contracts["sent"], 0.0)
    assert (np.abs(sent - moved) <= 1e-12 * contracts["sent_total"]).all()
    return sent


@law(70)
@given(parks())
def test_residues_are_delivered_or_disposed_of_and_needs_met_or_bought(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        contracts, sent = used("contracts", now), sent_now(before, now)
        delivering = sent > 0
        went, came = np.zeros(len(now.residues)), np.zeros(len(now.needs))
        np.add.at(went, contracts["residue"][delivering], sent[delivering])
        np.add.at(came, contracts["need"][delivering], contracts["arrived"][delivering])
        for balance, moved in ((now.residues, went), (now.needs, came)):
            np.testing.assert_allclose(balance["rest"] + moved, balance["amount"], **NINE_DIGITS)
            assert (balance["rest"] >= 0).all() and (moved >= 0).all()


def as_delivered(before: Park, now: Park) -> tuple[np.ndarray, np.ndarray]:
    """The contracts on the terms on which they delivered in this quarter, and of which that is known.

    A renewal changes the terms after the delivery; a succession may split a contract before it. Of a
    part that is split off and renewed in one quarter the terms between are not known.
    """
    contracts, earlier = used("contracts", now), used("contracts", before)
    journal = used("journal", now)
    today = journal[journal["quarter"] == quarter_of(now)]
    renewed = np.zeros(len(contracts), bool)
    renewed[today["contract"][np.isin(today["kind"], (RENEWS, REPRICES))]] = True
    old = np.flatnonzero(renewed[: len(earlier)])
    ready = earlier["adds_from"] <= quarter_of(now)
    earlier["quantity"][ready] += earlier["adding"][ready]
    for term in ("arrives", "quantity"):
        contracts[term][old] = earlier[term][old]
    return contracts, ~renewed | (np.arange(len(contracts)) < len(earlier))


@law(40)
@given(parks())
def test_what_arrives_is_what_was_sent_times_ratio_and_share_that_arrives(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        (contracts, known), sent = as_delivered(before, now), sent_now(before, now)
        serves = now.substitutions["ratio"][contracts["substitution"]] * contracts["arrives"]
        delivering = known & (sent > 0)
        np.testing.assert_allclose(
            contracts["arrived"][delivering], (sent * serves)[delivering], **NINE_DIGITS
        )
        assert ((contracts["arrives"] > 0) & (contracts["arrives"] <= 1)).all()


@law(40)
@given(parks())
def test_needs_and_residues_follow_the_recipes_of_what_is_made(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        season, flows = int(now.clock[0]["season"]), np.asarray(now.flows)
        made = now.processes["activity"][flows["process"]]
        amount = made * flows["amount"] * flows["season"][:, season] * before.flows["kept"]
        for is_need, balance in ((1, now.needs), (0, now.residues)):
            total = np.zeros(len(balance))
            here = flows["is_need"] == is_need
            np.add.at(total, flows["balance"][here], amount[here])
            there = now.companies["status"][balance["company"]] == PRESENT
            np.testing.assert_allclose(balance["amount"][there], total[there], **NINE_DIGITS)
        at_work = now.companies["status"][now.processes["company"]] == PRESENT
        capacity = now.paths[now.processes["path"], quarter_of(now)] / 4
        assert (now.processes["activity"] <= capacity * (1 + 1e-12))[at_work].all()
        assert (now.processes["activity"] >= 0).all()


@law(70)
@given(parks())
def test_no_contract_delivers_more_than_signed_nor_before_it_starts_nor_after_it_ended(
    scenario: Scenario,
) -> None:
    for before, now in steps(scenario):
        quarter = quarter_of(now)
        (contracts, known), sent, earlier = (
            as_delivered(before, now), sent_now(before, now), used("contracts", before),
        )  # fmt: skip
        signed = contracts["quantity"][:, int(now.clock[0]["season"])]
        assert (sent <= signed * (1 + 1e-9))[known].all()
        assert (sent[quarter < contracts["starts"]] == 0).all()
        assert (sent[: len(earlier)][earlier["status"] == ENDED] == 0).all()
        assert (sent[: len(earlier)][earlier["ends"] <= quarter] == 0).all()
        fresh = contracts["renewals"] == 0
        ready = now.connections["ready"][contracts["connection"]]
        assert (sent[fresh & (quarter < ready)] == 0).all()


@law(40)
@given(parks())
def test_nobody_who_is_absent_delivers_or_receives(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        contracts, sent = used("contracts", now), sent_now(before, now)
        for side in ("supplier", "receiver"):
            gone = before.companies["leaves"][contracts[side]] <= quarter_of(now)
            early = now.companies["arrives"][contracts[side]] > quarter_of(now)
            assert (sent[gone | early] == 0).all()
        operating = contracts[contracts["status"] == OPERATING]
        for side in ("supplier", "receiver"):
            assert (now.companies["status"][operating[side]] == PRESENT).all()


@law(40)
@given(parks())
def test_indicators_count_what_contracts_delivered(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        row, contracts, sent = now.indicators[quarter_of(now)], used("contracts", now), sent_now(before, now)
        resource = now.residues["resource"][contracts["residue"]]
        for code, name in enumerate(("water", "energy", "material")):
            weight = now.resources["gj"][resource] if name == "energy" else 1.0
            total = (sent * weight)[now.resources["class_"][resource] == code].sum()
            np.testing.assert_allclose(row[f"delivered_{name}"], total, **NINE_DIGITS)
        assert row["streams"] == (contracts["status"] == OPERATING).sum()

"""Mass is conserved, and a contract moves no more than it says, when it says."""

from __future__ import annotations

import numpy as np

from agents.fields import ENDED, OPERATING, PRESENT
from simulation.journal import REDUCES, SUCCEEDS

from .quarter import NINE_DIGITS, Quarter


def residues_are_delivered_or_disposed_of_and_needs_met_or_bought(quarter: Quarter) -> None:
    contracts, sent, now = quarter.contracts, quarter.sent, quarter.now
    delivering = sent > 0
    went, came = np.zeros(len(now.residues)), np.zeros(len(now.needs))
    np.add.at(went, contracts["residue"][delivering], sent[delivering])
    np.add.at(came, contracts["need"][delivering], contracts["arrived"][delivering])
    for balance, moved in ((now.residues, went), (now.needs, came)):
        np.testing.assert_allclose(balance["rest"] + moved, balance["amount"], **NINE_DIGITS)
        assert (balance["rest"] >= 0).all() and (moved >= 0).all()


def what_arrives_is_what_was_sent_times_ratio_and_share_that_arrives(quarter: Quarter) -> None:
    (contracts, known), sent = quarter.as_delivered, quarter.sent
    serves = quarter.now.substitutions["ratio"][contracts["substitution"]] * contracts["arrives"]
    delivering = known & (sent > 0)
    np.testing.assert_allclose(contracts["arrived"][delivering], (sent * serves)[delivering], **NINE_DIGITS)
    assert ((contracts["arrives"] > 0) & (contracts["arrives"] <= 1)).all()


def needs_and_residues_follow_the_recipes_of_what_is_made(quarter: Quarter) -> None:
    before, now = quarter.before, quarter.now
    season, flows = int(now.clock[0]["season"]), np.asarray(now.flows)
    made = now.processes["activity"][flows["process"]]
    kept = now.flows["kept"] if quarter.happened(SUCCEEDS) else before.flows["kept"]
    amount = made * flows["amount"] * flows["season"][:, season] * kept
    reduced = np.isin(
        np.arange(len(now.companies)), quarter.journal["company"][quarter.journal["kind"] == REDUCES]
    )
    for is_need, balance in ((1, now.needs), (0, now.residues)):
        total = np.zeros(len(balance))
        here = flows["is_need"] == is_need
        np.add.at(total, flows["balance"][here], amount[here])
        there = now.companies["status"][balance["company"]] == PRESENT
        if quarter.happened(SUCCEEDS):
            there &= ~reduced[balance["company"]]  # cut after they were made, and handed over before
        np.testing.assert_allclose(balance["amount"][there], total[there], **NINE_DIGITS)


def nobody_makes_more_than_its_capacity_nor_less_than_nothing(quarter: Quarter) -> None:
    now = quarter.now
    at_work = now.companies["status"][now.processes["company"]] == PRESENT
    capacity = now.paths[now.processes["path"], quarter.number] / 4 * now.processes["left_scale"]
    assert (now.processes["activity"] <= capacity * (1 + 1e-12))[at_work].all()
    assert (now.processes["activity"] >= 0).all()


def no_contract_delivers_more_than_signed_nor_before_it_starts_nor_after_it_ended(quarter: Quarter) -> None:
    (contracts, known), sent, earlier = quarter.as_delivered, quarter.sent, quarter.earlier
    signed = contracts["quantity"][:, int(quarter.now.clock[0]["season"])]
    assert (sent <= signed * (1 + 1e-9))[known].all()
    assert (sent[quarter.number < contracts["starts"]] == 0).all()
    assert (sent[: len(earlier)][earlier["status"] == ENDED] == 0).all()
    assert (sent[: len(earlier)][earlier["ends"] <= quarter.number] == 0).all()
    fresh = contracts["renewals"] == 0
    ready = quarter.now.connections["ready"][contracts["connection"]]
    assert (sent[fresh & (quarter.number < ready)] == 0).all()


def no_delivery_exceeds_the_largest_share_of_the_input(quarter: Quarter) -> None:
    """Each delivery by itself (docs/model.md, section 10, point 1)."""
    contracts, sent, now = quarter.contracts, quarter.sent, quarter.now
    delivering = sent > 0
    share = now.substitutions["max_share"][contracts["substitution"]]
    most = (share * now.needs["amount"][contracts["need"]])[delivering]
    assert (contracts["arrived"][delivering] <= most * (1 + 1e-9)).all()


def nobody_who_is_absent_delivers_or_receives(quarter: Quarter) -> None:
    contracts, sent = quarter.contracts, quarter.sent
    for side in ("supplier", "receiver"):
        gone = quarter.before.companies["leaves"][contracts[side]] <= quarter.number
        early = quarter.now.companies["arrives"][contracts[side]] > quarter.number
        assert (sent[gone | early] == 0).all()
    operating = contracts[contracts["status"] == OPERATING]
    for side in ("supplier", "receiver"):
        assert (quarter.now.companies["status"][operating[side]] == PRESENT).all()


def who_is_there_changes_by_those_who_arrive_and_those_who_leave(quarter: Quarter) -> None:
    before, now = (park.companies["status"] == PRESENT for park in (quarter.before, quarter.now))
    row = quarter.now.indicators[quarter.number]
    if quarter.number > 0:
        assert now.sum() - before.sum() == row["entries"] - row["exits"]
    assert row["companies"] == (now & (quarter.now.companies["external"] == 0)).sum()


def indicators_count_what_contracts_delivered(quarter: Quarter) -> None:
    now, contracts, sent = quarter.now, quarter.contracts, quarter.sent
    row = now.indicators[quarter.number]
    resource = now.residues["resource"][contracts["residue"]]
    for code, name in enumerate(("water", "energy", "material")):
        weight = now.resources["gj"][resource] if name == "energy" else 1.0
        total = (sent * weight)[now.resources["class_"][resource] == code].sum()
        np.testing.assert_allclose(row[f"delivered_{name}"], total, **NINE_DIGITS)
    assert row["streams"] == (contracts["status"] == OPERATING).sum()


LAWS = (
    residues_are_delivered_or_disposed_of_and_needs_met_or_bought,
    what_arrives_is_what_was_sent_times_ratio_and_share_that_arrives,
    needs_and_residues_follow_the_recipes_of_what_is_made,
    nobody_makes_more_than_its_capacity_nor_less_than_nothing,
    no_contract_delivers_more_than_signed_nor_before_it_starts_nor_after_it_ended,
    no_delivery_exceeds_the_largest_share_of_the_input,
    nobody_who_is_absent_delivers_or_receives,
    who_is_there_changes_by_those_who_arrive_and_those_who_leave,
    indicators_count_what_contracts_delivered,
)

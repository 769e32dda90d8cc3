"""The end of a term is the window for a better use of a residue, or a better source of an input (7.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .appraisal import appraise
from .company import Company
from .contracts import Contract, sign
from .talks import AGREED, bargain
from .terms import draw_up

if TYPE_CHECKING:
    from .opportunities import Opportunity
    from .park import PeerPark


def tender(contract: Contract, park: PeerPark) -> bool:
    """Whether a better use, or else a better source, was found and signed; the old stream goes on until it starts."""
    if not park.rules.contract.tendering:
        return False
    contract.give_free()
    found = _better(contract, contract.supplier, park) or _better(contract, contract.receiver, park)
    contract.reserve()
    return found


def _better(contract: Contract, side: Company, park: PeerPark) -> bool:
    opportunity = contract.opportunity
    best, most = None, max(_promise(opportunity, side, park), park.rules.trade.least_value)
    if side is contract.supplier:
        others = [each for each in side.supplies if each.residue is opportunity.residue]
    else:
        others = [each for each in side.demands if each.need is opportunity.need]
    for other in reversed(others):
        if other is not opportunity and _is_free(other, park):
            value = _promise(other, side, park)
            if value > most:
                best, most = other, value
    if best is None:
        return False
    terms = draw_up(best, park)
    reason = bargain(terms, side, park)
    if reason == AGREED:
        reason = appraise(terms, park)
    if reason != AGREED:
        best.fail(terms, park)
        return False
    terms.commit(1.0)
    new = sign(terms, park)
    contract.gives_way = True
    contract.ends = max(contract.ends, new.starts)
    return True


def _promise(opportunity: Opportunity, side: Company, park: PeerPark) -> float:
    """Value in search to a side, EUR a year; 0 where nothing can be traded."""
    terms = draw_up(opportunity, park, mediated=False)
    if not terms.feasible:
        return 0.0
    value = (terms.worth + terms.disposal - terms.carriage) * terms.yearly
    return opportunity.tie.trust(side, park) * (value - terms.k[side] * terms.yearly) / 2.0


def _is_free(other: Opportunity, park: PeerPark) -> bool:
    """Known to both, practised in time, not cooling off after a talk that failed, and both able to trade."""
    cooling = other.tries > 0 and park.quarter < other.blocked_until
    if other.contract is not None or cooling or other.tie.since > park.quarter:
        return False
    return other.use.practised <= park.earliest_use and other.supplier.trades and other.receiver.trades

"""Phase *review*: contracts are renewed, re-priced, left for a better use or ended (7.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .appraisal import appraise
from .company import Company
from .connections import order
from .contracts import OPERATING, Contract
from .talks import AGREED, NO_SURPLUS, bargain
from .tendering import tender
from .terms import Terms, draw_up, full_term, quarters

if TYPE_CHECKING:
    from .park import PeerPark


NOTHING_LEFT = "nothing to bargain over"


def review(contract: Contract, park: PeerPark) -> None:
    """Dried up it ends; at its term it gives way or is renewed; at a loss it is re-priced, stands or is broken."""
    opportunity, notice = contract.opportunity, quarters(park.rules.contract.notice)
    begun = contract.status == OPERATING or contract.starts <= park.quarter
    if begun and (opportunity.residue.is_gone or opportunity.need.is_gone):
        contract.end(park.quarter + 1)
    elif contract.status == OPERATING and contract.ends <= park.quarter + 1:
        if contract.gives_way or tender(contract, park):
            if contract.ends <= park.quarter + 1:
                contract.end(park.quarter + 1)
        elif _renewed(contract, park) != AGREED:
            contract.end(park.quarter + 1)
    elif not contract.gives_way and max(contract.losing.values()) >= notice:
        reason = _renewed(contract, park)
        if reason == NO_SURPLUS:
            contract.end(park.quarter + 1, _who_loses_longer(contract))
        elif reason != AGREED:
            contract.losing = {contract.supplier: 0, contract.receiver: 0}


def _who_loses_longer(contract: Contract) -> Company:
    supplier, receiver = contract.supplier, contract.receiver
    return supplier if contract.losing[supplier] > contract.losing[receiver] else receiver


def _renewed(contract: Contract, park: PeerPark) -> str:
    """Bargain anew over the connection that stands; returns what decided."""
    opportunity = contract.opportunity
    contract.give_free()
    terms = draw_up(opportunity, park)
    reason = NOTHING_LEFT
    if terms.feasible:
        reason = bargain(terms, contract.supplier, park)
        if reason == AGREED:
            reason = appraise(terms, park)
        if reason == AGREED:
            _prolong(contract, terms, park)
            return AGREED
        opportunity.fail(terms, park)
    contract.reserve()
    return reason


def _prolong(contract: Contract, terms: Terms, park: PeerPark) -> None:
    """New terms; a worn connection is paid for again and needs the full term."""
    contract.term = quarters(park.rules.contract.term_renewal)
    if terms.cost(park) > 0.0:
        contract.term = full_term(terms.by_pipe, park)
        contract.connection = order(terms, park)
    contract.write(terms)
    contract.reserve()
    contract.renewals += 1

"""Phase *review*: contracts are renewed, re-priced or ended (7.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .appraisal import AGREED, appraise
from .connections import order
from .contracts import OPERATING, Contract, quarters
from .talks import bargain
from .terms import Terms, draw_up

if TYPE_CHECKING:
    from .park import PeerPark


def review(contract: Contract, park: PeerPark) -> None:
    """Dried up it ends; at its term it is renewed; at a loss it is re-priced or broken."""
    opportunity, notice = contract.opportunity, quarters(park.rules.contract.notice)
    begun = contract.status == OPERATING or contract.starts <= park.quarter
    if begun and (opportunity.residue.is_gone or opportunity.need.is_gone):
        contract.end(park.quarter + 1)
    elif contract.status == OPERATING and contract.ends <= park.quarter + 1:
        _renew(contract, False, park)
    elif max(contract.losing.values()) >= notice:
        _renew(contract, True, park)


def _renew(contract: Contract, losing: bool, park: PeerPark) -> None:
    """Bargain anew over the connection that stands; else the contract ends, or is broken by who lost longer."""
    opportunity, supplier, receiver = contract.opportunity, contract.supplier, contract.receiver
    contract.commit(-1.0)
    terms = draw_up(opportunity, park)
    if terms.feasible:
        if bargain(terms, supplier, park) and appraise(terms, park) == AGREED:
            _prolong(contract, terms, park)
            return
        opportunity.fail(terms, park)
    contract.commit(1.0)
    breaker = None
    if losing:
        breaker = supplier if contract.losing[supplier] > contract.losing[receiver] else receiver
    contract.end(park.quarter + 1, breaker)


def _prolong(contract: Contract, terms: Terms, park: PeerPark) -> None:
    """New terms; a worn connection is paid for again."""
    if terms.cost(park) > 0.0:
        contract.connection = order(terms, park)
    contract.write(terms)
    contract.commit(1.0)
    contract.renewals += 1

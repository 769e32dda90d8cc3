"""Whether an agreed deal stands: capital, payback, trust, cash, and building ahead (7.12)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import draws
from .company import Company
from .connections import pipe_cost
from .talks import AGREED, NO_SURPLUS
from .terms import Terms, recovery

if TYPE_CHECKING:
    from .opportunities import Opportunity
    from .park import PeerPark

LONGEST = 1e6
PAYBACK, TRUST, NO_CASH = "payback", "trust", "no cash"


def appraise(terms: Terms, park: PeerPark) -> str:
    """What decides: agreed, or the first test that fails; with a public side the capital may lie there."""
    supplier, receiver = terms.opportunity.supplier, terms.opportunity.receiver
    reason = _appraise_at(terms, terms.split, park)
    if reason == AGREED or terms.cost(park) <= 0.0:
        return reason
    if supplier.public:
        reason = _appraise_at(terms, 1.0, park)
        if reason == PAYBACK and _build_ahead(terms, park):
            reason = _appraise_at(terms, 1.0, park, ask_payback=False)
    elif receiver.public:
        reason = _appraise_at(terms, 0.0, park)
    return reason


def _appraise_at(terms: Terms, share: float, park: PeerPark, ask_payback: bool = True) -> str:
    opportunity, cost = terms.opportunity, terms.cost(park)
    supplier, receiver = opportunity.supplier, opportunity.receiver
    _settle_price(terms, share, park)
    if terms.surplus <= 0.0:
        return NO_SURPLUS
    if cost > 0.0 and ask_payback:
        for side, own in ((supplier, share * cost), (receiver, (1.0 - share) * cost)):
            if not accepts(side, opportunity, own, terms.benefit[side], park):
                return PAYBACK
    carried = _share_that_trust_carries(terms, cost, share, park)
    if carried is None:
        return TRUST
    if carried != share:
        _settle_price(terms, carried, park)
        if terms.surplus <= 0.0:
            return NO_SURPLUS
    can_pay = supplier.can_pay(carried * cost) and receiver.can_pay((1.0 - carried) * cost)
    return AGREED if can_pay else NO_CASH


def _settle_price(terms: Terms, share: float, park: PeerPark) -> None:
    """Price and yearly benefits before capital at the supplier's share of the capital."""
    supplier, receiver = terms.opportunity.supplier, terms.opportunity.receiver
    low, high = terms.limits(share, park)
    terms.capital_share, terms.surplus = share, high - low
    terms.price = low + terms.split * terms.surplus
    own_s, own_r = share * terms.k[supplier], (1.0 - share) * terms.k[receiver]
    terms.benefit[supplier] = (terms.split * terms.surplus + own_s) * terms.yearly
    terms.benefit[receiver] = ((1.0 - terms.split) * terms.surplus + own_r) * terms.yearly


def accepts(side: Company, opportunity: Opportunity, own: float, benefit: float, park: PeerPark) -> bool:
    """Payback within the limit and the lasting taste for this partner and use."""
    if own <= 0.0:
        return True
    partner = opportunity.other(side)
    u = park.draws.uniform(draws.TASTE, side.identity, partner.identity, 0, opportunity.use.identity)
    most = side.payback_limit + park.rules.economy.payback_taste * math.log(1.0 / u - 1.0)
    return payback(own, benefit) <= most


def payback(capital: float, benefit: float) -> float:
    """Years until a yearly benefit has paid a capital."""
    if capital <= 0.0:
        return 0.0
    return LONGEST if benefit <= 0.0 else min(LONGEST, capital / benefit)


def _share_that_trust_carries(terms: Terms, cost: float, share: float, park: PeerPark) -> float | None:
    """The nearest share of the capital at which both would sign (Coleman 1990)."""
    supplier, receiver = terms.opportunity.supplier, terms.opportunity.receiver
    most_s = _most_share(supplier, terms, terms.split * terms.surplus, cost, park)
    most_r = _most_share(receiver, terms, (1.0 - terms.split) * terms.surplus, cost, park)
    if most_s is None or most_r is None or most_s < 1.0 - most_r:
        return None
    return min(most_s, max(1.0 - most_r, share))


def _most_share(side: Company, terms: Terms, surplus: float, cost: float, park: PeerPark) -> float | None:
    """The largest own share at which odds x benefit x present value carry capital and exposure."""
    trust, contract = terms.trust[side], park.rules.contract
    years = contract.term_pipe if terms.by_pipe else contract.term_truck
    present = 1.0 / recovery(side.discount, years)
    weight = trust / (1.0 - trust) * present - park.rules.trust.exposure
    at_none = weight * surplus * terms.yearly
    slope = weight * terms.k[side] * terms.yearly - cost
    if at_none < 0.0:
        return None
    return 1.0 if slope >= 0.0 else min(1.0, at_none / -slope)


def _build_ahead(terms: Terms, park: PeerPark) -> bool:
    """A public supplier builds a pipe for further receivers that it knows, if that pays back."""
    uptake, opportunity = park.rules.investment.uptake, terms.opportunity
    if not terms.by_pipe or terms.main is not None or uptake <= 0.0:
        return False
    further = uptake * _known_spare_need(opportunity, park)
    if further <= 0.0:
        return False
    supplier = opportunity.supplier
    larger = pipe_cost(opportunity.use.residue, terms.peak + further, terms.length, park)
    per_unit = terms.split * terms.surplus + terms.k[supplier]
    cost = (larger + terms.plant_capital) * (1.0 - park.rules.policy.subsidy)
    if not accepts(supplier, opportunity, cost, per_unit * (terms.yearly + further), park):
        return False
    terms.pipe_capital, terms.built = larger, terms.peak + further
    return True


def _known_spare_need(opportunity: Opportunity, park: PeerPark) -> float:
    """Spare need of the other receivers, units of the residue a year."""
    spare = 0.0
    for other in opportunity.supplier.supplies:
        if other.residue is not opportunity.residue or other.receiver is opportunity.receiver:
            continue
        if other.contract is None and other.tie.since <= park.quarter:
            for k in range(4):
                gap = park.rules.trade.prudence * other.need.expected[k] - other.need.committed[k]
                spare += max(0.0, gap) / (other.use.ratio * other.arrives)
    return spare

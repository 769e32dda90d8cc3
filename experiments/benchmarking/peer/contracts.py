"""Contracts: signing, delivery, settlement, judgement and end (7.4 to 7.6, 7.12, 7.14)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .appraisal import appraise
from .company import Company
from .connections import order
from .production import Seasons
from .talks import AGREED
from .terms import Terms, commit, full_term, transaction

if TYPE_CHECKING:
    from .opportunities import Opportunity
    from .park import PeerPark

ORDERED, OPERATING, ENDED = "ordered", "operating", "ended"


class Contract:
    """A stream that was signed. Prices per unit sent, quantities by quarter of the year."""

    def __init__(self, terms: Terms, park: PeerPark) -> None:
        opportunity = self.opportunity = terms.opportunity
        self.park = park
        self.supplier, self.receiver = opportunity.supplier, opportunity.receiver
        self.facilitated = terms.mediated
        self.signed, self.status = park.quarter, ORDERED
        if opportunity.connection is None or terms.pipe_capital + terms.plant_capital > 0.0:
            order(terms, park)
        assert opportunity.connection is not None
        self.connection = opportunity.connection
        self.starts: float = max(park.quarter + 1, self.connection.ready, _possible_from(opportunity))
        self.term = full_term(terms.by_pipe, park)
        self.renewals = 0
        self.is_free = self.gives_way = False
        self.sent = self.arrived = self.asked = self.asked_residue = 0.0
        self.gain = {self.supplier: 0.0, self.receiver: 0.0}
        self.write(terms)
        opportunity.contract, opportunity.tries = self, 0

    def write(self, terms: Terms) -> None:
        """Price, quantity, cost and term as agreed today."""
        self.quantity, self.adding = list(terms.quantity), [0.0] * 4
        self.adds_from: float = math.inf
        self.arrives, self.carriage = terms.arrives, terms.carriage
        self.signed_price = self.price = terms.price
        self.signed_virgin = self.opportunity.use.input.price
        self.ends: float = max(self.starts, self.park.quarter + 1) + self.term
        self.losing = {self.supplier: 0, self.receiver: 0}

    @property
    def serves(self) -> float:
        """Units of input replaced by a unit sent."""
        return self.opportunity.use.ratio * self.arrives

    def give_free(self) -> None:
        """Take the quantity off both sides, for a look at what else could be done with it."""
        self._commit(-1.0)
        self.is_free = True

    def reserve(self) -> None:
        """Book the quantity on both sides again."""
        self._commit(1.0)
        self.is_free = False

    def _commit(self, sign: float) -> None:
        whole: Seasons = [q + more for q, more in zip(self.quantity, self.adding, strict=True)]
        commit(self.opportunity, whole, self.arrives, sign)

    def start(self) -> None:
        """Come into operation when the connection is ready, and grow when its enlargement is."""
        if self.status == ORDERED and self.starts <= self.park.quarter:
            self.status = OPERATING
        if self.adds_from <= self.park.quarter:
            self.quantity = [q + more for q, more in zip(self.quantity, self.adding, strict=True)]
            self.adding, self.adds_from = [0.0] * 4, math.inf

    def ask(self) -> None:
        """Ask the receiver's need for the quantity of the quarter."""
        use, need = self.opportunity.use, self.opportunity.need
        self.asked = min(self.quantity[self.park.season], use.max_share * need.amount / self.serves)
        need.asked += self.asked * self.serves

    def ask_supplier(self) -> None:
        """Ask the supplier's residue for what the receiver can take."""
        self.asked_residue = self.asked * self.opportunity.need.met
        self.opportunity.residue.asked += self.asked_residue

    def send(self) -> None:
        """Move residue to need."""
        residue, need = self.opportunity.residue, self.opportunity.need
        self.sent = self.asked_residue * residue.met
        self.arrived = self.sent * self.opportunity.use.ratio * self.arrives
        residue.rest = max(0.0, residue.rest - self.sent)
        need.rest = max(0.0, need.rest - self.arrived)

    def settle(self) -> None:
        """Price, carriage, clauses and gains of the quarter."""
        use, rules = self.opportunity.use, self.park.rules
        virgin, disposal = use.input.price, use.residue.disposal
        moved = self.serves * (1.0 - use.quality_loss) * (virgin - self.signed_virgin)
        self.price = self.signed_price + rules.contract.indexation * moved
        paid = self.sent * self.price
        carriage_s = self.sent * self.carriage * rules.trade.supplier_extra_share
        carriage_r = self.sent * self.carriage - carriage_s
        care = transaction(self.facilitated, self.park) / 4.0
        quality = self.arrived * virgin * use.quality_loss
        gain_s = self.sent * disposal + paid - carriage_s - care
        gain_r = self.arrived * virgin - quality - paid - carriage_r - care
        clauses = self._clauses(gain_s, gain_r)
        self.supplier.profit += paid - carriage_s - care + clauses
        self.receiver.profit += -paid - carriage_r - care - quality - clauses
        self.gain = {self.supplier: gain_s + clauses, self.receiver: gain_r - clauses}
        for side, gain in self.gain.items():
            self.losing[side] = self.losing[side] + 1 if gain < 0.0 else 0

    def _clauses(self, gain_s: float, gain_r: float) -> float:
        """What take-or-pay, bring-or-pay and guarantee give the supplier."""
        rules, due = self.park.rules.contract, 0.0
        if self.price > 0.0:
            due = rules.take_or_pay * self.price * (self.quantity[self.park.season] - self.asked_residue)
        elif self.price < 0.0:
            due = rules.take_or_pay * self.price * (self.asked_residue - self.sent)
        gain_s, gain_r = gain_s + due, gain_r - due
        if gain_s + gain_r > 0.0:
            if gain_s < 0.0:
                due -= rules.guarantee * gain_s
            elif gain_r < 0.0:
                due += rules.guarantee * gain_r
        return due

    def judge(self) -> None:
        """The supplier judges what was taken, the receiver what was brought."""
        agreed, tolerance = self.quantity[self.park.season], self.park.rules.trust.tolerance
        if agreed <= 0.0:
            return
        views = self.opportunity.tie.views
        if not self.opportunity.need.announced_outage:
            views[self.supplier].verdicts += _verdict(self.asked_residue / agreed, tolerance)
            views[self.supplier].judged += 1
        if not self.opportunity.residue.announced_outage and self.asked_residue > 0.0:
            views[self.receiver].verdicts += _verdict(self.sent / self.asked_residue, tolerance)
            views[self.receiver].judged += 1

    def end(self, when: float, breaker: Company | None = None) -> None:
        """End before the quarter `when`; a breaker pays the partner and is blamed for what still had to run."""
        remaining = self.ends - when
        if breaker is not None and remaining > 0:
            self._blame(breaker, remaining)
        self.give_free()
        self.status, self.ends = ENDED, when
        self.opportunity.contract = None
        self.park.contracts.remove(self)
        for side in (self.supplier, self.receiver):
            side.contracts.remove(self)

    def _blame(self, breaker: Company, remaining: float) -> None:
        rules, partner = self.park.rules, self.opportunity.other(breaker)
        weight = rules.trust.loss_weight * rules.trust.evidence
        self.opportunity.tie.views[partner].bad += weight * min(remaining, rules.trust.breach_cap)
        penalty = max(0.0, 4.0 * self.gain[partner]) * min(rules.contract.penalty, remaining / 4.0)
        breaker.cash -= penalty
        partner.cash += penalty


def appraise_and_sign(terms: Terms, park: PeerPark) -> Contract | None:
    """Sign a deal whose quantity is reserved, if it stands; else give that free and note the failure."""
    if appraise(terms, park) == AGREED:
        return sign(terms, park)
    terms.commit(-1.0)
    terms.opportunity.fail(terms, park)
    return None


def sign(terms: Terms, park: PeerPark) -> Contract:
    """A new contract."""
    contract = Contract(terms, park)
    park.contracts.append(contract)
    park.signed.append(contract)
    for side in (contract.supplier, contract.receiver):
        side.contracts.append(contract)
    return contract


def _possible_from(opportunity: Opportunity) -> float:
    """When residue and need exist, both are there and the use is practised."""
    return max(
        opportunity.residue.available, opportunity.need.available,
        opportunity.supplier.arrives, opportunity.receiver.arrives, opportunity.use.practised,
    )  # fmt: skip


def _verdict(kept: float, tolerance: float) -> float:
    return 2.0 * min(1.0, kept / tolerance) - 1.0

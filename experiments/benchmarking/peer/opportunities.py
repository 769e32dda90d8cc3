"""Opportunities: what one company's residue could be to another, and when it is worth a talk (7.10)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .company import Company
from .goods import Substitution
from .production import Balance
from .terms import Terms, could_sign, draw_up
from .ties import Tie

if TYPE_CHECKING:
    from .connections import Connection
    from .contracts import Contract
    from .park import PeerPark


class Opportunity:
    """A tie, a residue of one side, and an input of the other that it can replace."""

    def __init__(
        self,
        tie: Tie,
        supplier: Company,
        receiver: Company,
        residue: Balance,
        need: Balance,
        use: Substitution,
    ) -> None:
        self.tie, self.supplier, self.receiver = tie, supplier, receiver
        self.residue, self.need, self.use = residue, need, use
        self.distance = supplier.distance_to(receiver)
        pipe = residue.resource.pipe
        self.arrives = math.exp(-self.distance / pipe.loss_length_km) if pipe else 1.0
        self.tries = 0
        self.blocked_until: float = 0
        self.signal_then = self.quantity_then = 0.0
        self.mediated: float = -1
        self.is_open = False
        self.value = 0.0
        self.capital: dict[Company, float] = {}
        self.contract: Contract | None = None
        self.connection: Connection | None = None

    def other(self, company: Company) -> Company:
        """The company at the other side."""
        return self.receiver if company is self.supplier else self.supplier

    def survey(self, park: PeerPark) -> None:
        """Mark whether it is worth a talk this quarter, and its value to the public eye."""
        self.is_open = False
        if self.contract is not None or not (self.supplier.can_bargain and self.receiver.can_bargain):
            return
        if self.tie.since > park.quarter or self.use.practised > park.earliest_use:
            return
        if self.use.signal <= self.use.treatment or not self._is_asked_about(park):
            return
        terms = draw_up(self, park)
        if not terms.feasible:
            self._put_aside(terms, park)
            return
        self.value = (terms.worth + terms.disposal - terms.carriage) * terms.yearly
        self.capital = {company: k * terms.yearly for company, k in terms.k.items()}
        if self.value - min(self.capital.values()) <= park.rules.trade.least_value:
            self._put_aside(terms, park)
            return
        self.is_open = True
        self.supplier.open_talks += 1
        self.receiver.open_talks += 1

    def _is_asked_about(self, park: PeerPark) -> bool:
        """Not closed, or mediated; or, at the turn of the year, no longer what it was when it was closed."""
        if park.quarter >= self.blocked_until or self.mediated == park.quarter:
            return True
        if park.season != 0:
            return False
        rules, then = park.rules.trade, self.signal_then
        if abs(self.use.signal - then) > rules.price_move * abs(then):
            return True
        spare = could_sign(self, self.arrives, park).yearly
        return abs(spare - self.quantity_then) > rules.quantity_move * self.quantity_then

    def value_to(self, company: Company, park: PeerPark) -> float:
        """Value in search: trust times half the public value after the own cost of all capital, EUR a year (7.11)."""
        return self.tie.trust(company, park) * (self.value - self.capital[company]) / 2.0

    def _put_aside(self, terms: Terms, park: PeerPark) -> None:
        """Look again later, without a failed try; a longer block stays."""
        again = park.quarter + int(4.0 * park.rules.trade.look_again)
        self.blocked_until = max(self.blocked_until, again)
        self._remember(terms)

    def fail(self, terms: Terms, park: PeerPark) -> None:
        """A talk or an appraisal failed: cool off, longer each time."""
        rules = park.rules.trade
        self.tries += 1
        wait = min(rules.cool_off_longest, rules.cool_off * 2.0 ** (self.tries - 1))
        self.blocked_until = park.quarter + int(4.0 * wait)
        self._remember(terms)

    def _remember(self, terms: Terms) -> None:
        self.signal_then, self.quantity_then = terms.signal, terms.spare


def best_of(company: Company, park: PeerPark) -> Opportunity | None:
    """The open opportunity of the largest value in search whose partner has time; the latest of equals."""
    best, most = None, park.rules.trade.least_value
    for known in (company.supplies, company.demands):
        for opportunity in reversed(known):
            if opportunity.is_open and opportunity.other(company).attention_left >= 1.0:
                value = opportunity.value_to(company, park)
                if value > most:
                    best, most = opportunity, value
    return best

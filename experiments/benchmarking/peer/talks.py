"""Bargaining over a price by alternating offers (7.11)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import draws
from .company import Company
from .terms import Terms

if TYPE_CHECKING:
    from .park import PeerPark


AGREED, NO_SURPLUS, MISTRUST, OUT_OF_TIME = "agreed", "no surplus", "hidden by mistrust", "out of time"


class Side:
    """One side of a talk: where it opens, the limit that it states, its pace and its last round."""

    def __init__(self, opening: float, stated: float, pace: float, deadline: int, rounds: float) -> None:
        self.opening, self.stated, self.pace = opening, stated, pace
        self.deadline, self.rounds = deadline, rounds

    def offer(self, n: int) -> float:
        """The price that it offers in round n."""
        conceded = math.pow(n / self.rounds, 1.0 / self.pace)
        return self.opening + (self.stated - self.opening) * conceded

    def least_wanted(self, n: int, offered: float) -> float:
        """What it takes in round n: no worse than what it would offer, in its last round its stated limit."""
        return self.stated if n >= min(self.rounds, self.deadline) else offered


def bargain(terms: Terms, first: Company, park: PeerPark) -> str:
    """Agree on a price as if the capital were shared equally; writes trust and split, returns what decided."""
    opportunity, rules = terms.opportunity, park.rules.bargaining
    supplier, receiver = opportunity.supplier, opportunity.receiver
    for side in (supplier, receiver):
        terms.trust[side] = opportunity.tie.trust_with_opinions(side, park)
    low, high = terms.limits(0.5, park)
    if high - low <= 0.0:
        return NO_SURPLUS
    guard = rules.guard * (park.rules.association.mediation if terms.mediated else 1.0)
    public_range = max(0.0, terms.worth + terms.disposal)
    stated_min = low + guard * (1.0 - terms.trust[supplier]) / 8.0 * public_range
    stated_max = high - guard * (1.0 - terms.trust[receiver]) / 8.0 * public_range
    deadlines = [_deadline(terms, nth, park) for nth in (0, 1)]
    if stated_max < stated_min:
        _charge(terms, min(deadlines), park)
        return MISTRUST
    asks = Side(
        max(terms.worth, low, stated_min), stated_min, _pace(supplier, terms), deadlines[0], rules.rounds
    )
    bids = Side(
        min(-terms.disposal, high, stated_max), stated_max, _pace(receiver, terms), deadlines[1], rules.rounds
    )
    rounds, price = exchange(asks, bids, first is supplier)
    _charge(terms, rounds, park)
    if price is None:
        return OUT_OF_TIME
    terms.split = min(1.0, max(0.0, (price - low) / (high - low)))
    return AGREED


def exchange(asks: Side, bids: Side, supplier_first: bool) -> tuple[int, float | None]:
    """Rounds played and the price, None where there is no deal."""
    end = min(int(asks.rounds), asks.deadline, bids.deadline)
    for n in range(1, end + 1):
        ask, bid = asks.offer(n), bids.offer(n)
        if supplier_first:
            if ask <= bids.least_wanted(n, bid):
                return n, ask
            if bid >= asks.least_wanted(n, asks.offer(n + 1)):
                return n, bid
        else:
            if bid >= asks.least_wanted(n, ask):
                return n, bid
            if ask <= bids.least_wanted(n, bids.offer(n + 1)):
                return n, ask
    return end, None


def _pace(side: Company, terms: Terms) -> float:
    return side.style * math.exp(math.log(2.0) * (2.0 * terms.trust[side] - 1.0))


def _deadline(terms: Terms, nth: int, park: PeerPark) -> int:
    opportunity, rules = terms.opportunity, park.rules.bargaining
    supplier, receiver = opportunity.supplier.identity, opportunity.receiver.identity
    u = park.draws.uniform(draws.DEADLINE, supplier, receiver, park.quarter, opportunity.use.identity, nth)
    return int(rules.deadline_shortest + math.floor(u * (rules.rounds - rules.deadline_shortest + 1.0)))


def _charge(terms: Terms, rounds: int, park: PeerPark) -> None:
    for side in (terms.opportunity.supplier, terms.opportunity.receiver):
        side.cash -= park.rules.bargaining.round_cost * rounds

"""Connections: truck, pipe or a branch from a main; who builds them and who pays (7.9, 7.12)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .company import Company
from .goods import Resource
from .terms import Terms, scaled

if TYPE_CHECKING:
    from .park import PeerPark


@dataclass(slots=True, eq=False)
class Connection:
    """A pipe, or a plant at the end of a road. Capacities in units a year, costs in EUR, times in quarters."""

    supplier: Company
    receiver: Company
    by_pipe: bool
    length: float
    capacity: float
    through: float
    built: float
    pipe_part: float
    cost: float
    ready: int
    life: float
    main: Connection | None
    paid_supplier: float = 0.0
    paid_receiver: float = 0.0

    @property
    def worn(self) -> int:
        """The quarter from which it has served its time."""
        return self.ready + int(4.0 * self.life)

    def carry_more(self, amount: float) -> None:
        """More goes through this pipe and through all from which it branches."""
        trunk: Connection | None = self
        while trunk is not None:
            trunk.through += amount
            trunk.built = max(trunk.built, trunk.through)
            trunk = trunk.main


def choose_connection(terms: Terms, park: PeerPark) -> float:
    """Fill in carrier and capital at the least yearly cost; returns the yearly upkeep, EUR."""
    opportunity, rules = terms.opportunity, park.rules.investment
    standing, resource = opportunity.connection, opportunity.use.residue
    if standing is not None and park.quarter < standing.worn:
        terms.by_pipe = standing.by_pipe
        terms.carriage = 0.0 if standing.by_pipe else road(resource, opportunity.distance)
        if terms.peak > standing.capacity:
            share = standing.capacity / terms.peak
            terms.quantity = [each * share for each in terms.quantity]
            first, second, third, fourth = terms.quantity
            terms.yearly, terms.peak = first + second + third + fourth, standing.capacity
        return rules.upkeep * standing.cost
    use = opportunity.use
    terms.plant_capital = scaled(use.plant_cost, terms.peak, use.plant_capacity, park)
    pipe = _pipe(terms, park) if resource.pipe else None
    by_road = road(resource, opportunity.distance) if resource.truck else math.inf
    if (
        pipe is not None
        and pipe.capital * (opportunity.supplier.crf_pipe + rules.upkeep) <= by_road * terms.yearly
    ):
        terms.by_pipe, terms.carriage, terms.built = True, 0.0, terms.peak
        terms.pipe_capital, terms.length = pipe.capital, pipe.length
        terms.main, terms.book_value = pipe.main, pipe.book_value
    else:
        terms.by_pipe, terms.carriage = False, by_road
    return rules.upkeep * (terms.pipe_capital - terms.book_value + terms.plant_capital)


@dataclass(slots=True)
class Line:
    """A pipe that could be built: capital, new length, and the main that it would join."""

    capital: float
    length: float
    main: Connection | None = None
    book_value: float = 0.0


def _pipe(terms: Terms, park: PeerPark) -> Line:
    """The cheapest way by pipe: one of its own, or a branch from a main of the same supplier."""
    opportunity, resource = terms.opportunity, terms.opportunity.use.residue
    best = Line(pipe_cost(resource, terms.peak, opportunity.distance, park), opportunity.distance)
    if not park.rules.investment.mains:
        return best
    for main in opportunity.supplier.mains(opportunity.residue):
        if main.receiver is opportunity.receiver:
            continue
        length = min(opportunity.distance, main.receiver.distance_to(opportunity.receiver))
        used = main.through + terms.peak
        book = main.pipe_part * _life_left(main, park) * terms.peak / used
        capital = (
            pipe_cost(resource, terms.peak, length, park)
            + enlargement(main, terms.peak, resource, park)
            + book
        )
        if capital < best.capital:
            best = Line(capital, length, main, book)
    return best


def _life_left(main: Connection, park: PeerPark) -> float:
    """Share of the life of a main that is still to come."""
    return (main.worn - max(park.quarter, main.ready)) / (4.0 * main.life)


def enlargement(main: Connection, more: float, resource: Resource, park: PeerPark) -> float:
    """Cost of letting more through a main than it was built for, EUR."""
    used = main.through + more
    if used <= main.built:
        return 0.0
    larger = pipe_cost(resource, used, main.length, park)
    return larger - pipe_cost(resource, main.built, main.length, park)


def pipe_cost(resource: Resource, capacity: float, length: float, park: PeerPark) -> float:
    """Cost of a pipe, EUR."""
    pipe = resource.pipe
    assert pipe is not None
    return scaled(pipe.cost_per_km, capacity, pipe.capacity, park) * length


def road(resource: Resource, distance: float) -> float:
    """Carriage by road or ship, EUR per unit."""
    truck = resource.truck
    assert truck is not None
    return truck.fixed + truck.per_km * distance


def order(terms: Terms, park: PeerPark) -> Connection:
    """Order and pay a connection; a joiner buys its share of the main."""
    opportunity, rules = terms.opportunity, park.rules.investment
    pipe_part = terms.pipe_capital - terms.book_value
    cost = pipe_part + terms.plant_capital
    link = Connection(
        opportunity.supplier, opportunity.receiver, terms.by_pipe, terms.length, terms.peak, terms.peak,
        max(terms.built, terms.peak), pipe_part, cost, park.quarter + lead(cost, park),
        rules.pipe_life if terms.by_pipe else rules.plant_life, terms.main,
    )  # fmt: skip
    paid = terms.cost(park)
    link.paid_supplier = terms.capital_share * paid
    link.paid_receiver = paid - link.paid_supplier
    link.supplier.spend(link.paid_supplier)
    link.receiver.spend(link.paid_receiver)
    if terms.main is not None:
        _buy_into(terms.main, terms)
    opportunity.residue.connections.append(link)
    opportunity.connection = link
    return link


def _buy_into(main: Connection, terms: Terms) -> None:
    """The main carries more; the book value goes to those who paid it."""
    main.carry_more(terms.peak)
    paid = main.paid_supplier + main.paid_receiver
    share = main.paid_supplier / paid if paid > 0.0 else 1.0
    main.supplier.cash += share * terms.book_value
    main.receiver.cash += (1.0 - share) * terms.book_value
    main.pipe_part -= terms.book_value


def lead(cost: float, park: PeerPark) -> int:
    """Quarters from order to operation."""
    rules = park.rules.investment
    years = rules.lead_shortest
    if cost > 0.0:
        wanted = rules.lead_base + rules.lead_slope * math.log10(cost / 100e3)
        years = min(rules.lead_longest, max(rules.lead_shortest, wanted))
    return math.ceil(4.0 * years)

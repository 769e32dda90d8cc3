"""Processes and their flows, and what a company needs and leaves (7.3, 7.5)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import draws
from .goods import Resource

if TYPE_CHECKING:
    from .company import Company
    from .connections import Connection

Seasons = list[float]
"""A value for each quarter of the year."""


def total(four: Seasons) -> float:
    """Sum over the year, in order; Python's `sum` rounds otherwise."""
    return four[0] + four[1] + four[2] + four[3]


@dataclass(slots=True, eq=False)
class Balance:
    """A need or a residue of a company: one resource, over all its processes. Units a quarter."""

    company: Company
    resource: Resource
    available: float = math.inf
    amount: float = 0.0
    rest: float = 0.0
    expected: Seasons = field(default_factory=lambda: [0.0] * 4)
    committed: Seasons = field(default_factory=lambda: [0.0] * 4)
    asked: float = 0.0
    met: float = 1.0
    announced_outage: bool = False
    connections: list[Connection] = field(default_factory=list)

    def clear(self) -> None:
        """Nothing needed, left or expected yet."""
        self.amount, self.announced_outage = 0.0, False
        self.expected = [0.0, 0.0, 0.0, 0.0]

    def open(self) -> None:
        """Before deliveries all of it is left and nobody asks."""
        self.rest, self.asked, self.met = self.amount, 0.0, 1.0

    def ration(self) -> None:
        """Share of what is asked that there is."""
        if self.asked > self.amount:
            self.met = self.amount / self.asked

    @property
    def is_gone(self) -> bool:
        """Nothing now and nothing expected."""
        return self.amount <= 0.0 and total(self.expected) <= 0.0


@dataclass(slots=True, eq=False)
class Flow:
    """An input or a residue of a process, per unit of product."""

    balance: Balance
    is_need: bool
    amount: float
    season: Seasons


@dataclass(slots=True, eq=False)
class Process:
    """A process of a company; capacities by quarter, units of product a year."""

    identity: int
    starts: float
    ends: float
    capacities: list[float]
    reference: float
    sales_per_unit: float
    cost_at_founding: float
    varying_cost: float
    fixed_cost: float
    margin: float
    flows: list[Flow]
    z: float | None = None
    activity: float = 0.0

    def runs(self, quarter: int) -> bool:
        """Whether it is in operation in a quarter."""
        return self.starts <= quarter < self.ends

    def run(self, company: Company) -> None:
        """Draw the activity of the quarter; book needs and residues, sales and margin at reference."""
        park = company.model
        rules, quarter = park.rules.activity, park.quarter
        self.activity = 0.0
        if not company.is_present or not self.runs(quarter):
            return
        if self.z is None:
            self.z = park.draws.normal(draws.FIRST_ACTIVITY, self.identity)
        else:
            push = park.draws.normal(draws.ACTIVITY, self.identity, 0, quarter)
            self.z = (
                rules.persistence * self.z + math.sqrt(1.0 - rules.persistence * rules.persistence) * push
            )
        outage, announced = 0.0, False
        if park.draws.uniform(draws.OUTAGE, self.identity, 0, quarter) < rules.outage_hazard:
            outage = rules.outage_depth
            draw = park.draws.uniform(draws.ANNOUNCED, self.identity, 0, quarter)
            announced = draw < rules.outage_planned
        capacity = self.capacities[quarter]
        in_use = rules.utilisation * math.exp(rules.spread * self.z - 0.5 * rules.spread * rules.spread)
        self.activity = capacity / 4.0 * min(1.0, in_use) * (1.0 - outage)
        usual = capacity * rules.utilisation
        company.sales += usual * self.sales_per_unit
        company.yearly_margin += usual * (self.sales_per_unit * self.margin)
        for flow in self.flows:
            flow.balance.amount += self.activity * flow.amount * flow.season[park.season]
            flow.balance.announced_outage |= announced

    def expect(self, company: Company) -> None:
        """Add what it will need and leave, as far as is known today, by quarter of the year."""
        park = company.model
        quarter, ahead = park.quarter, park.foresight
        if company.is_planned:
            ahead = max(ahead, company.arrives)
        if not self.runs(ahead):
            return
        capacity = self.capacities[min(ahead, len(self.capacities) - 1)]
        begun = self.starts <= quarter
        if begun:
            capacity = min(capacity, self.capacities[quarter])
        product = capacity * park.rules.activity.utilisation / 4.0
        for flow in self.flows:
            if begun or flow.balance.available > quarter:
                for k, factor in enumerate(flow.season):
                    flow.balance.expected[k] += product * flow.amount * factor

    def result(self, company: Company) -> tuple[float, float]:
        """Sales and other cost of the quarter; the product price follows the cost of makers without symbiosis."""
        park = company.model
        if self.activity == 0.0 and not self.runs(park.quarter):
            return 0.0, 0.0
        cost = 0.0
        for flow in self.flows:
            resource = flow.balance.resource
            unit_cost = resource.price if flow.is_need else resource.disposal
            cost += flow.amount * flow.season[park.season] * unit_cost
        price = self.sales_per_unit + park.rules.economy.pass_through * (cost - self.cost_at_founding)
        fixed = self.fixed_cost * self.capacities[park.quarter] / 4.0
        return self.activity * price, self.activity * self.varying_cost + fixed

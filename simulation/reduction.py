"""Cutting a residue or a need at its origin, weighed against trading it (part of phase *invest*)."""

from agents.compiled import rule
from agents.fields import PRESENT
from agents.investment import most_payback_accepted, payback

from . import draws
from .appraisal import can_pay
from .connections import spend
from .journal import REDUCES, note


@rule
def reduce_at_origin(park):
    """Companies cut flows where that pays better than the best trade open to them (reduce before reuse)."""
    clock, p = park.clock[0], park.parameters[0]
    if p.investment_reductions == 0.0 or clock.season != 0:
        return
    for row in range(len(park.flows)):
        flow = park.flows[row]
        if flow.reducible > 0.0 and flow.kept == 1.0 and flow.reducible_from <= clock.quarter:
            weigh(park, flow, park.processes[flow.process])


@rule
def weigh(park, flow, process):
    """Payback of the cut where the flow is not signed away, against half the value of the best open trade."""
    clock, p = park.clock[0], park.parameters[0]
    owner = park.companies[process.company]
    if owner.status != PRESENT or process.closed:
        return
    balance = park.needs[flow.balance] if flow.is_need else park.residues[flow.balance]
    resource = park.resources[flow.resource]
    spare = 0.0
    for season in range(4):
        spare += max(0.0, balance.expected[season] - balance.committed[season])
    value = resource.price if flow.is_need else resource.disposal
    capacity = park.paths[process.path, clock.quarter] * process.left_scale
    cut = flow.reducible * capacity * p.activity_utilisation * flow.amount
    if cut > spare:
        return
    saving = cut * value
    cost = flow.reduction_cost * p.investment_cost_factor
    if saving <= 0.0 or saving - cost * owner.crf_plant <= flow.reducible * best_trade(
        park, process.company, flow
    ):
        return
    u = draws.uniform(clock, draws.TASTE, owner.identity, process.identity, 0, resource.identity, 1)
    if payback(cost, saving) > most_payback_accepted(u, owner.payback_limit, p.economy_payback_taste):
        return
    if not can_pay(park, process.company, cost):
        return
    spend(park, process.company, cost)
    clock.invested += cost
    flow.kept = 1.0 - flow.reducible
    note(park, REDUCES, process.company, -1, -1, flow.resource, cut, 0)


@rule
def best_trade(park, company, flow):
    """Half of the public value of the best open opportunity for the same balance, EUR a year."""
    best = 0.0
    owner = park.companies[company]
    row = owner.first_open_demand if flow.is_need else owner.first_open_supply
    while row >= 0:
        entry = park.opportunities[row]
        same = entry.need == flow.balance if flow.is_need else entry.residue == flow.balance
        if same and entry.open:
            best = max(best, 0.5 * entry.public_value)
        row = entry.next_open_demand if flow.is_need else entry.next_open_supply
    return best

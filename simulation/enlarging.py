"""Contracts that grow with the flows: once a year, before companies look for new partners (phase *negotiate*).

Where more is spare than was signed, the two who trade already take it first: they need no search, no
new contract and no new trust, and what stands between them is worth nothing to others (asset
specificity: Williamson 1985, ch. 2). The price stays as it is.
"""

import math

from agents.compiled import rule
from agents.fields import ENDED, NEVER
from agents.investment import lead_time, payback
from agents.trust import would_sign
from agents.valuation import present_value_factor, scaled_cost, supplier_limit

from .appraisal import accepts, can_pay
from .connections import spend
from .contracts import commit, full_term
from .journal import ENLARGES, note
from .judging import trust_with_opinions
from .terms import ROUNDING, expected_quantity, known_to_last, pipe_capital, smaller_flow, virgin_value


@rule
def enlarge(park):
    """In the first quarter of a year, contracts, also those not yet in operation, grow where both sides gain by it."""
    clock, p = park.clock[0], park.parameters[0]
    if p.contract_enlargement == 0.0 or clock.season != 0:
        return
    for k in range(clock.open_contracts):
        row = park.open_contracts[k]
        contract = park.contracts[row]
        if contract.status != ENDED and contract.gives_way == 0 and contract.adds_from == NEVER:
            draw_up_more(park, contract, park.terms[0])
            if park.terms[0].feasible == 1 and stands(park, contract, park.terms[0]):
                order_more(park, contract, row, park.terms[0])


@rule
def draw_up_more(park, contract, terms):
    """Quantity on top, its capital and its cost per unit; `feasible` is 0 below the least share of the flow."""
    p, substitution = park.parameters[0], park.substitutions[contract.substitution]
    terms.opportunity, terms.feasible = contract.opportunity, 0
    opportunity = park.opportunities[contract.opportunity]
    if known_to_last(park, opportunity) != NEVER:
        return
    commit(park, contract, -1.0)
    park.clock[0].renewing = contract.opportunity
    expected_quantity(park, opportunity, terms)
    park.clock[0].renewing = -1
    commit(park, contract, 1.0)
    terms.yearly, terms.peak = 0.0, 0.0
    for season in range(4):
        more = max(0.0, terms.quantity[season] - contract.quantity[season])
        terms.quantity[season] = more
        terms.yearly += more
        terms.peak = max(terms.peak, 4.0 * more)
    if terms.yearly <= 0.0:
        return
    serves = substitution.ratio * contract.arrives
    smaller = smaller_flow(park.residues[contract.residue], park.needs[contract.need], serves)
    if terms.yearly < max(p.trade_least_share, ROUNDING) * smaller:
        return
    capital_of_more(park, contract, terms)
    upkeep = p.investment_upkeep * (terms.pipe_capital + terms.plant_capital)
    terms.carriage = substitution.treatment + upkeep / terms.yearly
    if park.connections[contract.connection].pipe == 0:
        carried = park.resources[park.residues[contract.residue].resource]
        terms.carriage += carried.truck_fixed + carried.truck_per_km * opportunity.distance
    ratio = substitution.ratio * contract.arrives * (1.0 - substitution.quality_loss)
    terms.worth = ratio * virgin_value(park, park.needs[contract.need].resource)
    terms.disposal = park.resources[park.residues[contract.residue].resource].disposal
    terms.feasible = 1


@rule
def capital_of_more(park, contract, terms):
    """A second line and plant for what exceeds the room of the connection, and enlarged mains upstream, EUR.

    `built` is the capacity to add, `main` the connection that is enlarged.
    """
    p, link = park.parameters[0], park.connections[contract.connection]
    substitution = park.substitutions[contract.substitution]
    carried = park.resources[link.resource]
    room = max(0.0, link.capacity - capacity_in_use(park, contract, link))
    more = max(0.0, terms.peak - room)
    terms.main, terms.built = contract.connection, more
    terms.pipe_capital, terms.plant_capital = 0.0, 0.0
    if more <= 0.0:
        return
    terms.plant_capital = p.investment_cost_factor * scaled_cost(
        substitution.plant_cost, more, substitution.plant_capacity, p.investment_plant_exponent
    )
    if link.pipe == 0:
        return
    beyond = min(more, max(0.0, link.through + more - link.built))
    terms.pipe_capital = pipe_capital(p, carried, beyond, link.length)
    row = link.main
    while row >= 0:
        trunk = park.connections[row]
        if trunk.through + more > trunk.built:
            terms.pipe_capital += pipe_capital(p, carried, trunk.through + more, trunk.length) - pipe_capital(
                p, carried, trunk.built, trunk.length
            )
        row = trunk.main


@rule
def capacity_in_use(park, contract, link):
    """What the contracts of a connection may ask of it, unit/year; a divided contract shares it with another."""
    if link.contracts == 1:
        return largest_ask(contract)
    used = 0.0
    for k in range(park.clock[0].open_contracts):
        other = park.contracts[park.open_contracts[k]]
        if other.connection == contract.connection:
            used += largest_ask(other)
    return used


@rule
def largest_ask(contract):
    """Four times the largest quarter of a contract, with what is agreed on top, unit/year."""
    peak = 0.0
    for season in range(4):
        peak = max(peak, 4.0 * (contract.quantity[season] + contract.adding[season]))
    return peak


@rule
def stands(park, contract, terms):
    """At the price that stands both gain; capital follows benefit, or lies with the public side; payback, trust, cash."""
    opportunity, g = park.opportunities[contract.opportunity], park.parameters[0].trade_supplier_extra_share
    least = supplier_limit(terms.disposal, g, terms.carriage, 0.0, 0.0, 0.0)
    most = terms.worth - (1.0 - g) * terms.carriage
    terms.benefit_supplier = (contract.price - least) * terms.yearly
    terms.benefit_receiver = (most - contract.price) * terms.yearly
    if terms.benefit_supplier <= 0.0 or terms.benefit_receiver <= 0.0:
        return False
    share = terms.benefit_supplier / (terms.benefit_supplier + terms.benefit_receiver)
    if carried_at(park, contract, terms, share):
        return True
    if terms.pipe_capital + terms.plant_capital <= 0.0:
        return False
    if park.companies[opportunity.supplier].public:
        return carried_at(park, contract, terms, 1.0)
    return park.companies[opportunity.receiver].public == 1 and carried_at(park, contract, terms, 0.0)


@rule
def carried_at(park, contract, terms, share):
    """Whether both carry their part of the capital, the supplier `share` of it."""
    terms.capital_share = share
    cost = (terms.pipe_capital + terms.plant_capital) * (1.0 - park.parameters[0].policy_subsidy)
    return carries(park, contract, True, share * cost, terms.benefit_supplier) and carries(
        park, contract, False, (1.0 - share) * cost, terms.benefit_receiver
    )


@rule
def carries(park, contract, as_supplier, cost, benefit):
    """Payback within the limit and lasting taste, odds of trust times gain above the stake (Coleman 1990), cash."""
    p, opportunity = park.parameters[0], park.opportunities[contract.opportunity]
    if not accepts(park, opportunity, as_supplier, cost, benefit):
        return False
    company = contract.supplier if as_supplier else contract.receiver
    partner = contract.receiver if as_supplier else contract.supplier
    trust = trust_with_opinions(park, park.ties[contract.tie], company, partner)
    worth = present_value_factor(park.companies[company].discount, contract.term / 4.0) * benefit
    return would_sign(trust, worth, cost + p.trust_exposure * benefit) and can_pay(park, company, cost)


@rule
def order_more(park, contract, row, terms):
    """Reserve the quantity on top, pay for the enlargement; a term that needs capital begins anew."""
    clock, p = park.clock[0], park.parameters[0]
    link = park.connections[contract.connection]
    whole = terms.pipe_capital + terms.plant_capital
    paid = whole * (1.0 - p.policy_subsidy)
    signed, before = 0.0, 0.0
    commit(park, contract, -1.0)
    for season in range(4):
        signed += contract.quantity[season]
        contract.adding[season] = terms.quantity[season]
    commit(park, contract, 1.0)
    contract.carriage = (contract.carriage * signed + terms.carriage * terms.yearly) / (signed + terms.yearly)
    contract.adds_from = max(clock.quarter + 1, contract.starts)
    if whole > 0.0:
        lead = lead_time(
            whole,
            p.investment_lead_base,
            p.investment_lead_slope,
            p.investment_lead_shortest,
            p.investment_lead_longest,
        )
        contract.adds_from = max(contract.starts, clock.quarter + int(math.ceil(4.0 * lead)))
        contract.term = full_term(p, link.pipe)
        contract.ends = max(contract.ends, contract.adds_from + int(contract.term))
        if contract.payback > 0.0:
            before = contract.capex / contract.payback
        contract.capex += paid
        contract.payback = payback(contract.capex, before + terms.benefit_supplier + terms.benefit_receiver)
        pay_for_more(park, contract, link, terms, paid)
        clock.invested += whole
        clock.subsidies += whole - paid
    residue = park.residues[contract.residue].resource
    note(park, ENLARGES, contract.supplier, contract.receiver, row, residue, terms.yearly, 0)


@rule
def pay_for_more(park, contract, link, terms, paid):
    """Each side pays its share; the connection and the mains that it branches from carry more."""
    own = terms.capital_share * paid
    spend(park, contract.supplier, own)
    spend(park, contract.receiver, paid - own)
    link.paid_supplier += own
    link.paid_receiver += paid - own
    link.pipe_part += terms.pipe_capital
    link.cost += terms.pipe_capital + terms.plant_capital
    link.capacity += terms.built
    row = contract.connection
    while row >= 0:
        trunk = park.connections[row]
        trunk.through += terms.built
        trunk.built = max(trunk.built, trunk.through)
        row = trunk.main


@rule
def add_what_is_ready(contract, quarter):
    """From the quarter in which its enlargement is ready, a contract asks for the larger quantity."""
    if contract.adds_from > quarter:
        return
    for season in range(4):
        contract.quantity[season] += contract.adding[season]
        contract.adding[season] = 0.0
    contract.adds_from = NEVER

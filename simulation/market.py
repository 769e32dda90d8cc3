"""Phase *negotiate*: companies survey their opportunities and look for the best that is open."""

import math

import numpy as np

from agents.bargaining import RECEIVER, SUPPLIER
from agents.compiled import rule
from agents.fields import PLANNED, PRESENT
from agents.valuation import search_value

from . import draws
from .judging import direct_trust
from .negotiation import bargain
from .terms import draw_up, expected_quantity, gain_per_unit, price_signal


@rule
def negotiate(park):
    """In an order drawn anew each quarter, companies with attention left try their best opportunities."""
    clock = park.clock[0]
    clock.deals, clock.opened, clock.agreed = 0, 0, 0
    survey(park)
    turns = np.full(len(park.companies), 2.0)
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if owner.prospects_open > 0 and can_bargain(owner):
            turns[company] = draws.uniform(clock, draws.TURN, owner.identity, 0, clock.quarter)
    order = np.argsort(turns, kind="mergesort")
    for k in range(len(order)):
        company = order[k]
        if turns[company] > 1.0:
            break
        while park.companies[company].attention_left >= 1.0:
            best = best_opportunity(park, company)
            if best < 0:
                break
            bargain_over(park, company, best)


@rule
def can_bargain(owner):
    """Present or about to build, not withdrawn from trade, with attention left."""
    return (
        (owner.status == PRESENT or owner.status == PLANNED)
        and owner.trading == 1
        and owner.attention_left >= 1.0
    )


@rule
def survey(park):
    """Mark the opportunities that are worth a talk this quarter, and what they are worth to the public eye.

    What pays for neither side is put aside for a year, unless its price or quantity moves before; in
    the first quarter of a year companies look whether it has.
    """
    clock, p = park.clock[0], park.parameters[0]
    terms = park.terms[0]
    for company in range(len(park.companies)):
        park.companies[company].prospects_open = 0
    for row in range(clock.opportunities):
        opportunity = park.opportunities[row]
        opportunity.open = 0
        if opportunity.contract >= 0 or asleep(clock, opportunity) or not open_to_talks(park, opportunity):
            continue
        terms.mediated = mediated(clock, opportunity)
        if not still_open(park, opportunity, terms):
            continue
        draw_up(park, row, terms)
        if terms.feasible == 0:
            put_aside(park, opportunity, terms)
            continue
        opportunity.public_value = gain_per_unit(terms) * terms.yearly
        opportunity.own_k_supplier = terms.k_supplier * terms.yearly
        opportunity.own_k_receiver = terms.k_receiver * terms.yearly
        cheaper = min(opportunity.own_k_supplier, opportunity.own_k_receiver)
        if opportunity.public_value - cheaper <= p.trade_least_value:
            put_aside(park, opportunity, terms)
            continue
        opportunity.open = 1
        park.companies[opportunity.supplier].prospects_open += 1
        park.companies[opportunity.receiver].prospects_open += 1


@rule
def asleep(clock, opportunity):
    """Failed or put aside, and not looked at now: whether price or quantity has moved is asked once a year."""
    waiting = clock.quarter < opportunity.blocked_until and opportunity.mediated != clock.quarter
    return waiting and clock.season != 0


@rule
def open_to_talks(park, opportunity):
    """Cheap tests first: both can bargain and have met, it is practised, it has a gain at the door."""
    if not can_bargain(park.companies[opportunity.supplier]):
        return False
    if not can_bargain(park.companies[opportunity.receiver]):
        return False
    if park.substitutions[opportunity.substitution].practised > plant_ready_at_the_earliest(park):
        return False
    if park.ties[opportunity.tie].since > park.clock[0].quarter:
        return False
    return price_signal(park, opportunity) > park.substitutions[opportunity.substitution].treatment


@rule
def plant_ready_at_the_earliest(park):
    """Quarter in which what is signed now would run after the basic lead time: a plant is ordered before its first use."""
    return park.clock[0].quarter + int(math.ceil(4.0 * park.parameters[0].investment_lead_base))


@rule
def mediated(clock, opportunity):
    """Whether the association introduced the two in this quarter."""
    return 1 if opportunity.mediated == clock.quarter else 0


@rule
def still_open(park, opportunity, terms):
    """What failed or was put aside opens again in time, or when price or quantity has moved, or mediated."""
    clock, p = park.clock[0], park.parameters[0]
    if clock.quarter >= opportunity.blocked_until or terms.mediated:
        return True
    then = opportunity.price_then
    if abs(price_signal(park, opportunity) - then) > p.trade_price_move * abs(then):
        return True
    expected_quantity(park, opportunity, terms)
    then = opportunity.quantity_then
    return abs(terms.spare - then) > p.trade_quantity_move * then


@rule
def put_aside(park, opportunity, terms):
    """Look again in a year; no failure is counted."""
    again = park.clock[0].quarter + int(4.0 * park.parameters[0].trade_look_again)
    opportunity.blocked_until = max(opportunity.blocked_until, again)
    opportunity.price_then, opportunity.quantity_then = terms.price_signal, terms.spare


@rule
def best_opportunity(park, company):
    """Row of the open opportunity with the highest value in search for this company; -1 if none pays."""
    best, best_value = -1, park.parameters[0].trade_least_value
    row = park.companies[company].first_supply
    while row >= 0:
        opportunity = park.opportunities[row]
        if opportunity.open and park.companies[opportunity.receiver].attention_left >= 1.0:
            value = value_in_search(park, opportunity, company, opportunity.own_k_supplier)
            if value > best_value:
                best, best_value = row, value
        row = opportunity.next_supply
    row = park.companies[company].first_demand
    while row >= 0:
        opportunity = park.opportunities[row]
        if opportunity.open and park.companies[opportunity.supplier].attention_left >= 1.0:
            value = value_in_search(park, opportunity, company, opportunity.own_k_receiver)
            if value > best_value:
                best, best_value = row, value
        row = opportunity.next_demand
    return best


@rule
def value_in_search(park, opportunity, company, own_capital):
    """T (s l price + disposal - e - own k) Q / 2, from public figures."""
    trust = direct_trust(park, park.ties[opportunity.tie], company)
    return search_value(trust, opportunity.public_value, 0.0, 0.0, own_capital, 1.0)


@rule
def bargain_over(park, searcher, row):
    """Draw up the terms anew, bargain, and reserve the quantity of a deal until it is appraised."""
    clock = park.clock[0]
    opportunity = park.opportunities[row]
    terms = park.terms[clock.deals + 1]
    terms.contract, terms.mediated = -1, mediated(clock, opportunity)
    draw_up(park, row, terms)
    opportunity.open = 0
    if terms.feasible == 0:
        return
    park.companies[opportunity.supplier].attention_left -= 1.0
    park.companies[opportunity.receiver].attention_left -= 1.0
    first = SUPPLIER if searcher == opportunity.supplier else RECEIVER
    if bargain(park, terms, first):
        reserve(park, opportunity.residue, opportunity.need, terms, 1.0)
        clock.deals += 1
    else:
        fail(park, terms, park.negotiations[terms.negotiation].reason)


@rule
def reserve(park, residue, need, terms, sign):
    """Commit (or release, with sign -1) the quantity on both sides."""
    serves = park.substitutions[park.opportunities[terms.opportunity].substitution].ratio * terms.arrives
    for season in range(4):
        park.residues[residue].committed[season] += sign * terms.quantity[season]
        park.needs[need].committed[season] += sign * terms.quantity[season] * serves


@rule
def fail(park, terms, reason):
    """Note why, and let the opportunity (not the pair) cool off, longer after each failure."""
    clock, p = park.clock[0], park.parameters[0]
    opportunity = park.opportunities[terms.opportunity]
    park.negotiations[terms.negotiation].reason = reason
    park.negotiations[terms.negotiation].outcome = 0
    opportunity.tries += 1
    wait = min(p.trade_cool_off_longest, p.trade_cool_off * math.pow(2.0, opportunity.tries - 1.0))
    opportunity.blocked_until = clock.quarter + int(4.0 * wait)
    opportunity.price_then, opportunity.quantity_then = terms.price_signal, terms.spare

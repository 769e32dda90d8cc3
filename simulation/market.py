"""Phase *negotiate*: companies look for the best opportunity that is open, and bargain over it."""

import math

import numpy as np

from agents.bargaining import RECEIVER, SUPPLIER
from agents.compiled import rule
from agents.valuation import search_value

from . import draws
from .judging import direct_trust
from .negotiation import bargain
from .survey import can_bargain, mediated, survey
from .terms import draw_up


@rule
def negotiate(park):
    """In an order drawn anew each quarter, companies with attention left try their best opportunities."""
    clock = park.clock[0]
    clock.deals, clock.opened, clock.agreed = 0, 0, 0
    survey(park)
    turns, searchers = np.empty(len(park.companies)), np.empty(len(park.companies), np.int64)
    count = 0
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if (owner.first_open_supply >= 0 or owner.first_open_demand >= 0) and can_bargain(owner):
            turns[count] = draws.uniform(clock, draws.TURN, owner.identity, 0, clock.quarter)
            searchers[count] = company
            count += 1
    for k in np.argsort(turns[:count], kind="mergesort"):
        company = searchers[k]
        while park.companies[company].attention_left >= 1.0:
            best = best_opportunity(park, company)
            if best < 0:
                break
            bargain_over(park, company, best)


@rule
def best_opportunity(park, company):
    """Row of the open opportunity with the highest value in search for this company; -1 if none pays."""
    best, best_value = -1, park.parameters[0].trade_least_value
    row = park.companies[company].first_open_supply
    while row >= 0:
        opportunity = park.opportunities[row]
        if opportunity.open and park.companies[opportunity.receiver].attention_left >= 1.0:
            value = value_in_search(park, opportunity, company, opportunity.own_k_supplier)
            if value > best_value:
                best, best_value = row, value
        row = opportunity.next_open_supply
    row = park.companies[company].first_open_demand
    while row >= 0:
        opportunity = park.opportunities[row]
        if opportunity.open and park.companies[opportunity.supplier].attention_left >= 1.0:
            value = value_in_search(park, opportunity, company, opportunity.own_k_receiver)
            if value > best_value:
                best, best_value = row, value
        row = opportunity.next_open_demand
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
    park.wakes[terms.opportunity] = clock.quarter

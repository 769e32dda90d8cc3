"""Phase *negotiate*: companies look for their best open opportunity and bargain over it."""

import math

import numpy as np

from agents.bargaining import (
    AGREED,
    MISTRUST,
    NO_SURPLUS,
    OUT_OF_TIME,
    RECEIVER,
    SUPPLIER,
    concession,
    first_mover_share,
    hidden,
    nash_split,
    pace,
    patience_share,
)  # fmt: skip
from agents.compiled import rule
from agents.fields import PLANNED, PRESENT
from agents.valuation import receiver_limit, search_value, supplier_limit

from . import draws
from .judging import direct_trust, trust_with_opinions
from .settlement import account
from .terms import draw_up, expected_quantity, gain_per_unit, price_signal

CONCESSION, NASH, FIXED = 0.0, 1.0, 2.0


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
    if park.substitutions[opportunity.substitution].practised > park.clock[0].quarter:
        return False
    if park.ties[opportunity.tie].since > park.clock[0].quarter:
        return False
    return price_signal(park, opportunity) > park.substitutions[opportunity.substitution].treatment


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


@rule
def limits(park, terms, capital_share):
    """Private limits of both at a share of the capital (supplier's h), EUR per unit sent."""
    g = park.parameters[0].trade_supplier_extra_share
    low = supplier_limit(
        terms.disposal, g, terms.carriage, terms.transaction_supplier, capital_share, terms.k_supplier
    )  # fmt: skip
    high = receiver_limit(
        terms.worth,
        1.0,
        1.0,
        0.0,
        g,
        terms.carriage,
        terms.transaction_receiver,
        capital_share,
        terms.k_receiver,
    )
    return low, high


@rule
def bargain(park, terms, first):
    """Agree on a price, capital shared equally, and record how; returns whether they agreed."""
    p = park.parameters[0]
    opportunity = park.opportunities[terms.opportunity]
    tie = park.ties[opportunity.tie]
    terms.trust_supplier = trust_with_opinions(park, tie, opportunity.supplier, opportunity.receiver)
    terms.trust_receiver = trust_with_opinions(park, tie, opportunity.receiver, opportunity.supplier)
    low, high = limits(park, terms, 0.5)
    record = new_negotiation(park, terms, first, low, high)
    if high - low <= 0.0:
        record.reason = NO_SURPLUS
        return False
    if p.bargaining_protocol == FIXED:
        terms.split = p.bargaining_fixed_split
        record.price, record.rounds = low + terms.split * (high - low), 1
    elif p.bargaining_protocol == NASH:
        terms.split = split_by_nash(park, opportunity, terms, high - low, first)
        if terms.split < 0.0 or terms.split > 1.0:
            record.reason = NO_SURPLUS
            return False
        record.price, record.rounds = low + terms.split * (high - low), 1
    else:
        if not exchange_offers(park, terms, record):
            return False
        terms.split = min(1.0, max(0.0, (record.price - low) / (high - low)))
    record.split, record.reason = terms.split, AGREED
    return True


@rule
def new_negotiation(park, terms, first, low, high):
    """A row for this negotiation: limits, stated limits, openings, paces, deadlines."""
    clock, p = park.clock[0], park.parameters[0]
    opportunity = park.opportunities[terms.opportunity]
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    terms.negotiation = clock.negotiations
    record = park.negotiations[clock.negotiations]
    clock.negotiations += 1
    clock.opened += 1
    record.quarter, record.opportunity = clock.quarter, terms.opportunity
    record.supplier, record.receiver = opportunity.supplier, opportunity.receiver
    record.substitution, record.quantity = opportunity.substitution, terms.yearly
    record.p_min, record.p_max = low, high
    record.opening_supplier, record.opening_receiver = max(terms.worth, low), min(-terms.disposal, high)
    guard = p.bargaining_guard * (p.association_mediation if terms.mediated else 1.0)
    public_range = max(0.0, terms.worth + terms.disposal)
    record.stated_min = low + hidden(guard, terms.trust_supplier, public_range)
    record.stated_max = high - hidden(guard, terms.trust_receiver, public_range)
    record.pace_supplier = pace(s.pace, terms.trust_supplier)
    record.pace_receiver = pace(r.pace, terms.trust_receiver)
    record.deadline_supplier = deadline(park, s.identity, r.identity, opportunity, 0)
    record.deadline_receiver = deadline(park, s.identity, r.identity, opportunity, 1)
    record.trust_supplier, record.trust_receiver = terms.trust_supplier, terms.trust_receiver
    record.first, record.facilitated = first, terms.mediated
    record.renewal = 1 if terms.contract >= 0 else 0
    record.capital = terms.pipe_capital + terms.plant_capital
    record.capital_share, record.outcome = 0.5, 0
    return record


@rule
def deadline(park, supplier, receiver, opportunity, side):
    """A private deadline between the shortest and N rounds, drawn for this talk."""
    clock, p = park.clock[0], park.parameters[0]
    what = park.substitutions[opportunity.substitution].identity
    u = draws.uniform(clock, draws.DEADLINE, supplier, receiver, clock.quarter, what, side)
    span = p.bargaining_rounds - p.bargaining_deadline_shortest + 1.0
    return int(p.bargaining_deadline_shortest + math.floor(u * span))


@rule
def exchange_offers(park, terms, record):
    """The concession protocol; the rounds cost both sides. Writes price, rounds and, if it fails, why."""
    p = park.parameters[0]
    if record.stated_max < record.stated_min:
        record.reason, record.rounds = MISTRUST, min(record.deadline_supplier, record.deadline_receiver)
        charge_rounds(park, record)
        return False
    agreed, rounds, price = concession(
        max(record.opening_supplier, record.stated_min), record.stated_min, record.pace_supplier,
        record.deadline_supplier,
        min(record.opening_receiver, record.stated_max), record.stated_max, record.pace_receiver,
        record.deadline_receiver, p.bargaining_rounds, record.first,
    )  # fmt: skip
    record.rounds = rounds
    charge_rounds(park, record)
    if not agreed:
        record.reason = OUT_OF_TIME
        return False
    record.price = price
    return True


@rule
def charge_rounds(park, record):
    """Every round costs both sides."""
    cost = park.parameters[0].bargaining_round_cost * record.rounds
    for company in (record.supplier, record.receiver):
        park.companies[company].cash -= cost
        books = account(park, company)
        books.transaction += cost
        books.profit -= cost
        books.savings -= cost


@rule
def split_by_nash(park, opportunity, terms, surplus, first):
    """Supplier's share by patience and by what each could get from its next best partner."""
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    patience = patience_share(s.discount, r.discount)
    pause = park.parameters[0].bargaining_round_years
    if pause > 0.0:
        factor_s, factor_r = math.exp(-s.discount * pause), math.exp(-r.discount * pause)
        ahead = first_mover_share(factor_s, factor_r)
        behind = 1.0 - first_mover_share(factor_r, factor_s)
        patience = ahead if first == SUPPLIER else behind
    outside_s = outside_option(park, terms.opportunity, opportunity.supplier, terms.yearly)
    outside_r = outside_option(park, terms.opportunity, opportunity.receiver, terms.yearly)
    return nash_split(patience, outside_s, outside_r, surplus)


@rule
def outside_option(park, row, company, yearly):
    """Half of the public gain of a unit with the next best partner for the same residue or need, EUR/unit sent here."""
    here = park.opportunities[row]
    best = 0.0
    supplying = here.supplier == company
    other = park.companies[company].first_supply if supplying else park.companies[company].first_demand
    while other >= 0:
        entry = park.opportunities[other]
        same = entry.residue == here.residue if supplying else entry.need == here.need
        if other != row and same and entry.open:
            capital_cost = max(entry.own_k_supplier, entry.own_k_receiver)
            best = max(best, 0.5 * (entry.public_value - capital_cost) / yearly)
        other = entry.next_supply if supplying else entry.next_demand
    return best

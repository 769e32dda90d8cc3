"""One negotiation: limits, stated limits, offers or a split, and the record of it."""

import math

from agents.bargaining import (
    AGREED,
    MISTRUST,
    NO_SURPLUS,
    OUT_OF_TIME,
    SUPPLIER,
    concession,
    first_mover_share,
    hidden,
    nash_split,
    pace,
    patience_share,
)
from agents.compiled import rule
from agents.valuation import receiver_limit, supplier_limit

from . import draws
from .judging import trust_with_opinions
from .settlement import account

CONCESSION, NASH, FIXED = 0.0, 1.0, 2.0


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
    owner = park.companies[company]
    other = owner.first_open_supply if supplying else owner.first_open_demand
    while other >= 0:
        entry = park.opportunities[other]
        same = entry.residue == here.residue if supplying else entry.need == here.need
        if other != row and same and entry.open:
            capital_cost = max(entry.own_k_supplier, entry.own_k_receiver)
            best = max(best, 0.5 * (entry.public_value - capital_cost) / yearly)
        other = entry.next_open_supply if supplying else entry.next_open_demand
    return best

"""Survey of the opportunities, once a quarter: which are worth a talk (part of phase *negotiate*).

Most cannot be: the two have not met, the use is not practised yet, or they failed and wait. These
sleep until a quarter that is known in advance (`park.wakes`), so a quarter costs what is awake.
"""

import math

from agents.compiled import rule
from agents.fields import NEVER, PLANNED, PRESENT

from .terms import draw_up, expected_quantity, gain_per_unit, price_signal


@rule
def survey(park):
    """Mark the opportunities that are worth a talk this quarter, and what they are worth to the public eye.

    What pays for neither side is put aside for a year, unless its price or quantity moves before; in
    the first quarter of a year companies look whether it has.
    """
    quarter = park.clock[0].quarter
    for company in range(len(park.companies)):
        owner = park.companies[company]
        owner.first_open_supply, owner.first_open_demand = -1, -1
    for row in range(park.clock[0].opportunities):
        if park.wakes[row] > quarter:
            continue
        opportunity = park.opportunities[row]
        opportunity.open = 0
        if opportunity.contract >= 0:
            continue
        park.wakes[row] = next_look(park, opportunity)
        if park.wakes[row] <= quarter and open_to_talks(park, opportunity):
            weigh_from_outside(park, row, opportunity)


@rule
def next_look(park, opportunity):
    """First quarter in which it can be worth a talk: they have met, it is practised, and any wait is over.

    What failed or was put aside is looked at in the first quarter of a year too. Not later than this
    quarter means now; a meeting or an introduction before that quarter wakes it (`meeting.wake`).
    """
    clock, tie = park.clock[0], park.ties[opportunity.tie]
    if tie.gone:
        return NEVER
    ahead = plant_ready_at_the_earliest(park) - clock.quarter
    look = max(tie.since, park.substitutions[opportunity.substitution].practised - ahead)
    if clock.season != 0 and mediated(clock, opportunity) == 0:
        look = max(look, min(opportunity.blocked_until, clock.quarter + 4 - clock.season))
    return look


@rule
def plant_ready_at_the_earliest(park):
    """Quarter in which what is signed now would run after the basic lead time: a plant is ordered before its first use."""
    return park.clock[0].quarter + int(math.ceil(4.0 * park.parameters[0].investment_lead_base))


@rule
def mediated(clock, opportunity):
    """Whether the association introduced the two in this quarter."""
    return 1 if opportunity.mediated == clock.quarter else 0


@rule
def open_to_talks(park, opportunity):
    """Both can bargain, and it has a gain at the door."""
    if not can_bargain(park.companies[opportunity.supplier]):
        return False
    if not can_bargain(park.companies[opportunity.receiver]):
        return False
    return price_signal(park, opportunity) > park.substitutions[opportunity.substitution].treatment


@rule
def can_bargain(owner):
    """Present or about to build, not withdrawn from trade, with attention left."""
    return (
        (owner.status == PRESENT or owner.status == PLANNED)
        and owner.trading == 1
        and owner.attention_left >= 1.0
    )


@rule
def weigh_from_outside(park, row, opportunity):
    """Public figures of an opportunity; it is open if its value after the cheaper capital is worth a talk."""
    clock, p = park.clock[0], park.parameters[0]
    terms = park.terms[0]
    terms.mediated = mediated(clock, opportunity)
    if not still_open(park, opportunity, terms):
        return
    draw_up(park, row, terms)
    if terms.feasible == 0:
        put_aside(park, opportunity, terms)
        return
    opportunity.public_value = gain_per_unit(terms) * terms.yearly
    opportunity.own_k_supplier = terms.k_supplier * terms.yearly
    opportunity.own_k_receiver = terms.k_receiver * terms.yearly
    cheaper = min(opportunity.own_k_supplier, opportunity.own_k_receiver)
    if opportunity.public_value - cheaper <= p.trade_least_value:
        put_aside(park, opportunity, terms)
        return
    offer_to_both(park, row, opportunity)


@rule
def offer_to_both(park, row, opportunity):
    """Put an open opportunity at the head of the lists of its supplier and of its receiver."""
    supplier, receiver = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    opportunity.open = 1
    opportunity.next_open_supply = supplier.first_open_supply
    opportunity.next_open_demand = receiver.first_open_demand
    supplier.first_open_supply, receiver.first_open_demand = row, row


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

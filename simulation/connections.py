"""Connections: what is ordered, who pays for it, and who joins a main."""

import math

from agents.compiled import rule
from agents.fields import PLANNED
from agents.investment import lead_time

from .journal import BUILDS_AHEAD, note
from .settlement import account
from .terms import capital


@rule
def order_connection(park, opportunity, terms):
    """Order the connection, pay for it, and return its row."""
    clock, p = park.clock[0], park.parameters[0]
    row = clock.connections
    clock.connections += 1
    link = park.connections[row]
    residue = park.residues[opportunity.residue]
    link.supplier, link.receiver = opportunity.supplier, opportunity.receiver
    link.resource, link.substitution = residue.resource, opportunity.substitution
    link.pipe, link.length, link.capacity = terms.pipe, terms.length, terms.peak
    link.through, link.built = terms.peak, max(terms.built, terms.peak)
    link.pipe_part = terms.pipe_capital - terms.book_value
    link.cost = link.pipe_part + terms.plant_capital
    link.life = p.investment_pipe_life if terms.pipe else p.investment_plant_life
    link.main = terms.main
    lead = lead_time(
        link.cost,
        p.investment_lead_base,
        p.investment_lead_slope,
        p.investment_lead_shortest,
        p.investment_lead_longest,
    )
    link.ordered, link.ready = clock.quarter, clock.quarter + int(math.ceil(4.0 * lead))
    link.next_connection = residue.first_connection
    residue.first_connection = row
    pay_connection(park, link, terms)
    if terms.main >= 0:
        join(park, terms, link)
    if link.built > link.through:
        note(
            park, BUILDS_AHEAD, link.supplier, link.receiver, -1, link.resource, link.built - link.through, 0
        )
    return row


@rule
def pay_connection(park, link, terms):
    """Each side pays its share, the state its subsidy."""
    clock = park.clock[0]
    whole = terms.pipe_capital + terms.plant_capital
    paid = capital(park, terms)
    link.paid_supplier = terms.capital_share * paid
    link.paid_receiver = paid - link.paid_supplier
    spend(park, link.supplier, link.paid_supplier)
    spend(park, link.receiver, link.paid_receiver)
    clock.invested += whole - terms.book_value
    clock.subsidies += whole - paid


@rule
def spend(park, company, amount):
    """Pay for an investment out of cash or credit; of a plant that is being built its owners pay it in."""
    books = account(park, company)
    books.invested += amount
    if park.companies[company].status == PLANNED:
        books.paid_out -= amount
    else:
        park.companies[company].cash -= amount


@rule
def join(park, terms, link):
    """A joiner's share of the book value goes to those who paid the main, and the main carries more."""
    main = park.connections[terms.main]
    row = terms.main
    while row >= 0:
        trunk = park.connections[row]
        trunk.through += terms.peak
        trunk.built = max(trunk.built, trunk.through)
        row = trunk.main
    paid = main.paid_supplier + main.paid_receiver
    share = main.paid_supplier / paid if paid > 0.0 else 1.0
    reimburse(park, main.supplier, share * terms.book_value)
    reimburse(park, main.receiver, (1.0 - share) * terms.book_value)
    main.pipe_part -= terms.book_value


@rule
def reimburse(park, company, amount):
    """Money received from a joiner for an earlier investment goes back to whoever paid it in."""
    books = account(park, company)
    books.invested -= amount
    if park.companies[company].status == PLANNED:
        books.paid_out += amount
    else:
        park.companies[company].cash += amount

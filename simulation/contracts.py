"""Phase *invest*: deals are appraised and become contracts; and what it takes to end one."""

import math

from agents.bargaining import AGREED
from agents.compiled import rule
from agents.fields import ENDED, NEVER, ORDERED
from agents.investment import payback

from .appraisal import appraise
from .connections import order_connection
from .journal import ENDS, SIGNS, note
from .market import fail, reserve
from .settlement import account
from .terms import available_from, capital, known_to_last


@rule
def invest(park):
    """Appraise the deals of this quarter in the order in which they were agreed; sign what stands."""
    clock = park.clock[0]
    for k in range(clock.deals):
        terms = park.terms[k + 1]
        opportunity = park.opportunities[terms.opportunity]
        reason = appraise(park, terms)
        note_appraisal(park, terms)
        if reason == AGREED:
            sign(park, terms)
        else:
            reserve(park, opportunity.residue, opportunity.need, terms, -1.0)
            fail(park, terms, reason)


@rule
def note_appraisal(park, terms):
    """Write shares and paybacks into the record of the negotiation."""
    record, cost = park.negotiations[terms.negotiation], capital(park, terms)
    record.capital = cost
    record.capital_share = terms.capital_share
    record.payback_supplier = payback(terms.capital_share * cost, terms.benefit_supplier)
    record.payback_receiver = payback((1.0 - terms.capital_share) * cost, terms.benefit_receiver)


@rule
def sign(park, terms):
    """A new contract, and the order of its connection."""
    clock, p = park.clock[0], park.parameters[0]
    opportunity = park.opportunities[terms.opportunity]
    row = clock.contracts
    contract = park.contracts[row]
    park.open_contracts[clock.open_contracts] = row
    clock.contracts += 1
    clock.open_contracts += 1
    contract.opportunity, contract.tie = terms.opportunity, opportunity.tie
    contract.supplier, contract.receiver = opportunity.supplier, opportunity.receiver
    contract.begun_by_supplier, contract.begun_by_receiver = opportunity.supplier, opportunity.receiver
    contract.residue, contract.need = opportunity.residue, opportunity.need
    contract.substitution, contract.arrives = opportunity.substitution, terms.arrives
    contract.signed, contract.facilitated = clock.quarter, terms.mediated
    contract.capex = capital(park, terms)
    contract.payback = payback(contract.capex, terms.benefit_supplier + terms.benefit_receiver)
    if opportunity.connection < 0 or terms.pipe_capital + terms.plant_capital > 0.0:
        opportunity.connection = order_connection(park, opportunity, terms)
    contract.connection = opportunity.connection
    ready = park.connections[contract.connection].ready
    contract.starts = max(max(clock.quarter + 1, ready), available_from(park, opportunity))
    contract.status = ORDERED
    contract.term = full_term(p, terms.pipe)
    write_terms(park, contract, terms)
    opportunity.contract, opportunity.tries = row, 0
    count_contract(park, contract, 1)
    park.negotiations[terms.negotiation].outcome = 1
    clock.agreed += 1
    residue = park.residues[opportunity.residue].resource
    note(park, SIGNS, contract.supplier, contract.receiver, row, residue, contract.signed_price, 0)


@rule
def count_contract(park, contract, change):
    """Keep the number of open contracts of the pair, both companies and the connection, and the list of the need."""
    park.ties[contract.tie].streams += change
    park.companies[contract.supplier].open_contracts += change
    park.companies[contract.receiver].open_contracts += change
    park.connections[contract.connection].contracts += change
    if change > 0:
        enlist(park, contract)
    else:
        strike_off(park, contract)


@rule
def enlist(park, contract):
    """Into the list of its need, by row of the opportunity, the latest first."""
    need, before = park.needs[contract.need], -1
    row = need.first_contract
    while row >= 0 and park.contracts[row].opportunity > contract.opportunity:
        before, row = row, park.contracts[row].next_of_need
    contract.next_of_need = row
    own = park.opportunities[contract.opportunity].contract
    if before < 0:
        need.first_contract = own
    else:
        park.contracts[before].next_of_need = own


@rule
def strike_off(park, contract):
    """Out of the list of its need."""
    need, before = park.needs[contract.need], -1
    row = need.first_contract
    while park.contracts[row].opportunity != contract.opportunity:
        before, row = row, park.contracts[row].next_of_need
    if before < 0:
        need.first_contract = contract.next_of_need
    else:
        park.contracts[before].next_of_need = contract.next_of_need


@rule
def full_term(p, pipe):
    """Quarters of a contract whose capital is still to be earned."""
    return round_quarters(p.contract_term_pipe if pipe else p.contract_term_truck)


@rule
def round_quarters(years):
    """Quarters in a number of years, at least one."""
    return max(1, int(math.floor(4.0 * years + 0.5)))


@rule
def write_terms(park, contract, terms):
    """Price, quantity, shares and term as agreed today."""
    opportunity = park.opportunities[terms.opportunity]
    for season in range(4):
        contract.quantity[season] = terms.quantity[season]
        contract.adding[season] = 0.0
    contract.adds_from = NEVER
    contract.carriage = terms.carriage
    contract.signed_price, contract.price = terms.price, terms.price
    contract.signed_virgin = park.resources[park.needs[opportunity.need].resource].average_price
    contract.p_min, contract.p_max = terms.p_min, terms.p_max
    contract.split, contract.capital_share = terms.split, terms.capital_share
    contract.negotiation = terms.negotiation
    from_quarter = max(contract.starts, park.clock[0].quarter + 1)
    contract.ends = min(from_quarter + int(contract.term), known_to_last(park, opportunity))
    contract.losing_supplier, contract.losing_receiver = 0, 0


@rule
def commit(park, contract, sign):
    """Reserve (or release, with sign -1) a contract's quantity on both sides, with what is ordered on top."""
    serves = park.substitutions[contract.substitution].ratio * contract.arrives
    for season in range(4):
        quantity = contract.quantity[season] + contract.adding[season]
        park.residues[contract.residue].committed[season] += sign * quantity
        park.needs[contract.need].committed[season] += sign * quantity * serves


@rule
def end(park, contract, reason, breaker, when):
    """End a contract: free its quantity and, if one side breaks it, charge the penalty and the blame.

    `when` is the first quarter without it: this one in the calendar phase, the next one after delivery.
    `breaker` is the row of the company that ends it before its term, -1 when nobody is to blame.
    Blame counts v = -1 for the remaining term, capped.
    """
    p = park.parameters[0]
    remaining = contract.ends - when
    if breaker >= 0 and remaining > 0:
        blame(park, contract, breaker, min(float(remaining), p.trust_breach_cap))
        pay_penalty(park, contract, breaker, remaining / 4.0)
    commit(park, contract, -1.0)
    contract.status = ENDED
    contract.ends = when
    contract.reason = reason
    opportunity = park.opportunities[contract.opportunity]
    residue = park.residues[contract.residue].resource
    note(park, ENDS, contract.supplier, contract.receiver, opportunity.contract, residue, 0.0, reason)
    opportunity.contract = -1
    count_contract(park, contract, -1)


@rule
def blame(park, contract, breaker, quarters):
    """Bad evidence for the one who broke the contract, as many quarters of full disappointment."""
    p, tie = park.parameters[0], park.ties[contract.tie]
    if p.trust_learning == 0.0:
        return
    weight = p.trust_loss_weight * p.trust_evidence * quarters
    if breaker == tie.a:
        tie.bad_ba += weight
    else:
        tie.bad_ab += weight


@rule
def pay_penalty(park, contract, breaker, remaining_years):
    """The breaker pays some years of the partner's benefit, EUR; money changes hands."""
    p = park.parameters[0]
    by_supplier = breaker == contract.supplier
    partner = contract.receiver if by_supplier else contract.supplier
    benefit = 4.0 * (contract.gain_receiver if by_supplier else contract.gain_supplier)
    amount = max(0.0, benefit) * min(p.contract_penalty, remaining_years)
    park.companies[breaker].cash -= amount
    park.companies[partner].cash += amount
    for company, received in ((breaker, -amount), (partner, amount)):
        books = account(park, company)
        books.clauses += received
        books.profit += received
        books.savings += received

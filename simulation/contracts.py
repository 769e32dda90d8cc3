"""Phases *invest* and *review*: deals become contracts; contracts are renewed, re-priced or ended."""

import math

from agents.bargaining import AGREED, SUPPLIER
from agents.compiled import rule
from agents.fields import ENDED, OPERATING, ORDERED
from agents.investment import lead_time, payback

from .appraisal import appraise
from .journal import (
    BUILDS_AHEAD,
    ENDS,
    LOSS,
    PROCESS_ENDED,
    RENEWS,
    REPRICES,
    SIGNS,
    note,
)  # fmt: skip
from .market import bargain, fail, mediated, reserve
from .settlement import account
from .terms import available_from, capital, draw_up, known_to_last


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
    contract.term = round_quarters(p.contract_term_pipe if terms.pipe else p.contract_term_truck)
    write_terms(park, contract, terms)
    opportunity.contract, opportunity.tries = row, 0
    count_contract(park, contract, 1)
    park.negotiations[terms.negotiation].outcome = 1
    clock.agreed += 1
    residue = park.residues[opportunity.residue].resource
    note(park, SIGNS, contract.supplier, contract.receiver, row, residue, contract.signed_price, 0)


@rule
def count_contract(park, contract, change):
    """Keep the number of open contracts of the pair and of both companies."""
    park.ties[contract.tie].streams += change
    park.companies[contract.supplier].open_contracts += change
    park.companies[contract.receiver].open_contracts += change


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
    """Pay for an investment out of cash or credit."""
    park.companies[company].cash -= amount
    account(park, company).invested += amount


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
    """Money received from a joiner for an earlier investment."""
    park.companies[company].cash += amount
    account(park, company).invested -= amount


@rule
def review(park):
    """Renew, re-price or end; what has ended leaves the list of open contracts."""
    clock, p = park.clock[0], park.parameters[0]
    notice = round_quarters(p.contract_notice)
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status == ENDED:
            continue
        if has_dried_up(park, contract):
            end(park, contract, PROCESS_ENDED, -1, clock.quarter + 1)
        elif contract.status == OPERATING and contract.ends <= clock.quarter + 1:
            renew(park, contract, park.open_contracts[k], False)
        elif contract.losing_supplier >= notice or contract.losing_receiver >= notice:
            renew(park, contract, park.open_contracts[k], True)
    forget_ended(park)


@rule
def forget_ended(park):
    """Keep the rows of open contracts, in order of signing."""
    clock, kept = park.clock[0], 0
    for k in range(clock.open_contracts):
        if park.contracts[park.open_contracts[k]].status != ENDED:
            park.open_contracts[kept] = park.open_contracts[k]
            kept += 1
    clock.open_contracts = kept


@rule
def has_dried_up(park, contract):
    """Whether residue or need is gone for good: nothing now, and nothing expected."""
    clock = park.clock[0]
    if contract.status == ORDERED and contract.starts > clock.quarter:
        return False
    return is_gone(park.residues[contract.residue]) or is_gone(park.needs[contract.need])


@rule
def is_gone(balance):
    """Nothing in this quarter and nothing expected in any."""
    expected = balance.expected[0] + balance.expected[1] + balance.expected[2] + balance.expected[3]
    return balance.amount <= 0.0 and expected <= 0.0


@rule
def commit(park, contract, sign):
    """Reserve (or release, with sign -1) a contract's quantity on both sides."""
    serves = park.substitutions[contract.substitution].ratio * contract.arrives
    for season in range(4):
        park.residues[contract.residue].committed[season] += sign * contract.quantity[season]
        park.needs[contract.need].committed[season] += sign * contract.quantity[season] * serves


@rule
def renew(park, contract, row, losing):
    """Bargain anew over the standing connection; on failure the contract ends (at its term, or broken by the loser)."""
    clock = park.clock[0]
    terms = park.terms[0]
    opportunity = park.opportunities[contract.opportunity]
    commit(park, contract, -1.0)
    terms.contract, terms.mediated = row, mediated(clock, opportunity)
    clock.renewing = contract.opportunity
    draw_up(park, contract.opportunity, terms)
    clock.renewing = -1
    renewed = False
    reason = PROCESS_ENDED
    if terms.feasible == 1:
        if bargain(park, terms, SUPPLIER):
            reason = appraise(park, terms)
            note_appraisal(park, terms)
            park.negotiations[terms.negotiation].reason = reason
            renewed = reason == AGREED
        else:
            reason = park.negotiations[terms.negotiation].reason
    if renewed:
        park.negotiations[terms.negotiation].outcome = 1
        prolong(park, contract, row, terms, losing)
    else:
        commit(park, contract, 1.0)
        breaker = -1
        if losing:
            breaker = (
                contract.supplier
                if contract.losing_supplier > contract.losing_receiver
                else contract.receiver
            )
        end(park, contract, LOSS if losing else reason, breaker, clock.quarter + 1)


@rule
def prolong(park, contract, row, terms, losing):
    """New terms for a standing contract; a worn connection is built again without a stop."""
    opportunity = park.opportunities[contract.opportunity]
    if capital(park, terms) > 0.0:
        contract.capex += capital(park, terms)
        opportunity.connection = order_connection(park, opportunity, terms)
        contract.connection = opportunity.connection
    contract.arrives = terms.arrives
    write_terms(park, contract, terms)
    commit(park, contract, 1.0)
    contract.renewals += 1
    kind = REPRICES if losing else RENEWS
    residue = park.residues[contract.residue].resource
    note(park, kind, contract.supplier, contract.receiver, row, residue, contract.signed_price, 0)


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

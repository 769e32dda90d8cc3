"""Phase *review*: contracts are renewed, re-priced, left for a better use or ended; their quantity is reserved until then."""

from agents.bargaining import AGREED, NO_SURPLUS, SUPPLIER
from agents.compiled import rule
from agents.fields import ENDED, OPERATING, ORDERED

from .appraisal import appraise
from .connections import order_connection
from .contracts import commit, end, full_term, note_appraisal, round_quarters, write_terms
from .journal import BETTER_USE, LOSS, PROCESS_ENDED, RENEWS, REPRICES, note
from .market import fail
from .negotiation import bargain
from .survey import mediated
from .tendering import tender
from .terms import capital, draw_up


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
            at_its_term(park, contract, park.open_contracts[k])
        elif contract.gives_way == 0 and (
            contract.losing_supplier >= notice or contract.losing_receiver >= notice
        ):
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
def at_its_term(park, contract, row):
    """It gives way to a better use that was found before, or is found now; else it is renewed."""
    if contract.gives_way == 0 and not tender(park, contract):
        renew(park, contract, row, False)
    elif contract.ends <= park.clock[0].quarter + 1:
        end(park, contract, BETTER_USE, -1, park.clock[0].quarter + 1)


@rule
def renew(park, contract, row, losing):
    """Bargain anew over the standing connection; on failure the contract ends at its term.

    One that loses for a side is broken by it only where there is nothing left to share; where a talk over
    a gain fails, it stands, and they talk again when it has lost for as long once more.
    """
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
        if terms.feasible == 1:
            fail(park, terms, reason)
        commit(park, contract, 1.0)
        if not losing:
            end(park, contract, reason, -1, clock.quarter + 1)
        elif reason == NO_SURPLUS:
            supplier_loses_longer = contract.losing_supplier > contract.losing_receiver
            breaker = contract.supplier if supplier_loses_longer else contract.receiver
            end(park, contract, LOSS, breaker, clock.quarter + 1)
        else:
            contract.losing_supplier, contract.losing_receiver = 0, 0


@rule
def prolong(park, contract, row, terms, losing):
    """New terms for a standing contract; a worn connection is built again without a stop, and needs the full term."""
    opportunity, p = park.opportunities[contract.opportunity], park.parameters[0]
    contract.term = round_quarters(p.contract_term_renewal)
    if capital(park, terms) > 0.0:
        contract.term = full_term(p, terms.pipe)
        contract.capex += capital(park, terms)
        opportunity.connection = order_connection(park, opportunity, terms)
        park.connections[contract.connection].contracts -= 1
        contract.connection = opportunity.connection
        park.connections[contract.connection].contracts += 1
    contract.arrives = terms.arrives
    write_terms(park, contract, terms)
    commit(park, contract, 1.0)
    contract.renewals += 1
    kind = REPRICES if losing else RENEWS
    residue = park.residues[contract.residue].resource
    note(park, kind, contract.supplier, contract.receiver, row, residue, contract.signed_price, 0)

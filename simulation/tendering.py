"""A contract at the end of its term is set beside what else could be done with its flow (phase *review*).

Where another partner promises a side more than the standing contract, the two of them bargain before
it is renewed. If they agree, the old contract goes on at its price until the new stream starts, so
that nothing is wasted in between. The end of the term is the window for it (Williamson 1985, ch. 3).
"""

from agents.bargaining import AGREED, RECEIVER, SUPPLIER
from agents.compiled import rule
from agents.fields import PLANNED, PRESENT

from .appraisal import appraise
from .contracts import commit, note_appraisal, sign
from .market import fail, reserve, value_in_search
from .negotiation import bargain
from .survey import mediated, plant_ready_at_the_earliest
from .terms import draw_up, gain_per_unit


@rule
def tender(park, contract):
    """Look for a better use of the residue, then for a better source of the input; True if one is signed."""
    if park.parameters[0].contract_tendering == 0.0:
        return False
    commit(park, contract, -1.0)
    park.clock[0].renewing = contract.opportunity
    signed = turn_to_better(park, contract, SUPPLIER) or turn_to_better(park, contract, RECEIVER)
    park.clock[0].renewing = -1
    commit(park, contract, 1.0)
    return signed


@rule
def turn_to_better(park, contract, side):
    """Bargain over the best other opportunity of a side, if it is worth more in search than the standing one."""
    clock = park.clock[0]
    standing = promise(park, contract.opportunity, side)
    best, most = -1, max(standing, park.parameters[0].trade_least_value)
    owner = park.companies[contract.supplier if side == SUPPLIER else contract.receiver]
    row = owner.first_supply if side == SUPPLIER else owner.first_demand
    while row >= 0:
        other = park.opportunities[row]
        same = other.residue == contract.residue if side == SUPPLIER else other.need == contract.need
        if same and row != contract.opportunity and can_turn_to(park, other):
            value = promise(park, row, side)
            if value > most:
                best, most = row, value
        row = other.next_supply if side == SUPPLIER else other.next_demand
    if best < 0:
        return False
    terms = park.terms[0]
    terms.contract, terms.mediated = -1, mediated(clock, park.opportunities[best])
    draw_up(park, best, terms)
    return agreed_and_signed(park, contract, terms, side)


@rule
def agreed_and_signed(park, contract, terms, side):
    """Bargain, appraise, sign; the old contract then gives way when the new stream starts."""
    clock, opportunity = park.clock[0], park.opportunities[terms.opportunity]
    if not bargain(park, terms, side):
        fail(park, terms, park.negotiations[terms.negotiation].reason)
        return False
    reason = appraise(park, terms)
    note_appraisal(park, terms)
    if reason != AGREED:
        fail(park, terms, reason)
        return False
    reserve(park, opportunity.residue, opportunity.need, terms, 1.0)
    sign(park, terms)
    contract.gives_way = 1
    contract.ends = max(contract.ends, park.contracts[clock.contracts - 1].starts)
    return True


@rule
def promise(park, row, side):
    """Value in search to one side, EUR a year: T (s l price + disposal - e - own k) Q / 2; 0 where nothing can be traded."""
    terms, opportunity = park.terms[0], park.opportunities[row]
    terms.mediated = 0
    draw_up(park, row, terms)
    if terms.feasible == 0:
        return 0.0
    opportunity.public_value = gain_per_unit(terms) * terms.yearly
    if side == SUPPLIER:
        return value_in_search(park, opportunity, opportunity.supplier, terms.k_supplier * terms.yearly)
    return value_in_search(park, opportunity, opportunity.receiver, terms.k_receiver * terms.yearly)


@rule
def can_turn_to(park, other):
    """Free, met, practised in time, both able to trade, and not cooling off after a talk that failed.

    What was put aside because its flow is signed away, which is this contract's, is looked at.
    """
    clock = park.clock[0]
    cooling = other.tries > 0 and clock.quarter < other.blocked_until
    if other.contract >= 0 or cooling or park.ties[other.tie].since > clock.quarter:
        return False
    if park.substitutions[other.substitution].practised > plant_ready_at_the_earliest(park):
        return False
    return trades(park.companies[other.supplier]) and trades(park.companies[other.receiver])


@rule
def trades(owner):
    """Present or about to build, and not withdrawn from trade."""
    return (owner.status == PRESENT or owner.status == PLANNED) and owner.trading == 1

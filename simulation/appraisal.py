"""Whether an agreed deal stands: share of the capital, payback, cash, trust; building ahead."""

from agents.bargaining import AGREED, NO_CASH, NO_SURPLUS, PAYBACK, TRUST
from agents.compiled import rule
from agents.fields import PLANNED
from agents.investment import most_payback_accepted, payback
from agents.valuation import present_value_factor

from . import draws
from .negotiation import limits
from .terms import capital, pipe_capital


@rule
def appraise(park, terms):
    """Settle the share of the capital and check payback, cash and trust; returns what decided it.

    Capital follows benefit (h = alpha). If that fails and one side is public, once more with the
    capital on the public side; a public supplier may build a pipe ahead of further receivers.
    """
    opportunity = park.opportunities[terms.opportunity]
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    reason = appraise_at(park, terms, terms.split, True)
    if reason == AGREED or capital(park, terms) <= 0.0:
        return reason
    if s.public:
        reason = appraise_at(park, terms, 1.0, True)
        if reason == PAYBACK and build_ahead(park, opportunity, terms):
            reason = appraise_at(park, terms, 1.0, False)
    elif r.public:
        reason = appraise_at(park, terms, 0.0, True)
    return reason


@rule
def appraise_at(park, terms, share, test_payback):
    """The same at a given share of the capital for the supplier; writes the final price and shares."""
    opportunity = park.opportunities[terms.opportunity]
    cost = capital(park, terms)
    settle_price(park, terms, share)
    if terms.p_max - terms.p_min <= 0.0:
        return NO_SURPLUS
    if cost > 0.0 and test_payback:
        if not accepts(park, opportunity, True, share * cost, terms.benefit_supplier):
            return PAYBACK
        if not accepts(park, opportunity, False, (1.0 - share) * cost, terms.benefit_receiver):
            return PAYBACK
    trusted = share_that_trust_carries(park, opportunity, terms, cost, share)
    if trusted < 0.0:
        return TRUST
    if trusted != share:
        settle_price(park, terms, trusted)
        if terms.p_max - terms.p_min <= 0.0:
            return NO_SURPLUS
    if not can_pay(park, opportunity.supplier, terms.capital_share * cost):
        return NO_CASH
    if not can_pay(park, opportunity.receiver, (1.0 - terms.capital_share) * cost):
        return NO_CASH
    return AGREED


@rule
def settle_price(park, terms, share):
    """Price at a share of the capital: p = p_min(h) + alpha S, and the yearly benefits before capital."""
    terms.capital_share = share
    terms.p_min, terms.p_max = limits(park, terms, share)
    surplus = terms.p_max - terms.p_min
    terms.price = terms.p_min + terms.split * surplus
    terms.benefit_supplier = (terms.split * surplus + share * terms.k_supplier) * terms.yearly
    terms.benefit_receiver = ((1.0 - terms.split) * surplus + (1.0 - share) * terms.k_receiver) * terms.yearly


@rule
def accepts(park, opportunity, as_supplier, own_capital, benefit):
    """Payback test with a lasting taste: the draw belongs to company, partner and substitution, not to the quarter."""
    if own_capital <= 0.0:
        return True
    clock, p = park.clock[0], park.parameters[0]
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    owner, partner = (s, r) if as_supplier else (r, s)
    what = park.substitutions[opportunity.substitution].identity
    u = draws.uniform(clock, draws.TASTE, owner.identity, partner.identity, 0, what)
    return payback(own_capital, benefit) <= most_payback_accepted(
        u, owner.payback_limit, p.economy_payback_taste
    )


@rule
def can_pay(park, company, amount):
    """Whether cash and credit carry the own share.

    Public bodies and partners beyond the map find the money; who is about to build has it with the plant.
    """
    owner = park.companies[company]
    if owner.public or owner.external or owner.status == PLANNED or amount <= 0.0:
        return True
    return (
        owner.cash + park.parameters[0].economy_credit * max(owner.sales, planned_sales(park, owner))
        >= amount
    )


@rule
def planned_sales(park, owner):
    """Sales at reference activity of all processes that run or are known to start, EUR a year.

    What a newcomer borrows on.
    """
    clock = park.clock[0]
    known = max(clock.quarter + int(4.0 * park.parameters[0].activity_foresight), owner.arrives)
    total = 0.0
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        if process.closed == 0 and process.starts <= known and process.ends > clock.quarter:
            total += process.reference * process.left_scale * process.sales_per_unit
    return total


@rule
def share_that_trust_carries(park, opportunity, terms, cost, share):
    """Nearest share of the capital at which both sign (Coleman's threshold); -1 when there is none."""
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    surplus = terms.p_max - terms.p_min
    most_s = most_share(park, s, terms.trust_supplier, terms.split * surplus, terms.k_supplier, terms, cost)
    most_r = most_share(
        park, r, terms.trust_receiver, (1.0 - terms.split) * surplus, terms.k_receiver, terms, cost
    )
    if most_s < 0.0 or most_r < 0.0 or most_s < 1.0 - most_r:
        return -1.0
    return min(most_s, max(1.0 - most_r, share))


@rule
def most_share(park, owner, trust, surplus_share, k, terms, cost):
    """Largest own share h of the capital at which odds x G(h) >= h K + E(h); -1 when not even 0 will do.

    G(h) = (alpha S + h k) Q PV and E(h) = exposure (alpha S + h k) Q are linear in h.
    """
    p = park.parameters[0]
    if trust >= 1.0:
        return 1.0
    term = p.contract_term_pipe if terms.pipe else p.contract_term_truck
    weight = trust / (1.0 - trust) * present_value_factor(owner.discount, term) - p.trust_exposure
    fixed = weight * surplus_share * terms.yearly
    slope = weight * k * terms.yearly - cost
    if fixed < 0.0:
        return -1.0
    if slope >= 0.0:
        return 1.0
    return min(1.0, fixed / -slope)


@rule
def build_ahead(park, opportunity, terms):
    """A public supplier builds the pipe for further known receivers if K / (gain of the expected flow) is within its limit.

    The expected flow is this deal's and `uptake` of the spare need of the receivers it knows.
    """
    p = park.parameters[0]
    if terms.pipe == 0 or terms.main >= 0 or p.investment_uptake <= 0.0:
        return False
    further = p.investment_uptake * known_spare_need(park, opportunity)
    if further <= 0.0:
        return False
    carried = park.resources[park.residues[opportunity.residue].resource]
    larger = pipe_capital(p, carried, terms.peak + further, terms.length)
    surplus = terms.p_max - terms.p_min
    per_unit = terms.split * surplus + terms.k_supplier
    cost = (larger + terms.plant_capital) * (1.0 - p.policy_subsidy)
    gain = per_unit * (terms.yearly + further)
    if not accepts(park, opportunity, True, cost, gain):
        return False
    terms.pipe_capital, terms.built = larger, terms.peak + further
    return True


@rule
def known_spare_need(park, opportunity):
    """Spare need, in units of the residue a year, of the other receivers whom the supplier knows."""
    p, clock = park.parameters[0], park.clock[0]
    total = 0.0
    row = park.companies[opportunity.supplier].first_supply
    while row >= 0:
        other = park.opportunities[row]
        known = park.ties[other.tie].since <= clock.quarter and other.contract < 0
        if known and other.residue == opportunity.residue and other.receiver != opportunity.receiver:
            need, substitution = park.needs[other.need], park.substitutions[other.substitution]
            for season in range(4):
                gap = p.trade_prudence * need.expected[season] - need.committed[season]
                total += max(0.0, gap) / (substitution.ratio * other.arrives)
        row = other.next_supply
    return total

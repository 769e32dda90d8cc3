"""Phase *meet*: new acquaintances by siting talks, neighbourhood, club."""

import math

from agents.compiled import rule
from agents.fields import LEFT, NEVER, PRESENT
from agents.trust import prior_trust
from agents.valuation import share_arriving

from . import draws
from .judging import next_tie, other_end

HORIZON = 400
"""Quarters after which two neighbours that have not met never will; independent of the end of the run."""


@rule
def meet(park):
    """Who talks or has arrived this quarter meets the others; members meet in the club."""
    clock, p = park.clock[0], park.parameters[0]
    for company in range(len(park.companies)):
        if turns_up(park, company):
            acquaint(park, company)
    if clock.first_year + clock.quarter / 4.0 >= p.meeting_club_from:
        for company in range(len(park.companies)):
            if in_club(park, company):
                visit_club(park, company)


@rule
def turns_up(park, company):
    """Whether a company turns up this quarter: at its siting talks, or at the start of the run."""
    owner = park.companies[company]
    return owner.status != LEFT and max(0, owner.talks_from) == park.clock[0].quarter


@rule
def acquaint(park, company):
    """Decide for every other company that is there or turned up before when the two meet."""
    for other in range(len(park.companies)):
        since = first_meeting(park, company, other)
        if since < NEVER:
            know(park, company, other, since)


@rule
def first_meeting(park, company, other):
    """Quarter in which a company that turns up now meets another; NEVER if it does not.

    Siting talks: for sure with the municipality, with public bodies beyond the map and with those on whom
    the plan depends; with neighbours by a chance that falls with distance. Partners beyond the map are met
    through trade, with a chance and a reach of their own. Else one draw at the later arrival: after
    ceil(ln u / ln(1 - p)) quarters, with p = p0 exp(-d/d0).
    """
    clock, p = park.clock[0], park.parameters[0]
    newcomer, present = park.companies[company], park.companies[other]
    if other == company or present.status == LEFT or max(0, present.talks_from) > clock.quarter:
        return NEVER
    if newcomer.external and present.external:
        return NEVER
    if other > company and max(0, present.talks_from) == clock.quarter:
        return NEVER  # both turn up now: decided once, from the later row
    low, high = min(company, other), max(company, other)
    who, whom = park.companies[low].identity, park.companies[high].identity
    distance = distance_between(park, company, other)
    arrival = max(newcomer.arrives, present.arrives)
    if arrival > 0:
        if is_authority(park, company) or is_authority(park, other):
            return clock.quarter
        chance = p.meeting_siting_chance * share_arriving(distance, p.meeting_siting_reach)
        if draws.uniform(clock, draws.SITING, who, whom, 0) < chance:
            return clock.quarter
        if newcomer.arrives == arrival and depends_on(park, company, other):
            return clock.quarter
        if present.arrives == arrival and depends_on(park, other, company):
            return clock.quarter
    chance = clock.meeting_chance * share_arriving(distance, p.meeting_reach)
    if newcomer.external or present.external:
        chance = p.meeting_chance_beyond * share_arriving(distance, p.meeting_reach_beyond)
    if 1.0 - chance == 1.0:
        return NEVER  # no chance, or less than a logarithm can tell from none
    wait = quarters_until(draws.uniform(clock, draws.NEIGHBOUR, who, whom, 0), chance)
    return NEVER if wait > HORIZON else max(clock.quarter, arrival + wait)


@rule
def quarters_until(u, chance):
    """Quarters until what has a chance p each quarter happens, ceil(ln u / ln(1 - p)); NEVER if surely past the horizon."""
    if chance >= 1.0:
        return 1
    if (1.0 - u) * (1.0 - chance) > (HORIZON + 1.0) * chance:
        return NEVER  # ln u / ln(1 - p) >= (1 - u)(1 - p)/p: most pairs live far apart, two logarithms less
    return int(math.ceil(math.log(u) / math.log(1.0 - chance)))


@rule
def depends_on(park, newcomer, other):
    """Whether an input or a residue that weighs in a newcomer's sales can come from, or go to, another company."""
    owner = park.companies[newcomer]
    distance = distance_between(park, newcomer, other)
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        least = park.parameters[0].meeting_sourcing_share * process.sales_per_unit
        for f in range(process.flows_from, process.flows_to):
            flow = park.flows[f]
            if flow.is_need:
                found = flow.amount * park.resources[flow.resource].price > least and could_supply(
                    park, other, flow.resource, distance
                )
            else:
                found = flow.amount * most_worth(park, flow.resource, other, distance) > least
            if found:
                return True
    return False


@rule
def could_supply(park, supplier, wanted, distance):
    """Whether a residue of a company can serve as the input `wanted` over a distance in km."""
    giver = park.companies[supplier]
    for residue in range(giver.residues_from, giver.residues_to):
        resource = park.resources[park.residues[residue].resource]
        if distance <= resource.reach:
            for s in range(resource.substitutions_from, resource.substitutions_to):
                if park.substitutions[s].input == wanted:
                    return True
    return False


@rule
def most_worth(park, residue, receiver, distance):
    """Most that a unit of a residue is worth at the door of a receiver, disposal saved, EUR/unit; 0 if of no use."""
    resource, most = park.resources[residue], 0.0
    if distance > resource.reach:
        return most
    for s in range(resource.substitutions_from, resource.substitutions_to):
        substitution = park.substitutions[s]
        if park.need_of[receiver, substitution.input] >= 0:
            price = park.resources[substitution.input].price
            most = max(most, substitution.ratio * price + resource.disposal)
    return most


@rule
def is_authority(park, company):
    """Whom every newcomer asks first: the municipality, or a public body beyond the map (a lake, a harbour)."""
    owner = park.companies[company]
    return company == park.clock[0].town or (owner.public == 1 and owner.external == 1)


@rule
def distance_between(park, one, other):
    """Kilometres between two companies; a partner beyond the map is as far from everyone."""
    a, b = park.companies[one], park.companies[other]
    if a.external or b.external:
        return a.distance * a.external + b.distance * b.external
    return math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y))


@rule
def tie_between(park, one, other):
    """Row of the tie of two companies, -1 if they do not know each other (and are not going to)."""
    row = park.companies[one].first_tie
    while row >= 0:
        tie = park.ties[row]
        if other_end(tie, one) == other:
            return row
        row = next_tie(tie, one)
    return -1


@rule
def know(park, one, other, since):
    """A tie from `since` on, with the opportunities that it opens; an earlier meeting counts."""
    known = tie_between(park, one, other)
    if known >= 0:
        if since < park.ties[known].since:
            park.ties[known].since = since
            wake(park, one, other)
        return known
    clock = park.clock[0]
    row = clock.ties
    clock.ties += 1
    tie = park.ties[row]
    tie.a, tie.b, tie.since = min(one, other), max(one, other), since
    a, b = park.companies[tie.a], park.companies[tie.b]
    tie.members = 1 if a.member and b.member else 0
    tie.z_ab = draws.normal(clock, draws.PRIOR, a.identity, b.identity, 0)
    tie.z_ba = draws.normal(clock, draws.PRIOR, b.identity, a.identity, 0)
    p = park.parameters[0]
    tie.prior_ab = prior_trust(p.trust_prior, p.trust_spread, tie.z_ab)
    tie.prior_ba = prior_trust(p.trust_prior, p.trust_spread, tie.z_ba)
    tie.next_a, tie.next_b = a.first_tie, b.first_tie
    a.first_tie, b.first_tie = row, row
    open_opportunities(park, row, tie.a, tie.b)
    open_opportunities(park, row, tie.b, tie.a)
    return row


@rule
def wake(park, one, other):
    """Their opportunities are looked at in the coming survey, whatever they waited for."""
    for side in (one, other):
        partner = other if side == one else one
        row = park.companies[side].first_supply
        while row >= 0:
            if park.opportunities[row].receiver == partner:
                park.wakes[row] = park.clock[0].quarter
            row = park.opportunities[row].next_supply


@rule
def open_opportunities(park, tie, supplier, receiver):
    """A row for every residue of one that can serve as an input of the other."""
    distance = distance_between(park, supplier, receiver)
    giver = park.companies[supplier]
    for residue in range(giver.residues_from, giver.residues_to):
        resource = park.resources[park.residues[residue].resource]
        if distance > resource.reach or resource.truck + resource.pipe == 0:
            continue
        for s in range(resource.substitutions_from, resource.substitutions_to):
            need = park.need_of[receiver, park.substitutions[s].input]
            if need >= 0:
                open_opportunity(park, tie, supplier, receiver, residue, need, s, distance)


@rule
def open_opportunity(park, tie, supplier, receiver, residue, need, substitution, distance):
    """One (tie, residue, input), in the lists of both."""
    clock = park.clock[0]
    row = clock.opportunities
    clock.opportunities += 1
    entry = park.opportunities[row]
    entry.tie, entry.supplier, entry.receiver = tie, supplier, receiver
    entry.residue, entry.need, entry.substitution = residue, need, substitution
    entry.distance = distance
    resource = park.resources[park.residues[residue].resource]
    entry.arrives = share_arriving(distance, resource.loss_length)
    entry.next_supply = park.companies[supplier].first_supply
    entry.next_demand = park.companies[receiver].first_demand
    park.companies[supplier].first_supply = row
    park.companies[receiver].first_demand = row


@rule
def in_club(park, company):
    """Members meet in the club; before there is an association, every company of the park may come."""
    clock, owner = park.clock[0], park.companies[company]
    if owner.status != PRESENT or owner.external:
        return False
    year = clock.first_year + clock.quarter / 4.0
    return owner.member == 1 or year < park.parameters[0].association_starts


@rule
def visit_club(park, company):
    """A visitor draws roster slots; an empty or absent slot meets nobody, so nobody else's luck changes."""
    clock, p = park.clock[0], park.parameters[0]
    for nth in range(int(p.meeting_club_meetings)):
        other = club_slot(park, company, nth)
        if other != company and in_club(park, other):
            know(park, company, other, clock.quarter)


@rule
def club_slot(park, company, nth):
    """The company behind the roster slot that a visitor draws."""
    u = draws.uniform(
        park.clock[0], draws.CLUB, park.companies[company].identity, 0, park.clock[0].quarter, 0, nth
    )
    return min(int(u * len(park.companies)), len(park.companies) - 1)


@rule
def may_meet(park, company, other):
    """Whether the two can come to know each other: on whom a newcomer depends is known with the prices of the quarter."""
    arrival = max(park.companies[company].arrives, park.companies[other].arrives)
    return company != other and (arrival > 0 or first_meeting(park, company, other) < NEVER)


@rule
def room_for_meetings(park):
    """Most ties and opportunities that the coming quarter can add: newcomers by their own draws, others at most.

    Never more than if everybody knew everybody, for which small parks have room from the start.
    """
    clock, p = park.clock[0], park.parameters[0]
    ties, opportunities = 0, 0
    if len(park.ties) >= clock.most_ties and len(park.opportunities) >= clock.most_opportunities:
        return ties, opportunities
    visits = 0
    for company in range(len(park.companies)):
        owner = park.companies[company]
        visits += owner.external == 0 and owner.status != LEFT
        if turns_up(park, company):
            for other in range(len(park.companies)):
                if may_meet(park, company, other):
                    ties += 1
                    opportunities += possible(park, company, other) + possible(park, other, company)
    extra = int(2.0 * p.association_introductions * (p.association_most_staff + 2.0)) + 8
    if clock.first_year + clock.quarter / 4.0 >= p.meeting_club_from:
        extra += visits * int(p.meeting_club_meetings)
    for row in range(len(park.successions)):
        if park.successions[row].quarter == clock.quarter:
            extra += len(park.companies)
    return (
        min(ties + extra, clock.most_ties - clock.ties),
        min(opportunities + 2 * extra * clock.most_uses, clock.most_opportunities - clock.opportunities),
    )


@rule
def possible(park, supplier, receiver):
    """Opportunities that a tie would open from one to the other."""
    count = 0
    giver = park.companies[supplier]
    for residue in range(giver.residues_from, giver.residues_to):
        resource = park.resources[park.residues[residue].resource]
        for s in range(resource.substitutions_from, resource.substitutions_to):
            if park.need_of[receiver, park.substitutions[s].input] >= 0:
                count += 1
    return count

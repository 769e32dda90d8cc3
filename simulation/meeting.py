"""Phase *meet*: new acquaintances by siting talks, neighbourhood, club; and the room that they need."""

import math

from agents.compiled import rule
from agents.fields import LEFT, NEVER, PRESENT
from agents.valuation import share_arriving

from . import draws
from .acquaintance import distance_between, know
from .sourcing import seek_out, sought_at_most

HORIZON = 400
"""Quarters after which two neighbours that have not met never will; independent of the end of the run."""


@rule
def meet(park):
    """Who talks or has arrived this quarter meets the others, newcomers whom they need; members meet in the club."""
    clock, p = park.clock[0], park.parameters[0]
    for company in range(len(park.companies)):
        if turns_up(park, company):
            acquaint(park, company)
    for company in range(len(park.companies)):
        if turns_up(park, company):
            seek_out(park, company)
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

    Siting talks: for sure with the municipality and with public bodies beyond the map, with neighbours by a
    chance that falls with distance. Partners beyond the map are met through trade, with a chance and a reach
    of their own. Else one draw at the later arrival: after ceil(ln u / ln(1 - p)) quarters, with
    p = p0 exp(-d/d0).
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
def is_authority(park, company):
    """Whom every newcomer asks first: the municipality, or a public body beyond the map (a lake, a harbour)."""
    owner = park.companies[company]
    return company == park.clock[0].town or (owner.public == 1 and owner.external == 1)


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
def room_for_meetings(park):
    """Most ties and opportunities that the coming quarter can add: newcomers by their own draws, others at most.

    Never more than if everybody knew everybody, for which small parks have room from the start.
    """
    clock, p = park.clock[0], park.parameters[0]
    ties, opportunities = 0, 0
    if len(park.ties) >= clock.most_ties and len(park.opportunities) >= clock.most_opportunities:
        return ties, opportunities
    extra = int(2.0 * p.association_introductions * (p.association_most_staff + 2.0)) + 8
    visits = 0
    for company in range(len(park.companies)):
        owner = park.companies[company]
        visits += owner.external == 0 and owner.status != LEFT
        if turns_up(park, company):
            sought, uses = sought_at_most(park, company)
            ties += sought
            opportunities += uses
            for other in range(len(park.companies)):
                if first_meeting(park, company, other) < NEVER:
                    ties += 1
                    opportunities += possible(park, company, other) + possible(park, other, company)
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

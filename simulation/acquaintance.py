"""Who knows whom: ties, and the opportunities that each opens (part of phase *meet*)."""

import math

from agents.compiled import rule
from agents.trust import prior_trust
from agents.valuation import share_arriving

from . import draws
from .judging import next_tie, other_end


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

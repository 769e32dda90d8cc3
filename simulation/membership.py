"""Phase *enter and leave*: reductions, newcomers that no date fixes, failures."""

import math

from agents.compiled import rule
from agents.fields import LEFT, NEVER, PRESENT

from . import draws
from .arrivals import gumbel, invite
from .journal import FAILED
from .judging import direct_trust
from .leaving import leave
from .review import forget_ended


@rule
def enter_and_leave(park):
    """Companies beyond their credit for too long fail; once a year prospects decide to come."""
    clock, p = park.clock[0], park.parameters[0]
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if owner.status == PRESENT and can_fail(owner) and owner.over_credit >= p.economy_patience:
            leave(park, company, FAILED, clock.quarter + 1)
    forget_ended(park)
    if clock.quarter == 3:
        clock.residue_value_start = unused_residue_value(park)
    if clock.season == 3 and p.entry_base > 0.0:
        admit_newcomers(park)


@rule
def can_fail(owner):
    """Public bodies, partners beyond the map and permanent ones do not fail."""
    return owner.public == 0 and owner.external == 0 and owner.permanent == 0


@rule
def unused_residue_value(park):
    """Value of residues left over that a need of the park could take, at the door, EUR a year."""
    total = 0.0
    for row in range(len(park.residues)):
        residue = park.residues[row]
        if residue.rest > 0.0 and park.companies[residue.company].status == PRESENT:
            total += 4.0 * residue.rest * max(0.0, best_use(park, residue.resource))
    return total


@rule
def best_use(park, resource):
    """Highest gain of a unit of a residue at the door over its uses in the park, EUR/unit; 0 if none pays."""
    entry, best = park.resources[resource], 0.0
    for s in range(entry.substitutions_from, entry.substitutions_to):
        substitution = park.substitutions[s]
        if (
            substitution.practised <= park.clock[0].quarter
            and park.resources[substitution.input].bought > 0.0
        ):
            gain = substitution.ratio * park.resources[substitution.input].price + entry.disposal
            best = max(best, gain - substitution.treatment)
    return best


@rule
def admit_newcomers(park):
    """Rate = base (1 + V/V_ref)^b1 exp(b2 (mean T - a) + b3 [association]); a Poisson number by one keyed draw."""
    clock, p = park.clock[0], park.parameters[0]
    reference = max(1.0, clock.residue_value_start)
    attraction = math.pow(1.0 + unused_residue_value(park) / reference, p.entry_attraction)
    mood = (
        p.entry_trust_effect * (mean_trust(park) - p.trust_prior)
        + p.entry_association_effect * clock.facilitator
    )
    rate = p.entry_base * attraction * math.exp(mood)
    u = draws.uniform(clock, draws.ENTRY, 0, 0, clock.quarter)
    number, chance = 0, math.exp(-rate)
    total = chance
    while u > total and number < p.entry_most_a_year:
        number += 1
        chance *= rate / number
        total += chance
    for k in range(number):
        admit_one(park, k)


@rule
def mean_trust(park):
    """Mean direct trust over the ties that have met, both ways; the prior where there is none."""
    clock, total, count = park.clock[0], 0.0, 0
    for row in range(clock.ties):
        tie = park.ties[row]
        if tie.since <= clock.quarter and tie.gone == 0:
            total += direct_trust(park, tie, tie.a) + direct_trust(park, tie, tie.b)
            count += 2
    return total / count if count > 0 else park.parameters[0].trust_prior


@rule
def admit_one(park, nth):
    """The prospect, then the cell, with the largest value of likely trades plus a keyed Gumbel draw."""
    clock = park.clock[0]
    best, best_score = -1, -1e300
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if owner.prospect and owner.talks_from == NEVER and owner.status != LEFT:
            u = draws.uniform(clock, draws.PROSPECT, owner.identity, 0, clock.quarter, 0, nth)
            score = math.log(1.0 + likely_value(park, company)) + gumbel(u)
            if score > best_score:
                best, best_score = company, score
    if best >= 0:
        invite(park, best, clock.quarter + 1)


@rule
def likely_value(park, company):
    """Value of the trades that a prospect would find in the park, half of the gain at the door, EUR a year."""
    owner, total = park.companies[company], 0.0
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        for f in range(process.flows_from, process.flows_to):
            flow = park.flows[f]
            yearly = process.reference * flow.amount
            if flow.is_need:
                total += 0.5 * yearly * best_source(park, flow.resource)
            else:
                total += 0.5 * yearly * best_use(park, flow.resource)
    return total


@rule
def best_source(park, resource):
    """Highest gain of a unit of a need at the door over the residues left over in the park; 0 if none pays."""
    best = 0.0
    for s in range(len(park.substitutions)):
        substitution = park.substitutions[s]
        practised = substitution.practised <= park.clock[0].quarter
        if (
            substitution.input == resource
            and practised
            and park.resources[substitution.residue].left_over > 0.0
        ):
            gain = (
                substitution.ratio * park.resources[resource].price
                + park.resources[substitution.residue].disposal
            )
            best = max(best, (gain - substitution.treatment) / substitution.ratio)
    return best

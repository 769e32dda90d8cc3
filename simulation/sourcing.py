"""Whom a newcomer seeks out: the nearest of those on whom its plan depends (part of phase *meet*)."""

import numpy as np

from agents.compiled import rule
from agents.fields import LEFT

from .acquaintance import distance_between, know


@rule
def seek_out(park, company):
    """Meet, for each good that weighs in the newcomer's sales, the nearest who could supply it or use it.

    At most `meeting.sourcing_most` for each good; of those equally far the one with the lower identity.
    """
    clock, p = park.clock[0], park.parameters[0]
    owner, most = park.companies[company], int(p.meeting_sourcing_most)
    if owner.arrives <= 0 or most < 1:
        return
    partners, distances = np.empty(most, np.int64), np.empty(most)
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        least = p.meeting_sourcing_share * process.sales_per_unit
        for f in range(process.flows_from, process.flows_to):
            found = nearest(park, company, park.flows[f], least, partners, distances)
            for k in range(found):
                know(park, company, partners[k], clock.quarter)


@rule
def nearest(park, company, flow, least, partners, distances):
    """Fill `partners` with those who can supply or use a flow that is worth more than `least`; how many there are."""
    found = 0
    useful = np.zeros(len(park.resources), np.bool_)
    if not weighs(park, flow, least, useful):
        return found
    for other in range(len(park.companies)):
        present = park.companies[other]
        there = present.status != LEFT and max(0, present.talks_from) <= park.clock[0].quarter
        if other == company or not there or (present.external and park.companies[company].external):
            continue
        distance = distance_between(park, company, other)
        if found == len(partners) and distance > distances[found - 1]:
            continue
        if flow.is_need:
            suits = could_supply(park, other, useful, distance)
        else:
            suits = flow.amount * most_worth(park, flow.resource, other, distance) > least
        if suits:
            found = insert(park, other, distance, partners, distances, found)
    return found


@rule
def weighs(park, flow, least, useful):
    """Whether a flow could be worth more than `least` to anybody; notes the residues that can serve as the input."""
    if not flow.is_need:
        resource = park.resources[flow.resource]
        for s in range(resource.substitutions_from, resource.substitutions_to):
            if flow.amount * worth(park, resource, park.substitutions[s]) > least:
                return True
        return False
    if flow.amount * park.resources[flow.resource].price <= least:
        return False
    for s in range(len(park.substitutions)):
        if park.substitutions[s].input == flow.resource:
            useful[park.substitutions[s].residue] = True
    return True


@rule
def could_supply(park, supplier, useful, distance):
    """Whether a residue of a company is among those that are useful, and goes as far as `distance` km."""
    giver = park.companies[supplier]
    for row in range(giver.residues_from, giver.residues_to):
        residue = park.residues[row].resource
        if useful[residue] and distance <= park.resources[residue].reach:
            return True
    return False


@rule
def worth(park, resource, substitution):
    """What a unit of a residue is worth at a receiver's door, disposal saved, EUR/unit."""
    return substitution.ratio * park.resources[substitution.input].price + resource.disposal


@rule
def most_worth(park, residue, receiver, distance):
    """Most that a unit of a residue is worth at the door of a receiver, EUR/unit; 0 if of no use."""
    resource, most = park.resources[residue], 0.0
    if distance > resource.reach:
        return most
    for s in range(resource.substitutions_from, resource.substitutions_to):
        if park.need_of[receiver, park.substitutions[s].input] >= 0:
            most = max(most, worth(park, resource, park.substitutions[s]))
    return most


@rule
def insert(park, other, distance, partners, distances, found):
    """Put a company where its distance belongs, the farthest may fall out; how many there are now."""
    place = min(found, len(partners) - 1)
    if found == len(partners) and not comes_before(park, other, distance, partners[place], distances[place]):
        return found
    while place > 0 and comes_before(park, other, distance, partners[place - 1], distances[place - 1]):
        partners[place], distances[place] = partners[place - 1], distances[place - 1]
        place -= 1
    partners[place], distances[place] = other, distance
    return min(found + 1, len(partners))


@rule
def comes_before(park, one, its_distance, other, distance):
    """Nearer, or as near with the lower identity: rows mean nothing."""
    if its_distance != distance:
        return its_distance < distance
    return park.companies[one].identity < park.companies[other].identity


@rule
def sought_at_most(park, company):
    """Most ties that a newcomer's search can add, and most opportunities, whatever the prices of the quarter are."""
    clock, owner = park.clock[0], park.companies[company]
    if owner.arrives <= 0:
        return 0, 0
    useful_flows = 0
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        for f in range(process.flows_from, process.flows_to):
            useful_flows += uses(park, park.flows[f].resource, park.flows[f].is_need) > 0
    each = 0
    for row in range(owner.residues_from, owner.residues_to):
        each += uses(park, park.residues[row].resource, False)
    for row in range(owner.needs_from, owner.needs_to):
        each += uses(park, park.needs[row].resource, True)
    ties = min(len(park.companies) - 1, useful_flows * int(park.parameters[0].meeting_sourcing_most))
    return ties, min(ties * each, clock.most_opportunities)


@rule
def uses(park, resource, as_input):
    """In how many ways a resource can serve as a residue, or be replaced as an input."""
    if not as_input:
        return park.resources[resource].substitutions_to - park.resources[resource].substitutions_from
    count = 0
    for s in range(len(park.substitutions)):
        count += park.substitutions[s].input == resource
    return count

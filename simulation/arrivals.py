"""How a prospect comes: its cell, its talks, the quarter of its arrival."""

import math

import numpy as np

from agents.compiled import rule
from agents.fields import FREE, LEFT, NEVER, PRESENT, TAKEN

from . import draws


@rule
def invite(park, company, quarter):
    """A prospect that has a cell plans to come: talks from that quarter, arrival after the lead of its siting."""
    owner = park.companies[company]
    if owner.prospect == 0 or owner.talks_from < NEVER or owner.status == LEFT:
        return
    if owner.external == 0 and owner.cell_x < 0 and not settle_on_cell(park, company):
        return
    owner.talks_from = quarter
    owner.arrives = quarter + max(1, int(4.0 * park.parameters[0].meeting_siting_lead))
    for row in range(owner.processes_from, owner.processes_to):
        park.processes[row].starts = owner.arrives
    for row in range(owner.residues_from, owner.residues_to):
        park.residues[row].available = owner.arrives
    for row in range(owner.needs_from, owner.needs_to):
        park.needs[row].available = owner.arrives


@rule
def gumbel(u):
    """A Gumbel number: the largest of value + Gumbel is a choice with logit weights, one draw an alternative."""
    return -math.log(-math.log(u))


@rule
def settle_on_cell(park, company):
    """A free cell near the others: least mean distance, plus a keyed Gumbel draw; False if no cell is free."""
    clock, p, owner = park.clock[0], park.parameters[0], park.companies[company]
    neighbours = places_on_map(park, company)
    best_x, best_y, best_score = -1, -1, -1e300
    length = clock.cell_km
    for x in range(park.cells.shape[0]):
        for y in range(park.cells.shape[1]):
            if park.cells[x, y] != FREE:
                continue
            cell = x * park.cells.shape[1] + y
            taste = gumbel(draws.uniform(clock, draws.CELL, owner.identity, cell, clock.quarter))
            if taste <= best_score:
                continue  # distance only lowers the score
            away = mean_distance(neighbours, (x + 0.5) * length, (y + 0.5) * length)
            score = -away / p.meeting_reach + taste
            if score > best_score:
                best_x, best_y, best_score = x, y, score
    if best_x < 0:
        return False
    owner.cell_x, owner.cell_y = best_x, best_y
    owner.x, owner.y = (best_x + 0.5) * length, (best_y + 0.5) * length
    park.cells[best_x, best_y] = TAKEN
    return True


@rule
def places_on_map(park, company):
    """Places of the companies that are present on the map, the one in view left out: a row x, a row y, km.

    Gathered once, because every free cell is measured against all of them.
    """
    places, count = np.empty((2, len(park.companies))), 0
    for other in range(len(park.companies)):
        partner = park.companies[other]
        if partner.status == PRESENT and partner.external == 0 and other != company:
            places[0, count], places[1, count] = partner.x, partner.y
            count += 1
    return places[:, :count]


@rule
def mean_distance(places, x, y):
    """Mean kilometres from a point to places; 0 where there are none."""
    total, count = 0.0, places.shape[1]
    for k in range(count):
        across, along = x - places[0, k], y - places[1, k]
        total += math.sqrt(across * across + along * along)
    return total / count if count > 0 else 0.0

"""How a prospect comes: its cell, its talks, the quarter of its arrival."""

import math

from agents.compiled import rule
from agents.fields import FREE, LEFT, NEVER, PRESENT, TAKEN

from . import draws
from .meeting import distance_between


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
    best_x, best_y, best_score = -1, -1, -1e300
    length = clock.cell_km
    for x in range(park.cells.shape[0]):
        for y in range(park.cells.shape[1]):
            if park.cells[x, y] == FREE:
                owner.x, owner.y = (x + 0.5) * length, (y + 0.5) * length
                cell = x * park.cells.shape[1] + y
                u = draws.uniform(clock, draws.CELL, owner.identity, cell, clock.quarter)
                score = -mean_distance(park, company) / p.meeting_reach + gumbel(u)
                if score > best_score:
                    best_x, best_y, best_score = x, y, score
    if best_x < 0:
        return False
    owner.cell_x, owner.cell_y = best_x, best_y
    owner.x, owner.y = (best_x + 0.5) * length, (best_y + 0.5) * length
    park.cells[best_x, best_y] = TAKEN
    return True


@rule
def mean_distance(park, company):
    """Mean kilometres to the companies that are present on the map."""
    total, count = 0.0, 0
    for other in range(len(park.companies)):
        partner = park.companies[other]
        if partner.status == PRESENT and partner.external == 0 and other != company:
            total += distance_between(park, company, other)
            count += 1
    return total / count if count > 0 else 0.0

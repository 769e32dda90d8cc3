"""The association at work: recruits, audits, introductions (part of phase *meet*)."""

import numpy as np

from agents.compiled import rule
from agents.fields import NEVER, PRESENT

from . import draws
from .acquaintance import know, wake
from .journal import INTRODUCES, JOINS, note
from .judging import mark_membership


@rule
def facilitate(park):
    """Members join; while the association works, its staff audit members and introduce partners."""
    clock = park.clock[0]
    recruit(park)
    if clock.facilitator == 0:
        return
    budget(park)
    while clock.audit_credit >= 1.0:
        clock.audit_credit -= 1.0
        company = next_to_audit(park)
        if company < 0:
            return
        park.companies[company].audited = clock.quarter
        introduce(park, company)


@rule
def recruit(park):
    """Members join at their date, or after they have a stream, by a keyed chance, while the association works."""
    clock, p = park.clock[0], park.parameters[0]
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if owner.status != PRESENT or owner.member or owner.external:
            continue
        joins = owner.member_from <= clock.quarter
        if clock.facilitator and not joins and owner.member_from == NEVER and owner.open_contracts > 0:
            joins = draws.uniform(clock, draws.JOIN, owner.identity, 0, clock.quarter) < p.association_uptake
        if joins:
            owner.member = 1
            mark_membership(park, company)
            note(park, JOINS, company, -1, -1, -1, 0.0, 0)


@rule
def budget(park):
    """Fees and public money pay for staff, up to a number; each makes an audit a quarter."""
    clock, p = park.clock[0], park.parameters[0]
    clock.association_cash += p.association_public_money / 4.0
    clock.staff = min(p.association_most_staff, clock.association_cash / (p.association_staff_cost / 4.0))
    clock.association_cash = 0.0
    clock.audit_credit = min(clock.audit_credit, 1.0) + clock.staff  # what no member wanted is not saved up


@rule
def next_to_audit(park):
    """The member longest not audited, whose last audit is old enough; -1 when there is none."""
    clock = park.clock[0]
    cycle = max(1, int(4.0 * park.parameters[0].association_audit_cycle))
    best, when = -1, clock.quarter
    for company in range(len(park.companies)):
        owner = park.companies[company]
        due = owner.audited < 0 or owner.audited + cycle <= clock.quarter
        if owner.member and owner.status == PRESENT and due and owner.audited < when:
            best, when = company, owner.audited
    return best


@rule
def introductions_now(park):
    """Introductions of one audit; twice as many while the streams lag behind the target's way."""
    clock, p = park.clock[0], park.parameters[0]
    count = int(p.association_introductions)
    if p.association_target <= 0.0:
        return count
    year = clock.first_year + clock.quarter / 4.0
    span = max(1.0, p.association_target_year - p.association_starts)
    due = p.association_target * min(1.0, max(0.0, (year - p.association_starts) / span))
    return 2 * count if clock.open_contracts < due else count


@rule
def introduce(park, company):
    """Bring the audited company together over its unused flows with the largest joint value."""
    values = np.zeros(len(park.companies))
    for other in range(len(park.companies)):
        if other != company and is_audited(park.companies[other]):
            value = joint_value_at_door(park, company, other) + joint_value_at_door(park, other, company)
            values[other] = value
    introductions = introductions_now(park)
    while introductions > 0:
        partner = largest(values)
        if values[partner] <= 0.0:
            return
        values[partner] = 0.0
        if not introduced_now(park, company, partner):
            know(park, company, partner, park.clock[0].quarter)
            mediate(park, company, partner)
            introductions -= 1


@rule
def largest(values):
    """Place of the largest value, the first of equals."""
    best = 0
    for place in range(len(values)):
        if values[place] > values[best]:
            best = place
    return best


@rule
def is_audited(partner):
    """A company of the park that the association has audited."""
    return partner.audited >= 0 and partner.status == PRESENT and partner.external == 0


@rule
def joint_value_at_door(park, supplier, receiver):
    """Unused joint value of one side's residues with the other's needs, from audited flows, EUR a year."""
    clock, p = park.clock[0], park.parameters[0]
    giver, total = park.companies[supplier], 0.0
    for row in range(giver.residues_from, giver.residues_to):
        residue = park.residues[row]
        resource = park.resources[residue.resource]
        for s in range(resource.substitutions_from, resource.substitutions_to):
            substitution = park.substitutions[s]
            need_row = park.need_of[receiver, substitution.input]
            if need_row < 0 or substitution.practised > clock.quarter:
                continue
            need, quantity = park.needs[need_row], 0.0
            for season in range(4):
                spare = p.trade_prudence * residue.expected[season] - residue.committed[season]
                gap = p.trade_prudence * need.expected[season] - need.committed[season]
                quantity += max(0.0, min(spare, gap / substitution.ratio))
            gain = (
                substitution.ratio * park.resources[need.resource].price
                + resource.disposal
                - substitution.treatment
            )
            total += quantity * max(0.0, gain)
    return total


@rule
def introduced_now(park, company, other):
    """Whether the association brought the two together in this quarter already."""
    row = park.companies[company].first_supply
    while row >= 0:
        entry = park.opportunities[row]
        if entry.receiver == other and entry.mediated == park.clock[0].quarter:
            return True
        row = entry.next_supply
    row = park.companies[company].first_demand
    while row >= 0:
        entry = park.opportunities[row]
        if entry.supplier == other and entry.mediated == park.clock[0].quarter:
            return True
        row = entry.next_demand
    return False


@rule
def mediate(park, company, partner):
    """Their opportunities are mediated this quarter: cool-off lifted, one extra attention for both."""
    clock = park.clock[0]
    for side in (company, partner):
        park.companies[side].attention_left += 1.0
        other = partner if side == company else company
        row = park.companies[side].first_supply
        while row >= 0:
            entry = park.opportunities[row]
            if entry.receiver == other:
                entry.mediated = clock.quarter
            row = entry.next_supply
    wake(park, company, partner)
    note(park, INTRODUCES, company, partner, -1, -1, 0.0, 0)

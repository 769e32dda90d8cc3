"""Phase *meet*: who meets whom, when, and the opportunities that this opens (7.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from . import draws
from .company import LEFT, Company
from .opportunities import Opportunity
from .ties import Tie

if TYPE_CHECKING:
    from .goods import Resource
    from .park import PeerPark
    from .production import Flow

HORIZON = 400
"""Quarters after which two neighbours that have not met never will."""


def meet(park: PeerPark) -> None:
    """Whoever turns up meets the others, now or later; visitors meet in the club."""
    for company in park.roster:
        if company.status != LEFT and company.turns_up == park.quarter:
            for other in park.roster:
                since = first_meeting(company, other, park)
                if since is not None:
                    know(company, other, since, park)
    for company in park.roster:
        if company.status != LEFT and company.turns_up == park.quarter and company.arrives > 0:
            for other in _sought(company, park):
                know(company, other, park.quarter, park)
    rules = park.rules.meeting
    if park.year >= rules.club_from:
        for company in park.roster:
            if _visits_club(company, park):
                for nth in range(int(rules.club_meetings)):
                    u = park.draws.uniform(draws.CLUB, company.identity, 0, park.quarter, 0, nth)
                    other = park.roster[min(int(u * len(park.roster)), len(park.roster) - 1)]
                    if other is not company and _visits_club(other, park):
                        know(company, other, park.quarter, park)


def _visits_club(company: Company, park: PeerPark) -> bool:
    return company.is_present and (company.member or park.year < park.rules.association.starts)


def first_meeting(company: Company, other: Company, park: PeerPark) -> int | None:
    """When a company that turns up now meets another; None if never (7.7)."""
    if other is company or other.status == LEFT or other.turns_up > park.quarter:
        return None
    if other.turns_up == park.quarter and other.name > company.name:
        return None  # both turn up now: settled once, from the later by name
    first, second = sorted((company, other), key=lambda each: each.name)
    rules, distance = park.rules.meeting, company.distance_to(other)
    arrival = int(max(company.arrives, other.arrives))
    if arrival > 0:
        chance = rules.siting_chance * math.exp(-distance / rules.siting_reach)
        if park.town in (company, other):
            return park.quarter
        if park.draws.uniform(draws.SITING, first.identity, second.identity) < chance:
            return park.quarter
    chance = park.chance * math.exp(-distance / rules.reach)
    if 1.0 - chance == 1.0:
        return None
    wait = 1
    if chance < 1.0:
        u = park.draws.uniform(draws.NEIGHBOUR, first.identity, second.identity)
        wait = math.ceil(math.log(u) / math.log(1.0 - chance))
    return max(park.quarter, arrival + wait) if wait <= HORIZON else None


def _sought(newcomer: Company, park: PeerPark) -> Iterator[Company]:
    """The nearest of those who can supply or use a good that weighs in the newcomer's sales."""
    rules = park.rules.meeting
    others = [
        (newcomer.distance_to(other), other.identity, other)
        for other in park.roster
        if other is not newcomer and other.status != LEFT and other.turns_up <= park.quarter
    ]
    others.sort(key=lambda each: each[:2])
    for process in newcomer.processes:
        least = rules.sourcing_share * process.sales_per_unit
        for flow in process.flows:
            suits = [other for distance, _, other in others if _suits(flow, other, distance, least)]
            yield from suits[: int(rules.sourcing_most)]


def _suits(flow: Flow, other: Company, distance: float, least: float) -> bool:
    resource = flow.balance.resource
    if flow.is_need:
        return flow.amount * resource.price > least and _could_supply(other, resource, distance)
    if distance > resource.reach:
        return False
    uses = [use.signal for use in resource.uses if use.input.name in other.needs]
    return flow.amount * max(uses, default=0.0) > least


def _could_supply(other: Company, wanted: Resource, distance: float) -> bool:
    return any(
        use.input is wanted
        for residue in other.residues.values()
        if distance <= residue.resource.reach
        for use in residue.resource.uses
    )


def know(one: Company, other: Company, since: float, park: PeerPark) -> None:
    """A tie with the opportunities that it opens; an earlier meeting counts."""
    known = one.ties.get(other)
    if known is not None:
        known.since = min(known.since, since)
        return
    a, b = sorted((one, other), key=lambda each: each.name)
    tie = Tie(park, a, b, since)
    park.ties.append(tie)
    a.ties[b] = b.ties[a] = tie
    for supplier, receiver in ((a, b), (b, a)):
        _open_opportunities(tie, supplier, receiver, park)


def _open_opportunities(tie: Tie, supplier: Company, receiver: Company, park: PeerPark) -> None:
    distance = supplier.distance_to(receiver)
    for residue in supplier.residues.values():
        if distance > residue.resource.reach or not residue.resource.travels:
            continue
        for use in residue.resource.uses:
            need = receiver.needs.get(use.input.name)
            if need is not None:
                opportunity = Opportunity(tie, supplier, receiver, residue, need, use)
                park.opportunities.append(opportunity)
                supplier.supplies.append(opportunity)
                receiver.demands.append(opportunity)

"""Checks of companies and prospects: map, sites, years, processes, successions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from .checks_of_resources import season_problems, unknown_resource
from .problems import Problem, nearest, number, shown
from .scenario import Company, Process, Scenario, Succession
from .wording import Place, at_place

ZONES = {"i": "industry", "h": "harbour", "t": "town", "w": "water", "f": "farmland"}
Problems = Iterator[Problem]
Span = tuple[float, float]


def check_map(scenario: Scenario) -> Problems:
    """The rows of zones fit the grid and hold known letters."""
    grid = scenario.grid
    if grid.zones and len(grid.zones) != grid.height:
        yield at_place(
            ("grid", "zones"),
            found=f"{len(grid.zones)} rows",
            allowed=f"{grid.height}, the height of the grid",
        )
    for index, row in enumerate(grid.zones):
        place = ("grid", "zones", index)
        if len(row) != grid.width:
            yield at_place(place, found=f"{len(row)} letters", allowed=f"{grid.width}, the width of the grid")
        for letter in dict.fromkeys(each for each in row if each not in ZONES):
            known = ", ".join(f"{each} {zone}" for each, zone in ZONES.items())
            yield at_place(place, found=f"the zone {shown(letter)}", allowed=known)


def check_sites(scenario: Scenario) -> Problems:
    """Who is on the map has a cell of land to itself; who is external has a distance instead."""
    holders: dict[tuple[int, int], list[tuple[str, Span]]] = {}
    for entry, name, company in residents(scenario):
        cell, distance = (entry, name, "cell"), (entry, name, "distance_km")
        if company.external:
            if company.distance_km is None:
                yield at_place(distance, found="nothing", allowed="the distance in km of an external company")
            if company.cell is not None:
                yield at_place(cell, found="a cell of an external company", allowed="distance_km only")
            continue
        if company.distance_km is not None:
            found = "a distance of a company on the map"
            yield at_place(distance, found=found, allowed="a cell, or external = true")
        if company.cell is not None:
            yield from _cell(scenario, cell, company.cell)
        elif entry == "companies":
            allowed = "column and row of a company on the map, or external = true"
            yield at_place(cell, found="nothing", allowed=allowed)
        if company.cell is not None and entry == "companies":
            start, end = years_of(company)
            for other, (from_year, to_year) in holders.get(company.cell, ()):
                if start < to_year and from_year < end:
                    found = f"{shown(company.cell)}, the cell of {shown(other)}"
                    yield at_place(cell, found=found, allowed="a free cell")
            holders.setdefault(company.cell, []).append((name, (start, end)))


def check_years(scenario: Scenario) -> Problems:
    """Companies arrive before they leave."""
    for entry, name, company in residents(scenario):
        start, end = years_of(company)
        if end <= start:
            allowed = f"a year after the arrival in {number(start)}"
            yield at_place((entry, name, "leaves"), found=number(end), allowed=allowed)


def check_processes(scenario: Scenario) -> Problems:
    """Processes have a recipe of known resources and run within the years of their company."""
    handed_over = {(each.giver, process) for each in scenario.successions for process in each.processes}
    for entry, name, company in residents(scenario):
        for process_name, process in company.processes.items():
            place = (entry, name, "processes", process_name)
            yield from _recipe(scenario, place, process)
            start, end = years_of(company)
            if (name, process_name) in handed_over:
                end = math.inf
            yield from _process_years(place, process, (start, end))


def check_successions(scenario: Scenario) -> Problems:
    """Givers and takers are there at the date, and the giver has the processes by then."""
    held = {name: set(company.processes) for name, company in scenario.companies.items()}
    for index, each in sorted(enumerate(scenario.successions), key=lambda item: item[1].year):
        place: Place = ("successions", index)
        known = True
        for role, name in (("from", each.giver), ("to", each.taker)):
            if name not in scenario.companies:
                known = False
                found = f"the unknown company {shown(name)}"
                yield at_place((*place, role), found=found, hint=nearest(name, scenario.companies))
        if not known:
            continue
        if each.giver == each.taker:
            yield at_place((*place, "to"), found=f"{shown(each.taker)}, the giver", allowed="another company")
            continue
        yield from _succession_years(scenario, place, each)
        for process in each.processes:
            if process not in held[each.giver]:
                found = f"{shown(process)}, which {shown(each.giver)} does not have in {number(each.year)}"
                yield at_place((*place, "processes"), found=found, hint=nearest(process, held[each.giver]))
            elif process in held[each.taker]:
                found = f"{shown(process)}, a name that {shown(each.taker)} has already"
                yield at_place((*place, "processes"), found=found, allowed="different names")
            else:
                held[each.giver].remove(process)
                held[each.taker].add(process)


def residents(scenario: Scenario) -> Iterator[tuple[str, str, Company]]:
    """Companies, then prospects, with the entry and the name."""
    for entry in ("companies", "prospects"):
        for name, company in getattr(scenario, entry).items():
            yield entry, name, company


def years_of(company: Company) -> Span:
    """Arrival and departure; without a date, minus or plus infinity."""
    start = -math.inf if company.arrives is None else company.arrives
    return start, math.inf if company.leaves is None else company.leaves


def _cell(scenario: Scenario, place: Place, cell: tuple[int, int]) -> Problems:
    grid, (column, row) = scenario.grid, cell
    if scenario.synthetic is not None:
        return  # the grid grows with the park that is drawn
    if not (0 <= column < grid.width and 0 <= row < grid.height):
        allowed = f"column 0 to {grid.width - 1}, row 0 to {grid.height - 1}"
        yield at_place(place, found=shown(cell), allowed=allowed)
    elif len(grid.zones) == grid.height and grid.zones[-1 - row][column : column + 1] == "w":
        yield at_place(place, found=f"{shown(cell)}, which is water", allowed="a cell of land")


def _recipe(scenario: Scenario, place: Place, process: Process) -> Problems:
    archetype = scenario.archetypes.get(process.archetype) if process.archetype is not None else None
    if process.archetype is not None and archetype is None:
        found = f"the unknown archetype {shown(process.archetype)}"
        yield at_place(
            (*place, "archetype"), found=found, hint=nearest(process.archetype, scenario.archetypes)
        )
    if process.archetype is None and not (process.inputs or process.residues):
        yield at_place(place, found="neither archetype nor inputs nor residues", allowed="one of them")
    flows = {**archetype.inputs, **archetype.residues} if archetype else {}
    flows |= {**process.inputs, **process.residues}
    for part in ("inputs", "residues", "seasons", "reductions"):
        for resource in getattr(process, part):
            if resource not in scenario.resources:
                yield unknown_resource(scenario, (*place, part, resource), resource)
            elif resource not in flows and (archetype or process.archetype is None):
                found = f"{shown(resource)}, which this process neither needs nor leaves"
                yield at_place((*place, part, resource), found=found, hint=nearest(resource, flows))
    for resource, season in process.seasons.items():
        yield from season_problems((*place, "seasons", resource), season)


def _process_years(place: Place, process: Process, company: Span) -> Problems:
    start = company[0] if process.starts is None else process.starts
    end = company[1] if process.ends is None else process.ends
    if process.starts is not None and process.ends is not None and end <= start:
        yield at_place(
            (*place, "ends"), found=number(end), allowed=f"a year after its start in {number(start)}"
        )
        return
    for field, year in (("starts", process.starts), ("ends", process.ends)):
        if year is not None and not company[0] <= year <= company[1]:
            yield at_place(
                (*place, field), found=number(year), allowed=f"the years of its company, {_years(company)}"
            )


def _succession_years(scenario: Scenario, place: Place, succession: Succession) -> Problems:
    for role, name in (("giver", succession.giver), ("taker", succession.taker)):
        start, end = years_of(scenario.companies[name])
        last = end if role == "giver" else math.nextafter(end, -math.inf)
        if not start <= succession.year <= last:
            allowed = f"the years of {shown(name)}, {_years((start, end))}"
            yield at_place((*place, "year"), found=number(succession.year), allowed=allowed)


def _years(span: Span) -> str:
    start = "the start" if span[0] == -math.inf else number(span[0])
    return f"{start} to {'the end' if span[1] == math.inf else number(span[1])}"

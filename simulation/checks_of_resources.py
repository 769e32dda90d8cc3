"""Checks of resources, substitutions and archetypes: names, units, carriers, seasons."""

from __future__ import annotations

from collections.abc import Iterator

from .problems import Problem, nearest, shown
from .scenario import UNITS_OF_CLASS, Scenario
from .wording import Place, at_place

Problems = Iterator[Problem]


def check_resources(scenario: Scenario) -> Problems:
    """Units fit the class, seasons are factors around 1, what is limited has a price beyond the limit."""
    for name, resource in scenario.resources.items():
        place = ("resources", name)
        units = UNITS_OF_CLASS[resource.class_]
        if resource.unit not in units:
            allowed = f"{' or '.join(units)} for the class {resource.class_}"
            yield at_place((*place, "unit"), found=resource.unit, allowed=allowed)
        yield from season_problems((*place, "season"), resource.season)
        if resource.limit is not None and resource.scarcity_price is None:
            yield at_place(
                (*place, "scarcity_price"), found="nothing", allowed="EUR per unit beyond the limit"
            )


def check_substitutions(scenario: Scenario) -> Problems:
    """A substitution joins two resources, and something carries the residue."""
    for residue, inputs in scenario.substitutions.items():
        place = ("substitutions", residue)
        resource = scenario.resources.get(residue)
        if resource is None:
            yield unknown_resource(scenario, place, residue)
        elif inputs and resource.truck is None and resource.pipe is None:
            allowed = f"truck or pipe in resources.{residue}, because it serves as {', '.join(inputs)}"
            yield at_place(("resources", residue), found="neither truck nor pipe", allowed=allowed)
        for name in inputs:
            if name not in scenario.resources:
                yield unknown_resource(scenario, (*place, name), name)


def check_archetypes(scenario: Scenario) -> Problems:
    """Recipes of archetypes name resources; a drawn park names archetypes."""
    for name, archetype in scenario.archetypes.items():
        for part in ("inputs", "residues"):
            for resource in getattr(archetype, part):
                if resource not in scenario.resources:
                    yield unknown_resource(scenario, ("archetypes", name, part, resource), resource)
    if scenario.synthetic is not None and not scenario.archetypes:
        allowed = "archetypes, or the general catalogue"
        yield at_place(("synthetic",), found="no archetypes to draw from", allowed=allowed)
    for index, name in enumerate(scenario.synthetic.archetypes if scenario.synthetic else ()):
        if name not in scenario.archetypes:
            hint = nearest(name, scenario.archetypes)
            yield at_place(
                ("synthetic", "archetypes", index), found=f"the unknown archetype {shown(name)}", hint=hint
            )


def season_problems(place: Place, season: list[float]) -> Problems:
    """Seasons shift a flow within the year and leave its yearly sum."""
    mean = sum(season) / len(season)
    if abs(mean - 1) > 1e-6:
        yield at_place(place, found=f"factors with mean {mean:.6g}", allowed="four factors with mean 1")


def unknown_resource(scenario: Scenario, place: Place, name: str) -> Problem:
    """The problem of a resource that the scenario does not have."""
    return at_place(
        place, found=f"the unknown resource {shown(name)}", hint=nearest(name, scenario.resources)
    )

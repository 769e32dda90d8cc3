"""What differs between the scenario of a run and the one of that name that comes with symbiopark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulation.dotted import format_path, parse_path
from simulation.events import Event, parse_event
from simulation.fieldpaths import Field, fields
from simulation.files import bundled_names
from simulation.problems import ScenarioError, number
from simulation.quantities import DatedPath
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .. import look

WORDS_ONLY = ("name", "title", "description", "format")
NEVER = 9999
"""A year that means never."""


@dataclass(frozen=True)
class Change:
    """A field that was set: its path, the value now and before, as they are written."""

    path: str
    now: str
    before: str
    field: Field


@dataclass(frozen=True)
class Changes:
    """What a run has that the bundled scenario of the same name has not; `base` is that name, or empty."""

    base: str
    fields: list[Change]
    events: list[Event]


def changes(scenario: Scenario, every: list[Field]) -> Changes:
    """Fields and events in which a run differs from the scenario that comes with symbiopark.

    `every` are the fields of the scenario of the run.
    """
    events = [parse_event(words) for words in scenario.events]
    if scenario.name not in bundled_names():
        return Changes("", [], events)
    try:
        bundled = load_scenario(scenario.name)
    except ScenarioError:
        return Changes("", [], events)
    stated = set(bundled.events)
    added = [event for words, event in zip(scenario.events, events, strict=True) if words not in stated]
    return Changes(scenario.name, _differing(every, bundled), added)


def written(value: Any, unit: str = "") -> str:
    """A value as a reader of the page sees it, with its unit."""
    if isinstance(value, DatedPath):
        years = list(value.by_year)
        said = f"{look.number(value.by_year[years[0]], 4)} {unit}".strip()
        if len(years) > 1:
            low, high = min(value.by_year.values()), max(value.by_year.values())
            said = f"{look.number(low)} to {look.number(high)} {unit}".strip() + ", by year"
        return f"{said}, × {look.number(value.scale, 4)}" if value.scale != 1 else said
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        if unit == "year" and value > 1500:
            return "never" if value >= NEVER else look.year(value)
        said = number(value) if abs(value) < 10_000 and value == int(value) else look.number(value, 4)
        many = "years" if unit == "year" and value != 1 else unit
        return f"{said} {'' if unit == '1' else many}".strip()
    return str(value) or "none"


def _differing(every: list[Field], other: Scenario) -> list[Change]:
    before = {field.path: field for field in fields(other)}
    found, strangers = _of_other_companies(every, other)
    scaled = set()
    for field in every:
        if field.path.startswith(strangers):
            continue
        old = before.get(field.path)
        if field.path in WORDS_ONLY or (old is not None and plain(old.value) == plain(field.value)):
            continue
        if isinstance(field.value, DatedPath):
            if old is not None and (field.value.by_year, field.value.step) == (
                old.value.by_year,
                old.value.step,
            ):
                continue  # only its scale differs, which is a field of its own
            scaled.add(f"{field.path}.scale")
        if field.path in scaled:
            continue
        was = "nothing" if old is None else written(old.value, old.unit)
        found.append(Change(field.path, written(field.value, field.unit), was, field))
    return found


def plain(value: Any) -> Any:
    return (value.by_year, value.scale, value.step) if isinstance(value, DatedPath) else value


def _of_other_companies(every: list[Field], other: Scenario) -> tuple[list[Change], tuple[str, ...]]:
    """One change for all companies that only one of two scenarios has, and the paths under which they stand."""
    found, strangers = [], []
    for part, theirs in (("companies", other.companies), ("prospects", other.prospects)):
        paths = (parse_path(field.path) for field in every if field.path.startswith(f"{part}."))
        here = {keys[1] for keys in paths}
        new, gone = here - set(theirs), set(theirs) - here
        strangers += [f"{format_path((part, name))}." for name in sorted(new)]
        if new or gone:
            meaning = f"{part} of the park: {len(new)} that the bundled file has not, {len(gone)} of its own left out"
            found.append(Change(part, str(len(here)), str(len(theirs)), Field(part, None, meaning)))
    return found, tuple(strangers)

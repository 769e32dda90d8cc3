"""Dotted paths into a scenario: one vocabulary for options, sweep axes, sliders and events.

`trust.prior`, `policy.landfill_levy.scale`, `companies."Asnaes power station".payback`. A name that
holds a dot stands in quotes. Which fields exist is read from the models (`simulation.slots`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .dotted import Keys, format_path, parse_path
from .limits import Limits
from .problems import Problem, ScenarioError, close_names, did_you_mean, nearest, number
from .quantities import DatedPath, Provenance
from .scenario import Scenario
from .slots import SCENARIO, Slot


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a scenario: where, what, and which values are plausible and which allowed.

    `low` and `high` bound the plausible range in the unit of the field; those of a dated path and of
    its `scale` are factors on the whole path. `limits` are the hard limits of a number, `allowed` says
    in words what may stand here.
    """

    path: str
    value: Any
    meaning: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    allowed: str = ""
    source: str = ""
    estimate: bool = False
    live: bool = False


def describe(scenario: Scenario, path: str) -> Field:
    """Value, unit, plausible range, limits and source of a field.

    Raises ScenarioError, with the nearest paths that exist, for a path that is not there.
    """
    keys = parse_path(path)
    slot, value, parent = SCENARIO, scenario, None
    for depth, key in enumerate(keys):
        below = dict(_below(slot, value))
        key = _date(key) if slot.dated else key
        if key not in below:
            raise ScenarioError([unknown_path(keys, depth, below)])
        slot, value, parent = slot[key], below[key], value
    return _field(scenario, keys, slot, value, parent)


def fields(scenario: Scenario) -> Iterator[Field]:
    """Every number, word and switch of a scenario, and its dated paths followed by their `scale`."""
    for keys, slot, value, parent in _walk((), SCENARIO, scenario, None):
        yield _field(scenario, keys, slot, value, parent)


def live_fields(scenario: Scenario) -> list[str]:
    """Paths of the fields that may be changed in mid-run: those that the models mark as live."""
    return [format_path(keys) for keys, slot, _, _ in _walk((), SCENARIO, scenario, None) if slot.live]


def dated_paths(
    scenario: Scenario, sections: frozenset[str] | None = None
) -> Iterator[tuple[Keys, DatedPath]]:
    """Every dated path of a scenario, or of some of its sections, with the names that lead to it."""
    for key, below in _below(SCENARIO, scenario):
        slot = SCENARIO[key]
        if below is not None and slot.leads_to_paths and (sections is None or key in sections):
            yield from _dated_paths((key,), slot, below)


def unknown_path(keys: Keys, depth: int, known: Iterable[str]) -> Problem:
    """The problem of a path that breaks off at `keys[depth]`, where only the `known` names exist."""
    known = list(known)
    close = [
        format_path((*keys[:depth], each, *keys[depth + 1 :])) for each in close_names(keys[depth], known)
    ]
    if not close:
        sections = [
            (name, each)
            for name, slot in SCENARIO.members()
            if slot.kind == "table"
            for each, _ in slot.members()
        ]
        close = [format_path(path) for path in sections if path[-1] == keys[-1]]
        close = close or close_names(format_path(keys), map(format_path, sections))
    if not known and depth:
        hint = f"{format_path(keys[:depth])} is not given, or holds no fields"
    else:
        hint = did_you_mean(close) if close else nearest(keys[depth], known)
    return Problem("", "", format_path(keys), "no such field", "", hint)


def _below(slot: Slot, value: Any) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if slot.kind in ("table", "path"):
        for key, member in slot.members():
            yield key, getattr(value, member.attribute)
    elif slot.kind == "named":
        for key, item in value.items():
            yield (number(key) if slot.dated else key), item


def _walk(keys: Keys, slot: Slot, value: Any, parent: Any) -> Iterator[tuple[Keys, Slot, Any, Any]]:
    if value is None or slot.type is Provenance:
        return
    if slot.kind in ("number", "word", "switch", "path"):
        yield keys, slot, value, parent
    if slot.kind == "path":
        yield (*keys, "scale"), slot["scale"], value.scale, value
    elif slot.kind in ("table", "named"):
        for key, below in _below(slot, value):
            yield from _walk((*keys, key), slot[key], below, value)


def _dated_paths(keys: Keys, slot: Slot, value: Any) -> Iterator[tuple[Keys, DatedPath]]:
    if slot.kind == "path":
        yield keys, value
        return
    for key, below in _below(slot, value):
        inner = slot[key]
        if below is not None and inner.leads_to_paths:
            yield from _dated_paths((*keys, key), inner, below)


def _field(scenario: Scenario, keys: Keys, slot: Slot, value: Any, parent: Any) -> Field:
    path = format_path(keys)
    if slot.kind == "path" and value is not None:
        origin = _origin_of_path(scenario, path, value)
    elif isinstance(parent, DatedPath) and keys[-1] == "scale":
        origin = _origin_of_path(scenario, format_path(keys[:-1]), parent) | {"unit": slot.extra["unit"]}
    else:
        declared = {name: each for name, each in slot.extra.items() if name in Provenance.model_fields}
        stated = scenario.provenance.get(path, Provenance()).model_dump(exclude_defaults=True)
        origin = {**declared, **stated}
    meaning = slot.info.description or ""
    return Field(path, value, meaning, limits=slot.limits, allowed=slot.allowed(), live=slot.live, **origin)


def _origin_of_path(scenario: Scenario, path: str, dated: DatedPath) -> dict[str, Any]:
    """What a path says of itself; where it says nothing, the provenance kept under its name."""
    stated = scenario.provenance.get(path, Provenance())
    low, high = dated.low, dated.high
    values = list(dated.by_year.values())
    if low is None and high is None and len(values) == 1 and values[0] != 0:
        bounds = [each / values[0] for each in (stated.low, stated.high) if each is not None]
        low, high = sorted(bounds) if len(bounds) == 2 else (None, None)
    return {
        "unit": dated.unit or stated.unit,
        "low": low,
        "high": high,
        "source": dated.source or stated.source,
        "estimate": dated.estimate or stated.estimate,
    }


def _date(key: str) -> str:
    """A year as entries are named by it: 1990 for 1990.0."""
    try:
        return number(float(key))
    except ValueError:
        return key

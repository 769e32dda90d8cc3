"""A scenario from its source, settings and events: put together, validated, checked.

    catalogue  <  base of the base  <  base  <  file  <  set  <  events

`simulation.layers` puts the files together.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from .arguments import checked_events, checked_fields
from .checks import check
from .dotted import format_path, parse_path
from .edits import Raw, assign
from .events import Event
from .files import bundled_names, bundled_scenarios, template
from .layers import Layers, Source, resolved
from .problems import Problem, ScenarioError, shown
from .scenario import Scenario
from .slots import slot_at
from .wording import mistaken_numbers, problems_of

__all__ = ["bundled_names", "bundled_scenarios", "load_scenario", "setting", "template"]


def load_scenario(
    source: Source, set: Mapping[str, Any] | None = None, events: Iterable[str | Event] = ()
) -> Scenario:
    """A scenario, complete and checked.

    `source` is a bundled name, the path of a TOML file or of the run.json of a run, the table of such
    a file, or a Scenario. `set` gives fields by dotted path (`{"trust.prior": 0.6}`; a text is read
    as on a command line), `events` adds events in words. Raises ScenarioError with every problem.
    """
    set, events = checked_fields(set), checked_events(events)
    if isinstance(source, Scenario) and not set and not events:
        return source
    if isinstance(source, Scenario) and source.synthetic is not None and _draws_anew(set):
        from .synthetic import undrawn

        source = undrawn(source)
    base = source if isinstance(source, Scenario) and source.synthetic is None else None
    label, layers = resolved(source) if base is None else _sections(base, set, bool(events))
    raw, problems, unknown = layers.raw, list(layers.mistaken), []
    for path, value in sorted(set.items(), key=lambda item: _depth(item[0])):
        try:
            value = setting(path, value)
            raw = assign(raw, path, value)
            problems += mistaken_numbers(value, parse_path(path))
        except ScenarioError as error:
            unknown += [dataclasses.replace(each, file="set") for each in error.problems]
    if unknown:
        raise ScenarioError(unknown)
    added = [str(event) for event in events]
    if added:
        raw = {**raw, "events": [*raw.get("events", ()), *added]}
    return _validated(raw, problems, label, list(set), added, base)


def setting(path: str, value: Any) -> Any:
    """The value that a text on a command line means for a field: a TOML value, or the text itself.

    Words stay words where the field holds text. Other values pass, numbers of NumPy as plain ones.
    """
    if not isinstance(value, str):
        return value.item() if hasattr(value, "item") and not isinstance(value, Mapping) else value
    slot = slot_at(parse_path(path))
    if slot is not None and slot.kind == "word" and value[:1] not in ("'", '"'):
        return value
    try:
        read_as = tomllib.loads(f"value = {value}")
        if list(read_as) == ["value"] and not hasattr(read_as["value"], "isoformat"):
            return read_as["value"]
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        pass
    try:
        return float(value)
    except ValueError:
        return value


def _validated(
    raw: Raw,
    problems: list[Problem],
    label: str,
    fields_set: list[str],
    events_added: list[str],
    base: Scenario | None,
) -> Scenario:
    """The scenario of a raw one, whole; or `base` with the sections of the raw one in place of its own."""
    try:
        scenario = Scenario.model_validate(raw) if base is None else _with_sections(base, raw)
    except ValidationError as error:
        known = {(each.entry, each.field) for each in problems}
        problems += [each for each in problems_of(error) if (each.entry, each.field) not in known]
    problems = problems or check(scenario, changed=None if base is None else frozenset(raw))
    if problems:
        paths = [format_path(parse_path(path)) for path in fields_set]
        texts = [shown(text) for text in events_added]
        raise ScenarioError(_placed(each, label, paths, texts) for each in problems)
    if scenario.synthetic is None:
        return scenario
    from .synthetic import draw_park  # brings NumPy, which no other scenario needs

    return draw_park(scenario)


def _draws_anew(set: Mapping[str, Any]) -> bool:
    """Whether settings say what park to draw: then nothing that was drawn before may stay."""
    return any(_first_key(path)[:1] in (("synthetic",), ("time",)) for path in set)


def _sections(base: Scenario, set: Mapping[str, Any], events: bool) -> tuple[str, Layers]:
    """The sections of a checked scenario that settings and events touch: only they are read again."""
    touched = {key for path in set for key in _first_key(path)} | ({"events"} if events else {*()})
    if any(isinstance(value, Mapping | str) for value in set.values()):
        touched.add("provenance")
    return base.name, Layers(base.model_dump(mode="json", by_alias=True, include=touched))


def _first_key(path: str) -> tuple[str, ...]:
    try:
        return parse_path(path)[:1]
    except ScenarioError:
        return ()  # said when the path is set


def _with_sections(base: Scenario, raw: Raw) -> Scenario:
    part = _part_of_scenario(frozenset(raw)).model_validate(raw)
    return base.model_copy(update={name: getattr(part, name) for name in raw})


@lru_cache(maxsize=64)
def _part_of_scenario(names: frozenset[str]) -> type[BaseModel]:
    """A model of some sections of a scenario, with their names and limits."""
    sections: dict[str, Any] = {
        name: (field.annotation, field) for name, field in Scenario.model_fields.items() if name in names
    }
    return create_model("Sections", __config__=Scenario.model_config, **sections)


def _placed(problem: Problem, label: str, paths: list[str], texts: list[str]) -> Problem:
    """The problem with where it was said: in the file, by a setting, or by an event that was added."""
    if problem.entry == "events" and problem.field in texts:
        return dataclasses.replace(problem, file="event", entry="")
    place = ".".join(part for part in (problem.entry, problem.field) if part)
    was_set = any(place == path or place.startswith(f"{path}.") for path in paths)
    return dataclasses.replace(problem, file="set" if was_set else label)


def _depth(path: str) -> int:
    """Whole paths are set before their parts, whatever the order in which they are given."""
    try:
        return len(parse_path(path))
    except ScenarioError:
        return 0

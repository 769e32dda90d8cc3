"""Faults of a raw scenario in our words: what pydantic refuses, and numbers that it would let pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from pydantic import ValidationError

from .dotted import format_path, parse_path
from .edits import is_number
from .problems import MOST_TOLD, Problem, ScenarioError, nearest, shown
from .quantities import Provenance
from .slots import SCENARIO, Slot, slot_at

Place = tuple[str | int, ...]
FILE_KEYS = ("base", "catalogue", "remove")
KEY = "[key]"  # pydantic's mark for a fault in the name of an entry


def problems_of(error: ValidationError) -> list[Problem]:
    """What pydantic found, a problem for each place, without what it says of unions and validators.

    Beyond the first MOST_TOLD places there is one problem that says how many more there are.
    """
    found: dict[Place, Problem] = {}
    faults = error.errors(include_url=False)
    for each in faults[:MOST_TOLD]:
        place, slot = _resolved(each["loc"])
        found.setdefault(place, _problem(each, place, slot))
    more = len(faults) - MOST_TOLD
    return [*found.values(), *([Problem(found=f"{more} problems more")] if more > 0 else [])]


def mistaken_numbers(raw: Any, keys: tuple[str, ...] = ()) -> list[Problem]:
    """Places at or below `keys`, where `raw` stands, in which `true` or `"3"` stands for a number."""
    return list(islice(_mistaken(keys, raw, slot_at(keys)), MOST_TOLD))


def at_place(place: Place, **words: str) -> Problem:
    """A problem with its entry and field written from the names on the way to them."""
    *above, last = place or ("",)
    return Problem(entry=_dotted(above), field=_dotted([last]), **words)


def _problem(each: Mapping[str, Any], place: Place, slot: Slot | None) -> Problem:
    fault, value = each["type"], each["input"]
    if fault == "extra_forbidden":
        above = _resolved(place[:-1])[1]
        known = [name for name, _ in above.members()] if above else []
        if len(place) == 1:
            known += FILE_KEYS
        return at_place(place, found="an unknown field", hint=nearest(str(place[-1]), known))
    if each["loc"][-1] == KEY:
        allowed = "a year, 1500 to 2500, as name" if isinstance(place[-1], str) else ""
        return at_place(place, found=f"the name {shown(place[-1])}", allowed=allowed)
    if fault == "missing":
        meaning = slot.info.description or "" if slot else ""
        return at_place(place, found="nothing", allowed=slot.allowed() if slot else "", hint=meaning)
    if fault == "value_error":
        return at_place(place, found=each["msg"].removeprefix("Value error, "))
    if fault == "finite_number":
        return at_place(place, found=shown(value), allowed="a finite number")
    hint = (
        "an annotated number has a value"
        if isinstance(value, Mapping) and slot and slot.holds_numbers
        else ""
    )
    return at_place(
        place, found=shown(value), allowed=slot.allowed(value) if slot else each["msg"], hint=hint
    )


def _resolved(location: Place) -> tuple[Place, Slot | None]:
    """The part of pydantic's location that the scenario has, and the slot there."""
    place: Place = ()
    slot: Slot | None = SCENARIO
    for key in location:
        if slot is None:
            break
        below = slot.child(key)
        if key == KEY or (below is None and isinstance(key, str) and "[" in key and slot.kind != "table"):
            continue
        place, slot = (*place, key), below
    if len(place) > 2 and place[0] == "provenance":
        place = (*_keys(str(place[1])), *place[2:])
    return place, slot


def _keys(path: str) -> tuple[str, ...]:
    try:
        return parse_path(path)
    except ScenarioError:
        return ("provenance", path)


def _mistaken(place: Place, node: Any, slot: Slot | None) -> Iterator[Problem]:
    if slot is None or node is None or slot.type is Provenance:
        return
    if slot.kind == "number" and isinstance(node, bool | str):
        yield at_place(place, found=shown(node), allowed=slot.allowed(node))
    elif slot.kind == "list" and isinstance(node, list | tuple):
        for index, each in enumerate(node):
            yield from _mistaken((*place, index), each, slot.child(index))
    elif isinstance(node, Mapping) and slot.kind in ("table", "named", "path"):
        if slot.kind == "path" and "value" in node:
            yield from _mistaken_path(place, node, slot)
        elif slot.dated:
            yield from _dates_twice(place, node)
        for key, each in node.items():
            yield from _mistaken((*place, key), each, slot.child(key))


def _mistaken_path(place: Place, node: Mapping[str, Any], slot: Slot) -> Iterator[Problem]:
    if "by_year" in node:
        yield at_place(place, found="both value and by_year", allowed="one of them")
    elif not is_number(node["value"]):
        yield at_place((*place, "value"), found=shown(node["value"]), allowed="a number")


def _dates_twice(place: Place, node: Mapping[str, Any]) -> Iterator[Problem]:
    seen: dict[float, str] = {}
    for key in node:
        try:
            year = float(key)
        except (TypeError, ValueError):
            continue
        if year in seen:
            yield at_place((*place, key), found=f"the date of {seen[year]!r} again", allowed="each date once")
        seen.setdefault(year, str(key))


def _dotted(keys: list[str | int]) -> str:
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f"{'.' if text else ''}{format_path([key])}"
    return text

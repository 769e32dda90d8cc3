"""Edits of a raw scenario: set a field, drop an entry, lay a variant over its base.

A raw scenario is what a TOML file holds: tables, lists, numbers, words. Nothing here changes what it
is given: an edit answers with a new table that shares all that it left alone.

How a number is to be read (unit, currency, nominal) outlives a new number. Where it came from
(source, range, estimate) outlives one that is `set` in an experiment, and not one that a variant states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .dotted import Keys, format_path, parse_path
from .fieldpaths import unknown_path
from .problems import ScenarioError, number
from .quantities import DatedPath, Provenance
from .slots import SCENARIO, Slot

Raw = Mapping[str, Any]
HOW_TO_READ = ("unit", "currency", "nominal")
ORIGIN = ("source", "estimate")


def assign(raw: Raw, path: str, value: Any) -> dict[str, Any]:
    """A raw scenario with `value` at a path.

    A number at a dated path makes it constant and keeps unit, currency and source; at a plain number
    it keeps the annotation. Raises ScenarioError for a path that neither models nor entries have.
    """
    keys = parse_path(path)
    edited = _assigned(raw, SCENARIO, keys, 0, value)
    if isinstance(value, Mapping):
        plain, provenance = take_annotations(edited)
        return {**plain, "provenance": {**plain.get("provenance", {}), **provenance}}
    return edited


def drop(raw: Raw, path: str) -> dict[str, Any]:
    """A raw scenario without what stands at a path, and without the provenance of what stood there.

    Raises ScenarioError where nothing stands there.
    """
    keys = parse_path(path)
    gone = format_path(keys)
    edited = _dropped(raw, keys, 0)
    if isinstance(edited.get("provenance"), Mapping):
        edited["provenance"] = {
            key: each
            for key, each in edited["provenance"].items()
            if key != gone and not key.startswith(gone + ".")
        }
    return edited


def merge(base: Raw, variant: Raw) -> dict[str, Any]:
    """A variant laid over its base: tables and dates are merged, lists and values replaced.

    Annotations must have been taken out of both (`take_annotations`).
    """
    merged = _merged(base, variant, SCENARIO)
    provenance = base.get("provenance")
    if isinstance(provenance, Mapping) and isinstance(merged.get("provenance"), Mapping):
        stated = variant.get("provenance", {})
        restated = set(_restated((), variant, SCENARIO)) - set(stated if isinstance(stated, Mapping) else ())
        merged["provenance"] = {
            key: {name: each[name] for name in each if name == "unit"} if key in restated else each
            for key, each in merged["provenance"].items()
        }
    return merged


def take_annotations(raw: Raw) -> tuple[dict[str, Any], dict[str, Any]]:
    """Plain numbers in place of annotated ones, and the annotations by dotted path.

    Dated paths keep theirs: their own fields hold them.
    """
    provenance: dict[str, Any] = {}
    plain = _plain((), raw, SCENARIO, provenance)
    return dict(plain), provenance


def is_annotated(value: Any) -> bool:
    """Whether this is a number with its provenance: `{ value = 3, source = "..." }`."""
    return isinstance(value, Mapping) and "value" in value


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _assigned(node: Raw, slot: Slot, keys: Keys, depth: int, value: Any) -> dict[str, Any]:
    key, last = _key_in(node, slot, keys[depth]), depth == len(keys) - 1
    inner = slot.child(key)
    if inner is None or (slot.kind == "named" and not last and key not in node):
        known = node if slot.kind == "named" else [name for name, _ in slot.members()]
        raise ScenarioError([unknown_path(keys, depth, known)])
    old = node.get(key)
    if last:
        new = value
        if inner.kind == "path":
            new = _in_place_of(old, value, inner, (*HOW_TO_READ, *ORIGIN))
        elif inner.kind == "number" and isinstance(old, Mapping) and is_annotated(old) and is_number(value):
            new = {**old, "value": value}
    else:
        below = _as_table(old, inner)
        if not isinstance(below, Mapping):
            raise ScenarioError([unknown_path(keys, depth + 1, ())])
        new = _assigned(below, inner, keys, depth + 1, value)
    if slot.kind == "path" and key == "by_year":
        node = {name: each for name, each in node.items() if name != "value"}
    return _in_order({**node, key: new}, slot)


def _dropped(node: Raw, keys: Keys, depth: int) -> dict[str, Any]:
    if not isinstance(node, Mapping) or keys[depth] not in node:
        raise ScenarioError([unknown_path(keys, depth, node if isinstance(node, Mapping) else ())])
    if depth == len(keys) - 1:
        return {key: each for key, each in node.items() if key != keys[depth]}
    return {**node, keys[depth]: _dropped(node[keys[depth]], keys, depth + 1)}


def _merged(base: Any, variant: Any, slot: Slot | None) -> Any:
    if slot is not None and slot.kind == "path":
        return _in_place_of(base, variant, slot, HOW_TO_READ, merge_dates=True)
    if not (isinstance(base, Mapping) and isinstance(variant, Mapping)):
        return variant
    merged = dict(base)
    for key, each in variant.items():
        key = _key_in(base, slot, key)
        merged[key] = _merged(base[key], each, slot and slot.child(key)) if key in base else each
    return _in_order(merged, slot)


def _in_place_of(old: Any, new: Any, slot: Slot, kept: tuple[str, ...], merge_dates: bool = False) -> Any:
    """A dated path or number that takes the place of another and keeps some of what it said."""
    if is_number(new):
        new = {"value": new}
    elif not isinstance(new, Mapping):
        return new
    before = _as_table(old, slot)
    before = before if isinstance(before, Mapping) else {}
    if "value" in new or "by_year" in new:
        if (
            merge_dates
            and "by_year" in new
            and all(isinstance(each.get("by_year"), Mapping) for each in (before, new))
        ):
            return {
                **before,
                **new,
                "by_year": _merged(before["by_year"], new["by_year"], slot.child("by_year")),
            }
        before = {name: before[name] for name in kept if name in before}
    return new["value"] if not before and len(new) == 1 and is_number(new.get("value")) else {**before, **new}


def _as_table(old: Any, slot: Slot) -> Any:
    """What stands in a place, as a table: of a number or an unstated default, the dated path it means."""
    if slot.kind == "path":
        if is_number(old):
            return {"value": old}
        if old is None and isinstance(slot.info.default, DatedPath):
            unstated = slot.info.default
            return {
                "by_year": {number(year): each for year, each in unstated.by_year.items()},
                "unit": unstated.unit,
            }
        return old
    return {} if old is None and slot.kind in ("table", "named") else old


def _restated(keys: Keys, node: Any, slot: Slot | None) -> Iterator[str]:
    """Paths of the numbers and dated paths whose values a layer states."""
    if slot is None:
        return
    if slot.kind == "path":
        if not isinstance(node, Mapping) or "value" in node or "by_year" in node:
            yield format_path(keys)
    elif slot.kind == "number":
        yield format_path(keys)
    elif slot.kind in ("table", "named") and isinstance(node, Mapping):
        for key, each in node.items():
            yield from _restated((*keys, key), each, slot.child(key))


def _plain(keys: Keys, node: Any, slot: Slot | None, provenance: dict[str, Any]) -> Any:
    if not isinstance(node, Mapping) or slot is None:
        return node
    if slot.holds_numbers and is_annotated(node):
        provenance[format_path(keys)] = {key: each for key, each in node.items() if key != "value"}
        return node["value"]
    if slot.kind not in ("table", "named") or slot.type is Provenance:
        return node
    below = {key: _plain((*keys, key), each, slot.child(key), provenance) for key, each in node.items()}
    return below if any(below[key] is not each for key, each in node.items()) else node


def _key_in(node: Raw, slot: Slot | None, key: str) -> str:
    """The name that an entry has already: a year may be written 1990 or 1990.0."""
    if slot is None or not slot.dated or key in node:
        return key
    return next((each for each in node if _year(each) == _year(key)), key)


def _in_order(node: dict[str, Any], slot: Slot | None) -> dict[str, Any]:
    if slot is None or not slot.dated:
        return node
    years = {key: _year(key) for key in node}
    if None in years.values():
        return node
    return {key: node[key] for key, _ in sorted(years.items(), key=lambda item: item[1] or 0.0)}


def _year(key: Any) -> float | None:
    try:
        return float(key)
    except (TypeError, ValueError):
        return None

"""What the models say may stand at each place of a scenario: a table, a dated path, a number, a word.

Field paths, reading, messages and the JSON Schema ask here, so that the pydantic models stay the
only list of fields. A slot is a place: `SCENARIO.child("trust").child("prior")`.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .limits import Limits
from .quantities import DatedPath
from .scenario import Scenario

Kind = Literal["table", "named", "path", "number", "switch", "word", "list", "other"]


@dataclass(frozen=True)
class Slot:
    """A place in the language. `kind` says what stands there, `info` what pydantic knows of it.

    `attribute` is its name in Python (`class_` for `class`). `live` fields may change in mid-run;
    a parent declared `live: False` holds back everything below it.
    """

    kind: Kind
    type: Any
    info: FieldInfo
    limits: Limits
    attribute: str = ""
    optional: bool = False
    held: bool = False

    @property
    def extra(self) -> dict[str, Any]:
        """Unit, plausible range, source and marks of a declared parameter."""
        return self.info.json_schema_extra if isinstance(self.info.json_schema_extra, dict) else {}

    @property
    def live(self) -> bool:
        return bool(self.extra.get("live")) and not self.held

    @cached_property
    def dated(self) -> bool:
        """Whether the entries are named by years."""
        return self.kind == "named" and get_args(self.type)[0] is not str

    @cached_property
    def leads_to_paths(self) -> bool:
        """Whether a dated path stands here or somewhere below."""
        if self.kind in ("table", "path"):
            return self.kind == "path" or any(member.leads_to_paths for _, member in self.members())
        return self.kind in ("named", "list") and self._item.leads_to_paths

    @property
    def holds_numbers(self) -> bool:
        """Whether a number, or a list of numbers, stands here."""
        return self.kind == "number" or (self.kind == "list" and self._item.kind == "number")

    def __getitem__(self, key: str | int) -> Slot:
        """The place below. Raises KeyError where the models know none."""
        below = self.child(key)
        if below is None:
            raise KeyError(key)
        return below

    def child(self, key: str | int) -> Slot | None:
        """The place below, by the name it has in a file; None where the models know none."""
        if self.kind in ("table", "path"):
            return self._members.get(str(key))
        if self.kind == "named":
            return self._item
        return self._item if self.kind == "list" and isinstance(key, int) else None

    def members(self) -> Iterator[tuple[str, Slot]]:
        """Fields of a table or a dated path, in the order of declaration."""
        return iter(self._members.items())

    @cached_property
    def _members(self) -> dict[str, Slot]:
        if self.kind not in ("table", "path"):
            return {}
        held = self.held or self.extra.get("live") is False
        return {info.alias or name: _slot(info, name, held) for name, info in self.type.model_fields.items()}

    @cached_property
    def _item(self) -> Slot:
        arguments = get_args(self.type) or (Any,)
        item = arguments[1] if self.kind == "named" else arguments[0]
        return _slot(FieldInfo.from_annotation(item), "", self.held or self.extra.get("live") is False)

    def allowed(self, found: Any = None) -> str:
        """In words, what may stand here; `found` decides whether a far upper limit is worth telling."""
        limits = self.limits
        if get_origin(self.type) is Literal:
            return " or ".join(repr(each) for each in get_args(self.type))
        if self.kind == "number":
            words = limits.words(found)
            if self.type is int:
                return f"a whole number, {words}" if words else "a whole number"
            return words or "a number"
        if self.kind == "word":
            return f"text of 1 to {limits.longest} characters" if limits.longest else "text"
        if self.kind == "list":
            return self._lists_allowed()
        if self.kind == "named":
            return "a table of at least one entry" if limits.shortest else "a table of named entries"
        return {
            "table": "a table",
            "path": "a number, or a table with by_year",
            "switch": "true or false",
        }.get(self.kind, "another value")

    def _lists_allowed(self) -> str:
        if get_origin(self.type) is tuple:
            return "column and row, as [4, 7]"
        of = {"number": "numbers", "word": "texts", "table": "tables"}.get(self._item.kind, "values")
        shortest = self.limits.shortest
        if shortest is None:
            return f"a list of {of}"
        return (
            f"a list of {shortest} {of}"
            if shortest == self.limits.longest
            else f"a list of {of}, {shortest} or more"
        )


def _slot(info: FieldInfo, attribute: str, held: bool) -> Slot:
    annotation: Any = info.annotation
    metadata, optional = list(info.metadata), False
    while True:
        if get_origin(annotation) in (Union, types.UnionType):
            given = [each for each in get_args(annotation) if each is not type(None)]
            optional = optional or len(given) < len(get_args(annotation))
            annotation = given[0]
        elif get_origin(annotation) is Annotated:
            inner = FieldInfo.from_annotation(annotation)
            annotation, metadata = inner.annotation, metadata + inner.metadata
        else:
            return Slot(_kind(annotation), annotation, info, Limits.of(metadata), attribute, optional, held)


def _kind(annotation: Any) -> Kind:
    origin = get_origin(annotation)
    if isinstance(annotation, type) and origin is None:
        if issubclass(annotation, DatedPath):
            return "path"
        if issubclass(annotation, BaseModel):
            return "table"
        if issubclass(annotation, bool):
            return "switch"
        if issubclass(annotation, int | float):
            return "number"
        return "word" if issubclass(annotation, str) else "other"
    if origin is dict:
        return "named"
    if origin in (list, tuple):
        return "list"
    if origin is Literal:
        return "word" if all(isinstance(each, str) for each in get_args(annotation)) else "number"
    return "other"


SCENARIO = _slot(FieldInfo.from_annotation(Scenario), "", False)


def slot_at(keys: Iterable[str]) -> Slot | None:
    """The place that the models know under these names."""
    slot: Slot | None = SCENARIO
    for key in keys:
        slot = slot.child(key) if slot is not None else None
    return slot

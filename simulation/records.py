"""The record of a run, run.json, read and checked: what repeats the run, and says what it ran with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .files import content
from .parsing import record
from .problems import Problem, ScenarioError, shown

FORMAT = 1
"""Of every record that is written here, under `symbiopark`."""


def is_year(value: Any) -> bool:
    """Whether this is a number that may be a year; no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


FIELDS: dict[str, tuple[Callable[[Any], bool], Any, str]] = {
    "symbiopark": (lambda value: value == FORMAT and not isinstance(value, bool), FORMAT, f"{FORMAT}"),
    "seed": (_is_count, None, "a whole number, 0 or more"),
    "replicate": (_is_count, 0, "a whole number, 0 or more"),
    "until": (lambda value: value is None or is_year(value), None, "a year, or null"),
    "versions": (lambda value: isinstance(value, dict), {}, "a table"),
}
"""Fields of a record: what they may be, what they are where nothing is said, and both in words."""


def read_record(path: Path) -> dict[str, Any]:
    """The tables of a JSON file of ours. Raises ScenarioError for what cannot be read."""
    return record(str(path), content(path, str(path)))


def read_study(path: Path, fields: Mapping[str, type | tuple[type, ...]]) -> dict[str, Any]:
    """The JSON file of a study, with these fields of these types, by dotted names. Raises ScenarioError."""
    read = read_record(path)
    problems = []
    for name, kind in fields.items():
        value: Any = read
        for key in name.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if not isinstance(value, kind) or isinstance(value, bool):
            problems.append(Problem(str(path), field=name, found=shown(value), allowed=_kind_said(kind)))
    if problems:
        raise ScenarioError(problems)
    return read


def _kind_said(kind: type | tuple[type, ...]) -> str:
    names = {str: "text", dict: "a table", list: "a list", int: "a whole number", float: "a number"}
    return names[kind[0] if isinstance(kind, tuple) else kind]


def run_record(path: Path) -> dict[str, Any]:
    """The run.json of a run, every field there is in its place. Raises ScenarioError with every problem."""
    read = read_record(path)
    whole = {**{name: unsaid for name, (_, unsaid, _) in FIELDS.items()}, **read}
    problems = [
        Problem(str(path), field=name, found=shown(whole[name]), allowed=allowed)
        for name, (fits, _, allowed) in FIELDS.items()
        if not fits(whole[name])
    ]
    if not isinstance(whole.get("scenario"), dict):
        allowed = "the run.json of a run folder"
        problems.append(Problem(str(path), found="no scenario in the record", allowed=allowed))
    if problems:
        raise ScenarioError(problems)
    return whole

"""Where scenarios are read from: bundled names, TOML files, run records; bytes into raw tables."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .problems import Problem, ScenarioError, close_names, did_you_mean, shown

LARGEST_FILE = 20_000_000
DEEPEST = 60
MOST_ENTRIES = 1_000_000
KEPT = 1_000_000
"""Bytes of the largest file whose tables are kept: one takes some hundred times its size."""
NOT_LISTED = ("template",)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: what to call it in messages, where it lies, what it holds."""

    label: str
    folder: Path
    content: bytes

    @property
    def raw(self) -> dict[str, Any]:
        """The tables of the file, which nobody may change: unchanged bytes are parsed once.

        Raises ScenarioError for bytes that are no TOML (or no record of a run, for `.json`).
        """
        return _tables(self.label, self.content)


def bundled_scenarios() -> dict[str, str]:
    """Names of the scenarios that come with the package, and their titles."""
    return {name: str(read(name).raw.get("title", "")) for name in bundled_names()}


@cache
def bundled_names() -> tuple[str, ...]:
    """Names of the scenarios that come with the package, in order."""
    names = (each.name for each in (files(__package__) / "scenarios").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if _is_listed(name)))


def template() -> str:
    """The commented template to start a scenario from, as TOML text."""
    return (files(__package__) / "scenarios" / "template.toml").read_text(encoding="utf-8")


def read(source: str | os.PathLike[str], folder: Path | None = None) -> Document:
    """A bundled scenario by name, or a file by path (relative to `folder`, else to where we are).

    Raises ScenarioError for what is missing, a folder, unreadable or too large.
    """
    name = os.fspath(source)
    if isinstance(source, str) and name in bundled_names():
        place = files(__package__) / "scenarios" / f"{name}.toml"
        return Document(name, Path(str(place)).parent, place.read_bytes())
    path = Path(name) if folder is None else folder / name
    label = name if folder is None else str(path)
    try:
        return Document(label, path.parent, _bytes(path, label))
    except ScenarioError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no name of a file"
        raise _refused(label, f"a file that cannot be read ({reason.lower()})") from None


def _bytes(path: Path, label: str) -> bytes:
    if path.is_dir():
        inside = "run.json" if (path / "run.json").is_file() else "a .toml file"
        raise _refused(label, "a folder", hint=f"name {inside} in it")
    if not path.exists():
        close = close_names(path.name.removesuffix(".toml"), bundled_names())
        close += close_names(path.name, [each.name for each in path.parent.glob("*.toml")])
        allowed = f"a TOML file, or one of the bundled scenarios {', '.join(bundled_names())}"
        raise _refused(label, "no such file", allowed, did_you_mean(close) if close else "")
    if not path.is_file():
        raise _refused(label, "no file to read", "a TOML file, or a run.json")
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise _refused(label, f"{size / 1e6:.0f} MB", f"at most {LARGEST_FILE / 1e6:.0f} MB")
    return path.read_bytes()


def _tables(label: str, content: bytes) -> dict[str, Any]:
    parsed = _parsed if len(content) <= KEPT else _parsed.__wrapped__
    try:
        return parsed(content, label.endswith(".json"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        allowed = "UTF-8 text"
        found = f"{shown(content[error.start : error.start + 1])} in line {line}, which is not UTF-8"
        raise _refused(label, found, allowed, "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        what, where = _line_of(str(error))
        raise _refused(label, f"no TOML: {what}", entry=where) from None
    except json.JSONDecodeError as error:
        raise _refused(
            label, f"no JSON: {error.msg}", entry=f"line {error.lineno}, column {error.colno}"
        ) from None
    except RecursionError:
        raise _refused(label, "tables nested too deeply", f"at most {DEEPEST} levels") from None
    except _Refused as error:
        raise _refused(label, *error.args) from None
    except ValueError as error:
        raise _refused(label, f"a value that cannot be read: {error}") from None


class _Refused(Exception):
    """Found and allowed, before the name of the file is known."""


@lru_cache(maxsize=32)
def _parsed(content: bytes, record: bool) -> dict[str, Any]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Refused("UTF-16 text", "UTF-8 text")
    if b"\0" in content:
        raise _Refused("a binary file", "a text file in TOML")
    text = content.decode("utf-8-sig")
    if not record:
        _short_keys(text)
    raw = json.loads(text) if record else tomllib.loads(text)
    if record:
        raw = raw.get("scenario") if isinstance(raw, dict) else None
        if not isinstance(raw, dict):
            raise _Refused("no scenario in the record", "the run.json of a run folder")
        raw = {"catalogue": "none", **raw}
    _measure(raw)
    return raw


_WORDS = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?+|"(?:[^"\\\n]|\\.)*+"?+'''
    r"""|'''(?:[^']|'(?!''))*+(?:''')?+|'[^'\n]*+'?+|\#[^\n]*+|[^\s"'\#.=,\[\]{}]++|[ \t]++|.""",
    re.DOTALL,
)


def _short_keys(text: str) -> None:
    """Refuse a key of very many parts: the reader of TOML takes memory by the square of their number."""
    if all(line.count(".") < DEEPEST for line in text.splitlines()):
        return
    dots = 0
    for word in _WORDS.finditer(text):
        match word[0]:
            case ".":
                dots += 1
            case "\n" | "=" | "," | "[" | "]" | "{" | "}":
                dots = 0
        if dots >= DEEPEST:
            raise _Refused(f"tables nested more than {DEEPEST} levels deep", f"at most {DEEPEST} levels")


def measured(label: str, raw: Mapping[str, Any]) -> None:
    """Refuse a table that is nested too deeply or has too many entries, before anything walks through it."""
    try:
        _measure(raw)
    except _Refused as error:
        raise _refused(label, *error.args) from None


def _measure(raw: Mapping[str, Any]) -> None:
    level: list[Any] = [raw]
    entries = depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _Refused(f"tables nested more than {DEEPEST} levels deep", f"at most {DEEPEST} levels")
        below: list[Any] = []
        for each in level:
            entries += len(each)
            below += [
                item
                for item in (each.values() if isinstance(each, Mapping) else each)
                if isinstance(item, Mapping | list)
            ]
        if entries > MOST_ENTRIES:
            raise _Refused("more than a million entries", f"at most {MOST_ENTRIES:,}")
        level = below


def _line_of(message: str) -> tuple[str, str]:
    match = re.search(r"\s*\(at (line \d+, column \d+|end of document)\)", message)
    return (message.replace(match[0], ""), match[1]) if match else (message, "")


def _is_listed(name: str) -> bool:
    return name.endswith(".toml") and name.removesuffix(".toml") not in NOT_LISTED


def _refused(label: str, found: str, allowed: str = "", hint: str = "", entry: str = "") -> ScenarioError:
    return ScenarioError([Problem(file=label, entry=entry, found=found, allowed=allowed, hint=hint)])

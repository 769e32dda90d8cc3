"""Where scenarios are read from: bundled names, TOML files, run records. `parsing` makes tables of bytes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .parsing import scenario_of, tables
from .problems import Problem, ScenarioError, close_names, did_you_mean

LARGEST_FILE = 5_000_000
"""Bytes of a TOML file: what its parser reads in some seconds."""
LARGEST_RECORD = 100_000_000
"""Bytes of a JSON file, which is read much faster."""
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
        if self.label.endswith(".json"):
            return scenario_of(self.label, self.content)
        return tables(self.label, self.content)


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
    return Document(label, path.parent, content(path, label))


def content(path: Path, label: str) -> bytes:
    """The bytes of a file that is none of ours, called `label` in messages.

    Raises ScenarioError, without waiting for anything, for what is no file, unreadable or too large.
    """
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            inside = "run.json" if (path / "run.json").is_file() else "a .toml file"
            raise _refused(label, "a folder", hint=f"name {inside} in it")
        if not stat.S_ISREG(kind.st_mode):
            raise _refused(label, "no file to read", "a TOML file, or a run.json")
        most = LARGEST_RECORD if path.suffix == ".json" else LARGEST_FILE
        if kind.st_size > most:
            raise _refused(label, f"{kind.st_size / 1e6:.0f} MB", f"at most {most / 1e6:.0f} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise _missing(path, label) from None
    except ScenarioError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no name of a file"
        raise _refused(label, f"a file that cannot be read ({reason.lower()})") from None


def _missing(path: Path, label: str) -> ScenarioError:
    if path.suffix == ".json":
        return _refused(label, "no such file", "the run.json of a run folder")
    close = close_names(path.name.removesuffix(".toml"), bundled_names())
    close += close_names(path.name, [each.name for each in path.parent.glob("*.toml") if each != path])
    allowed = f"a TOML file, or one of the bundled scenarios {', '.join(bundled_names())}"
    return _refused(label, "no such file", allowed, did_you_mean(close) if close else "")


def _is_listed(name: str) -> bool:
    return name.endswith(".toml") and name.removesuffix(".toml") not in NOT_LISTED


def _refused(label: str, found: str, allowed: str = "", hint: str = "", entry: str = "") -> ScenarioError:
    return ScenarioError([Problem(file=label, entry=entry, found=found, allowed=allowed, hint=hint)])

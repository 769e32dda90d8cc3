"""A row of the corpus: what is wrong, the command that meets it, and the words of the answer."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Maker = Callable[[Path], object]
"""Makes something at a path; what it returns does not matter."""
Given = str | bytes | Maker

SMALL = "small.toml"
"""A sound scenario that every row finds in its folder."""
DESIGN = "scenario = 'small.toml'\noutcomes = ['streams_1995']\n"
"""The beginning of a sound design on it."""


@dataclass(frozen=True)
class Bad:
    """One bad input.

    `line` is typed after `symbiopark`, in a new folder that holds the sound scenario `small.toml` and
    the `given` files: text, bytes, or a function that makes something at the path. `says` are words of
    the message in their order, with ` ... ` for what may stand between. `missing` tells why a row
    cannot be tried on this machine, and is empty where it can.
    """

    what: str
    line: str
    says: str
    given: Mapping[str, Given] = field(default_factory=dict)
    status: int = 2
    missing: Callable[[], str] = lambda: ""

    @property
    def words(self) -> list[str]:
        """The line as the shell would hand it over."""
        return shlex.split(self.line)

    @property
    def command(self) -> str:
        """The command that meets the input."""
        return next((word for word in self.words if not word.startswith("-")), "")


def prepare(row: Bad, folder: Path, small: bytes) -> None:
    """Put into a new folder what a row is given."""
    (folder / SMALL).write_bytes(small)
    for name, content in row.given.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)


def variant(text: str) -> str:
    """A file that lies over the small park."""
    return f"base = '{SMALL}'\n{text}"


# --- things that are no files


def folder(path: Path) -> None:
    """An empty folder."""
    path.mkdir(parents=True)


def pipe(path: Path) -> None:
    """A named pipe at which nobody writes: who opens it waits for ever."""
    os.mkfifo(path)


def link_to(target: str) -> Maker:
    """A symbolic link."""
    return lambda path: path.symlink_to(target)


def sparse(size: int) -> Maker:
    """A file of so many bytes that takes no room on the disk."""

    def made(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return made


def closed(text: str) -> Maker:
    """A file that nobody may read; root may all the same."""

    def made(path: Path) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0)

    return made


def without_pipes() -> str:
    return "" if hasattr(os, "mkfifo") else "no named pipes here"


def as_root() -> str:
    return "root reads and writes everything" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""

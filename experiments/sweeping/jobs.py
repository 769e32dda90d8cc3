"""A study: runs to do, what one run is, and what must be the same for two sessions to share a folder."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .ledger import Ledger

Columns = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One run: its number in the study, the point, the replicate, and what the work needs of the point."""

    run: int
    point: int
    replicate: int
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """What a run leaves: outcomes by name, and columns (arrays of one length) for each table of the store."""

    outcomes: dict[str, float]
    tables: dict[str, Columns] = field(default_factory=dict)


Work = Callable[[Any, Job], Record]
Rounds = Callable[["Ledger"], Iterator[Sequence[Job]]]


@dataclass(frozen=True)
class Study:
    """Jobs and their work, ready for a runner.

    `work` is a function of a module, called as work(context, job) in any process; `context` is plain
    data. `identity` tells what makes two studies the same, in words a reader knows. `rounds` yields
    jobs in the order in which they are to be done; the next round may depend on the finished ones.
    """

    kind: str
    identity: dict[str, Any]
    context: Any
    work: Work
    outcomes: tuple[str, ...]
    rounds: Rounds
    total: int
    points: list[dict[str, Any]] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)


def job_numbered(points: list[dict[str, Any]], run: int) -> Job:
    """The job with a number among replicates of points, replicate by replicate."""
    return Job(run, run % len(points), run // len(points), points[run % len(points)])


def packed(context: Any) -> bytes:
    """A context as bytes, small enough to travel with every chunk."""
    return zlib.compress(json.dumps(context, ensure_ascii=False).encode(), 6)


@lru_cache(maxsize=4)
def unpacked(context: bytes) -> Any:
    """The context of packed bytes; a worker unpacks it once. Nobody may change it."""
    return json.loads(zlib.decompress(context))


def digest(thing: Any) -> str:
    """Sixteen characters that differ where plain data differ."""
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def model_version() -> str:
    """Version of the package, and a digest of the sources that make its numbers."""
    root, sources = Path(__file__).parents[2], hashlib.sha256()
    for package in ("agents", "simulation"):
        for path in sorted((root / package).rglob("*.py")):
            sources.update(path.name.encode() + path.read_bytes())
    try:
        name = version("symbiopark")
    except PackageNotFoundError:
        name = "not installed"
    return f"{name} (sources {sources.hexdigest()[:12]})"

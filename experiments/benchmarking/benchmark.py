"""All parts of the benchmark, in order; each measures in this process or in one of its own."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version

from . import growth, speed, starting
from .figure import Figure

RUNS_OF_SWEEP, MORE_RUNS_OF_SWEEP = 600, 10_000
RUNS_STORED = 100_000


def parts(full: bool, sizes: tuple[int, ...] = ()) -> list[Callable[[], Sequence[Figure]]]:
    """What is measured: in one to two minutes, or `full`, with 10,000 companies, 10,000 runs and the first compilation."""
    sizes = sizes or (growth.SIZES + growth.MORE_SIZES if full else growth.SIZES)
    chosen: list[Callable[[], Sequence[Figure]]] = [
        speed.kalundborg,
        speed.against_peer,
        speed.against_bound,
        lambda: growth.in_companies(sizes),
        growth.in_quarters,
        growth.in_runs,
        lambda: _swept(MORE_RUNS_OF_SWEEP if full else RUNS_OF_SWEEP),
        starting.start_up,
    ]
    return [*chosen, lambda: _stored(RUNS_STORED), starting.first_compilation] if full else chosen


def _swept(runs: int) -> list[Figure]:
    from .sweep import swept

    return swept(runs)


def _stored(runs: int) -> list[Figure]:
    from .store import store

    return store(runs)


def measured(full: bool, sizes: tuple[int, ...] = ()) -> Iterator[Figure]:
    """The figures as they are found."""
    for part in parts(full, sizes):
        yield from part()


def machine() -> str:
    """Where it was measured, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{_processor()}, {cores} cores; Python {platform.python_version()}, {packages}; {platform.system()}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.processor() or platform.machine()

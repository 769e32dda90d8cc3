"""Room in memory: a park or a job more is refused before it takes what the machine has not got.

On Linux the C library keeps what was freed, in a pool for every few threads; a server of many threads that come
and go would hold for good what it held at its busiest. There it is told not to.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

from simulation.problems import Problem, ScenarioError

SHARE = 0.5
"""Of the memory of the machine that this process may hold."""
POOLS, MAPPED_FROM = -8, -3
"""Numbers of `M_ARENA_MAX` and `M_MMAP_THRESHOLD` of malloc.h."""
LEAST_FREE = 300e6
"""Bytes that stay free on the machine."""


def enough_room() -> None:
    """Refuse what takes memory while this process holds as much as it may. Raises ScenarioError."""
    import psutil

    machine, held = psutil.virtual_memory(), psutil.Process().memory_info().rss
    if held <= SHARE * machine.total and machine.available >= LEAST_FREE:
        return
    found = f"{held / 1e9:.1f} GB in use here, {machine.available / 1e9:.1f} GB free on the machine"
    allowed = f"at most {SHARE * machine.total / 1e9:.1f} GB, and {LEAST_FREE / 1e9:.1f} GB free"
    raise ScenarioError([Problem("memory", found=found, allowed=allowed, hint="try again in some minutes")])


def few_pools() -> None:
    """Let large tables go back to the machine as soon as they are freed, and threads share two pools of the rest."""
    for parameter, value in ((POOLS, 2), (MAPPED_FROM, 128 * 1024)):
        if _library() is not None:
            _library().mallopt(parameter, value)


def give_back() -> None:
    """Give the machine back what is free in the pools."""
    if _library() is not None:
        _library().malloc_trim(0)


@cache
def _library() -> Any:
    """The C library of GNU, None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = ctypes.CDLL("libc.so.6")
    except OSError:
        return None
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None

"""Where the time of a run goes: the phases of a quarter, each timed by itself."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from agents.compiled import rule
from simulation import quarter as overview
from simulation.founding import Foundation
from simulation.quarter import ROOM, has_room, quarter, room_needed
from simulation.run import started
from simulation.state import for_rules, grown

from ..look import share


def phases() -> list[str]:
    """The phases in their order, as the process overview calls them."""
    body = getattr(quarter, "py_func", quarter).__code__
    named = [name for name in body.co_names if name != body.co_name]  # the clock has a quarter too
    return [name for name in named if callable(getattr(overview, name, None))]


def times(foundation: Foundation, seed: int = 0, repeats: int = 5) -> dict[str, float]:
    """Seconds that each phase takes in a run, less what a call costs; the least of some repeats in every quarter."""
    steps = [*phases(), "nothing"]
    _timed(foundation, seed, steps)  # loads what is compiled
    least = np.min([_timed(foundation, seed, steps) for _ in range(repeats)], axis=0).sum(axis=0)
    return {name: max(0.0, float(spent - least[-1])) for name, spent in zip(steps[:-1], least, strict=False)}


def _timed(foundation: Foundation, seed: int, steps: list[str]) -> np.ndarray:
    """Seconds by quarter and step of one run."""
    park = started(foundation, seed)
    rules = for_rules(park)
    called: list[Any] = [getattr(overview, name, nothing) for name in steps]
    spent = np.zeros((foundation.calendar.quarters, len(steps)))
    for row in spent:
        needed = room_needed(rules)
        if not has_room(rules, *needed):
            park = grown(park, dict(zip(ROOM, map(int, needed), strict=True)))
            rules = for_rules(park)
        for at, phase in enumerate(called):
            start = time.perf_counter()
            phase(rules)
            row[at] = time.perf_counter() - start
        park.clock["quarter"] += 1
    return spent


@rule
def nothing(park):
    """What it costs to call a phase."""


def largest(found: dict[str, float], count: int = 3) -> str:
    """The phases that take most of the time, in words: "negotiate 41 %, meet 20 %"."""
    whole = sum(found.values())
    order = sorted(found, key=lambda name: -found[name])[:count]
    return ", ".join(f"{name.replace('_', ' ')} {share(found[name] / whole)}" for name in order)

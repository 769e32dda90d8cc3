"""Run a scenario: `simulate`, the fast host of the rules (the other is `simulation.park`)."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agents.compiled import CACHE_FOLDER, compiled_before
from agents.kept import CHOSEN

from . import draws
from .arguments import checked_events, checked_fields, checked_seed, plain
from .events import Event
from .founding import Foundation, found
from .intervening import interventions
from .layers import Source
from .quarter import ROOM, advance, room_needed
from .reading import load_scenario
from .result import Result
from .scenario import Scenario
from .state import Park, copied, for_rules, grown


def simulate(
    scenario: Source,
    seed: int = 1,
    *,
    replicate: int = 0,
    until: float | None = None,
    set: Mapping[str, Any] | None = None,
    events: Sequence[str] = (),
) -> Result:
    """Run a scenario from its start to its end and return the result; frames are made when asked for.

    `scenario` is a bundled name, a file, or a Scenario; `set` maps dotted field paths to values;
    `events` are words such as "2000 withdraw Gyproc". The same arguments give the same bits.
    Raises ScenarioError with a message per problem.
    """
    seed, replicate, until = checked_seed(seed), checked_seed(replicate, "replicate"), plain(until)
    foundation = foundation_of(scenario, until, set, events)
    park = advanced(started(foundation, seed, replicate), foundation.calendar.quarters)
    return Result(foundation, park, seed, replicate, until)


def foundation_of(
    scenario: Source,
    until: float | None = None,
    set: Mapping[str, Any] | None = None,
    events: Sequence[str] = (),
) -> Foundation:
    """The tables of a scenario before its first quarter, without a seed; the last few are kept in memory."""
    fields, words = checked_fields(set), checked_events(events)
    if not isinstance(scenario, str | os.PathLike):
        return _founded(load_scenario(scenario, set=fields, events=words), until)
    settings = tuple(sorted(fields.items()))
    try:
        hash((settings, until))
    except TypeError:
        return _founded(load_scenario(scenario, set=fields, events=words), until)
    return _kept_foundation(os.fspath(scenario), _age(scenario), until, settings, words)


@functools.lru_cache(maxsize=8)
def _kept_foundation(
    scenario: str,
    _age: float,
    until: float | None,
    settings: tuple[tuple[str, Any], ...],
    events: tuple[str | Event, ...],
) -> Foundation:
    return _founded(load_scenario(scenario, set=dict(settings), events=events), until)


def _age(scenario: str | os.PathLike[str]) -> float:
    """When a file was last changed; 0 for a bundled name."""
    try:
        return os.stat(scenario).st_mtime
    except OSError:
        return 0.0


def _founded(scenario: Scenario, until: float | None) -> Foundation:
    foundation = found(scenario, until)
    table = interventions(scenario.events, scenario, foundation.names, foundation.calendar)
    foundation.park = foundation.park._replace(interventions=table)
    return foundation


def started(foundation: Foundation, seed: int, replicate: int = 0) -> Park:
    """A park of its own at the first quarter, with the key of its draws."""
    park = copied(foundation.park)
    park.clock["key_0"], park.clock["key_1"] = draws.key(seed, replicate)
    return park


def advanced(park: Park, until: int) -> Park:
    """The park after running to a quarter; its tables grow between quarters where they must."""
    say_if_compiling()
    rules = for_rules(park)
    while int(park.clock[0]["quarter"]) < until:
        advance(rules, until)
        if int(park.clock[0]["quarter"]) < until:
            park = grown(park, dict(zip(ROOM, map(int, room_needed(rules)), strict=True)))
            rules = for_rules(park)
    return park


def _announce(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # nobody may be listening
        print(text, file=sys.stderr, flush=True)


announce: Callable[[str], None] = _announce
"""Where the one message about compiling goes; a page or a progress bar may put its own here."""


@functools.cache
def say_if_compiling() -> None:
    """Say once that the first run on a machine compiles the rules."""
    if CACHE_FOLDER is None:
        announce(
            f"Compiling the rules of the model: about a minute. No folder keeps them; {CHOSEN} names one."
        )
    elif not compiled_before():
        announce("Compiling the rules of the model, once on this machine: about a minute.")

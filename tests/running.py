"""Running parks in tests: quarter by quarter or whole, and all that a run has left as digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import GROWING, Park, copied


def quarters(scenario: Scenario, seed: int = 1) -> Iterator[Park]:
    """The park after each quarter."""
    foundation = foundation_of(scenario)
    now = started(foundation, seed)
    for quarter in range(1, foundation.calendar.quarters + 1):
        now = advanced(now, quarter)
        yield now


def steps(scenario: Scenario, seed: int = 1) -> Iterator[tuple[Park, Park]]:
    """A copy of the park before each quarter, and the park after it."""
    foundation = foundation_of(scenario)
    now = started(foundation, seed)
    for quarter in range(1, foundation.calendar.quarters + 1):
        before = copied(now)
        now = advanced(now, quarter)
        yield before, now


def quarter_of(now: Park) -> int:
    """The quarter that has just been run."""
    return int(now.clock[0]["quarter"]) - 1


def run(scenario: Scenario, seed: int = 1, until: float | None = None) -> Park:
    """The park at the end, in one go."""
    foundation = foundation_of(scenario, until)
    return advanced(started(foundation, seed), foundation.calendar.quarters)


def used(table: str, now: Park) -> np.ndarray:
    """A copy of the rows of a table that are in use, as plain records."""
    rows: np.ndarray = np.asarray(getattr(now, table)).view(np.ndarray)
    count = {"journal": "events"}.get(table, table)
    return rows[: int(now.clock[0][count])].copy() if table in GROWING else rows.copy()


HISTORY = (
    "clock", "companies", "processes", "flows", "residues", "needs", "resources", "ties", "opportunities",
    "connections", "contracts", "negotiations", "journal", "indicators", "accounts",
)  # fmt: skip
"""Tables that together are the history of a run."""


def history(now: Park) -> dict[str, str]:
    """A digest of every table of a run: equal digests, equal bits."""
    return {name: hashlib.sha256(used(name, now).tobytes()).hexdigest()[:16] for name in HISTORY}


def history_of(raw: str, seed: int) -> dict[str, str]:
    """The digests of a run of a scenario given as JSON, for another process."""
    return history(run(Scenario.model_validate_json(raw), seed))


def changed(scenario: Scenario, *fields: Any) -> Scenario:
    """The same park with other fields: `changed(scenario, "trust.learning", False)`."""
    raw = scenario.model_dump(by_alias=True)
    for path, value in zip(fields[::2], fields[1::2], strict=True):
        section, field = path.split(".")
        raw[section][field] = value
    return Scenario.model_validate(raw)


def as_json(scenario: Scenario) -> str:
    """A scenario in words that another process can read."""
    return scenario.model_dump_json(by_alias=True)

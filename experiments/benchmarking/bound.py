"""A lower bound of the time of a run: its memory moved, and the arithmetic that no program could leave out.

It counts, for the very run that is measured:

- what a quarter changes in any case, read and written once a quarter: companies, processes with their flows, needs,
  residues, resources, ties, open contracts; what is only written down, once in all;
- for every process in every quarter the draws of its activity and outage, and the exponential between them;
- for every talk that was held one valuation (economy of scale, heat loss, both limits, capital recovery);
- for every round that was played both offers.

It does not count the search: which opportunities are worth a talk, whom to believe, which contract may grow.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.bargaining import offer
from agents.compiled import rule
from agents.production import activity, next_log_activity
from agents.valuation import (
    capital_recovery_factor,
    receiver_limit,
    scaled_cost,
    search_value,
    share_arriving,
    supplier_limit,
)
from simulation import draws
from simulation.founding import Foundation
from simulation.run import advanced, started
from simulation.state import COUNTED, Park

from .timing import seconds

STATE = (
    "companies", "processes", "flows", "residues", "needs", "resources", "ties", "contracts",
)  # fmt: skip
LOGS = ("negotiations", "journal", "indicators", "accounts")
YEAR = 4


def moved_bytes(foundation: Foundation, seed: int) -> tuple[list[int], int, Park]:
    """Bytes of the state in use in each year, bytes of the logs in all, and the park at the end."""
    park, years = started(foundation, seed), []
    for until in range(YEAR, foundation.calendar.quarters + YEAR, YEAR):
        park = advanced(park, min(until, foundation.calendar.quarters))
        years.append(sum(_in_use(park, name) for name in STATE))
    return years, sum(_in_use(park, name) for name in LOGS), park


def _in_use(park: Park, name: str) -> int:
    table: np.ndarray = getattr(park, name)
    if name == "contracts":
        return int(park.clock[0]["open_contracts"]) * table.itemsize
    rows = int(park.clock[0][COUNTED[name]]) if name in COUNTED else len(table)
    return rows * table.itemsize


def bound_seconds(foundation: Foundation, seed: int) -> dict[str, float]:
    """Seconds for the memory and for the arithmetic of one run, and what was counted."""
    years, logs, park = moved_bytes(foundation, seed)
    talks = int(park.clock[0]["negotiations"])
    rounds = int(park.negotiations["rounds"][:talks].sum())
    process_quarters = len(park.processes) * foundation.calendar.quarters
    there, here = (np.ones(max([*years, logs]), np.uint8) for _ in range(2))

    def move() -> None:
        for size in years:
            for _ in range(YEAR):
                np.copyto(here[:size], there[:size])
        np.copyto(here[:logs], there[:logs])

    def compute() -> None:
        arithmetic(park.clock, process_quarters, talks, rounds)

    return {
        "memory": seconds(move), "arithmetic": seconds(compute), "talks": talks, "rounds": rounds,
        "process_quarters": process_quarters, "moved": YEAR * sum(years) + logs,
    }  # fmt: skip


@rule
def arithmetic(clocks: Any, process_quarters: int, talks: int, rounds: int) -> float:
    """Draws, valuations and offers of a run, with numbers of the usual size; the sum keeps them from being left out."""
    clock, total, z = clocks[0], 0.0, 0.0
    for n in range(process_quarters):
        z = next_log_activity(z, 0.7, draws.normal(clock, draws.ACTIVITY, n, 0, 1))
        outage = draws.uniform(clock, draws.OUTAGE, n, 0, 1)
        total += activity(1000.0, 0.85, z, 0.1, 0.5 * (outage < 0.02))
    for n in range(talks):
        size = 1.0 + n % 7
        capital = scaled_cost(1e6, size, 3.0, 0.6) + scaled_cost(2e5, size, 3.0, 0.6)
        arriving = share_arriving(size, 40.0)
        k = capital * capital_recovery_factor(0.08, 40.0) / (1e5 * size)
        low = supplier_limit(3.0, 0.5, 2.0, 0.1, 0.5, k)
        high = receiver_limit(8.0, 0.9, arriving, 0.1, 0.5, 2.0, 0.1, 0.5, k)
        total += search_value(0.5, high, low, 2.0, k, size)
    for n in range(rounds):
        total += offer(9.0, 1.0, 1.0 + n % 19, 20.0, 0.9) + offer(0.0, 7.0, 1.0 + n % 19, 20.0, 1.1)
    return total

"""From when a recorded stream was possible by the dates of the scenario alone.

Arrivals, processes and rules are dated in the scenario, so that a trade may be dated by them whatever companies
decide. Streams that began well after they had become possible test what the model itself says of time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulation.founding_rows import inherited, recipe
from simulation.scenario import Company, Process, Scenario

NEVER = 9999.0


def possible_from(scenario: Scenario, streams: Iterable[tuple[str, str, str]]) -> Iterator[float]:
    """For each (supplier, receiver, residue) the first date at which it could begin.

    The residue is left, the receiver has a need that it can serve, and this is practised.
    9999 where the scenario never makes it possible.
    """
    everyone = {**inherited(scenario), **scenario.prospects}
    for supplier, receiver, residue in streams:
        uses = scenario.substitutions.get(residue, {})
        left = _first(everyone.get(supplier), scenario, {residue}, False)
        dates = (
            max(_first(everyone.get(receiver), scenario, {need}, True), use.from_year, left)
            for need, use in uses.items()
        )
        yield max(scenario.time.starts, min(dates, default=NEVER))


def _first(owner: Company | None, scenario: Scenario, resources: set[str], needs: bool) -> float:
    """First date at which a company leaves (or needs) one of these resources."""
    if owner is None:
        return NEVER
    dates = [
        _begins(owner, process)
        for process in owner.processes.values()
        if _has(process, scenario, resources, needs)
    ]
    return min(dates, default=NEVER)


def _begins(owner: Company, process: Process) -> float:
    starts = process.starts if process.starts is not None else owner.arrives
    return max(-NEVER if starts is None else starts, -NEVER if owner.arrives is None else owner.arrives)


def _has(process: Process, scenario: Scenario, resources: set[str], needs: bool) -> bool:
    inputs, residues, _typical, _jobs = recipe(process, scenario)
    return not resources.isdisjoint(inputs if needs else residues)

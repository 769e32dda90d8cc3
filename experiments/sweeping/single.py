"""One run as a plain function of its fields: what SALib, EMA Workbench, Optuna and pyABC call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.arguments import checked_seed
from simulation.problems import Problem, ScenarioError
from simulation.reading import load_scenario
from simulation.run import Source, foundation_of, simulate
from simulation.uncertain import drawn

from .outcomes import checked, values
from .runs import series_known


def outcome(
    scenario: Source = "kalundborg",
    seed: int = 1,
    *,
    replicate: int = 0,
    outcomes: Sequence[str] | None = None,
    events: Sequence[str] = (),
    until: float | None = None,
    uncertain: bool = False,
    **fields: Any,
) -> dict[str, float]:
    """Outcomes of one run by name.

    `fields` are dotted paths of the scenario, `**{"trust.prior": 0.6}`, or the same as identifiers,
    `trust__prior=0.6`. `outcomes` are names as in a design file; None means every indicator in the last
    whole year (`streams_2024`). The same arguments give the same numbers, in any process. Outcomes
    against the twin (`savings_loss`) need `events`. Raises ScenarioError.
    """
    seed, replicate = checked_seed(seed), checked_seed(replicate, "replicate")
    settings = {name.replace("__", "."): value for name, value in fields.items()}
    loaded = load_scenario(scenario, set=settings)
    if uncertain:
        loaded = drawn(loaded, seed, replicate, kept=settings)
    calendar = foundation_of(loaded, until).calendar
    first, last = -int(-calendar.year(0) // 1), int(calendar.year(calendar.quarters)) - 1
    if outcomes is not None and isinstance(outcomes, str):
        raise ScenarioError([Problem(field="outcomes", found=repr(outcomes), allowed="a list of names")])
    wanted = [f"{name}_{last}" for name in series_known()] if outcomes is None else outcomes
    chosen = checked(wanted, first, last, bool(events))
    run = simulate(loaded, seed, replicate=replicate, until=until, events=events)
    twin = None
    if any(each.against_twin for each in chosen):
        twin = simulate(loaded, seed, replicate=replicate, until=until)
    return values(chosen, run, twin)

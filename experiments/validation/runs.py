"""Runs of an ensemble, each reduced to the numbers that scores and patterns need.

A `Variant` says how a run differs from the scenario: the model as it is, a null model, a rule switched
off. `runs_of` is the one place where runs are made; it may spread them over processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.founding import Foundation
from simulation.result import Result
from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from ..sweeping.executors import Pool

Change = Callable[[Scenario], Scenario]
CHUNK = 10
"""Runs that a process does at a time."""

OF_CONTRACT = [
    "begun_by_supplier", "begun_by_receiver", "residue", "input", "class", "signed", "starts", "ends", "capex",
    "payback", "carrier", "facilitated", "renewals", "status", "reason", "divided",
]  # fmt: skip


@dataclass(frozen=True)
class RunNumbers:
    """What is kept of a run.

    `spans`: a row for every pair that held a stream, with `starts` and `ends` (`result.holders`).
    `contracts`: a row a contract that came into operation, `divided` where it was split off
    at a change of owner. `yearly`: indicators by calendar year and `savings_on_map`.
    """

    seed: int
    spans: pd.DataFrame
    contracts: pd.DataFrame
    yearly: pd.DataFrame

    def at(self, indicator: str, year: int) -> float:
        """An indicator of a year; NaN where the run does not cover it."""
        if year not in self.yearly.index:
            return float("nan")
        return float(self.yearly[indicator].to_numpy()[self.yearly.index.get_loc(year)])


def numbers_of(result: Result) -> RunNumbers:
    """Reduce a run."""
    last = float(result.indicators["year"].iloc[-1]) + 0.25
    contracts, events = result.contracts, result.events
    parts = set(events.loc[events["what"] == "stream is divided", "contract"])
    contracts = contracts.assign(divided=contracts.index.isin(parts))
    return RunNumbers(
        seed=result.seed,
        spans=result.holders,
        contracts=contracts.loc[contracts["starts"] < last, OF_CONTRACT].reset_index(drop=True),
        yearly=result.yearly().join(savings_on_map(result)),
    )


def savings_on_map(result: Result) -> pd.Series:
    """What the companies on the map save a year, EUR: profit above what they would earn without trades.

    Published savings are those of the partners of the park: farms, cement works or a lake beyond the map, whose
    gains `savings` holds too, are not among them. Before capital, as `savings`, and net of the costs of talking.
    """
    names, external = result.foundation.names.companies, result.park.companies["external"]
    here = {name for name, beyond in zip(names, external, strict=True) if not beyond}
    accounts = result.accounts
    saved = accounts[accounts["company"].isin(here)].groupby("year")["savings"].sum()
    return saved.rename("savings_on_map")


def unchanged(scenario: Scenario) -> Scenario:
    """The model as it is."""
    return scenario


@dataclass(frozen=True)
class Variant:
    """A scenario as one question asks for it; with `uncertain`, every run draws its estimates anew."""

    scenario: Scenario
    change: Change = unchanged
    uncertain: bool = False

    def runs(self, seeds: Iterable[int]) -> Iterator[RunNumbers]:
        """Run the seeds one after another."""
        foundation: Foundation | None = None
        for seed in seeds:
            if foundation is None or self.uncertain:
                foundation = self.foundation(seed)
            yield numbers_of(self.run(foundation, seed))

    def foundation(self, seed: int) -> Foundation:
        """The tables before the first quarter."""
        scenario = self.scenario
        if self.uncertain:
            from simulation.uncertain import drawn

            scenario = drawn(scenario, seed)
        return foundation_of(self.change(scenario))

    def run(self, foundation: Foundation, seed: int) -> Result:
        """One run from start to end."""
        park = advanced(started(foundation, seed), foundation.calendar.quarters)
        return Result(foundation, park, seed)


def runs_of(
    variant: Any, seeds: Sequence[int], pool: Pool | None = None, tell: Callable[[int], None] | None = None
) -> list[RunNumbers]:
    """The numbers of every seed, in order; `tell` is called with how many more are done.

    Without a `pool` they are run here, one after another.
    """
    tell = tell or (lambda _count: None)
    found: list[RunNumbers] = []
    if pool is None:
        for each in variant.runs(seeds):
            found.append(each)
            tell(1)
        return found
    from ..sweeping.spread import spread

    chunks = [(variant, seeds[at : at + CHUNK]) for at in range(0, len(seeds), CHUNK)]
    for part in spread(pool, _chunk, chunks):
        found += part
        tell(len(part))
    return found


def _chunk(variant: Any, seeds: Sequence[int]) -> list[RunNumbers]:
    return list(variant.runs(seeds))

"""Null models: what the record would look like if the model's mechanisms explained nothing.

All three are runs of the same scenario, with the same flows, prices and dates, and with the same
bookkeeping of quantities and contracts. They differ in what decides that a stream starts:

- *frictionless*: all know each other, trust fully, talk as much as they like, accept any payback and build
  without lead time, so that every trade with a positive joint surplus starts in the next quarter; of
  trades that want the same flow the most valuable goes first.
- *delay*: the same, but every stream starts one common number of years after it became feasible and
  profitable. The number is fitted to the recorded counts of the calibration period.
- *random*: in each quarter as many streams start as in the model's run with the same seed, each drawn from
  all that are technically possible then: residue and need are there, in reach, and not served yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.bargaining import SUPPLIER
from agents.fields import PLANNED, PRESENT
from simulation.appraisal import settle_price
from simulation.contracts import sign
from simulation.founding import Foundation
from simulation.market import reserve
from simulation.negotiation import limits, new_negotiation
from simulation.quarter import ROOM, room_needed
from simulation.result import Result
from simulation.run import advanced, started
from simulation.scenario import Scenario
from simulation.state import for_rules, grown
from simulation.terms import draw_up

from .record import Record
from .runs import RunNumbers, Variant, numbers_of, runs_of

NAMES = ("random", "frictionless", "delay")
LONGEST_DELAY = 20.0
"""Years, the longest lead time that a scenario may state."""
STEP = 1.0
FITTED_ON = 2
"""Seeds; without frictions they hardly differ."""

ALL_MEET = {
    "chance": 1.0, "reach": 1e4, "chance_beyond": 1.0, "reach_beyond": 1e5, "siting_chance": 1.0,
    "siting_reach": 1e4, "ties_target": 0.0,
}  # fmt: skip
NO_FRICTION: dict[str, dict[str, Any]] = {
    "meeting": ALL_MEET,
    "trade": {"attention": 50.0, "look_again": 0.25, "cool_off": 0.25, "cool_off_longest": 0.25},
    "bargaining": {"protocol": "fixed", "guard": 0.0, "round_cost": 0.0},
    "trust": {"mode": "off"},
    "economy": {"payback_private": 100.0, "payback_public": 100.0, "payback_taste": 0.01, "credit": 10.0},
    "investment": {"lead_base": 0.0, "lead_slope": 0.0, "lead_shortest": 0.0, "lead_longest": 0.0},
    "association": {"starts": 9999.0},
}


def with_fields(scenario: Scenario, changes: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """A scenario with other parameters; what single companies state on payback and attention is dropped too."""
    sections = {
        name: getattr(scenario, name).model_copy(update=dict(fields)) for name, fields in changes.items()
    }
    own = {"payback": None, "attention": None}
    people = {
        group: {name: each.model_copy(update=own) for name, each in getattr(scenario, group).items()}
        for group in ("companies", "prospects")
    }
    return scenario.model_copy(update={**sections, **people})


def frictionless(scenario: Scenario) -> Scenario:
    """Nothing but surplus decides."""
    return with_fields(scenario, NO_FRICTION)


@dataclass(frozen=True)
class Delayed:
    """Nothing but surplus decides, and every stream takes `years` to start."""

    years: float

    def __call__(self, scenario: Scenario) -> Scenario:
        lead = {
            "lead_base": self.years,
            "lead_slope": 0.0,
            "lead_shortest": self.years,
            "lead_longest": self.years,
        }
        return with_fields(scenario, {**NO_FRICTION, "investment": lead})


def fitted_delay(scenario: Scenario, record: Record, seeds: Sequence[int]) -> float:
    """The common delay, years, that brings the number of streams nearest to the recorded counts.

    Least squares over the counts of the calibration period (of all years where there is none); where two
    are equal, the shorter.
    """
    period = record.periods[0]
    counts = {year: value for year, value in record.counts().items() if period.holds(year)}
    chosen, best = 0.0, np.inf
    for years in np.arange(0.0, LONGEST_DELAY + STEP, STEP):
        runs = runs_of(Variant(scenario, Delayed(float(years))), seeds[:FITTED_ON])
        means = {year: np.mean([run.at("streams", year) for run in runs]) for year in counts}
        away = sum((means[year] - value) ** 2 for year, value in counts.items())
        if away < best:
            chosen, best = float(years), away
    return chosen


def strangers_trade(scenario: Scenario) -> Scenario:
    """Nobody negotiates: streams are put there by the draw, and stay until their term or a side is gone."""
    quiet = {**NO_FRICTION, "trade": {"attention": 0.0}, "contract": {"notice": 20.0, "tendering": False}}
    return with_fields(scenario, quiet)


@dataclass(frozen=True)
class RandomTrades:
    """As many streams as start in the paired runs of the model, between partners drawn at random."""

    base: Variant
    paired: Mapping[int, np.ndarray]
    """By seed: the dates at which streams of the model's run started."""

    def runs(self, seeds: Iterable[int]) -> Iterator[RunNumbers]:
        """Run the seeds one after another."""
        variant = Variant(self.base.scenario, strangers_trade, self.base.uncertain)
        foundation: Foundation | None = None
        for seed in seeds:
            if foundation is None or self.base.uncertain:
                foundation = variant.foundation(seed)
            yield numbers_of(self.run(foundation, seed))

    def run(self, foundation: Foundation, seed: int) -> Result:
        """One run from start to end."""
        quarters = foundation.calendar.quarters
        counts = np.bincount(
            [min(max(1, foundation.calendar.quarter(date)), quarters) for date in self.paired[seed]],
            minlength=quarters + 1,
        )
        draw = np.random.Generator(np.random.Philox(np.random.SeedSequence(seed)))
        park = started(foundation, seed)
        for quarter in np.flatnonzero(counts):
            park = advanced(park, int(quarter) - 1)
            if quarter > 1:  # nobody has met before the first quarter is over
                park = _with_streams(park, int(counts[quarter]), draw)
        return Result(foundation, advanced(park, quarters), seed)


def _with_streams(park: Any, wanted: int, draw: np.random.Generator) -> Any:
    """The park with some more contracts, drawn from all opportunities that are technically possible now."""
    room = dict(zip(ROOM, map(int, room_needed(for_rules(park))), strict=True))
    for name in ("connections", "contracts", "negotiations", "journal"):
        room[name] += 4 * wanted
    park = grown(park, room)
    rules, terms = for_rules(park), park.terms[0]
    open_rows = _possible(park)
    for row in draw.permutation(open_rows):
        if wanted == 0:
            break
        if park.opportunities[row]["contract"] >= 0:
            continue
        terms["contract"], terms["mediated"] = -1, 0
        draw_up(rules, int(row), terms)
        if terms["feasible"]:
            _sign(rules, park, int(row), terms)
            wanted -= 1
    return park


def _possible(park: Any) -> np.ndarray:
    """Opportunities of two companies that are there or about to build, that practice allows, without a contract."""
    quarter = int(park.clock[0]["quarter"])
    table = np.asarray(park.opportunities[: int(park.clock[0]["opportunities"])]).view(np.ndarray)
    status = np.asarray(park.companies["status"])
    there = (status == PRESENT) | (status == PLANNED)
    trading = there & (np.asarray(park.companies["trading"]) == 1)
    practised = np.asarray(park.substitutions["practised"])[table["substitution"]] <= quarter
    met = np.asarray(park.ties["since"])[table["tie"]] <= quarter
    possible = (
        trading[table["supplier"]] & trading[table["receiver"]] & practised & met & (table["contract"] < 0)
    )
    return np.flatnonzero(possible)


def _sign(rules: Any, park: Any, row: int, terms: Any) -> None:
    """Sign an opportunity at half the surplus, whatever its sign."""
    entry = park.opportunities[row]
    low, high = limits(rules, terms, 0.5)
    new_negotiation(rules, terms, SUPPLIER, low, high)
    terms["split"] = 0.5
    settle_price(rules, terms, 0.5)
    reserve(rules, int(entry["residue"]), int(entry["need"]), terms, 1.0)
    sign(rules, terms)

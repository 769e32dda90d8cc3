"""The record as it is scored: which streams, in which years, before and after the calibration.

Rows of low confidence are neither asked for nor held against a run: a simulated stream that matches one is left out
of the score. A stream that changed hands with a company (a demerger, a utility split off) began
with its first holder; such rows count where streams in operation are compared, not where starts are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.scenario import Scenario

from ..record import KEY, recorded_streams, recorded_values
from .possible import possible_from

if TYPE_CHECKING:
    import pandas as pd

    from .runs import RunNumbers

Key = tuple[str, str, str]
LAST_QUARTER = 0.75
"""A year is compared in its last quarter."""


@dataclass(frozen=True)
class Period:
    """Years `first` to `last`, both included, with the name that scores carry."""

    name: str
    first: float
    last: float

    def holds(self, year: float) -> bool:
        """Whether a date lies in the period."""
        return bool(self.first <= year < self.last + 1)


FREE_AFTER = 2.0
"""Years between the date from which a stream was possible and its recorded start that leave time to the model."""


@dataclass(frozen=True, eq=False)
class Record:
    """The record of a scenario, ready to be scored.

    `streams`: a row a recorded stream, with `sure` (more than low confidence), `handed_on` (began by a
    change of owner) and `free` (began two years or more after it was possible: the dates of the scenario do
    not give its start away). `years`: at which streams in operation are compared. `periods`: in sample and
    out of sample where the scenario says to which year it was calibrated, else one.
    """

    scenario: Scenario
    streams: pd.DataFrame
    years: tuple[int, ...]
    periods: tuple[Period, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> Record:
        """Read it from the scenario's history. Raises ScenarioError where there is none."""
        from simulation.problems import Problem, ScenarioError

        history = scenario.history
        if not history.counts:
            hint = "validation holds a park against its record: counts by year, and streams"
            raise ScenarioError([Problem(scenario.name, "history", "counts", found="none", hint=hint)])
        streams = recorded_streams(history)
        streams["sure"] = streams["confidence"] != "low"
        streams["handed_on"] = [_handed_on(scenario, streams, row) for row in streams.to_dict("records")]
        streams["possible_from"] = list(possible_from(scenario, key_list(streams)))
        streams["free"] = streams["starts"] - streams["possible_from"] >= FREE_AFTER
        first, last = scenario.time.starts, scenario.time.ends
        years = tuple(year for year in recorded_values(history, "streams") if first <= year < last)
        return cls(scenario, streams, years, _periods(history.calibrated_to, first, last))

    def counts(self, name: str = "streams") -> dict[int, float]:
        """Recorded counts by year within the run: `streams`, `reported` or `partners`."""
        time = self.scenario.time
        values = recorded_values(self.scenario.history, name)
        return {year: value for year, value in values.items() if time.starts <= year < time.ends}

    @cached_property
    def operating(self) -> dict[int, set[Key]]:
        """By year of score: sure streams in operation at its end."""
        return {year: self._operating(year, True) for year in self.years}

    @cached_property
    def unsure(self) -> dict[int, set[Key]]:
        """By year of score: streams of low confidence in operation at its end."""
        return {year: self._operating(year, False) for year in self.years}

    @cached_property
    def begun(self) -> dict[str, pd.DataFrame]:
        """By name of period: sure streams that began in it, those handed on left out."""
        table = self.streams[self.streams["sure"] & ~self.streams["handed_on"]]
        return {
            each.name: table[np.array([each.holds(year) for year in table["starts"]], bool)]
            for each in self.periods
        }

    @cached_property
    def known(self) -> set[Key]:
        """Every stream on record, of any confidence."""
        return keys(self.streams)

    @cached_property
    def not_asked(self) -> set[Key]:
        """Streams whose start is not scored: of low confidence, or handed on."""
        return keys(self.streams[~self.streams["sure"] | self.streams["handed_on"]])

    def _operating(self, year: float, sure: bool) -> set[Key]:
        table = self.streams[self.streams["sure"] == sure]
        return keys(table[(table["starts"] <= year) & ~(table["ends"] <= year)])


def keys(table: pd.DataFrame) -> set[Key]:
    """Supplier, receiver and residue of each row."""
    return set(key_list(table))


def key_list(table: pd.DataFrame) -> list[Key]:
    """The same, row by row."""
    return list(zip(*(table[name].tolist() for name in KEY), strict=True))


def simulated(run: RunNumbers, year: float) -> set[Key]:
    """Streams of a run in operation in the last quarter of a year."""
    date, spans = year + LAST_QUARTER, run.spans
    now = (spans["starts"].to_numpy() <= date) & (spans["ends"].to_numpy() > date)
    return set(zip(*(spans[name].to_numpy(object)[now] for name in KEY), strict=True))


def first_starts(run: RunNumbers) -> dict[Key, float]:
    """First start of every stream of a run, known by the companies that began it."""
    table = run.contracts
    whose = (table[name].tolist() for name in ("begun_by_supplier", "begun_by_receiver", "residue", "starts"))
    starts: dict[Key, float] = {}
    for supplier, receiver, residue, start in zip(*whose, strict=True):
        key = (supplier, receiver, residue)
        starts[key] = min(start, starts.get(key, np.inf))
    return starts


def _periods(split: float | None, first: float, last: float) -> tuple[Period, ...]:
    if split is None or not first < split < last - 1:
        return (Period("all years", first, last - 1),)
    return Period(f"to {split:.0f}", first, split), Period(f"from {split + 1:.0f}", split + 1, last - 1)


def _handed_on(scenario: Scenario, streams: pd.DataFrame, row: dict) -> bool:
    """Whether a stream begins in the year of a change of owner that gave it to one of its two ends."""
    for handover in scenario.successions:
        if int(handover.year) != int(row["starts"]):
            continue
        for side in ("supplier", "receiver"):
            if row[side] == handover.taker:
                before = {**row, side: handover.giver}
                same = np.logical_and.reduce([streams[name] == before[name] for name in KEY])
                if (same & (streams["starts"] < row["starts"])).any():
                    return True
    return False

"""The patterns that a park should show, each tested on the ensemble: pass, fail, or not testable and why.

A pattern is a sentence of what is tested and a function from an `Ensemble` to a `Finding`, with the simulated
numbers beside the recorded ones. What a scenario's record does not hold makes a pattern not testable there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..look import number
from .ensemble import Ensemble
from .runs import RunNumbers
from .scores import BAND

PASS, FAIL, NOT_TESTABLE = "pass", "fail", "not testable"


@dataclass(frozen=True)
class Finding:
    """What came of a pattern: the verdict, simulated and recorded numbers in words."""

    verdict: str
    simulated: str
    recorded: str

    @classmethod
    def of(cls, checks: dict[str, bool], simulated: str, recorded: str) -> Finding:
        """Pass if all checks hold; those that do not are named after the simulated numbers."""
        wrong = [name for name, holds in checks.items() if not holds]
        note = f" (not: {'; '.join(wrong)})" if wrong and len(checks) > 1 else ""
        return cls(FAIL if wrong else PASS, simulated + note, recorded)


class NotTestable(Exception):
    """Raised by a pattern whose record or scenario lacks what it needs; the message says what."""


@dataclass(frozen=True)
class Pattern:
    """A numbered pattern: what is tested, and how."""

    number: int
    tested: str
    function: Callable[[Ensemble], Finding]

    def finding(self, ensemble: Ensemble) -> Finding:
        """Test it."""
        try:
            return self.function(ensemble)
        except NotTestable as why:
            return Finding(NOT_TESTABLE, str(why), "")


def interval(values: Iterable[float], digits: int = 3) -> str:
    """Mean and 90 % interval of runs in words: 15.5 (13-18); without runs, none."""
    there = np.array([value for value in values if not np.isnan(value)])
    if not len(there):
        return "none"
    low, high = np.percentile(there, BAND)
    return f"{number(float(there.mean()), digits)} ({number(low, digits)} to {number(high, digits)})"


def mean_of(runs: Sequence[RunNumbers], name: str, year: int) -> float:
    """Mean of an indicator in a year over runs."""
    return float(np.mean(values_of(runs, name, year)))


def values_of(runs: Sequence[RunNumbers], name: str, year: int) -> list[float]:
    """An indicator in a year of every run. Raises NotTestable where the run does not cover it."""
    if year not in runs[0].yearly.index:
        raise NotTestable(f"the run does not cover {year}")
    return [run.at(name, year) for run in runs]


def recorded_at(ensemble: Ensemble, name: str, years: Sequence[int]) -> list[float]:
    """Recorded counts of these years. Raises NotTestable where one is missing."""
    values = ensemble.record.counts(name)
    missing = [str(year) for year in years if year not in values]
    if missing:
        raise NotTestable(f"the record says nothing of {name} in {', '.join(missing)}")
    return [values[year] for year in years]


def total(ensemble: Ensemble, indicator: str, year: int) -> float:
    """A published total. Raises NotTestable where there is none."""
    for each in ensemble.scenario.history.totals:
        if each.indicator == indicator and each.year == year:
            return each.value
    raise NotTestable(f"no {indicator.replace('_', ' ')} of {year} is published")


def stream_starts(runs: Sequence[RunNumbers], **where: Any) -> list[float]:
    """First start in each run of a stream such as residue="fly_ash"; NaN in a run without it."""
    found = []
    for run in runs:
        table = run.contracts
        for name, value in where.items():
            table = table[table[name] == value]
        found.append(float(table["starts"].min()) if len(table) else np.nan)
    return found


def recorded_streams_of(ensemble: Ensemble, **where: Any) -> Any:
    """Recorded streams such as residue="fgd_gypsum". Raises NotTestable where there is none."""
    table = ensemble.record.streams
    for name, value in where.items():
        table = table[table[name] == value]
    if not len(table):
        raise NotTestable(
            f"the record has no stream of {' '.join(map(str, where.values())).replace('_', ' ')}"
        )
    return table

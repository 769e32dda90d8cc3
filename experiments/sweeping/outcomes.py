"""What a run is asked for, by name: `savings_2018`, `streams_mean_1990_2000`, `streams_first_above_10`.

    NAME_YEAR                         the year's value: stocks at its end, flows summed over it
    NAME_mean|max|min|sum_FROM_TO     over whole years, both included
    NAME_first_above_X                first year in which the value is above X; none when never
    NAME_depth, NAME_loss, NAME_recovery
                                      of the run with its events against its twin without them

Depth is a share of the twin's level, loss years of it, recovery years until 95 % of it for good; no number where
the last year of the run does not bear it out. NAME is an indicator (`simulation.indicators`) or a metric
(`simulation.metrics`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulation.events import parse_event
from simulation.indicators import INDICATOR, STOCKS
from simulation.metrics import METRICS
from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.resilience import QUARTER, resilience
from simulation.result import Result

NEVER = math.nan
PROOF = 4
"""Quarters at the end of a run without a fall below 95 % that a recovery takes to be believed."""
YEAR = re.compile(r"(.+)_(\d{4})")
SPAN = re.compile(r"(.+)_(mean|max|min|sum)_(\d{4})_(\d{4})")
ABOVE = re.compile(r"(.+)_first_above_(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)")
AGAINST_TWIN = re.compile(r"(.+)_(depth|loss|recovery)")
STATISTICS: dict[str, Callable[[np.ndarray], Any]] = {
    "mean": np.mean,
    "max": np.max,
    "min": np.min,
    "sum": np.sum,
}
FORMS = "NAME_YEAR, NAME_mean|max|min|sum_FROM_TO, NAME_first_above_X, or NAME_depth|loss|recovery"


class Yearly:
    """Indicators and metrics of a run by calendar year, as arrays; only whole years."""

    def __init__(self, result: Result) -> None:
        self.result = result
        clock = result.park.clock[0]
        self.table = result.park.indicators[: int(clock["quarter"])]
        starts = result.foundation.calendar.year(0)
        self.skipped = round(4 * (math.ceil(starts) - starts))
        self.whole = max(0, (len(self.table) - self.skipped) // 4)
        self.years = math.ceil(starts) + np.arange(self.whole)

    def column(self, name: str) -> np.ndarray:
        """Values of an indicator or a metric, one a year."""
        if name in METRICS:
            return np.asarray(self._metrics[name].reindex(self.years).to_numpy(float))
        quarters = self.table[name][self.skipped : self.skipped + 4 * self.whole].reshape(self.whole, 4)
        return quarters[:, -1].copy() if name in STOCKS else quarters.sum(axis=1)

    def shock(self, twin: Yearly) -> int:
        """The quarter from which the run is compared with its twin: of its first event, or an earlier difference."""
        calendar = self.result.foundation.calendar
        first = min(calendar.quarter(parse_event(each).year) for each in self.result.scenario.events)
        names = self.table.dtype.names
        differs = np.flatnonzero(np.any([self.table[name] != twin.table[name] for name in names], axis=0))
        return int(max(0, min([first, *differs[:1]])))

    @cached_property
    def _metrics(self) -> Any:
        return self.result.metrics.set_index("year")


@dataclass(frozen=True)
class Outcome:
    """One number of a run. `statistic` is a year's value, or what its name says; `numbers` its years or limit."""

    text: str
    name: str
    statistic: str
    numbers: tuple[float, ...] = ()

    @property
    def against_twin(self) -> bool:
        """Whether the run must be compared with the same run without its events."""
        return self.statistic in ("depth", "loss", "recovery")

    @property
    def may_never(self) -> bool:
        """Whether it is a time that a run need not come to: no number is then later than any."""
        return self.statistic in ("first_above", "recovery")

    def value(self, run: Yearly, twin: Yearly | None = None) -> float:
        """The outcome of a run; NaN for a year that it has not, for never, and for a recovery not seen."""
        if self.against_twin:
            assert twin is not None
            return self._against(run, twin)
        values = run.column(self.name)
        if self.statistic == "first_above":
            above = np.flatnonzero(values > self.numbers[0])
            return float(run.years[above[0]]) if len(above) else NEVER
        first, last = self.numbers[0], self.numbers[-1]
        chosen = values[(run.years >= first) & (run.years <= last)]
        if len(chosen) == 0:
            return NEVER
        return float(chosen[-1] if self.statistic == "year" else STATISTICS[self.statistic](chosen))

    def _against(self, run: Yearly, twin: Yearly) -> float:
        since = run.shock(twin)
        figures = resilience(run.table[self.name][since:], twin.table[self.name][since:])
        if self.statistic == "recovery":
            proved = len(run.table) - since - float(figures.time) / QUARTER >= PROOF
            return float(figures.time) if figures.recovered and proved else NEVER
        return float(figures.depth if self.statistic == "depth" else figures.loss)


def parsed(text: str) -> Outcome:
    """The outcome that a name means. Raises ScenarioError with the nearest name."""
    outcome = _matched(text)
    if outcome is None or not all(map(math.isfinite, outcome.numbers)):
        raise ScenarioError([Problem(field="outcomes", found=shown(text), allowed=FORMS)])
    known = [*(name for name in INDICATOR.units() if name != "quarter"), *METRICS]
    if outcome.name not in known:
        hint = nearest(outcome.name, known)
        raise ScenarioError(
            [
                Problem(
                    field="outcomes", found=f"{shown(text)}, and {outcome.name!r} is no indicator", hint=hint
                )
            ]
        )
    if outcome.against_twin and outcome.name in METRICS:
        allowed = "an indicator, which is known in every quarter"
        raise ScenarioError([Problem(field="outcomes", found=shown(text), allowed=allowed)])
    return outcome


def _matched(text: str) -> Outcome | None:
    if match := SPAN.fullmatch(text):
        return Outcome(text, match[1], match[2], (float(match[3]), float(match[4])))
    if match := ABOVE.fullmatch(text):
        return Outcome(text, match[1], "first_above", (float(match[2]),))
    if match := YEAR.fullmatch(text):
        return Outcome(text, match[1], "year", (float(match[2]),))
    if match := AGAINST_TWIN.fullmatch(text):
        return Outcome(text, match[1], match[2])
    return None


def checked(texts: Iterable[str], first: int, last: int, events: bool) -> list[Outcome]:
    """Outcomes that runs over the whole years `first` to `last` can give. Raises ScenarioError."""
    problems: list[Problem] = []
    found: list[Outcome] = []
    for text in texts:
        try:
            outcome = parsed(text)
        except ScenarioError as error:
            problems += error.problems
            continue
        problems += _unanswerable(outcome, first, last, events)
        if any(each.text == text for each in found):
            problems.append(
                Problem(field="outcomes", found=f"{shown(text)} twice", allowed="each outcome once")
            )
        found.append(outcome)
    if problems:
        raise ScenarioError(problems)
    return found


def _unanswerable(outcome: Outcome, first: int, last: int, events: bool) -> list[Problem]:
    years = outcome.numbers if outcome.statistic in ("year", *STATISTICS) else ()
    if any(not first <= year <= last for year in years):
        allowed = f"years {first} to {last}, the whole years of a run"
        return [Problem(field="outcomes", found=shown(outcome.text), allowed=allowed)]
    if list(years) != sorted(years):
        return [Problem(field="outcomes", found=shown(outcome.text), allowed="FROM before TO")]
    if outcome.against_twin and not events:
        allowed = "events in the design, without which a run has no twin"
        return [Problem(field="outcomes", found=shown(outcome.text), allowed=allowed)]
    return []


def values(outcomes: Sequence[Outcome], result: Result, twin: Result | None = None) -> dict[str, float]:
    """All outcomes of a run by name."""
    run, other = Yearly(result), None if twin is None else Yearly(twin)
    return {each.text: each.value(run, other) for each in outcomes}


def unit_of_change(outcome: Outcome) -> str:
    """Unit of a difference between two values of an outcome: between two years it is years."""
    unit = unit_of(outcome)
    return "years" if unit == "year" else unit


def unit_of(outcome: Outcome) -> str:
    """Unit of an outcome: of a share "1", of a year "year", of flows those of a year or of a span."""
    if outcome.statistic in ("first_above",):
        return "year"
    if outcome.against_twin:
        return "1" if outcome.statistic == "depth" else "years"
    unit = METRICS[outcome.name].unit if outcome.name in METRICS else INDICATOR.units()[outcome.name]
    per_year = unit.replace("/quarter", "/year")
    return per_year.removesuffix("/year") if outcome.statistic == "sum" else per_year

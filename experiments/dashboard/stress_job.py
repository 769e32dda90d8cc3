"""What happens when a partner goes: paired runs with the same luck, with it and without it.

The seam to a fuller stress test: `Plan` says what to try, `stress` does it, `Outcome` holds arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.intervening import interventions
from simulation.problems import Problem, ScenarioError
from simulation.reading import load_scenario
from simulation.run import advanced, started
from simulation.state import copied

from . import actions
from .course import Course
from .limits import limits

RECOVERED = 0.95
"""Share of the twin's savings from which on a park counts as recovered, if it stays there for a year."""
SHOWN = 0.9
"""Share of the runs that bands hold."""


@dataclass(frozen=True)
class Plan:
    """Which partners leave, when, over how many paired runs, and for how many years it is watched."""

    course: Course
    partners: tuple[str, ...]
    year: float
    years: float
    runs: int

    @property
    def quarters(self) -> tuple[int, int]:
        """The quarter in which they leave, and the one at which the watch ends."""
        calendar = self.course.foundation.calendar
        first = max(0, calendar.quarter(self.year))
        return first, min(first + max(4, round(4 * self.years)), calendar.quarters)

    def checked(self) -> Plan:
        """Itself. Raises ScenarioError for what cannot be run, or is more than a visitor may ask for."""
        total, most = self.runs * max(1, len(self.partners)), limits().stress_runs
        first, last = self.quarters
        problems = []
        if not self.partners:
            problems.append(Problem("partners", found="none", allowed="at least one"))
        if not self.runs >= 1 or total > most:
            problems.append(
                Problem(
                    "runs",
                    found=f"{self.runs} for each of {len(self.partners)}",
                    allowed=f"1 to {most} in all",
                )
            )
        if last - first < 4:
            problems.append(
                Problem(
                    "year", found=f"{self.year:g}", allowed="a year at least one before the end of the run"
                )
            )
        if problems:
            raise ScenarioError(problems)
        for name in self.partners:
            load_scenario(self.course.scenario, events=[self.words(name)])
        return self

    def words(self, name: str) -> str:
        """The event that takes a partner out."""
        return f"{self.year:g} {actions.withdraw(name)}"


@dataclass(frozen=True)
class Outcome:
    """Differences, run without the partner less run with it.

    `savings` and `co2` are sums over the watched years (EUR, t) by partner and run, `own` is what the
    partner itself had gained, `streams` those at the end; `curve` is the share of the twin's savings by
    partner, run and quarter; `companies` the mean difference by partner and company (EUR).
    """

    plan: Plan
    there: np.ndarray
    savings: np.ndarray
    own: np.ndarray
    co2: np.ndarray
    streams: np.ndarray
    curve: np.ndarray
    companies: np.ndarray

    @property
    def order(self) -> list[int]:
        """Partners by their mean loss, the largest first."""
        means = self.savings.mean(axis=1)
        return sorted(range(len(means)), key=lambda k: (means[k], self.plan.partners[k]))

    @property
    def recovery(self) -> np.ndarray:
        """Quarters until the park has recovered, by partner and run; -1 where it has not within the watch."""
        held = self.curve >= RECOVERED
        count = held.shape[2]
        stays = np.stack([held[:, :, k : k + 4].all(axis=2) for k in range(max(1, count - 3))], axis=2)
        first = stays.argmax(axis=2)
        return np.where(stays.any(axis=2), first, -1)


def stress(plan: Plan, progress: Callable[[int, int], None]) -> Outcome:
    """Run all pairs: for every seed one run with everybody, and one for each partner without it."""
    names = plan.course.foundation.names
    first, last = plan.quarters
    shape = (len(plan.partners), plan.runs)
    sums = {name: np.zeros(shape) for name in ("savings", "own", "co2", "streams")}
    there = np.zeros(shape, bool)
    curve = np.ones((*shape, last - first))
    companies = np.zeros((len(plan.partners), len(names.companies)))
    tables = [_interventions(plan, name) for name in plan.partners]
    progress(0, plan.runs * len(plan.partners))
    for run in range(plan.runs):
        start = _started(plan, run, first)
        base = advanced(copied(start), last)
        gains = _gains(base) - _gains(start)
        for k, name in enumerate(plan.partners):
            row = names.company_row[name]
            park = advanced(copied(start)._replace(interventions=tables[k]), last)
            there[k, run] = int(base.companies[row]["arrives"]) <= first < int(base.companies[row]["leaves"])
            sums["savings"][k, run] = _sum(park, "savings", first, last) - _sum(base, "savings", first, last)
            sums["co2"][k, run] = _sum(park, "co2_avoided", first, last) - _sum(
                base, "co2_avoided", first, last
            )
            sums["own"][k, run] = -gains[row]
            ends = (float(each.indicators[last - 1]["streams"]) for each in (park, base))
            sums["streams"][k, run] = next(ends) - next(ends)
            curve[k, run] = _share(park, base, first, last)
            companies[k] += (_gains(park) - _gains(start) - gains) / plan.runs
            progress(run * len(plan.partners) + k + 1, plan.runs * len(plan.partners))
    return Outcome(plan, there, sums["savings"], sums["own"], sums["co2"], sums["streams"], curve, companies)


def _interventions(plan: Plan, name: str) -> np.ndarray:
    course = plan.course
    words = [*course.words, plan.words(name)]
    return interventions(words, course.scenario, course.foundation.names, course.foundation.calendar)


def _started(plan: Plan, run: int, quarter: int) -> Any:
    """A park at the quarter before anybody leaves, with the luck of this run."""
    course = plan.course
    table = interventions(course.words, course.scenario, course.foundation.names, course.foundation.calendar)
    return advanced(started(course.foundation, course.seed, run)._replace(interventions=table), quarter)


def _sum(park: Any, indicator: str, first: int, last: int) -> float:
    return float(park.indicators[first:last][indicator].sum())


def _gains(park: Any) -> np.ndarray:
    """Gain from streams of every company since the start, EUR."""
    gains: np.ndarray = np.asarray(park.accounts["savings"]).reshape(-1, len(park.companies)).sum(axis=0)
    return gains


def _share(park: Any, base: Any, first: int, last: int) -> np.ndarray:
    """Savings of the last four quarters since the event as a share of the twin's; 1 where the twin saves nothing."""
    yearly = []
    for each in (park, base):
        total = np.concatenate([[0.0], np.cumsum(each.indicators[:last]["savings"])])
        ends = np.arange(first + 1, last + 1)
        yearly.append(total[ends] - total[np.maximum(ends - 4, first)])
    share: np.ndarray = np.where(yearly[1] > 0, yearly[0] / np.where(yearly[1] > 0, yearly[1], 1.0), 1.0)
    return share

"""A small sweep: one field at some values, some seeds each, and what becomes of the park."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments import look
from simulation.fieldpaths import describe
from simulation.problems import Problem, ScenarioError

from .course import Course
from .limits import limits, too_much_work
from .series import MEASURES, curve
from .uploads import may_be_set


@dataclass(frozen=True)
class Sweep:
    """A field from low to high at so many points, so many seeds each, read at the end of a year."""

    course: Course
    field: str
    low: float
    high: float
    points: int
    runs: int
    year: float

    def checked(self) -> Sweep:
        """Itself. Raises ScenarioError."""
        described = describe(self.course.scenario, self.field)
        total, most = self.points * self.runs, limits().stress_runs
        problems = []
        if (
            not isinstance(described.value, int | float)
            or isinstance(described.value, bool)
            or not may_be_set(self.field)
        ):
            problems.append(Problem("field", found=self.field, allowed="a setting that is a number"))
        elif not self.low < self.high or not (
            described.limits.hold(self.low) and described.limits.hold(self.high)
        ):
            problems.append(
                Problem(
                    self.field,
                    found=f"{self.low:g} to {self.high:g}",
                    allowed=described.allowed or "low below high",
                )
            )
        if not 2 <= self.points <= 50 or not self.runs >= 1 or total > most:
            problems.append(
                Problem(
                    "runs",
                    found=f"{self.points} points of {self.runs}",
                    allowed=f"2 to 50 points, at most {most} runs in all",
                )
            )
        problems += too_much_work(self.course.scenario, total)
        if problems:
            raise ScenarioError(problems)
        return self

    @property
    def values(self) -> np.ndarray:
        """The points."""
        return np.linspace(self.low, self.high, self.points)


def swept(sweep: Sweep, progress: Callable[[int, int], None]) -> np.ndarray:
    """Measures by point, run and measure; the seeds are the same at every point."""
    found = np.zeros((sweep.points, sweep.runs, len(MEASURES)))
    progress(0, sweep.points * sweep.runs)
    for k, value in enumerate(sweep.values):
        number: float = (
            int(round(value))
            if isinstance(describe(sweep.course.scenario, sweep.field).value, int)
            else float(value)
        )
        for run in range(sweep.runs):
            course = Course(
                sweep.course.source, sweep.course.seed + run, {**sweep.course.settings, sweep.field: number}
            )
            course.carry(sweep.course.words)
            course.go_to(course.quarter_of(sweep.year))
            found[k, run] = [curve(course, measure)[-1] for measure in MEASURES]
            progress(k * sweep.runs + run + 1, sweep.points * sweep.runs)
    return found


def told(sweep: Sweep, found: np.ndarray) -> dict[str, Any]:
    """A panel a measure: mean and 90 % of runs at every point."""
    field = describe(sweep.course.scenario, sweep.field)
    panels = []
    for place, measure in enumerate(MEASURES):
        values = found[:, :, place] / measure.divisor
        panels.append(
            {
                "name": measure.name,
                "unit": measure.unit,
                "mean": values.mean(axis=1).round(5).tolist(),
                "low": np.percentile(values, 5, axis=1).round(5).tolist(),
                "high": np.percentile(values, 95, axis=1).round(5).tolist(),
                "top": max(float(values.max()), 1e-9),
                "top_told": look.number(float(values.max())),
            }
        )
    return {
        "x": sweep.values.round(6).tolist(),
        "field": field.meaning or field.path,
        "path": field.path,
        "panels": panels,
        "caption": (
            f"Model result at the end of {look.year(sweep.year)}, {look.plural(sweep.runs, 'seed')} a point: "
            "mean and 90 % of runs."
        ),
    }


def table(sweep: Sweep, found: np.ndarray) -> str:
    """CSV: a row a point and run."""
    lines = [",".join([sweep.field, "seed", *(measure.indicator for measure in MEASURES)])]
    for k, value in enumerate(sweep.values):
        for run in range(sweep.runs):
            lines.append(
                ",".join(
                    [f"{value:.6g}", str(sweep.course.seed + run), *(f"{each:.6g}" for each in found[k, run])]
                )
            )
    return "\n".join(lines) + "\n"

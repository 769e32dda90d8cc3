"""Quarters and years, and dated paths turned into a value for every quarter."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from agents.fields import NEVER

from .arguments import checked_number
from .problems import Problem, ScenarioError, number
from .quantities import DatedPath
from .scenario import Money, Scenario

FORESIGHT_COLUMNS = (
    41  # quarters behind the end of a run that paths still cover: foresight is at most ten years
)

LATEST_YEAR = 2500


@dataclass(frozen=True)
class Calendar:
    """When a run starts and how many quarters it has; quarter 0 starts at `first_year`."""

    first_year: float
    quarters: int
    money: Money

    @classmethod
    def of(cls, scenario: Scenario, until: float | None = None) -> Calendar:
        """From the start of `time.starts` to the start of `until` or `time.ends`: 1960 to 2025 is 260 quarters."""
        asked = checked_until(until, scenario, "until")
        ends = scenario.time.ends if asked is None else asked
        return cls(scenario.time.starts, max(1, round(4 * (ends - scenario.time.starts))), scenario.money)

    @property
    def columns(self) -> int:
        """Quarters for which paths hold a value."""
        return self.quarters + FORESIGHT_COLUMNS

    def quarter(self, year: float | None) -> int:
        """The quarter in which a date falls; a quarter that never comes for no date or year 9999."""
        if year is None or year >= 9999:
            return NEVER
        return math.floor(4 * (year - self.first_year) + 1e-9)

    def year(self, quarter: int) -> float:
        """Decimal year in which a quarter starts."""
        return self.first_year + quarter / 4

    def values(self, path: DatedPath, money: bool) -> np.ndarray:
        """The path in every quarter, `scale` included; with `money` in EUR of `money.year`."""
        years = self.first_year + np.arange(self.columns) / 4
        values = _read(path, years) * path.scale
        if money and path.currency != "EUR":
            rate = self.money.exchange[path.currency]
            values = values * (_read(rate, years) if path.nominal else rate.at(self.money.year))
        if money and path.nominal:
            values = values * self.money.index.at(self.money.year) / _read(self.money.index, years)
        return np.ascontiguousarray(values)


def _read(path: DatedPath, years: np.ndarray) -> np.ndarray:
    dates = np.array(list(path.by_year))
    values = np.array(list(path.by_year.values()))
    if path.step:
        return values[np.clip(np.searchsorted(dates, years, side="right") - 1, 0, None)]
    return np.interp(years, dates, values)


def checked_until(
    until: float | None, scenario: Scenario, file: str = "--until", field: str = ""
) -> float | None:
    """The end of a run as it was asked for, at `file` and `field`. Raises ScenarioError for none of its years."""
    first = scenario.time.starts + 0.25
    if until is None:
        return None
    allowed = f"a year, {number(first)} to {LATEST_YEAR}"
    year = checked_number(until, file, allowed, field)
    if not first <= year <= LATEST_YEAR:
        raise ScenarioError([Problem(file, field=field, found=number(year), allowed=allowed)])
    return year

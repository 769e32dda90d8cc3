"""Curves of a run beside its twin and the record, and what the counters say now."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments import look
from experiments.record import recorded_values

from .course import Course


@dataclass(frozen=True)
class Measure:
    """An indicator on the page: its name in words, unit, what divides it, whether it is a flow."""

    indicator: str
    name: str
    unit: str = ""
    divisor: float = 1.0
    flow: bool = False

    def told(self, value: float) -> str:
        """A value as printed, without its unit: whole, of at most three digits, or a share with two."""
        if self.unit == "0 to 1":
            return look.fixed(value, 2)
        return look.count(value) if self.whole else look.number(value / self.divisor)

    @property
    def whole(self) -> bool:
        return not self.unit


MEASURES = (
    Measure("streams", "Streams in operation"),
    Measure("partners", "Partners with a stream"),
    Measure("co2_avoided", "CO₂ avoided", "kt/yr", 1e3, flow=True),
    Measure("water_saved", "Fresh water saved", "M m³/yr", 1e6, flow=True),
    Measure("savings", "Saved by the companies", "M EUR/yr", 1e6, flow=True),
    Measure("trust_mean", "Trust among acquaintances", "0 to 1"),
)
NEGLIGIBLE = 0.001
"""Share of a value below which a difference is told as almost none."""
FLAT = 1e-9
"""Height of a chart in which nothing ever happens."""
BY_NAME = {measure.indicator: measure for measure in MEASURES}


def curve(course: Course, measure: Measure) -> np.ndarray:
    """The indicator in every quarter so far; of a flow the sum of the last four quarters."""
    values: np.ndarray = np.asarray(course.tables.indicators[: course.quarter][measure.indicator], float)
    if not measure.flow:
        return values
    total = np.concatenate([[0.0], np.cumsum(values)])
    first = np.maximum(np.arange(len(values)) - 3, 0)
    yearly: np.ndarray = total[1:] - total[first]
    return yearly


def now(course: Course, measure: Measure) -> float:
    """The value now; 0 before the first quarter."""
    values = curve(course, measure)
    return float(values[-1]) if len(values) else 0.0


def cards(course: Course, twin: Course | None, whole: Course, acted: float | None = None) -> dict[str, Any]:
    """One card for each measure: the number now, the record, the curve, and that of the twin, dotted.

    `whole` is a finished run of the same park: it sets the heights, so that no axis jumps. `acted` is the
    year of the first action.
    """
    first, quarters = course.foundation.calendar.first_year, course.quarters
    return {
        "first": first,
        "last": first + quarters / 4,
        "now": first + course.quarter / 4,
        "acted": acted,
        "cards": [_card(course, twin, whole, measure) for measure in MEASURES],
    }


def _card(course: Course, twin: Course | None, whole: Course, measure: Measure) -> dict[str, Any]:
    values = curve(course, measure)
    other = curve(twin, measure) if twin is not None else None
    first, last = course.foundation.calendar.first_year, course.year
    recorded = {
        year: value
        for year, value in sorted(recorded_values(course.scenario.history, measure.indicator).items())
        if first <= year < first + course.quarters / 4
    }
    known = [year for year in recorded if year < last]
    top = max(
        [
            float(each.max())
            for each in (values, other, curve(whole, measure))
            if each is not None and len(each)
        ]
        + [*recorded.values(), FLAT]
    )
    if measure.unit == "0 to 1":
        top = 1.0
    current = float(values[-1]) if len(values) else 0.0
    card: dict[str, Any] = {
        "key": measure.indicator,
        "name": measure.name,
        "unit": measure.unit,
        "value": measure.told(current),
        "top": top,
        "top_told": told_top(measure, top),
        "park": _short(values),
        "twin": None if other is None else _short(other),
        "recorded": [[year + 0.5, value] for year, value in recorded.items()],
        "beside": "",
        "difference": "",
    }
    if known:
        card["beside"] = f"recorded {measure.told(recorded[known[-1]])} in {known[-1]}"
    if measure.indicator == "partners" and len(values):
        members = look.plural(float(course.tables.indicators[course.quarter - 1]["members"]), "member")
        card["beside"] += f"{'; ' if card['beside'] else ''}{members} of the association"
    if other is not None and len(other):
        card["difference"] = difference_told(measure, current - float(other[-1]), current)
    return card


def told_top(measure: Measure, top: float) -> str:
    """What stands at the upper end of an axis: nothing where nothing happens."""
    return measure.told(top) if top > FLAT else ""


def difference_told(measure: Measure, difference: float, size: float = 0.0) -> str:
    """A difference with its sign: +3, −1.2; in words where it is none or too small beside the size of the thing."""
    if difference == 0:
        return "no difference"
    told = measure.told(abs(difference))
    if abs(difference) < NEGLIGIBLE * abs(size) or not any(digit in told for digit in "123456789"):
        return "almost none"
    return f"{'+' if difference > 0 else look.MINUS}{told}"


def _short(values: np.ndarray) -> list[float]:
    """Values with four digits: more cannot be seen and would only be sent."""
    return [
        0.0 if value == 0 else round(value, 3 - math.floor(math.log10(abs(value))))
        for value in values.tolist()
    ]

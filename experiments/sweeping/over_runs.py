"""An outcome over many runs: quantiles in which a run that never comes to it counts as later than all others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.dotted import parse_path
from simulation.slots import slot_at

from .. import look
from .outcomes import Outcome, parsed, unit_of

if TYPE_CHECKING:
    import pandas as pd

BAND = (0.05, 0.5, 0.95)
EARLIEST, NO_YEAR = 1500, 9999
"""The earliest year there is; the year that means never."""


def quantiles(values: pd.Series, outcome: Outcome, levels: Sequence[float] = BAND) -> list[float]:
    """Quantiles of finished runs. Of a time that may never come, infinite where that share of runs has not come to it."""
    if not outcome.may_never:
        return [float(each) for each in values.dropna().quantile(list(levels))]
    ordered = sorted(values.fillna(math.inf))
    if not ordered:
        return [math.nan] * len(levels)
    return [float(ordered[max(0, math.ceil(level * len(ordered) - 1e-9) - 1)]) for level in levels]


def shown(value: float, unit: str) -> str:
    """An outcome with its unit."""
    if math.isinf(value) and unit in ("year", "years"):
        return "never"
    if unit == "year":
        return look.year(value)
    return look.amount(value, unit) if unit not in ("", "1") else look.number(value)


def field_value(path: str, value: float) -> str:
    """The value of a field as it is read: years without thousands, 9999 as never."""
    slot = slot_at(parse_path(path))
    extra = slot.info.json_schema_extra if slot is not None else None
    dated = isinstance(extra, dict) and extra.get("unit") == "year"
    if value > EARLIEST and (dated or (slot is not None and (slot.limits.least or 0) >= EARLIEST)):
        return "never" if value >= NO_YEAR else look.year(value)
    return look.number(value)


def spread_said(values: pd.Series, name: str) -> str:
    """Median and band of the finished runs, and in how many it never comes."""
    outcome = parsed(name)
    unit, never = unit_of(outcome), int(values.isna().sum())
    if outcome.may_never and never == len(values):
        return f"{name}: never (model result, {look.plural(never, 'run')})"
    low, middle, high = (shown(each, unit) for each in quantiles(values, outcome))
    of = f"{look.plural(len(values), 'run')}{f', in {look.count(never)} never' if never else ''}"
    return f"{name}: median {middle}, 5 to 95 % of runs {low} to {high} (model result, {of})"

"""The figure of a sweep: an outcome over each field of the design, with bands of runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, Style
from .outcomes import parsed, unit_of
from .over_runs import field_value, quantiles, shown

WIDTH, PANEL, ACROSS = 9.6, 2.3, 3
WIDEST = 4.6
"""Inches of a panel that has the sheet for itself."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_FIELDS, MOST_VALUES, BINS = 6, 8, 8


@dataclass(frozen=True)
class OverFields:
    """What is drawn: the runs of a sweep, the fields of its design, one outcome."""

    runs: pd.DataFrame
    fields: list[str]
    outcome: str


def over_fields(of: OverFields, style: Style = LIGHT) -> Figure:
    """Median, 50 % and 90 % of runs of an outcome over each field, the most telling field first."""
    ranked = sorted(of.fields, key=lambda name: -explained(of.runs, name, of.outcome))[:MOST_FIELDS]
    across = min(ACROSS, max(len(ranked), 1))
    rows = -(-max(len(ranked), 1) // across)
    divisor, unit = _unit(of)
    sound = of.runs[of.outcome].notna() | parsed(of.outcome).may_never
    points = of.runs["point"].nunique()
    caption = (
        f"Model results, {look.count(sound.sum())} runs of {look.plural(points, 'point')}. "
        "Dots: median; thick and thin lines: 50 and 90 % of runs, over all other fields and seeds."
    )
    title = headline(of)
    height = 1.5 + canvas.more_lines(title, WIDTH) + PANEL * rows
    page = canvas.sheet(WIDTH, height, "Sweep", title, caption, style)
    step = min((WIDTH - 0.9) / across, WIDEST)
    for number, name in enumerate(ranked):
        column, row = number % across, number // across
        top = page.top - 0.3 - row * PANEL
        axes = page.panel(0.75 + column * step, top - PANEL + 0.95, 0.75 + column * step + step - 0.55, top)
        _panel(axes, of.runs.loc[sound, name], _bands(of, name, sound) / divisor, unit, style)
        canvas.label(
            axes, 0.5, -0.32, name, style.ink, look.SMALL, transform=axes.transAxes, ha="center", va="top"
        )
        if number == 0:
            canvas.over(axes, f"{of.outcome}{', ' + unit if unit else ''}", style)
    return page.figure


def headline(of: OverFields) -> str:
    """One sentence: the field over which the median moves most."""
    values, outcome = of.runs[of.outcome], parsed(of.outcome)
    unit = unit_of(outcome)
    if outcome.may_never and values.isna().all():
        return f"{of.outcome}: never, in {look.plural(len(values), 'run')}"
    if not of.fields or values.isna().all():
        return f"{of.outcome}: median {shown(quantiles(values, outcome, [0.5])[0], unit)}"
    name = max(of.fields, key=lambda each: explained(of.runs, each, of.outcome))
    medians = _bands(of, name, values.notna() | outcome.may_never)[0.5]
    ends = shown(float(medians.iloc[0]), unit), shown(float(medians.iloc[-1]), unit)
    low, high = (field_value(name, float(end)) for end in (of.runs[name].min(), of.runs[name].max()))
    if ends[0] == ends[1]:
        return f"{of.outcome}: median {ends[0]} at both ends of {name}, {low} and {high}"
    return f"{of.outcome} goes from {ends[0]} to {ends[1]} as {name} goes from {low} to {high}"


def explained(runs: pd.DataFrame, name: str, outcome: str) -> float:
    """Share of the variance of an outcome between the groups of a field; of its ranks where it may never come."""
    values = runs[outcome].rank(na_option="bottom") if parsed(outcome).may_never else runs[outcome]
    spread = float(np.nanvar(values.to_numpy(float)))
    if spread == 0 or np.isnan(spread):
        return 0.0
    means = values.groupby(_grouped(runs[name]), observed=True).transform("mean")
    return float(np.nanvar(means)) / spread


def _bands(of: OverFields, name: str, chosen: pd.Series) -> pd.DataFrame:
    """Quantiles of the outcome in each group of a field, a column a level."""
    outcome, field = parsed(of.outcome), of.runs.loc[chosen, name]
    groups = of.runs.loc[chosen, of.outcome].groupby(_grouped(field), observed=True)
    rows = {group: quantiles(values, outcome, LEVELS) for group, values in groups}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVELS))


def _panel(axes: Axes, field: pd.Series, bands: pd.DataFrame, unit: str, style: Style) -> None:
    x = field.groupby(_grouped(field), observed=True).median().to_numpy(float)
    known = bands.to_numpy()[np.isfinite(bands)]
    never = known.max() + 0.25 * (np.ptp(known) or 4.0) if len(known) else 1.0
    some_never = bool(np.isinf(bands.to_numpy()).any())
    bands = bands.replace(np.inf, never)
    axes.vlines(x, bands[0.05], bands[0.95], color=look.SIMULATED, linewidth=1.2)
    axes.vlines(x, bands[0.25], bands[0.75], color=look.SIMULATED, linewidth=4.5)
    axes.plot(x, bands[0.5], "o", color=style.ink, ms=4.5)
    if field.nunique() <= MOST_VALUES:
        values = sorted(field.unique())
        axes.set_xticks(values, [field_value(str(field.name), float(each)) for each in values])
    else:
        axes.xaxis.set_major_formatter(lambda value, _: field_value(str(field.name), value))
        axes.locator_params(axis="x", nbins=4)
    margin = 0.08 * (x.max() - x.min() or 1.0)
    axes.set_xlim(x.min() - margin, x.max() + margin)
    canvas.numbers(axes, 4, whole=unit == "year")
    if unit == "year":
        axes.yaxis.set_major_formatter(lambda value, _: look.year(value))
    if some_never:
        _never(axes, never, known.max() if len(known) else None, unit)


def _never(axes: Axes, height: float, latest: float | None, unit: str) -> None:
    """A tick for runs that never come to it, above all that do."""
    low = axes.get_ylim()[0]
    ticks = [each for each in axes.get_yticks() if latest is not None and low <= each <= latest]
    said = [look.year(each) if unit == "year" else look.number(each) for each in ticks]
    axes.set_yticks([*ticks, height], [*said, "never"])
    axes.set_ylim(top=height + 0.06 * np.ptp(axes.get_ylim()))


def _grouped(field: pd.Series) -> pd.Series:
    """The values of a field where they are few, else bins that hold as many runs each."""
    if field.nunique() <= MOST_VALUES:
        return field
    return pd.qcut(field, BINS, duplicates="drop")


def _unit(of: OverFields) -> tuple[float, str]:
    unit = unit_of(parsed(of.outcome))
    return (
        (1e6, f"M {unit}") if of.runs[of.outcome].abs().max() >= 1e6 else (1.0, "" if unit == "1" else unit)
    )

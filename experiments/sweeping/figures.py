"""The figure of a sweep: an outcome over each field of the design, with bands of runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, Style
from .command import shown
from .outcomes import parsed, unit_of

WIDTH, PANEL, ACROSS = 9.6, 2.3, 3
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
    rows = -(-max(len(ranked), 1) // ACROSS)
    divisor, unit = _unit(of)
    sound = of.runs[of.outcome].notna()
    points = of.runs["point"].nunique()
    caption = (
        f"Model results, {look.count(sound.sum())} runs of {look.plural(points, 'point')}. "
        "Dots: median; thick and thin lines: 50 and 90 % of runs, over all other fields and seeds."
    )
    page = canvas.sheet(WIDTH, 1.6 + PANEL * rows, "Sweep", headline(of), caption, style)
    step = (WIDTH - 0.9) / ACROSS
    for number, name in enumerate(ranked):
        column, row = number % ACROSS, number // ACROSS
        top = page.top - 0.3 - row * PANEL
        axes = page.panel(0.75 + column * step, top - PANEL + 0.95, 0.75 + column * step + step - 0.55, top)
        _panel(axes, of.runs.loc[sound, name], of.runs.loc[sound, of.outcome] / divisor, style)
        canvas.label(
            axes, 0.5, -0.32, name, style.ink, look.SMALL, transform=axes.transAxes, ha="center", va="top"
        )
        if number == 0:
            canvas.over(axes, f"{of.outcome}{', ' + unit if unit else ''}", style)
    return page.figure


def headline(of: OverFields) -> str:
    """One sentence: the field over which the median moves most."""
    values = of.runs[of.outcome].dropna()
    unit = unit_of(parsed(of.outcome))
    if not of.fields or values.empty:
        return (
            f"{of.outcome}: median {shown(float(values.median()), unit)}"
            if len(values)
            else f"{of.outcome}: no run"
        )
    name = max(of.fields, key=lambda each: explained(of.runs, each, of.outcome))
    medians = of.runs.groupby(_grouped(of.runs[name]), observed=True)[of.outcome].median()
    ends = shown(float(medians.iloc[0]), unit), shown(float(medians.iloc[-1]), unit)
    low, high = (look.number(float(end)) for end in (of.runs[name].min(), of.runs[name].max()))
    return f"{of.outcome} goes from {ends[0]} to {ends[1]} as {name} goes from {low} to {high}"


def explained(runs: pd.DataFrame, name: str, outcome: str) -> float:
    """Share of the variance of an outcome between the groups of a field."""
    values = runs[outcome].to_numpy(float)
    spread = float(np.nanvar(values))
    if spread == 0 or np.isnan(spread):
        return 0.0
    means = runs.groupby(_grouped(runs[name]), observed=True)[outcome].transform("mean")
    return float(np.nanvar(means)) / spread


def _panel(axes: Axes, field: pd.Series, values: pd.Series, style: Style) -> None:
    groups = values.groupby(_grouped(field), observed=True)
    places = field.groupby(_grouped(field), observed=True).median()
    bands = groups.quantile(np.array([0.05, 0.25, 0.5, 0.75, 0.95])).unstack()
    x = places.to_numpy(float)
    axes.vlines(x, bands[0.05], bands[0.95], color=look.SIMULATED, linewidth=1.2)
    axes.vlines(x, bands[0.25], bands[0.75], color=look.SIMULATED, linewidth=4.5)
    axes.plot(x, bands[0.5], "o", color=style.ink, ms=4.5)
    if field.nunique() <= MOST_VALUES:
        axes.set_xticks(sorted(field.unique()), [look.number(float(each)) for each in sorted(field.unique())])
    else:
        axes.xaxis.set_major_formatter(lambda value, _: look.number(value))
    margin = 0.08 * (x.max() - x.min() or 1.0)
    axes.set_xlim(x.min() - margin, x.max() + margin)
    canvas.numbers(axes, 4)


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

"""Figures of a validation: counts with their band, published totals, and the table of all figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from .. import canvas, look
from ..look import LIGHT, Style
from .figures_of_streams import WIDTH, false_streams, split, streams

if TYPE_CHECKING:
    from .study import Validation


def counts(found: Validation, style: Style = LIGHT) -> Figure:
    """Streams in operation by year: 50 and 90 % of runs, null models, recorded and reported counts."""
    runs, record = found.ensemble.runs, found.ensemble.record
    years = runs[0].yearly.index.to_numpy()
    curves = np.array([run.yearly["streams"].to_numpy() for run in runs])
    recorded = record.counts()
    inside, asked = found.inside
    title = f"{inside} of {look.plural(asked, 'recorded count')} {'lies' if inside == 1 else 'lie'} inside the band of runs"
    caption = (
        f"Model result, {found.said_runs}. Line: mean of runs; bands: 50 and 90 % of runs. Dots: recorded, rows of low "
        "confidence left out. Dashed: counts as reported at the time. Dotted: means of the null models."
    )
    page = canvas.sheet(WIDTH, 5.6, found.title, title, caption, style)
    axes = page.panel(0.6, page.bottom + 0.25, WIDTH - 1.6, page.top - 0.25)
    for low, high, alpha in ((5, 95, 0.25), (25, 75, 0.4)):
        edges = np.percentile(curves, [low, high], axis=0)
        axes.fill_between(years + 0.5, *edges, color=look.SIMULATED, alpha=alpha, linewidth=0)
    axes.plot(years + 0.5, curves.mean(axis=0), color=look.SIMULATED, linewidth=look.DATA_LINE)
    ends = [(float(curves.mean(axis=0)[-1]), "simulated", look.SIMULATED)]
    highest = float(np.percentile(curves, 95, axis=0).max())
    for name, runs_of_null in found.nulls.items():
        mean = np.mean([run.yearly["streams"].to_numpy() for run in runs_of_null], axis=0)
        axes.plot(years + 0.5, mean, color=style.soft, linewidth=1.0, linestyle=":")
        ends.append((float(mean[-1]), name, style.soft))
        highest = max(highest, float(mean.max()))
    reported = record.counts("reported")
    if reported:
        axes.plot(
            [y + 0.5 for y in reported],
            list(reported.values()),
            color=style.ink,
            linewidth=1.0,
            linestyle=(0, (4, 3)),
        )
    axes.plot(
        [year + 0.5 for year in recorded], list(recorded.values()), "o", color=style.ink, markersize=6,
        markeredgecolor=style.paper, zorder=5,
    )  # fmt: skip
    split(axes, found, style)
    first = min(recorded)
    axes.annotate("recorded", (first + 0.5, recorded[first]), xytext=(-7, 8), textcoords="offset points", ha="right",
                  color=style.ink, size=look.LABEL, family=look.FONT, path_effects=canvas.halo(style))  # fmt: skip
    axes.set_ylim(0, 1.05 * max(highest, *reported.values(), *recorded.values()))
    canvas.years(axes, years[0], years[-1] + 1)
    canvas.numbers(axes, whole=True)
    canvas.over(axes, "streams in operation", style)
    canvas.end_labels(axes, years[-1] + 1.4, ends)
    return page.figure


def totals(found: Validation, style: Style = LIGHT) -> Figure:
    """Simulated over published totals on a logarithmic scale."""
    table = found.totals.iloc[::-1]
    near = int(table["mean"].between(0.5, 2).sum())
    met = "is met" if near == 1 else "are met"
    title = f"{near} of {look.plural(len(table), 'published total')} {met} within a factor of two"
    caption = (
        f"Model result, {found.said_runs}. Dot: mean of simulated over published; line: 90 % of runs. Shaded: within "
        "a factor of two. CO2 totals of different years were published by different methods."
    )
    page = canvas.sheet(WIDTH, 1.9 + 0.3 * len(table), found.title, title, caption, style)
    axes = page.panel(2.6, page.bottom + 0.35, WIDTH - 0.9, page.top - 0.3)
    axes.axvspan(0.5, 2, color=style.guide, alpha=0.5, linewidth=0)
    axes.axvline(1, color=style.ink, linewidth=look.GUIDE_LINE)
    for row, (name, entry) in enumerate(table.iterrows()):
        low, high = max(entry["low"], 1e-3), max(entry["high"], 1e-3)
        axes.plot([low, high], [row, row], color=look.SIMULATED, linewidth=look.DATA_LINE)
        axes.plot([max(entry["mean"], 1e-3)], [row], "o", color=look.SIMULATED, markersize=6)
        place = dict(va="center", clip_on=False, transform=axes.get_yaxis_transform())
        indicator, year = str(name).split(", ")
        canvas.label(
            axes,
            -0.02,
            row,
            f"{look.sentence(look.words(indicator))}, {year}",
            style.ink,
            look.SMALL,
            ha="right",
            **place,
        )
        canvas.label(
            axes, 1.02, row, look.number(entry["mean"], 2), style.soft, look.SMALL, ha="left", **place
        )
    axes.set_xscale("log")
    edges = (
        min(0.2, float(table["low"].clip(lower=0.01).min()) * 0.8),
        max(5.0, float(table["high"].max()) * 1.25),
    )
    axes.set_xlim(*edges)
    ticks = [
        tick
        for tick in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
        if edges[0] <= tick <= edges[1]
    ]
    axes.set_xticks(ticks)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: look.number(value)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_yticks([])
    axes.set_ylim(-0.7, len(table) - 0.3)
    canvas.over(axes, "simulated / published", style)
    return page.figure


def figures_of(found: Validation) -> dict[str, Callable[[Validation, Style], Figure]]:
    """The figures that this record allows, by the name of their file."""
    lacking = {
        "streams": not len(found.formation),
        "totals": not len(found.totals),
        "false-streams": not len(found.false),
    }
    return {name: draw for name, draw in FIGURES.items() if not lacking.get(name, False)}


FIGURES: dict[str, Callable[[Validation, Style], Figure]] = {
    "counts": counts,
    "streams": streams,
    "totals": totals,
    "false-streams": false_streams,
}
"""Figures of a validation by the name of their file."""

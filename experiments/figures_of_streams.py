"""Streams and partners over the years, with the record as dots."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import canvas, look
from .look import CLASS_COLOURS, LIGHT, Style
from .record import recorded_values

WIDTH, HEIGHT = 9.6, 6.0


def streams_over_time(result: Any, style: Style = LIGHT) -> Figure:
    """Streams in operation by class of residue, and partners, quarter by quarter; recorded counts as dots."""
    history = result.scenario.history
    subject = result.scenario.title or result.scenario.name
    page = canvas.sheet(WIDTH, HEIGHT, subject, _title(result), _caption(result), style)
    left, right, gap, base = 0.6, WIDTH - 1.45, 0.62, page.bottom + 0.25
    lower = base + 0.26 * (page.top - base)
    first, last = float(result.indicators["year"].iloc[0]), float(result.indicators["year"].iloc[-1])
    upper_axes = page.panel(left, lower + gap, right, page.top - 0.2)
    lower_axes = page.panel(left, base, right, lower)
    for axes, text in (
        (upper_axes, "streams in operation"),
        (lower_axes, "partners (companies with a stream)"),
    ):
        canvas.years(axes, first, last + 0.25)
        canvas.over(axes, text, style)
    _bands(
        upper_axes, result, style, recorded_values(history, "streams"), recorded_values(history, "reported")
    )
    _partners(lower_axes, result, style, recorded_values(history, "partners"))
    return page.figure


def streams_by_class(result: Any) -> dict[str, np.ndarray]:
    """Contracts in operation in every quarter of the run, by class of residue."""
    years = result.indicators["year"].to_numpy()
    counts = {}
    for name in CLASS_COLOURS:
        own = result.contracts[result.contracts["class"] == name]
        starts, ends = own["starts"].to_numpy()[:, None], own["ends"].to_numpy()[:, None]
        counts[name] = ((starts <= years) & (ends > years)).sum(axis=0).astype(float)
    return counts


def _bands(
    axes: Axes, result: Any, style: Style, recorded: dict[int, float], reported: dict[int, float]
) -> None:
    years = result.indicators["year"].to_numpy()
    below = np.zeros(len(years))
    ends = []
    for name, counts in streams_by_class(result).items():
        if not counts.any():
            continue
        colour = CLASS_COLOURS[name]
        axes.fill_between(years, below, below + counts, step="post", color=colour, alpha=0.8, linewidth=0)
        axes.step(years, below + counts, where="post", color=style.paper, linewidth=look.GUIDE_LINE)
        if counts[-1]:
            ends.append((below[-1] + counts[-1] / 2, f"{name} {look.count(counts[-1])}", colour))
        below = below + counts
    most = max(below.max(), *recorded.values(), *reported.values(), 1)
    axes.set_ylim(0, 1.08 * most)
    canvas.numbers(axes, whole=True)
    shown = {year: value for year, value in reported.items() if years[0] <= year <= years[-1]}
    if shown:
        axes.plot(
            [year + 0.5 for year in shown], list(shown.values()), color=style.ink, linewidth=1.0,
            linestyle=(0, (4, 3)), path_effects=canvas.halo(style),
        )  # fmt: skip
        year = max(shown, key=lambda each: (shown[each], each))
        axes.annotate(
            "reported at the time", (year + 0.5, shown[year]), xytext=(0, 7), textcoords="offset points",
            ha="center", va="bottom", color=style.ink, size=look.SMALL, family=look.FONT,
            path_effects=canvas.halo(style), zorder=6,
        )  # fmt: skip
    _dots(axes, recorded, years, style)
    canvas.end_labels(axes, years[-1] + 0.6, ends)


def _partners(axes: Axes, result: Any, style: Style, recorded: dict[int, float]) -> None:
    years, partners = result.indicators["year"].to_numpy(), result.indicators["partners"].to_numpy()
    axes.step(years, partners, where="post", color=look.SIMULATED, linewidth=look.DATA_LINE)
    axes.set_ylim(0, 1.15 * max(partners.max(), *recorded.values(), 1))
    canvas.numbers(axes, most_ticks=4, whole=True)
    _dots(axes, recorded, years, style)
    canvas.end_labels(
        axes, years[-1] + 0.6, [(partners[-1], f"simulated {look.count(partners[-1])}", look.SIMULATED)]
    )


def _dots(axes: Axes, recorded: dict[int, float], years: np.ndarray, style: Style) -> None:
    """Recorded values as ink dots at the middle of their year, the first of them named."""
    shown = {year + 0.5: value for year, value in recorded.items() if years[0] <= year <= years[-1]}
    if not shown:
        return
    axes.plot(
        list(shown), list(shown.values()), "o", color=style.ink, markersize=6, markeredgecolor=style.paper,
        markeredgewidth=1.0, zorder=5,
    )  # fmt: skip
    year, value = next(iter(shown.items()))
    early = year < years[0] + 0.15 * (years[-1] - years[0])
    axes.annotate(
        "recorded", (year, value), xytext=(8, 0) if early else (-6, 8), textcoords="offset points",
        ha="left" if early else "right", va="center", color=style.ink, size=look.LABEL, family=look.FONT,
        path_effects=canvas.halo(style), zorder=6,
    )  # fmt: skip


def _title(result: Any) -> str:
    yearly = result.yearly()
    recorded = {
        year: value
        for year, value in recorded_values(result.scenario.history, "streams").items()
        if year in yearly.index
    }
    if recorded:
        year = max(recorded)
        said = look.plural(yearly.at[year, "streams"], "stream")
        return f"{said} in {year}, {look.count(recorded[year])} recorded"
    years, streams = result.indicators["year"], result.indicators["streams"]
    now = f"{look.plural(streams.iloc[-1], 'stream')} in {look.year(years.iloc[-1])}"
    if streams.max() > streams.iloc[-1]:
        return f"{now}, {look.count(streams.max())} at most, in {look.year(years[streams.idxmax()])}"
    begun = years[streams > 0]
    return (
        f"{now}, the first in {look.year(begun.iloc[0])}"
        if len(begun)
        else f"No stream until {years.iloc[-1]:.0f}"
    )


def _caption(result: Any) -> str:
    history = result.scenario.history
    words = f"Model result, seed {result.seed}. Area: streams in operation by class of residue."
    if history.counts:
        words += " Dots: recorded, rows of low confidence left out."
    if history.reported:
        words += " Dashed: counts as reported at the time, in units of their own (projects, all links)."
    return words

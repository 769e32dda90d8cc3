"""Figures of a sensitivity study: indices with intervals, how they settled, pairs, effects and their spread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, Style
from ..sweeping.outcomes import parsed, unit_of_change
from .convergence import WIDEST_SAID
from .said import headline
from .study import Sensitivity

WIDTH = 9.6
ROW = 0.42
FIRST, TOTAL = "#0072B2", "#E69F00"


def ranking(found: Sensitivity, outcome: str, style: Style = LIGHT) -> Figure:
    """Total and first-order index (Sobol) or mean absolute effect (Morris) of every field, with intervals."""
    main = found.of(outcome, found.main)
    height = 1.9 + ROW * len(main)
    page = canvas.sheet(WIDTH, height, _subject(found), headline(found, outcome), caption(found), style)
    axes = page.panel(3.1, page.bottom + 0.45, WIDTH - 0.9, page.top - 0.35)
    sobol = found.design.design == "sobol"
    places = np.arange(len(main))[::-1]
    kinds = [("total", TOTAL, 0.12), ("first", FIRST, -0.16)] if sobol else [("mu_star", TOTAL, 0.0)]
    for kind, colour, shift in kinds:
        rows = found.of(outcome, kind).reindex(main.index).copy()
        settled = rows["converged"].to_numpy(bool)
        axes.errorbar(
            rows["value"], places + shift, xerr=rows["half_width"], fmt="none", ecolor=colour, elinewidth=1.6
        )
        for which, face in ((settled, colour), (~settled, style.paper)):
            axes.plot(rows["value"][which], places[which] + shift, "o", ms=7, mec=colour, mfc=face, mew=1.6)
    _field_axis(axes, list(main.index), places, style)
    name = (
        "share of the variance"
        if sobol
        else f"mean absolute effect, {unit_of_change(parsed(outcome)) or 'count'}"
    )
    canvas.over(axes, name, style)
    if sobol:
        axes.set_xlim(
            min(0.0, float(main["value"].min()) - 0.05),
            max(1.0, float((main["value"] + main["half_width"]).max())),
        )
        for text, colour, place in (
            ("total: with all others", TOTAL, 0.7),
            ("first order: alone", FIRST, 1.0),
        ):
            canvas.label(
                axes, place, 1.02, text, colour, look.SMALL, transform=axes.transAxes, ha="right", va="bottom"
            )
    else:
        axes.set_xlim(0, None)
        axes.xaxis.set_major_formatter(lambda value, _: look.number(value))
    axes.axvline(0, color=style.soft, linewidth=look.GUIDE_LINE)
    return page.figure


def settling(found: Sensitivity, outcome: str, style: Style = LIGHT) -> Figure:
    """The main index of every field from a part of the sample and from all of it."""
    rows = found.settling[(found.settling["outcome"] == outcome) & (found.settling["index"] == found.main)]
    title = f"How the indices of {outcome} settle as the sample grows"
    page = canvas.sheet(WIDTH, 5.0, _subject(found), title, caption(found), style)
    axes = page.panel(0.7, page.bottom + 0.5, WIDTH - 3.2, page.top - 0.3)
    ends, palette = (
        [],
        ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7F7F7F", style.ink),
    )
    last = int(rows["blocks"].max())
    order = list(found.of(outcome, found.main).index)
    for number, field in enumerate(order):
        own = rows[rows["field"] == field]
        colour = palette[number % len(palette)]
        axes.errorbar(own["blocks"], own["value"], yerr=own["half_width"], color=colour, linewidth=1.4, marker="o", ms=4,
                      elinewidth=0.8, alpha=1.0 if number < 5 else 0.55)  # fmt: skip
        ends.append((float(own["value"].iloc[-1]), field, colour))
    axes.set_xscale("log", base=2)
    axes.set_xticks(
        sorted(rows["blocks"].unique()), [look.count(each) for each in sorted(rows["blocks"].unique())]
    )
    axes.minorticks_off()
    canvas.numbers(axes)
    canvas.over(axes, "total index" if found.main == "total" else "mean absolute effect", style)
    canvas.label(axes, 1.0, -0.11, "base points" if found.main == "total" else "trajectories", style.soft, look.SMALL,
                 transform=axes.transAxes, ha="right", va="top")  # fmt: skip
    canvas.end_labels(axes, last * 1.12, ends, look.SMALL)
    return page.figure


def pairs(found: Sensitivity, outcome: str, style: Style = LIGHT) -> Figure:
    """What two fields explain only together (second order)."""
    names = list(found.of(outcome, "total").index)
    rows = found.table[(found.table["outcome"] == outcome) & (found.table["index"] == "second")]
    grid = np.full((len(names), len(names)), np.nan)
    sure = np.zeros_like(grid, bool)
    for row in rows.itertuples():
        i, j = sorted((names.index(str(row.field)), names.index(str(row.other))), reverse=True)
        grid[i, j] = row.value
        sure[i, j] = abs(float(row.value)) > float(row.half_width)  # type: ignore[arg-type]
    side = 0.62 * len(names)
    title = f"Pairs of fields that act on {outcome} only together"
    page = canvas.sheet(
        max(WIDTH, side + 4.0),
        side + 3.6,
        _subject(found),
        title,
        caption(found) + " Bold: interval without 0.",
        style,
    )
    axes = page.panel(3.1, page.bottom + 1.9, 3.1 + side, page.bottom + 1.9 + side)
    limit = max(0.02, float(np.nanmax(np.abs(grid))))
    axes.pcolormesh(grid, cmap="PuOr", vmin=-limit, vmax=limit)
    axes.invert_yaxis()
    for i in range(len(names)):
        for j in range(i):
            weight = "bold" if sure[i, j] else "normal"
            ink = "#222222" if abs(grid[i, j]) < 0.6 * limit else "#FFFFFF"
            canvas.label(
                axes,
                j + 0.5,
                i + 0.5,
                look.fixed(grid[i, j], 2),
                ink,
                look.SMALL,
                ha="center",
                va="center",
                weight=weight,
            )
    axes.set_xticks(np.arange(len(names)) + 0.5, names, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(np.arange(len(names)) + 0.5, names)
    axes.grid(False)
    axes.spines["bottom"].set_visible(False)
    return page.figure


def effects(found: Sensitivity, outcome: str, style: Style = LIGHT) -> Figure:
    """Mean absolute effect against the spread of the effect (Morris)."""
    star, sigma = found.of(outcome, "mu_star"), found.of(outcome, "sigma")
    page = canvas.sheet(WIDTH, 5.4, _subject(found), headline(found, outcome), caption(found), style)
    axes = page.panel(0.9, page.bottom + 0.5, WIDTH - 0.5, page.top - 0.3)
    divisor, unit = _unit(outcome, float(star["value"].max()))
    x, y = star["value"] / divisor, sigma["value"].reindex(star.index) / divisor
    axes.errorbar(x, y, xerr=star["half_width"] / divisor, fmt="o", color=FIRST, ms=6, elinewidth=1)
    reach = 1.15 * float(max(x.max(), 1e-12))
    axes.set(xlim=(0, reach), ylim=(0, 1.15 * float(max(y.max(), 0.3 * x.max(), 1e-12))))
    axes.plot([0, reach], [0, reach], color=style.guide, linewidth=look.GUIDE_LINE, zorder=0)
    for name in star.index:
        left = x[name] < 0.7 * reach
        axes.annotate(
            str(name), (x[name], y[name]), (8 if left else -8, 7), textcoords="offset points",
            ha="left" if left else "right", color=style.ink, size=look.SMALL, family=look.FONT,
        )  # fmt: skip
    canvas.numbers(axes)
    axes.xaxis.set_major_formatter(lambda value, _: look.number(value))
    canvas.over(axes, f"spread of the effect, {unit}; above the line it depends on the other fields", style)
    canvas.label(axes, 1.0, -0.1, f"mean absolute effect, {unit}", style.soft, look.SMALL, transform=axes.transAxes,
                 ha="right", va="top")  # fmt: skip
    return page.figure


def _unit(outcome: str, largest: float) -> tuple[float, str]:
    """What to divide by, and the unit then: millions where numbers are that large."""
    unit = unit_of_change(parsed(outcome)) or "count"
    return (1e6, f"M {unit}") if largest >= 1e6 else (1.0, unit)


KINDS: dict[str, Callable[[Sensitivity, str, Style], Figure]] = {
    "ranking": ranking, "settling": settling, "effects": effects, "pairs": pairs,
}  # fmt: skip
"""Figures of an outcome by the beginning of their file's name."""


def save_figures(found: Sensitivity, folder: Path, style: Style = LIGHT) -> list[Path]:
    """All figures of every outcome as PNG; returns their paths."""
    kinds = ["ranking", "settling"]
    if found.design.design == "morris":
        kinds.append("effects")
    elif found.design.second_order:
        kinds.append("pairs")
    return [
        canvas.save(KINDS[kind](found, outcome, style), folder / f"{kind}-{outcome}.png")
        for outcome in found.design.outcomes
        for kind in kinds
    ]


def _field_axis(axes: Axes, names: list[str], places: np.ndarray, style: Style) -> None:
    axes.set_yticks(places, names)
    axes.set_ylim(-0.7, len(names) - 0.4)
    axes.tick_params(axis="y", labelsize=look.LABEL, labelcolor=style.ink)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)


def _subject(found: Sensitivity) -> str:
    title = found.scenario.title or found.scenario.name
    return f"{title}: sensitivity by {found.design.design.capitalize()}"


def caption(found: Sensitivity) -> str:
    sizes = f"{look.count(found.design.samples or 0)} {'base points' if found.design.design == 'sobol' else 'trajectories'}"
    luck = f", mean of {found.design.replicates} replicates" if found.design.replicates != 1 else ""
    return (
        f"Model results, {look.count(found.runs)} runs: {sizes}{luck}, the same seeds at every point. "
        f"Intervals 95 %, bootstrap. Hollow: interval wider than {WIDEST_SAID[found.design.design]}, not settled."
    )

"""Who loses when whom is lost: a row a loss, a column a company."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import canvas, look
from ..look import LIGHT, Style
from . import who_loses, words
from .figure_of_ranking import subject
from .findings import Findings
from .scales import around_zero, diverging

MOST = 20
CELL, TALL, NAMES = 0.4, 0.28, 2.35
SURE = 0.05


def losers(findings: Findings, style: Style = LIGHT) -> Figure:
    """Savings that each company loses (orange) or gains (purple) a year by each loss; what is sure has its number."""
    table = who_loses.company_loss(findings)
    rows = findings.worst("savings")["contingency"].tolist()[:MOST]
    table = table[table["contingency"].isin(rows)]
    weight = (
        table["savings"].abs().groupby(table["company"]).sum().sort_values(ascending=False, kind="stable")
    )
    companies = [str(name) for name in weight.index[:MOST]]
    means = _matrix(table, "savings", rows, companies)
    sure = _matrix(table, "p_adjusted", rows, companies, 1.0) < SURE
    hit = _matrix(table.astype({"hit": float}), "hit", rows, companies) > 0
    divisor, unit = words.scaled(float(np.abs(means).max(initial=0.0)), "EUR/year")
    width = max(8.4, 2 * canvas.MARGIN + NAMES + CELL * len(companies) + 0.6)
    height = 2.2 + above(companies) + TALL * len(rows)
    page = canvas.sheet(
        width, height, subject(findings), _title(findings, table), _caption(findings, unit), style
    )
    left, bottom = canvas.MARGIN + NAMES, page.bottom + 0.5
    axes = page.panel(left, bottom, left + CELL * max(1, len(companies)), bottom + TALL * len(rows))
    largest = float(np.abs(means).max(initial=0.0)) / divisor
    colours, norm = diverging(style), around_zero(largest)
    image = axes.imshow(means / divisor, aspect="auto", cmap=colours, norm=norm, interpolation="nearest")
    _frame(axes, rows, companies, style)
    for row, column in np.argwhere(hit):
        axes.add_patch(
            Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=style.ink, linewidth=1.1)
        )
    for row, column in np.argwhere(sure & (np.abs(means) / divisor >= 0.0095)):
        value = means[row, column] / divisor
        colour = letters_on(colours(norm(value)))
        canvas.label(axes, column, row, short(value), colour, 7.5, ha="center", va="center")
    colour_bar(page, image, left, page.bottom + 0.05, style, ("gains", f"loses, {unit}"))
    return page.figure


def above(names: list[str]) -> float:
    """Inches that slanted names take above a matrix."""
    return 0.2 + 0.062 * max((len(words.cut(name, 24)) for name in names), default=0)


def _matrix(table: Any, column: str, rows: list[str], columns: list[str], empty: float = 0.0) -> np.ndarray:
    wide = table.pivot(index="contingency", columns="company", values=column)
    found: np.ndarray = wide.reindex(index=rows, columns=columns).fillna(empty).to_numpy(float)
    return found


def _frame(axes: Axes, rows: list[str], columns: list[str], style: Style) -> None:
    axes.grid(visible=False)
    axes.set_yticks(range(len(rows)), [words.cut(row, 30) for row in rows])
    axes.set_xticks(
        range(len(columns)),
        [words.cut(name, 24) for name in columns],
        rotation=55,
        ha="left",
        rotation_mode="anchor",
    )
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, pad=4)
    axes.spines["bottom"].set_visible(False)
    for at in range(len(rows) + 1):
        axes.axhline(at - 0.5, color=style.guide, linewidth=0.5)
    for at in range(len(columns) + 1):
        axes.axvline(at - 0.5, color=style.guide, linewidth=0.5)


def colour_bar(
    page: canvas.Sheet, image: Any, left: float, bottom: float, style: Style, ends: tuple[str, str]
) -> None:
    """The scale of colours below the cells, with words at its ends."""
    axes = page.panel(left, bottom + 0.15, left + 2.4, bottom + 0.27)
    bar = page.figure.colorbar(image, cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    ticks = [0.0, image.norm.vmax] if image.norm.vmin >= 0 else [image.norm.vmin, 0.0, image.norm.vmax]
    bar.set_ticks(ticks, labels=[look.number(tick, 2) for tick in ticks])
    bar.ax.minorticks_off()
    axes.tick_params(axis="x", length=0, pad=2, labelsize=look.SMALL, labelcolor=style.soft)
    for x, text, side in ((-0.04, ends[0], "right"), (1.04, ends[1], "left")):
        canvas.label(
            axes, x, 0.5, text, style.soft, look.SMALL, transform=axes.transAxes, ha=side, va="center"
        )


def letters_on(colour: Any) -> str:
    red, green, blue = colour[:3]
    return "#111111" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "#FFFFFF"


def short(value: float) -> str:
    """Two decimals below one, two digits above, so that it fits in its cell."""
    return look.fixed(value, 2) if abs(value) < 0.995 else look.number(value, 2)


def _title(findings: Findings, table: Any) -> str:
    others = table[~table["hit"] & (table["p_adjusted"] < SURE)]
    worse = others[others["savings"] > 0].sort_values("savings", ascending=False)
    if worse.empty:
        return "No other company surely loses by any of these losses"
    first = worse.iloc[0]
    lost = words.quantity(first["savings"], "EUR/year")
    said = f"{first['company']} is hurt most by another's loss: {lost} without {first['contingency']}"
    if len(gain := others[others["savings"] < 0].sort_values("savings")):
        best = gain.iloc[0]
        won = words.quantity(-best["savings"], "EUR/year")
        said += f"; {best['company']} gains most, {won} without {best['contingency']}"
    return said


def _caption(findings: Findings, unit: str) -> str:
    return (
        f"{words.basis(findings)}. Mean savings lost by company and year ({unit}), from its accounts; orange loses, purple "
        "gains, on a logarithmic scale. Framed: the company that is lost itself. Numbers where a difference from the twin "
        "is sure (Benjamini-Hochberg, 5 %)."
    )  # fmt: skip

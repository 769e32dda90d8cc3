"""Pairs of losses: what both cost together, and how far that is more or less than their parts."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, Style
from . import contrasts, words
from .figure_of_losers import above, colour_bar, letters_on, short
from .figure_of_ranking import subject
from .findings import MEASURES, Findings
from .scales import around_zero, diverging, from_zero, upward

MOST = 20
CELL, NAMES = 0.4, 2.35
SURE = 0.05


def pairs(findings: Findings, style: Style = LIGHT) -> Figure:
    """Below the diagonal the loss of both, above it D(ij) - D(i) - D(j), for the worst single losses."""
    by = findings.question.by
    table = contrasts.interactions(findings)
    names = findings.worst()["contingency"].tolist()[:MOST]
    losses, extra, sure = _matrices(table, names)
    divisor, unit = words.scaled(float(np.nanmax(losses, initial=0.0)), MEASURES[by][1])
    losses, extra = losses / divisor, extra / divisor
    size = CELL * len(names)
    page = canvas.sheet(
        max(8.4, 2 * canvas.MARGIN + NAMES + size + 1.6), 2.75 + above(names) + size, subject(findings),
        _title(findings, table), _caption(findings, by, unit, len(names)), style,
    )  # fmt: skip
    left, bottom = canvas.MARGIN + NAMES, page.bottom + 0.85
    axes = page.panel(left, bottom, left + size, bottom + size)
    most = float(np.nanmax(np.abs(extra), initial=0.0))
    lower = axes.imshow(losses, cmap=upward(style), norm=from_zero(float(np.nanmax(losses, initial=0.0))))
    upper = axes.imshow(extra, cmap=diverging(style), norm=around_zero(most))
    _frame(axes, names, style)
    for row, column in np.argwhere(sure & (np.abs(extra) >= 0.0095)):
        colour = letters_on(upper.cmap(upper.norm(extra[row, column])))
        canvas.label(axes, column, row, short(extra[row, column]), colour, 7.5, ha="center", va="center")
    _both_bars(page, upper, lower, left, unit, style)
    return page.figure


def _matrices(table: Any, names: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Loss of pairs below the diagonal, interaction above, where it is sure; NaN elsewhere."""
    size = len(names)
    losses, extra = np.full((size, size), np.nan), np.full((size, size), np.nan)
    sure = np.zeros((size, size), bool)
    at = {name: place for place, name in enumerate(names)}
    rows: list[Any] = list(table.itertuples())
    for row in rows:
        if row.one in at and row.other in at:
            i, j = sorted((at[row.one], at[row.other]))
            losses[j, i], extra[i, j], sure[i, j] = row.both, row.interaction, row.p_adjusted < SURE
    return losses, extra, sure


def _frame(axes: Axes, names: list[str], style: Style) -> None:
    axes.grid(visible=False)
    axes.set_yticks(range(len(names)), [words.cut(name, 30) for name in names])
    axes.set_xticks(
        range(len(names)),
        [words.cut(name, 24) for name in names],
        rotation=55,
        ha="left",
        rotation_mode="anchor",
    )
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, pad=4)
    axes.spines["bottom"].set_visible(False)
    axes.plot([-0.5, len(names) - 0.5], [-0.5, len(names) - 0.5], color=style.soft, linewidth=look.GUIDE_LINE)


def _both_bars(page: canvas.Sheet, upper: Any, lower: Any, left: float, unit: str, style: Style) -> None:
    colour_bar(
        page,
        upper,
        left,
        page.bottom + 0.42,
        style,
        ("cost less", f"more than the parts, {unit} (upper half)"),
    )
    colour_bar(page, lower, left, page.bottom + 0.02, style, ("", f"both together, {unit} (lower half)"))


def _title(findings: Findings, table: Any) -> str:
    unit = MEASURES[findings.question.by][1]
    worst = findings.worst(order=2).iloc[0]
    said = f"Worst pair: {worst['contingency']}, {words.span(worst, unit)}"
    sure = table[(table["p_adjusted"] < SURE) & (table["interaction"] > 0)]
    if sure.empty:
        return f"{said}; no pair surely costs more than its parts"
    row = sure.iloc[0].rename({"interaction": "mean"})
    return f"{said}; {row['contingency']} cost most beyond their parts, {words.span(row, unit)}"


def _caption(findings: Findings, by: str, unit: str, shown: int) -> str:
    text = (
        f"{words.basis(findings)}. {look.sentence(words.name_of(by))} lost a year. Above the diagonal D(ij) - D(i) - D(j): "
        "orange, the pair costs more than its parts, since each could stand in for the other; purple, less, since they "
        "lose the same streams. Numbers where that is sure (Benjamini-Hochberg, 5 %)."
    )  # fmt: skip
    return text + (f" The {shown} worst single losses." if len(findings.worst()) > shown else "")

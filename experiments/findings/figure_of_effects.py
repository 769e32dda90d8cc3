"""Effects with their intervals: a row a setting, a panel a measure, 0 marked."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .. import canvas, look
from ..look import LIGHT, Style
from .answer import Answer, Column, Data, Finding
from .estimate import Estimate

WIDTH, ROW, LETTER = 9.6, 0.36, 0.077
DOT, CLEAR = "#0072B2", "#E69F00"
"""An effect whose interval holds 0, and one whose interval does not."""


def effects(finding: Finding, data: Data, answer: Answer, style: Style = LIGHT) -> Figure:
    """The matrix of an answer. Orange: the interval does not hold 0."""
    matrix = answer.matrix
    labels = [label for label, _ in matrix.rows]
    caption = caption_of(finding, answer) + (" Orange: without 0 in the interval." if _marked(answer) else "")
    page = canvas.sheet(WIDTH, 2.35 + ROW * len(labels), finding.title, answer.headline, caption, style)
    left = 0.35 + LETTER * max(map(len, labels))
    gap = 0.28
    wide = (WIDTH - 0.45 - left - gap * (len(matrix.columns) - 1)) / len(matrix.columns)
    for at, column in enumerate(matrix.columns):
        start = left + at * (wide + gap)
        axes = page.panel(start, page.bottom + 0.4, start + wide, page.top - 0.42)
        _panel(axes, column, [cells[at] for _, cells in matrix.rows], matrix.of == "difference", wide, style)
        axes.set_yticks(range(len(labels))[::-1], labels if at == 0 else [""] * len(labels))
        axes.tick_params(axis="y", labelsize=look.LABEL, labelcolor=style.ink)
    return page.figure


def caption_of(finding: Finding, answer: Answer) -> str:
    """What is shown: how many pairs, of what, and that these are model results."""
    what = {
        "replicates": "replicates with the same luck in every setting",
        "parks": "parks drawn at random, the same in every setting",
        "both": "replicates of Kalundborg and as many parks drawn at random of each size",
    }[finding.pair]
    return f"Model results, means of {look.count(answer.pairs)} {what}; lines: 95 % intervals."


def _marked(answer: Answer) -> bool:
    return answer.matrix.of == "difference"


def _panel(
    axes: Axes, column: Column, cells: list[Estimate | None], differences: bool, wide: float, style: Style
) -> None:
    places = np.arange(len(cells))[::-1]
    for place, cell in zip(places, cells, strict=True):
        if cell is None or not np.isfinite(cell.mean):
            continue
        clear = differences and (cell.low > 0 or cell.high < 0)
        colour = CLEAR if clear else DOT
        if np.isfinite(cell.low):
            axes.plot([cell.low, cell.high], [place, place], color=colour, linewidth=look.DATA_LINE)
        axes.plot([cell.mean], [place], "o", color=colour, ms=6.5)
    axes.set_ylim(-0.6, len(cells) - 0.4)
    if differences:
        axes.axvline(0, color=style.soft, linewidth=look.GUIDE_LINE)
    else:
        axes.set_xlim(min(0.0, axes.get_xlim()[0]), None)
    axes.margins(x=0.12)
    if np.ptp(axes.get_xlim()) < 1e-9:  # nothing but equal numbers
        axes.set_xlim(axes.get_xlim()[0] - 1, axes.get_xlim()[1] + 1)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4 if wide > 1.4 else 2, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: look.number(value)))
    canvas.over(axes, f"{column.name}\n{column.unit}" if column.unit else f"{column.name}\n ", style)

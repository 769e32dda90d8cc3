"""Losses from the worst down: mean with interval, what the company had itself and what others lose, tie groups."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import canvas, look
from ..look import HARM, LIGHT, Style
from . import words
from .findings import MEASURES, Findings

WIDTH, ROW, NAMES = 9.6, 0.3, 2.75
MOST = 24


def ranking(findings: Findings, style: Style = LIGHT, order: int = 1) -> Figure:
    """The worst losses by the measure of the question, at most 24."""
    by = findings.question.by
    table = findings.worst(order=order)
    shown = table.head(MOST)
    divisor, unit = words.scaled(shown["high"].max(), MEASURES[by][1])
    said = title(findings, table)
    height = 2.15 + ROW * len(shown) + canvas.more_lines(said, WIDTH)
    page = canvas.sheet(WIDTH, height, subject(findings), said, caption(findings, table, by), style)
    left, right = canvas.MARGIN + NAMES, WIDTH - 1.35
    bottom = page.bottom + 0.28
    axes = page.panel(left, bottom, right, bottom + ROW * len(shown))
    axes.set_ylim(len(shown) - 0.5, -0.5)
    low = min(0.0, shown["low"].min() / divisor, (shown["others_lost"] / findings.years).min() / divisor)
    axes.set_xlim(1.04 * low, 1.05 * max(shown["high"].max() / divisor, 1e-9))
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)
    axes.set_yticks([])
    axes.xaxis.set_major_formatter(lambda value, _: look.number(value))
    _groups(axes, shown, style)
    rows: list[Any] = list(shown.itertuples())
    for at, row in enumerate(rows):
        if by == "savings":
            _parts(
                axes,
                at,
                row.own_lost / findings.years / divisor,
                row.others_lost / findings.years / divisor,
                style,
            )
        axes.plot([row.low / divisor, row.high / divisor], [at, at], color=style.ink, linewidth=1.6, zorder=4)
        axes.plot(
            row.mean / divisor, at, "o", color=style.ink, markersize=5, markeredgecolor=style.paper, zorder=5
        )
        _named(axes, at, row, style)
    _head(axes, f"{words.name_of(by)} lost, {unit}", by == "savings", style)
    return page.figure


def subject(findings: Findings) -> str:
    """What a figure is of: the park and the loss."""
    scenario = findings.question.scenario
    return f"{scenario.title or scenario.name}: losses in {look.year(findings.question.date)}"


def title(findings: Findings, table: Any) -> str:
    """The worst loss and the others of its group."""
    first = table.iloc[0]
    unit = MEASURES[findings.question.by][1]
    tied = table[table["group"] == first["group"]]["contingency"].tolist()
    said = words.span(first, unit)
    name = words.name_of(findings.question.by)
    if len(tied) > 1:
        return f"{words.listed(tied)} cannot be told apart as the worst loss: {first['contingency']} costs {said} of {name}"
    return f"{look.sentence(words.said_of(findings, first))} is worst: {said} of {name}"


def caption(findings: Findings, table: Any, by: str) -> str:
    """What is drawn, and of how many runs."""
    text = f"{words.basis(findings)}. Dots: mean a year to the end of the run, against the twin run of the same luck; "
    text += "lines: 95 % interval. Right: 95 % interval of the rank. Bands: groups that cannot be told apart "
    text += "(paired t tests, Benjamini-Hochberg)."
    if by == "savings":
        text += " Bars: from company accounts, net of the cost of looking after streams."
    return text + (f" The {MOST} largest of {len(table)} losses." if len(table) > MOST else "")


def _groups(axes: Axes, shown: Any, style: Style) -> None:
    """A pale band behind every second group."""
    for group, rows in shown.reset_index().groupby("group").groups.items():
        if group % 2:
            axes.axhspan(
                min(rows) - 0.5, max(rows) + 0.5, color=style.guide, alpha=0.35, linewidth=0, zorder=0
            )


def _parts(axes: Axes, at: int, own: float, others: float, style: Style) -> None:
    """What the company had itself, then what the others lose; a gain of the others lies left of zero."""
    start = max(own, 0.0) if others > 0 else 0.0
    axes.add_patch(Rectangle((0, at - 0.31), own, 0.62, color=style.soft, alpha=0.4, linewidth=0, zorder=2))
    axes.add_patch(Rectangle((start, at - 0.31), others, 0.62, color=HARM, alpha=0.75, linewidth=0, zorder=2))


def _named(axes: Axes, at: int, row: Any, style: Style) -> None:
    transform = axes.get_yaxis_transform()
    options = {"transform": transform, "va": "center", "clip_on": False}
    canvas.label(
        axes, -0.02, at, words.cut(str(row.contingency)), style.ink, look.SMALL, ha="right", **options
    )
    span = f"{row.rank_low} to {row.rank_high}" if row.rank_low != row.rank_high else f"{row.rank_low}"
    canvas.label(axes, 1.02, at, f"rank {span}", style.soft, look.SMALL, ha="left", **options)


def _head(axes: Axes, text: str, parts: bool, style: Style) -> None:
    """What the horizontal axis shows, and the colours of the bars, above the rows."""
    height = 1 + 0.06 / (axes.get_position().height * axes.figure.get_size_inches()[1])  # type: ignore[union-attr]
    first = canvas.label(axes, 0, height, text, style.soft, look.SMALL, transform=axes.transAxes, va="bottom")
    if not parts:
        return
    wide = axes.get_position().width * axes.figure.get_size_inches()[0] * 72  # type: ignore[union-attr]
    x = (canvas.extent(first)[0] + 26) / wide
    dark = style.name == "dark"
    for words_, colour in (("its own", style.soft), ("of the others", look.LETTERS[HARM][dark])):
        said = canvas.label(
            axes, x, height, f"■ {words_}", colour, look.SMALL, transform=axes.transAxes, va="bottom"
        )
        x += (canvas.extent(said)[0] + 16) / wide

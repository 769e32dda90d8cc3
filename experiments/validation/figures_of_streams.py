"""Figures of single streams: each recorded one with its dates, and those that nobody reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from .. import canvas, look
from ..look import CLASS_COLOURS, LIGHT, Style

if TYPE_CHECKING:
    from .study import Validation

WIDTH = 9.6
ROW = 0.235
"""Inches of a row of a table drawn as a figure."""
MOST_FALSE = 20


def streams(found: Validation, style: Style = LIGHT) -> Figure:
    """Every recorded stream: the recorded start, the simulated starts, the share of runs in which it forms."""
    table = found.formation.sort_values(["starts", "supplier", "receiver"], ascending=False).reset_index(
        drop=True
    )
    classes = {name: resource.class_ for name, resource in found.ensemble.scenario.resources.items()}
    half = int((table["probability"] >= 0.5).sum())
    title = f"{half} of {len(table)} recorded streams form in at least half of the runs"
    caption = (
        f"Model result, {found.said_runs}. Dot: recorded start, hollow where of low confidence. Bar: 50 % of "
        "simulated starts, thin line: 90 %, tick: median. Right: share of runs in which it forms. A stream that "
        "changed hands counts from then on."
    )
    page = canvas.sheet(WIDTH, 1.7 + ROW * len(table), found.title, title, caption, style)
    axes = page.panel(4.15, page.bottom + 0.25, WIDTH - 0.95, page.top - 0.25)
    for row, entry in enumerate(table.to_dict("records")):
        colour = CLASS_COLOURS[classes[entry["residue"]]]
        if entry["probability"] > 0:
            axes.plot(
                [entry["early"], entry["late"]],
                [row, row],
                color=colour,
                linewidth=1.2,
                solid_capstyle="butt",
            )
            axes.plot(
                [entry["lower"], entry["upper"]],
                [row, row],
                color=colour,
                linewidth=6,
                alpha=0.45,
                solid_capstyle="butt",
            )
            axes.plot([entry["median"]], [row], "|", color=colour, markersize=10, markeredgewidth=2)
        face = style.ink if entry["sure"] else style.paper
        axes.plot(
            [entry["starts"] + 0.5],
            [row],
            "o",
            color=style.ink,
            markerfacecolor=face,
            markersize=4.5,
            zorder=5,
        )
        place = dict(va="center", clip_on=False, transform=axes.get_yaxis_transform())
        name = f"{entry['supplier']} → {entry['receiver']}: {look.words(entry['residue'])}"
        canvas.label(axes, -0.015, row, _short(name), style.ink, 8.0, ha="right", **place)
        canvas.label(axes, 1.015, row, look.share(entry["probability"]), style.soft, 8.0, ha="left", **place)
    axes.set_yticks([])
    axes.set_ylim(-0.7, len(table) - 0.3)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)
    time = found.ensemble.scenario.time
    canvas.years(axes, time.starts, time.ends)
    split(axes, found, style)
    _key(axes, style)
    return page.figure


def false_streams(found: Validation, style: Style = LIGHT) -> Figure:
    """Streams that the model forms and nobody reported, by how often they are in operation."""
    table = found.false.head(MOST_FALSE).iloc[::-1]
    kinds = found.false.groupby("class")["share"].sum()
    parts = ", ".join(f"{look.number(kinds[name], 2)} of {name}" for name in CLASS_COLOURS if name in kinds)
    title = f"In the mean run and year of score {look.number(float(kinds.sum()), 2)} streams operate that nobody reported"
    caption = (
        f"Model result, {found.said_runs}: {parts}. Bars: share of runs and years of score in which a stream that is not on "
        f"record is in operation, the {len(table)} most frequent of {len(found.false)}."
    )
    page = canvas.sheet(WIDTH, 1.7 + 0.27 * len(table), found.title, title, caption, style)
    axes = page.panel(5.3, page.bottom + 0.25, WIDTH - 0.9, page.top - 0.2)
    for row, entry in enumerate(table.to_dict("records")):
        axes.barh(row, entry["share"], height=0.62, color=CLASS_COLOURS[entry["class"]])
        place = dict(va="center", clip_on=False)
        name = f"{entry['supplier']} → {entry['receiver']}: {look.words(entry['residue'])} as {look.words(entry['input'])}"
        canvas.label(axes, -0.01, row, _short(name, 78), style.ink, 8.0, ha="right", **place)
        canvas.label(
            axes, entry["share"] + 0.01, row, look.share(entry["share"]), style.soft, 8.0, ha="left", **place
        )
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_ylim(-0.7, len(table) - 0.3)
    axes.spines["bottom"].set_visible(False)
    _key(axes, style)
    axes.set_xlim(0, max(0.05, float(table["share"].max()) if len(table) else 1.0) * 1.08)
    return page.figure


def split(axes: canvas.Axes, found: Validation, style: Style) -> None:
    """Where calibration ends and the test begins."""
    periods = found.ensemble.record.periods
    if len(periods) < 2:
        return
    axes.axvline(periods[1].first, color=style.soft, linewidth=look.GUIDE_LINE, linestyle=(0, (2, 2)))
    place = dict(transform=axes.get_xaxis_transform(), va="bottom")
    canvas.label(axes, periods[1].first - 0.4, 1.005, "calibration", style.soft, 8.0, ha="right", **place)
    canvas.label(axes, periods[1].first + 0.4, 1.005, "test", style.soft, 8.0, ha="left", **place)


def _key(axes: canvas.Axes, style: Style) -> None:
    """The colours of the classes, named above the rows."""
    inches = axes.get_position().width * WIDTH
    for place, (name, colour) in enumerate(CLASS_COLOURS.items()):
        x = (0.62 * place - 2.0) / inches
        canvas.label(axes, x, 1.005, name, colour, look.SMALL, transform=axes.transAxes, va="bottom")


def _short(text: str, most: int = 66) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"

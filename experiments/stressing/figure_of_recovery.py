"""How the park comes back: bands of the runs by years since the loss, and the share that has not recovered."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SIMULATED, Style
from . import recovery, words
from .figure_of_ranking import subject
from .findings import Findings

WIDTH, COLUMNS, MOST = 9.6, 3, 6
PANEL = 1.95
LINES = (
    look.CLASS_COLOURS["water"],
    look.CLASS_COLOURS["energy"],
    look.CLASS_COLOURS["material"],
    "#CC79A7",
    "#E69F00",
)


def curves(findings: Findings, style: Style = LIGHT) -> Figure:
    """The indicator of the question as a share of the twin's, for the worst losses, with bands of 50 and 90 %."""
    by = findings.question.by
    bands = recovery.curves(findings)
    bands = bands[bands["indicator"] == by]
    worst = list(findings.worst().index[:MOST])
    back = recovery.medians(findings, by)
    rows = -(-len(worst) // COLUMNS)
    said = _title(findings, worst, back)
    caption = (
        f"{words.basis(findings).replace(', 95 % intervals', '')}. {look.sentence(words.name_of(by))} as a share of the "
        "twin run, by years since the loss: median, and 50 and 90 % of the runs. Dashed: 95 %. Half back: years until "
        "half of the runs are at 95 % for good (Kaplan-Meier)."
    )  # fmt: skip
    page = canvas.sheet(WIDTH, 1.85 + rows * PANEL, subject(findings), said, caption, style)
    left, right = 0.65, WIDTH - canvas.MARGIN
    wide, step = (right - left) / COLUMNS, (page.top - page.bottom - 0.1) / rows
    own = bands[bands["loss"].isin(worst)]
    top = 1.08 * max(1.1, min(float(own["high_90"].max()), 1.6))
    for place, key in enumerate(worst):
        row, column = divmod(place, COLUMNS)
        x, y = left + column * wide, page.top - row * step
        axes = page.panel(x, y - step + 0.34, x + wide - 0.34, y - 0.3)
        _band(axes, own[own["loss"] == key], style, top, column == 0)
        _said(axes, findings, key, back[key], style)
    return page.figure


def _band(axes: Axes, table: Any, style: Style, top: float, first: bool) -> None:
    years = table["since"].to_numpy() + 1.0  # a year stands at its end
    for name, alpha in (("90", 0.2), ("50", 0.35)):
        axes.fill_between(
            years, table[f"low_{name}"], table[f"high_{name}"], color=SIMULATED, alpha=alpha, linewidth=0
        )
    axes.plot(
        years, table["median"], color=look.LETTERS[SIMULATED][style.name == "dark"], linewidth=look.DATA_LINE
    )
    axes.axhline(0.95, color=style.ink, linewidth=look.GUIDE_LINE, linestyle=(0, (4, 3)))
    axes.set_xlim(years[0], max(years[-1], years[0] + 1.0))  # a loss in the last year has one year
    axes.set_ylim(min(0.0, float(table["low_90"].min())), top)
    axes.yaxis.set_major_locator(canvas.MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(lambda value, _: look.share(value))
    axes.xaxis.set_major_locator(canvas.MaxNLocator(nbins=5, integer=True))
    axes.tick_params(labelleft=first)


def _said(axes: Axes, findings: Findings, key: str, back: float, style: Style) -> None:
    options = {"transform": axes.transAxes, "va": "bottom"}
    canvas.label(axes, 0.0, 1.13, words.cut(findings.label(key), 36), style.ink, look.SMALL, **options)
    canvas.label(
        axes, 0.0, 1.0, f"half back: {_years(back, findings.years)}", style.soft, look.SMALL, **options
    )


def _title(findings: Findings, worst: list[str], back: dict[str, float]) -> str:
    name = look.sentence(words.name_of(findings.question.by))
    never = [findings.label(key) for key in worst if math.isinf(back[key])]
    if not never:
        return f"{name} back at 95 % in half of the runs after each of the {len(worst)} worst losses"
    return f"{name} not back in half of the runs by the end after the loss of {words.listed(never, 3)}"


def _years(value: float, horizon: float) -> str:
    if math.isinf(value):
        return f"not in {look.span(horizon)}"
    return "never away" if value == 0 else look.span(value)


def survival(findings: Findings, style: Style = LIGHT) -> Figure:
    """Kaplan-Meier: the share of the runs that has not recovered, for the worst losses."""
    by = findings.question.by
    table = recovery.recovery(findings)
    table = table[table["indicator"] == by]
    worst = findings.worst()["contingency"].tolist()[: len(LINES)]
    caption = (
        f"{words.basis(findings)}. Share of the runs without {words.name_of(by)} back at 95\u00a0% of the twin for good "
        "(Kaplan-Meier); pale: its interval. A run that is not back at the end is censored, not left out."
    )  # fmt: skip
    left_at_end = {
        name: float(table[table["contingency"] == name]["not_recovered"].iloc[-1]) for name in worst
    }
    page = canvas.sheet(WIDTH, 4.6, subject(findings), _left_title(findings, left_at_end), caption, style)
    axes = page.panel(0.65, page.bottom + 0.4, WIDTH - 2.6, page.top - 0.25)
    ends = []
    for colour, name in zip(LINES, worst, strict=False):
        own = table[table["contingency"] == name]
        years = [*own["years"], findings.years]
        steps = {each: [*own[each], own[each].iloc[-1]] for each in ("not_recovered", "low", "high")}
        axes.fill_between(
            years, steps["low"], steps["high"], step="post", color=colour, alpha=0.12, linewidth=0
        )
        axes.step(years, steps["not_recovered"], where="post", color=colour, linewidth=look.DATA_LINE)
        letters = look.LETTERS.get(colour, (colour, colour))[style.name == "dark"]
        ends.append((left_at_end[name], f"{words.cut(name, 22)} {look.share(left_at_end[name])}", letters))
    axes.set_xlim(0, findings.years)
    axes.set_ylim(0, 1.04)
    axes.yaxis.set_major_formatter(lambda value, _: look.share(value))
    axes.xaxis.set_major_locator(canvas.MaxNLocator(nbins=8, integer=True))
    canvas.over(axes, "runs not yet recovered", style)
    canvas.label(
        axes,
        1.0,
        -0.11,
        "years since the loss",
        style.soft,
        look.SMALL,
        transform=axes.transAxes,
        ha="right",
        va="top",
    )
    canvas.end_labels(axes, findings.years * 1.012, ends)
    return page.figure


def _left_title(findings: Findings, left: dict[str, float]) -> str:
    name, share = max(left.items(), key=lambda item: item[1])
    when = look.number(findings.years)
    return f"{look.share(share)} of the runs have not recovered {when} years after losing {name}"

"""Runs before and after beside the record, a row a statistic, on its scale."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SECOND, SIMULATED, Style
from .writing import out_of_reach

if TYPE_CHECKING:
    from .calibrate import Calibration

WIDTH, ROW, NAMES, VALUES = 9.6, 0.62, 2.9, 1.5


def statistics(found: Calibration, style: Style = LIGHT) -> Figure:
    """Each statistic less its recorded value, in units of its scale."""
    count = len(found.statistics)
    page = canvas.sheet(
        WIDTH, 2.15 + ROW * count, found.scenario.title or found.scenario.name, _title(found), _caption(found),
        style,
    )  # fmt: skip
    axes = page.panel(NAMES, page.bottom + 0.4, WIDTH - canvas.MARGIN - VALUES, page.top - 0.3)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)
    groups = (
        ("prior", found.sample.runs, style.soft),
        ("present values", found.check.present, SECOND),
        ("posterior", found.check.drawn, SIMULATED),
    )
    ends = [
        abs(np.quantile((runs - _recorded(found)) / found.scale, q))
        for _, runs, _ in groups
        for q in (0.005, 0.995)
    ]
    reach = min(max(3.0, *ends), 12.0)
    axes.set(xlim=(-1.03 * reach, 1.03 * reach), ylim=(count - 0.4, -0.7), yticks=[])
    axes.axvline(0, color=style.ink, linewidth=look.DATA_LINE)
    canvas.label(axes, 0, -0.78, "recorded", style.ink, look.SMALL, ha="center", va="bottom")
    for place, each in enumerate(found.statistics):
        for at, (_, runs, color) in enumerate(groups):
            _interval(
                axes, place + 0.22 * (at - 1), (runs[:, place] - each.recorded) / found.scale[place], color
            )
        canvas.label(
            axes,
            -1.07 * reach,
            place,
            textwrap.fill(each.meaning, 34),
            style.ink,
            look.SMALL,
            ha="right",
            va="center",
        )
        value, scale = (look.amount(number, each.unit) for number in (each.recorded, found.scale[place]))
        words = f"{value.strip()}\nscale {scale.strip()}"
        canvas.label(axes, 1.07 * reach, place, words, style.soft, look.SMALL, ha="left", va="center")
    axes.set_xlabel(
        "less the record, in units of the scale", color=style.soft, size=look.SMALL, family=look.FONT
    )
    _key(axes, groups)
    return page.figure


def _recorded(found: Calibration) -> np.ndarray:
    return np.array([each.recorded for each in found.statistics])


def _interval(axes: Axes, place: float, values: np.ndarray, color: str) -> None:
    low, left, middle, right, high = np.quantile(values, [0.05, 0.25, 0.5, 0.75, 0.95])
    axes.plot([low, high], [place, place], color=color, linewidth=1.2)
    axes.plot([left, right], [place, place], color=color, linewidth=4.5, solid_capstyle="butt")
    axes.plot(middle, place, "o", color=color, markersize=5)


def _key(axes: Axes, groups: tuple[tuple[str, np.ndarray, str], ...]) -> None:
    """Which colour is what, above the rows at left."""
    for at, (name, _, color) in enumerate(groups):
        x = -0.42 + 0.16 * at if at < 2 else 0.0
        canvas.label(
            axes, x, 1.0, name, look.LETTERS.get(color, (color, color))[0], look.SMALL, transform=axes.transAxes,
            va="bottom", weight="bold",
        )  # fmt: skip


def _title(found: Calibration) -> str:
    missed, all_of = len(out_of_reach(found)), len(found.statistics)
    gain = found.gain
    reach = (
        "Every recorded number is within reach"
        if not missed
        else f"{missed} of {all_of} recorded numbers are out of reach"
    )
    moved = (
        "calibration comes nearer to the record"
        if gain.better
        else "calibration comes no nearer than the present values"
    )
    return f"{reach}; {moved}"


def _caption(found: Calibration) -> str:
    return (
        "Model result. Lines: 50 and 90 % of runs, dot: median; "
        f"{look.count(len(found.sample.runs))} runs of the prior, {len(found.check.present)} at the present values, "
        f"{len(found.check.drawn)} of the posterior. At right the recorded value and the scale: the spread of the prior "
        "runs (median absolute deviation × 1.48) or the uncertainty of the record, whichever is larger. "
        "Out of reach: every kept run is on one side of it."
    )

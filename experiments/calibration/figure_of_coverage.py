"""Whether the method finds known parameters: coverage of its intervals and ranks of true values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SECOND, SIMULATED, Style
from .coverage import holding, smooth, told

if TYPE_CHECKING:
    from .calibrate import Calibration

WIDTH, ROW, NAMES = 9.6, 0.42, 2.2


def coverage(found: Calibration, style: Style = LIGHT) -> Figure:
    """Left: share of simulated records whose true value the 50 and 90 % intervals hold. Right: ranks."""
    count = len(found.free)
    high = max(2.4, ROW * count)
    page = canvas.sheet(
        WIDTH, 2.05 + high, found.scenario.title or found.scenario.name, _title(found), _caption(found), style
    )
    left = page.panel(NAMES, page.bottom + 0.4, 6.1, page.top - 0.35)
    right = page.panel(6.9, page.bottom + 0.4, WIDTH - canvas.MARGIN, page.top - 0.35)
    _intervals(left, found, style)
    _ranks(right, found, style)
    return page.figure


def _intervals(axes: Axes, found: Calibration, style: Style) -> None:
    table = [row for row in told(found.coverage).to_dict("records") if row["field"] in smooth(found)]
    axes.grid(axis="y", visible=False)
    axes.set(xlim=(0.2, 1.0), ylim=(len(table) - 0.4, -0.6), yticks=[])
    axes.set_xticks([0.3, 0.5, 0.7, 0.9], ["30 %", "50 %", "70 %", "90 %"])
    for nominal, name, color in ((0.5, "in_50", SECOND), (0.9, "in_90", SIMULATED)):
        axes.axvline(nominal, color=style.ink, linewidth=1)
        for place, row in enumerate(table):
            axes.plot([row[f"{name}_low"], row[f"{name}_high"]], [place, place], color=color, linewidth=2)
            axes.plot(row[name], place, "o", color=color, markersize=6)
    for place, row in enumerate(table):
        canvas.label(axes, 0.185, place, row["field"], style.ink, look.SMALL, ha="right", va="center")
    canvas.over(axes, "true values inside the interval", style)


def _ranks(axes: Axes, found: Calibration, style: Style) -> None:
    """Distribution functions of the ranks, within the band of uniform ones."""
    cases = int(found.coverage["case"].nunique())
    line = np.linspace(0, 1, 101)
    margin = 1.36 / np.sqrt(max(cases, 1))  # 95 % band of the Kolmogorov-Smirnov statistic
    axes.fill_between(
        line, np.clip(line - margin, 0, 1), np.clip(line + margin, 0, 1), color=style.guide, linewidth=0
    )
    for _, own in found.coverage.groupby("field", sort=False):
        ranks = np.sort(own["rank"].to_numpy())
        axes.step(ranks, np.arange(1, len(ranks) + 1) / len(ranks), color=SIMULATED, linewidth=1, alpha=0.8)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    canvas.over(axes, "ranks of true values, cumulated", style)


def _title(found: Calibration) -> str:
    held = holding(found)
    verdict = (
        "they are as wide as they should be"
        if abs(held - 0.9) <= 0.03
        else "they are too narrow"
        if held < 0.9
        else "they are too wide"
    )
    return f"Of known parameters, 90 % intervals hold {look.share(held)} of true values; {verdict}"


def _caption(found: Calibration) -> str:
    return (
        f"Model result. {found.coverage['case'].nunique()} runs of the prior sample taken for a record in turn, all runs "
        "of their point left out. Left: share of true values in the 50 and 90 % intervals, with 95 % intervals "
        "(Wilson), a row a parameter. Right: ranks of true values in their posteriors, a line a parameter; uniform "
        "ranks stay in the band (95 %, Kolmogorov-Smirnov). Whole numbers have no such interval."
    )

"""The posterior against the number of points and against the share of runs that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SECOND, SIMULATED, Style
from .identified import NOT
from .prior import Free

if TYPE_CHECKING:
    from .calibrate import Calibration

WIDTH, HEIGHT, COLUMNS, LEFT = 9.6, 1.95, 4, 0.7
SHIFT = 0.1
"""Of the range: a median that moves less than this between the last two sizes has settled."""


def convergence(found: Calibration, style: Style = LIGHT) -> Figure:
    """A panel a parameter: medians and 90 % intervals by number of points (left) and share kept (right)."""
    rows = -(-len(found.free) // COLUMNS)
    page = canvas.sheet(
        WIDTH, 1.6 + HEIGHT * rows, found.scenario.title or found.scenario.name, _title(found), _caption(found),
        style,
    )  # fmt: skip
    wide = (WIDTH - LEFT - canvas.MARGIN + 0.45) / COLUMNS
    for place, free in enumerate(found.free):
        row, column = divmod(place, COLUMNS)
        left, top = LEFT + column * wide, page.top - 0.25 - row * HEIGHT
        axes = page.panel(left, top - HEIGHT + 0.75, left + wide - 0.5, top)
        table = found.convergence[found.convergence["field"] == free.path]
        _panel(axes, free, table, style)
    return page.figure


def _panel(axes: Axes, free: Free, table: pd.DataFrame, style: Style) -> None:
    place, ticks, words = 0, [], []
    for varied, color in (("points", SIMULATED), ("accept", SECOND)):
        own = table[table["varied"] == varied]
        for row in own.to_dict("records"):
            low, middle, high = (float(free.share(row[name])) for name in ("low", "median", "high"))
            axes.plot([place, place], [low, high], color=color, linewidth=1.6)
            axes.plot(place, middle, "o", color=color, markersize=5)
            ticks.append(place)
            words.append(look.count(row["points"]) if varied == "points" else f"{100 * row['accept']:.3g} %")
            place += 1
        place += 1
    axes.set(ylim=(0, 1), xlim=(-0.6, place - 1.4))
    axes.set_xticks(ticks, words, rotation=90)
    axes.set_yticks([0, 0.5, 1], [look.number(float(free.value(share))) for share in (0, 0.5, 0.9999)])
    canvas.over(axes, free.path, style)


def unsettled(found: Calibration) -> list[str]:
    """Parameters that the record tells of whose median still moves from half the points to all of them.

    Those that it says nothing of have a median that means nothing.
    """
    names = []
    for each in found.estimates:
        table = found.convergence[found.convergence["field"] == each.free.path]
        last = table[table["varied"] == "points"].sort_values("points")["median"].to_numpy()[-2:]
        moved = len(last) < 2 or abs(np.diff(each.free.share(last))[0]) > SHIFT
        if each.verdict != NOT and moved:
            names.append(each.free.path)
    return names


def _title(found: Calibration) -> str:
    names = unsettled(found)
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"Not settled: more points move the median of {', '.join(names[:3])}{more}"
    if all(each.verdict == NOT for each in found.estimates):
        return "More points tell no more: no parameter is identified"
    return "Settled: with half the points no identified median is farther off than a tenth of its range"


def _caption(found: Calibration) -> str:
    return (
        f"Model result. Median and 90 % interval of the posterior: left with the first part of the points and "
        f"{100 * found.accept:.3g} % of the runs kept, right with all points and other shares kept. "
        "Every axis is the range of the parameter."
    )

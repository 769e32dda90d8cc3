"""Two runs in one figure: streams in operation and savings."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import canvas, look
from .compare import Comparison, headline
from .look import LIGHT, Style

WIDTH, HEIGHT = 9.6, 6.0
COLOURS = (look.SIMULATED, look.SECOND)
DASHES = ("solid", (0, (5, 1.5)))


def curves(comparison: Comparison, style: Style = LIGHT) -> Figure:
    """Streams and yearly savings of both runs over the years that both have."""
    titles = {
        result.scenario.title or result.scenario.name for result in (comparison.first, comparison.second)
    }
    seeds = {comparison.first.seed, comparison.second.seed}
    seed = (
        f"seed {seeds.pop()}"
        if len(seeds) == 1
        else f"seeds {comparison.first.seed}, {comparison.second.seed}"
    )
    caption = f"Model results, {seed}. Solid: {comparison.names[0]}; dashed: {comparison.names[1]}."
    page = canvas.sheet(
        WIDTH, HEIGHT, " / ".join(sorted(titles)), headline(comparison).rstrip("."), caption, style
    )
    left, right, base = 0.6, WIDTH - 2.2, page.bottom + 0.25
    middle = base + 0.42 * (page.top - base)
    upper = page.panel(left, middle + 0.45, right, page.top - 0.2)
    lower = page.panel(left, base, right, middle)
    canvas.over(upper, "streams in operation", style)
    canvas.over(lower, "savings, M EUR/yr", style)
    _lines(upper, comparison, "streams", 1.0)
    _lines(lower, comparison, "savings", 1e6)
    return page.figure


def _lines(axes: Axes, comparison: Comparison, indicator: str, divisor: float) -> None:
    ends: list[Any] = []
    top = 0.0
    results = (comparison.first, comparison.second)
    for result, name, colour, dash in zip(results, comparison.names, COLOURS, DASHES, strict=True):
        yearly = result.yearly().loc[comparison.years, indicator] / divisor
        axes.plot(yearly.index + 0.5, yearly, color=colour, linewidth=look.DATA_LINE, linestyle=dash)
        last = look.count(yearly.iloc[-1]) if divisor == 1 else look.number(yearly.iloc[-1])
        ends.append((float(yearly.iloc[-1]), f"{name[:18]} {last}", colour))
        top = max(top, float(yearly.max()))
    canvas.years(axes, comparison.years[0], comparison.years[-1] + 1)
    axes.set_ylim(0, 1.1 * max(top, 0.1))
    canvas.numbers(axes, whole=divisor == 1)
    canvas.end_labels(axes, comparison.years[-1] + 1.2, ends)

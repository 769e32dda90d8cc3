"""A yearly series in every arm: the mean, with the middle 90 % of runs of the first as a band."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import canvas, look
from ..look import LIGHT, Style
from .answer import Answer, Data, Finding
from .arms import Arm

WIDTH, HEIGHT = 9.6, 4.6
COLOURS = (look.SIMULATED, look.SECOND, look.HARM, "#009E73", "#D55E00")
LETTER = 0.072
"""Inches of a letter at the ends of lines."""
INKS = {look.SECOND: ("#8A5F00", "#E69F00"), **look.LETTERS}


def curves(
    arms: tuple[Arm, ...], series: str, over: str, divisor: float = 1.0, since: float = 0.0
) -> Callable[[Finding, Data, Answer, Style], Figure]:
    """A figure of a series by arm from a year on, as an entry of a finding draws it."""

    def drawn(finding: Finding, data: Data, answer: Answer, style: Style = LIGHT) -> Figure:
        from .figure_of_effects import caption_of

        table = data["series"]
        table = table[table["year"] >= since]
        caption = caption_of(finding, answer).split("; lines")[0]
        caption += f". Lines: means of runs; band: middle 90 % of runs, {arms[0].says}."
        page = canvas.sheet(WIDTH, HEIGHT, finding.title, answer.headline, caption, style)
        right = 0.3 + LETTER * (6 + max(len(arm.says) for arm in arms))
        axes = page.panel(0.6, page.bottom + 0.3, WIDTH - right, page.top - 0.3)
        ends = []
        for arm, colour in zip(arms, COLOURS, strict=False):
            years = table[table["arm"] == arm.key].groupby("year")[series]
            middle = years.mean() / divisor
            at = middle.index.to_numpy(float) + 0.5
            if arm is arms[0]:
                low, high = years.quantile(0.05) / divisor, years.quantile(0.95) / divisor
                axes.fill_between(at, low, high, color=colour, alpha=0.22, linewidth=0)
            dash = "solid" if arm is arms[0] else (0, (5, 1.5))
            axes.plot(at, middle, color=colour, linewidth=look.DATA_LINE, linestyle=dash)
            ends.append(
                (
                    float(middle.iloc[-1]),
                    f"{arm.says}: {look.number(middle.iloc[-1])}",
                    _letters(colour, style),
                )
            )
        first, last = float(table["year"].min()), float(table["year"].max()) + 1
        canvas.years(axes, first, last)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))
        axes.set_ylim(0, None)
        canvas.numbers(axes)
        canvas.over(axes, over, style)
        canvas.end_labels(axes, last + 0.01 * (last - first), ends, look.SMALL)
        return page.figure

    return drawn


def _letters(colour: str, style: Style) -> str:
    shades = INKS.get(colour)
    return colour if shades is None else shades[style.name == "dark"]

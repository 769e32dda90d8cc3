"""Posterior beside prior, a row a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SIMULATED, Style
from .identified import IDENTIFIED, NOT, Estimate

if TYPE_CHECKING:
    from .calibrate import Calibration

WIDTH, ROW, NAMES, VERDICTS = 9.6, 0.5, 2.6, 1.35


def parameters(found: Calibration, style: Style = LIGHT) -> Figure:
    """Ranges, posterior intervals and present values of all parameters."""
    count = len(found.estimates)
    page = canvas.sheet(
        WIDTH, 1.7 + ROW * count, found.scenario.title or found.scenario.name, _title(found), _caption(found),
        style,
    )  # fmt: skip
    axes = page.panel(NAMES, page.bottom + 0.05, WIDTH - canvas.MARGIN - VERDICTS, page.top - 0.2)
    axes.grid(axis="y", visible=False)
    axes.spines["bottom"].set_visible(False)
    axes.set(xlim=(-0.14, 1.14), ylim=(count - 0.4, -0.6), xticks=[], yticks=[])
    for place, each in enumerate(found.estimates):
        _row(axes, place, each, style)
    return page.figure


def _row(axes: Axes, place: int, each: Estimate, style: Style) -> None:
    free, told = each.free, each.verdict != NOT
    color = SIMULATED if told else style.soft
    axes.plot([0, 1], [place, place], color=style.guide, linewidth=7, solid_capstyle="butt")
    low, left, middle, right, high = (
        float(free.share(value)) for value in (each.interval[0], each.half[0], each.median, each.half[1], each.interval[1])
    )  # fmt: skip
    axes.plot([low, high], [place, place], color=color, linewidth=2)
    axes.plot([left, right], [place, place], color=color, linewidth=6, solid_capstyle="butt")
    axes.plot(middle, place, "o", color=color, markersize=8, markeredgecolor=style.paper, zorder=4)
    now = float(free.share(free.present))
    if -0.05 <= now <= 1.05:
        axes.plot(
            now, place, "d", color=style.paper, markersize=7, markeredgecolor=style.ink, markeredgewidth=1.3,
            zorder=5,
        )  # fmt: skip
    for x, value, side in ((-0.02, free.low, "right"), (1.02, free.high, "left")):
        canvas.label(axes, x, place, look.number(value), style.soft, look.SMALL, ha=side, va="center")
    name = free.path + (f"\n{free.unit}" if free.unit else "")
    canvas.label(axes, -0.17, place, name, style.ink, look.SMALL, ha="right", va="center")
    words = f"{each.verdict}\nsd × {each.ratio:.2f}"
    ink = style.ink if told else style.soft
    canvas.label(axes, 1.18, place, words, ink, look.SMALL, ha="left", va="center")


def _title(found: Calibration) -> str:
    verdicts = [each.verdict for each in found.estimates]
    told = sum(verdict != NOT for verdict in verdicts)
    sure = verdicts.count(IDENTIFIED)
    return f"The record to {found.until} says something about {told} of {len(verdicts)} parameters, and identifies {sure}"


def _caption(found: Calibration) -> str:
    return (
        f"Model result, {look.count(len(found.sample.runs))} runs of which the nearest {len(found.posterior.rows)} "
        "were kept. Grey bar: the range, which is the prior (by factors where its ends are a factor of ten "
        "apart). Dot: posterior median; thick and thin line: 50 and 90 % interval. Diamond: present value. "
        "At right the verdict, and the posterior's standard deviation over the prior's."
    )

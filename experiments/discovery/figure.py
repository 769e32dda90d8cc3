"""Runs over the two fields that tell most, cases marked, with the best box drawn."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import canvas, look
from ..look import LIGHT, Style
from ..sweeping.over_runs import field_value
from .boxes import Discovery
from .command import text

WIDTH, HEIGHT = 9.6, 6.4


def figure(found: Discovery, style: Style = LIGHT) -> Figure:
    """Every run as a dot over the first two fields of the best box; the box itself; cases in the colour of harm."""
    title = text(found).splitlines()[0]
    caption = f"Model results, {look.count(len(found.is_case))} runs, method {found.method.upper()}. Filled: {found.bad}."
    page = canvas.sheet(WIDTH, HEIGHT, f"Discovery in {found.folder.name}", title, caption, style)
    axes = page.panel(0.9, page.bottom + 0.5, WIDTH - 0.5, page.top - 0.3)
    names = _two_fields(found)
    jitter = np.random.default_rng(1)
    x, y = (_spread(found.fields[name].to_numpy(float), jitter) for name in names)
    for cases, face, edge in ((False, "none", style.soft), (True, look.HARM, look.HARM)):
        own = found.is_case == cases
        axes.scatter(x[own], y[own], s=16, facecolors=face, edgecolors=edge, linewidths=0.8, alpha=0.8)
    if found.boxes:
        spans = [
            found.boxes[0].limits.get(name, (found.fields[name].min(), found.fields[name].max()))
            for name in names
        ]
        (left, right), (low, high) = spans
        axes.add_patch(
            Rectangle((left, low), right - left, high - low, fill=False, edgecolor=style.ink, linewidth=2)
        )
    canvas.over(axes, names[1], style)
    canvas.numbers(axes)
    axes.xaxis.set_major_formatter(lambda value, _: field_value(names[0], value))
    axes.yaxis.set_major_formatter(lambda value, _: field_value(names[1], value))
    canvas.label(
        axes, 1.0, -0.09, names[0], style.soft, look.SMALL, transform=axes.transAxes, ha="right", va="top"
    )
    return page.figure


def _two_fields(found: Discovery) -> list[str]:
    """The two fields that the best box restricts most; others where it restricts fewer."""
    limits = found.boxes[0].limits if found.boxes else {}
    width = {name: (high - low) / np.ptp(found.fields[name]) for name, (low, high) in limits.items()}
    names = sorted(width, key=width.__getitem__) + [str(name) for name in found.fields if name not in width]
    return (names * 2)[:2]


def _spread(values: np.ndarray, jitter: np.random.Generator) -> np.ndarray:
    """Values of a grid moved apart a little, so that runs of one point do not hide each other."""
    distinct = np.unique(values)
    if len(distinct) > 30:
        return values
    return values + jitter.uniform(-0.2, 0.2, len(values)) * np.diff(distinct).min()

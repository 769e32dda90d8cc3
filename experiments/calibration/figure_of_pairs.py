"""The corner figure: parameters that the record says most about, one by one and in pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import canvas, look
from ..look import LIGHT, SIMULATED, Style

if TYPE_CHECKING:
    from .calibrate import Calibration

WIDTH, LEFT, UNDER, MOST = 9.6, 1.25, 0.75, 6
GRID = 48


def pairs(found: Calibration, style: Style = LIGHT) -> Figure:
    """Marginal posteriors on the diagonal, contours of 50 and 90 % below it, correlations above it."""
    order = sorted(range(len(found.estimates)), key=lambda at: found.estimates[at].ratio_interval[1])
    shown = sorted(order[:MOST])
    side = (WIDTH - LEFT - canvas.MARGIN) / len(shown)
    side = min(side, 2.2)
    page = canvas.sheet(
        WIDTH, 1.75 + UNDER + side * len(shown), found.scenario.title or found.scenario.name,
        _title(found, shown), _caption(found, len(shown)), style,
    )  # fmt: skip
    gap = 0.1
    for row, y in enumerate(shown):
        for column, x in enumerate(shown):
            left, top = LEFT + column * side, page.top - 0.1 - row * side
            axes = page.panel(left, top - side + gap, left + side - gap, top)
            axes.grid(visible=False)
            axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
            if row < column:
                _correlation(axes, found, x, y, style)
            elif row == column:
                _marginal(axes, found, x, style)
            else:
                _contours(axes, found, x, y, style)
            if row == len(shown) - 1:
                _name(axes, found, x, style, below=True)
            if column == 0 and row > 0:
                _name(axes, found, y, style, below=False)
    return page.figure


def _marginal(axes: Axes, found: Calibration, at: int, style: Style) -> None:
    """Posterior weights by part of the range, or by value for whole numbers; the prior as a line."""
    free, post = found.free[at], found.posterior
    parts = round(free.high - free.low) + 1 if free.whole else 20
    edges = np.linspace(0, 1, parts + 1)
    height, _ = np.histogram(post.shares[:, at], edges, weights=post.weights)
    axes.set_ylim(0, 1.15 * max(height.max(), 2 / parts))
    axes.stairs(height, edges, fill=True, color=SIMULATED, alpha=0.75)
    axes.plot([0, 1], [1 / parts, 1 / parts], color=style.soft, linewidth=1, linestyle="--")
    axes.axvline(float(free.share(found.estimates[at].median)), color=style.ink, linewidth=1)


def _contours(axes: Axes, found: Calibration, x: int, y: int, style: Style) -> None:
    """Kept runs as dots by weight; contours that hold 50 and 90 % of a kernel density of them."""
    from scipy.stats import gaussian_kde

    post = found.posterior
    both = post.shares[:, [x, y]].T
    size = 10 * post.weights / post.weights.max()
    axes.scatter(both[0], both[1], s=size, color=SIMULATED, alpha=0.35, linewidths=0)
    if found.free[x].whole or found.free[y].whole:
        return
    try:
        density = gaussian_kde(both, weights=post.weights)
    except np.linalg.LinAlgError:  # a parameter that stayed in one place has no density
        return
    line = (np.arange(GRID) + 0.5) / GRID
    across, up = np.meshgrid(line, line)
    height = density(np.vstack([across.ravel(), up.ravel()]))
    falling = np.sort(height)[::-1]
    held = np.cumsum(falling) / falling.sum()
    levels = [falling[np.searchsorted(held, share)] for share in (0.9, 0.5)]
    if levels[0] < levels[1]:
        field = height.reshape(GRID, GRID)
        axes.contour(across, up, field, levels=levels, colors=style.ink, linewidths=[0.8, 1.4])


def _correlation(axes: Axes, found: Calibration, x: int, y: int, style: Style) -> None:
    post = found.posterior
    both = np.cov(post.shares[:, [x, y]].T, aweights=post.weights)
    value = both[0, 1] / np.sqrt(max(both[0, 0] * both[1, 1], 1e-30))
    axes.spines["bottom"].set_visible(False)
    ink = style.ink if abs(value) >= 0.3 else style.soft
    canvas.label(axes, 0.5, 0.5, look.fixed(value, 2), ink, look.LABEL, ha="center", va="center")


def _name(axes: Axes, found: Calibration, at: int, style: Style, below: bool) -> None:
    """Two values of the range, and the name of the field."""
    free = found.free[at]
    ticks = [0.2, 0.8]
    words = [look.number(float(free.value(tick)), 2) for tick in ticks]
    said = free.path.replace(".", ".\n", 1)
    if below:
        axes.set_xticks(ticks, words)
        canvas.label(
            axes, 0.5, -0.24, said, style.ink, look.SMALL, ha="center", va="top", transform=axes.transAxes
        )
    else:
        axes.set_yticks(ticks, words)
        canvas.label(
            axes, -0.6, 0.5, said, style.ink, look.SMALL, ha="center", va="center", rotation=90,
            transform=axes.transAxes,
        )  # fmt: skip


def _title(found: Calibration, shown: list[int]) -> str:
    post = found.posterior
    table = np.cov(post.shares[:, shown].T, aweights=post.weights)
    spread = np.sqrt(np.maximum(np.diag(np.atleast_2d(table)), 1e-30))
    related = np.abs(np.atleast_2d(table) / np.outer(spread, spread)) - np.eye(len(shown))
    row, column = np.unravel_index(int(np.argmax(related)), related.shape)
    if related[row, column] < 0.3:
        return "The record constrains the parameters one by one: no two of them trade off"
    first, second = (found.free[shown[at]].path for at in sorted((row, column)))
    together = "both up or both down" if table[row, column] > 0 else "one up, the other down"
    return f"{first} and {second} trade off: the record allows {together}"


def _caption(found: Calibration, count: int) -> str:
    which = "All parameters" if count == len(found.free) else f"The {count} parameters that narrowed most"
    return (
        f"Model result, {len(found.posterior.rows)} kept runs after adjustment. {which}, each over its whole range. "
        "Diagonal: posterior, with its median, over the prior (dashed). Below: kept runs by weight, with contours "
        "that hold 50 and 90 % of the posterior (none for whole numbers). Above: correlations."
    )

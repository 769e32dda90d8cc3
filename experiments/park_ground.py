"""The ground of a map: zones in pale colours, each named once."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from . import canvas, look
from .labels import Anchor, overlap
from .look import Style
from .park_layout import Layout

Box = tuple[float, float, float, float]


def ground(page: canvas.Sheet, grid: Any, drawn: Layout) -> Axes:
    """Axes for a map over the width of a sheet, in points, with its zones."""
    style = page.style
    wide, high = page.figure.get_size_inches()
    place = (canvas.MARGIN / wide, page.bottom / high, 1 - 2 * canvas.MARGIN / wide, drawn.height / 72 / high)
    axes = page.figure.add_axes(place)
    axes.axis("off")
    rows = grid.zones or ["i" * grid.width] * grid.height
    colours = np.array(
        [[to_rgb(style.zones.get(letter, style.zones["i"])) for letter in row] for row in rows]
    )
    left, bottom = drawn.at(0.0, 0.0)
    right, top = drawn.at(grid.width * grid.cell_km, grid.height * grid.cell_km)
    image = axes.imshow(
        colours, interpolation="nearest", aspect="auto", zorder=0, extent=(left, right, bottom, top)
    )
    (x0, y0), (x1, y1) = drawn.at(*drawn.window[:2]), drawn.at(*drawn.window[2:])
    image.set_clip_path(Rectangle((x0, y0), x1 - x0, y1 - y0, transform=axes.transData))
    axes.set_xlim(0, drawn.width)
    axes.set_ylim(0, drawn.height)
    return axes


def zone_names(
    axes: Axes, grid: Any, drawn: Layout, taken: list[Box], points: np.ndarray, style: Style
) -> None:
    """The name of each zone once, faint, on a free spot well inside it."""
    (x0, y0), (x1, y1) = drawn.at(*drawn.window[:2]), drawn.at(*drawn.window[2:])
    step = grid.cell_km * drawn.scale
    for letter, name in look.ZONES.items():
        anchors = []
        for north, row in enumerate(grid.zones):
            for column, each in enumerate(row):
                x, y = drawn.at((column + 0.5) * grid.cell_km, (grid.height - north - 0.5) * grid.cell_km)
                around = row[max(0, column - 1) : column + 2]
                if each == letter and set(around) == {letter} and x0 + step < x < x1 - step and y0 < y < y1:
                    anchors.append(Anchor(x, y, 0.0, 6.0 * len(name), 12.0))
        for anchor in sorted(anchors, key=lambda a: math.dist((a.x, a.y), (drawn.width / 2, drawn.height))):
            box = (anchor.x - anchor.width / 2, anchor.y - 6, anchor.x + anchor.width / 2, anchor.y + 6)
            if not _near(points, box) and not any(overlap(box, other) for other in taken):
                x, y = anchor.x, anchor.y
                options = {"ha": "center", "va": "center", "style": "italic", "gid": "zone"}
                canvas.label(axes, x, y, name, style.soft, look.SMALL, alpha=0.8, zorder=1, **options)
                taken.append(box)
                break


def _near(points: np.ndarray, box: Box) -> bool:
    x, y = points[:, 0], points[:, 1]
    return bool(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any())

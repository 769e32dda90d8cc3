"""The map of a park at a date: zones, companies, streams as arcs from supplier to receiver."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, FancyArrowPatch

from . import canvas, look
from .labels import FAR, STEPS, Anchor, placed
from .look import CLASS_COLOURS, LIGHT, Style
from .park_ground import ground, zone_names
from .park_layout import Disc, Layout, layout

WIDTH = 10.0
MOST_NAMES, MOST_ARCS = 40, 90
"""Of a larger park the largest are named and drawn, and names stand close to their disc or not at all."""
THINNEST, THICKEST = 0.9, 6.0
KEY = (0.0, 0.0, 150.0, 46.0)
"""Corner of the map, in points, that the key takes."""

Box = tuple[float, float, float, float]


def park_map(result: Any, style: Style = LIGHT, year: float | None = None) -> Figure:
    """The park at a date (decimal year, default the last quarter of the run)."""
    year = float(result.indicators["year"].iloc[-1]) if year is None else year
    streams = result.streams(year)
    drawn = layout(result, year, (WIDTH - 2 * canvas.MARGIN) * 72)
    title, subject = _title(streams, year), result.scenario.title or result.scenario.name
    height = drawn.height / 72 + 1.4
    caption = _caption(result, year, len(streams), any(disc.external for disc in drawn.discs.values()))
    page = canvas.sheet(WIDTH, height, subject, title, caption, style)
    axes = ground(page, result.scenario.grid, drawn)
    points = arcs(axes, streams, drawn.discs)
    for disc in drawn.discs.values():
        _disc(axes, disc, style)
    taken = names(axes, list(drawn.discs.values()), points, drawn, style)
    zone_names(axes, result.scenario.grid, drawn, taken, points, style)
    key(axes, drawn.scale, style)
    return page.figure


def values_of(streams: pd.DataFrame) -> pd.Series:
    """Yearly gain of both sides of each stream as signed, EUR."""
    return (streams["quantity"] * (streams["p_max"] - streams["p_min"])).clip(lower=0.0)


def arcs(axes: Axes, streams: pd.DataFrame, discs: dict[str, Disc], alpha: float = 0.72) -> np.ndarray:
    """Draw the streams, those of the largest gain in a large park; returns points along them."""
    values = values_of(streams)
    most = max(float(values.max()), 1.0) if len(values) else 1.0
    used: dict[tuple[str, str], int] = {}
    points = [np.zeros((0, 2))]
    for row in values.sort_values(ascending=False, kind="stable").index[:MOST_ARCS]:
        stream = streams.loc[row]
        start, end = discs[stream["supplier"]], discs[stream["receiver"]]
        nth = used.get((start.name, end.name), 0)
        used[start.name, end.name] = nth + 1
        width = THINNEST + (THICKEST - THINNEST) * math.sqrt(values[row] / most)
        bend = 0.16 + 0.13 * nth
        axes.add_patch(
            FancyArrowPatch(
                (start.x, start.y), (end.x, end.y), connectionstyle=f"arc3,rad={bend}",
                arrowstyle="-|>,head_length=0.55,head_width=0.28", mutation_scale=7 + 2.2 * width,
                shrinkA=start.radius, shrinkB=end.radius + (4 if end.public else 1.5), linewidth=width,
                color=CLASS_COLOURS[stream["class"]], alpha=alpha, joinstyle="miter", zorder=3, gid="stream",
            )
        )  # fmt: skip
        points.append(_along(start, end, bend))
    return np.concatenate(points)


def _along(start: Disc, end: Disc, bend: float) -> np.ndarray:
    """Points along an arc: the quadratic curve that `arc3` draws."""
    first, last = np.array([start.x, start.y]), np.array([end.x, end.y])
    middle = (first + last) / 2 + bend * np.array([last[1] - first[1], first[0] - last[0]])
    t = np.linspace(0, 1, max(4, int(math.dist(first, last) / 6)))[:, None]
    along: np.ndarray = (1 - t) ** 2 * first + 2 * t * (1 - t) * middle + t**2 * last
    return along


def _disc(axes: Axes, disc: Disc, style: Style) -> None:
    """A filled disc where it trades, a hollow one where not; a second ring around a public body."""
    fill, edge = (style.ink, style.paper) if disc.trades else (style.paper, style.ink)
    axes.add_patch(
        Circle(
            (disc.x, disc.y),
            disc.radius,
            facecolor=fill,
            edgecolor=edge,
            linewidth=0.9,
            zorder=5,
            gid="company",
        )
    )
    if disc.public:
        axes.add_patch(
            Circle(
                (disc.x, disc.y), disc.radius + 2.6, fill=False, edgecolor=style.ink, linewidth=1.0, zorder=5
            )
        )


def names(
    axes: Axes,
    discs: list[Disc],
    points: np.ndarray,
    drawn: Layout,
    style: Style,
    below: Mapping[str, str] | None = None,
) -> list[Box]:
    """A name beside every disc, no two on one spot, and what is said `below` it; returns the boxes that are taken."""
    ranked = sorted(discs, key=lambda disc: (not disc.trades, -disc.radius, disc.name))
    texts, anchors = [], []
    for disc in ranked[:MOST_NAMES]:
        said = disc.name
        if disc.external:
            said = f"{textwrap.fill(said, 14)}\n{look.number(disc.distance)} km away"
        if below and disc.name in below:
            said = f"{said}\n{below[disc.name]}"
        text = canvas.label(
            axes, disc.x, disc.y, said, style.ink if disc.trades else style.soft, look.SMALL, ha="center",
            va="center", linespacing=1.1, path_effects=canvas.halo(style), zorder=7, gid="name",
        )  # fmt: skip
        wide, high = canvas.extent(text)
        outward = math.atan2(disc.y - drawn.height / 2, disc.x - drawn.width / 2) if disc.external else None
        ring = 3.0 if disc.public else 0.0
        anchors.append(Anchor(disc.x, disc.y, disc.radius + ring, wide + 2, high + 1, outward))
        texts.append(text)
    taken: list[Box] = [KEY]
    taken += [(d.x - d.radius, d.y - d.radius, d.x + d.radius, d.y + d.radius) for d in ranked[MOST_NAMES:]]
    farthest = FAR if len(discs) > MOST_NAMES else STEPS[-1]
    places = placed(anchors, points, (0.0, 0.0, drawn.width, drawn.height), taken, farthest)
    taken += [(a.x - a.radius, a.y - a.radius, a.x + a.radius, a.y + a.radius) for a in anchors]
    for text, anchor, place in zip(texts, anchors, places, strict=True):
        if place is None:
            text.remove()
            continue
        text.set_position(place.centre)
        taken.append(place.box)
        if place.led:
            _leader(axes, anchor, place.box, style)
    return taken


def _leader(axes: Axes, anchor: Anchor, box: Box, style: Style) -> None:
    x, y = float(np.clip(anchor.x, box[0], box[2])), float(np.clip(anchor.y, box[1], box[3]))
    part = anchor.radius / max(math.hypot(x - anchor.x, y - anchor.y), anchor.radius)
    start = (anchor.x + part * (x - anchor.x), anchor.y + part * (y - anchor.y))
    axes.add_line(Line2D([start[0], x], [start[1], y], color=style.soft, linewidth=0.6, zorder=6))


def key(axes: Axes, scale: float, style: Style) -> None:
    """Colours of the classes and a bar of some kilometres, in the lower left corner."""
    for place, (name, colour) in enumerate(CLASS_COLOURS.items()):
        y = 38 - 13 * place
        axes.add_line(Line2D([2, 22], [y, y], color=colour, linewidth=3))
        canvas.label(axes, 27, y, name, style.ink, look.SMALL, va="center")
    lengths = [km for km in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if km * scale <= 60]
    length = max(lengths, default=0.1)
    axes.add_line(Line2D([92, 92 + length * scale], [25, 25], color=style.soft, linewidth=1.5))
    canvas.label(axes, 92, 34, f"{look.number(length)} km", style.soft, look.SMALL, va="center")


def _title(streams: pd.DataFrame, year: float) -> str:
    when = look.year(year)
    if streams.empty:
        return f"No stream is in operation in {when}"
    ends = pd.concat([streams["supplier"], streams["receiver"]]).value_counts(sort=False)
    top = sorted(ends.index, key=lambda name: (-ends[name], name))[0]
    verb = "ties" if len(streams) == 1 else "tie"
    tied = f"{look.plural(len(streams), 'stream')} {verb} {look.plural(len(ends), 'company', 'companies')}"
    return f"{tied} in {when}; {top} has {look.count(ends[top])} of them"


def _caption(result: Any, year: float, streams: int, beyond: bool) -> str:
    words = (
        f"Model result, seed {result.seed}, {look.date(year)}. An arc runs from supplier to receiver; its "
        "width is the square root of the yearly gain of both. Discs: companies, area by jobs; filled: with a "
        "stream; second ring: public."
    )
    if beyond:
        words += " Partners beyond the map stand on its rim."
    if streams > MOST_ARCS:
        words += f" Only the {MOST_ARCS} streams of the largest gain are drawn."
    return words

"""Places for names on a map: near their disc, on no other name, on as few lines as can be.

Pure geometry in one unit of length (points on paper); a box is (left, bottom, right, top).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ANGLES = [math.radians(angle) for angle in (0, 180, 90, 270, 30, 330, 150, 210, 60, 300, 120, 240)]
"""Directions in which a name may stand, the best first: right, left, above, below, then between."""
STEPS = (2.0, 7.0, 14.0, 24.0, 36.0, 52.0, 72.0, 96.0, 124.0)
"""Gaps between disc and name that are tried in turn."""
FAR = 9.0
"""From this gap on, a thin line leads from the name to its disc."""


@dataclass(frozen=True)
class Anchor:
    """A disc with a name: centre, radius, width and height of the name, the direction it should stand in."""

    x: float
    y: float
    radius: float
    width: float
    height: float
    towards: float | None = None


@dataclass(frozen=True)
class Place:
    """Where a name stands, and whether a line must lead to it."""

    box: tuple[float, float, float, float]
    led: bool

    @property
    def centre(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def placed(
    anchors: Sequence[Anchor],
    points: np.ndarray,
    bounds: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]] = (),
    farthest: float = STEPS[-1],
) -> list[Place | None]:
    """A place for each name in turn, None where none is free.

    `points` (n x 2) are spots on lines that names should rather not cover; `bounds` holds all names;
    `taken` are boxes that are full already; no gap is wider than `farthest`. Names in a crowd are
    placed first.
    """
    discs = np.array([[each.x, each.y, each.radius] for each in anchors]).reshape(-1, 3)
    full = [tuple(map(float, box)) for box in taken]
    result: list[Place | None] = [None] * len(anchors)
    for k in _crowded_first(discs):
        best, best_cost = None, math.inf
        for rank, gap in enumerate(each for each in STEPS if each <= farthest):
            for turn, angle in enumerate(_turned(anchors[k].towards)):
                box = _box(anchors[k], gap, angle)
                if not _inside(box, bounds) or _hits(box, full) or _covers(box, discs):
                    continue
                on_lines = _points_in(box, points)
                cost = 4.0 * rank + (0.25 if anchors[k].towards is None else 1.0) * turn + 1.5 * on_lines
                if cost < best_cost:
                    best, best_cost = Place(box, gap >= FAR), cost
            if best is not None and best_cost <= 4.0 * (rank + 1):
                break
        if best is not None:
            full.append(best.box)
            result[k] = best
    return result


def overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two boxes share more than a border."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crowded_first(discs: np.ndarray) -> list[int]:
    if len(discs) == 0:
        return []
    away = np.hypot(discs[:, None, 0] - discs[None, :, 0], discs[:, None, 1] - discs[None, :, 1])
    return [int(row) for row in np.argsort(-(away < 70.0).sum(axis=1), kind="stable")]


def _turned(towards: float | None) -> list[float]:
    """The directions to try, those next to the wanted one first."""
    if towards is None:
        return ANGLES
    return sorted(ANGLES, key=lambda angle: -math.cos(angle - towards))


def _box(anchor: Anchor, gap: float, angle: float) -> tuple[float, float, float, float]:
    """A box that touches the circle of radius + gap around the disc from outside, in a direction."""
    reach = anchor.radius + gap
    x = anchor.x + math.cos(angle) * (reach + anchor.width / 2)
    y = anchor.y + math.sin(angle) * (reach + anchor.height / 2)
    return (
        x - anchor.width / 2,
        y - anchor.height / 2,
        x + anchor.width / 2,
        y + anchor.height / 2,
    )


def _inside(box: Sequence[float], bounds: Sequence[float]) -> bool:
    return box[0] >= bounds[0] and box[1] >= bounds[1] and box[2] <= bounds[2] and box[3] <= bounds[3]


def _hits(box: Sequence[float], full: Sequence[Sequence[float]]) -> bool:
    return any(overlap(box, other) for other in full)


def _covers(box: Sequence[float], discs: np.ndarray) -> bool:
    """Whether the box touches a disc."""
    x = np.clip(discs[:, 0], box[0], box[2])
    y = np.clip(discs[:, 1], box[1], box[3])
    return bool((np.hypot(discs[:, 0] - x, discs[:, 1] - y) < discs[:, 2]).any())


def _points_in(box: Sequence[float], points: np.ndarray) -> int:
    if len(points) == 0:
        return 0
    x, y = points[:, 0], points[:, 1]
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, at least `gap` apart and between `low` and `high` where there is room."""
    order = np.argsort(np.asarray(wanted, float), kind="stable")
    gap = min(gap, (high - low) / max(1, len(order) - 1)) if len(order) > 1 else gap
    placed = [min(max(float(wanted[k]), low), high) for k in order]
    for k in range(1, len(placed)):
        placed[k] = max(placed[k], placed[k - 1] + gap)
    if placed and placed[-1] > high:
        placed[-1] = high
        for k in range(len(placed) - 2, -1, -1):
            placed[k] = min(placed[k], placed[k + 1] - gap)
    result = [0.0] * len(placed)
    for k, row in enumerate(order):
        result[row] = placed[k]
    return result

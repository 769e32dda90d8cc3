"""The geometry of an arc between two discs: a quadratic curve from rim to rim, and its arrowhead."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Point = tuple[float, float]


def bend(nth: int) -> float:
    """How far the nth stream of a pair leaves the straight line, as a share of its length."""
    return 0.16 + 0.12 * nth


def control(start: Point, end: Point, nth: int) -> Point:
    """The control point of the quadratic curve of the nth stream of a pair."""
    share = bend(nth)
    return (
        (start[0] + end[0]) / 2 - share * (end[1] - start[1]),
        (start[1] + end[1]) / 2 + share * (end[0] - start[0]),
    )


def along(start: Point, end: Point, nth: int) -> np.ndarray:
    """Points along that curve."""
    first, middle, last = (np.array(each) for each in (start, control(start, end, nth), end))
    t = np.linspace(0, 1, max(4, int(math.dist(start, end) / 8)))[:, None]
    curve: np.ndarray = (1 - t) ** 2 * first + 2 * t * (1 - t) * middle + t**2 * last
    return curve


def curve(
    start: dict[str, Any], end: dict[str, Any], around: list[float], nth: int, width: float
) -> tuple[str, str]:
    """Path of the arc from rim to rim, and the triangle of its arrowhead."""
    a, b = (start["x"], start["y"]), (end["x"], end["y"])
    middle = control(a, b, nth)
    size = 6.0 + 1.5 * width
    a = _towards(a, middle, 0.8 * around[0])
    tip = _towards(b, middle, around[1] + (4.0 if end["public"] else 1.5))
    back = _towards(tip, middle, size)
    dx, dy = (tip[0] - back[0]) / size, (tip[1] - back[1]) / size
    half = 0.42 * size
    wing = [(back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)]
    path = f"M{_at(a)}Q{_at(middle)} {_at(_towards(tip, middle, size * 0.7))}"
    return path, f"M{_at(tip)}L{_at(wing[0])}L{_at(wing[1])}Z"


def _towards(point: Point, other: Point, length: float) -> Point:
    away = max(math.dist(point, other), 1e-6)
    share = min(length, 0.45 * away) / away
    return point[0] + share * (other[0] - point[0]), point[1] + share * (other[1] - point[1])


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"

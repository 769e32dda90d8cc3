"""Where everything of a park stands on its map: which part is shown, discs, partners on the rim."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .labels import spread

RIM = 1.15
"""Inches beside the zones where partners beyond the map stand."""
BARE_RIM = 0.1
"""Inches where none stand."""
ROOM_FOR_KEY = 50.0
"""Points below the zones where the key stands."""
TALLEST = 7.0
"""Inches of the zones, at most."""
SMALLEST, LARGEST = 4.0, 17.0
"""Radius of a disc in points; between them its area follows the jobs."""
FIRST_ANGLE, LAST_ANGLE = math.radians(-215), math.radians(35)
"""Partners beyond the map stand left, below and right, by their direction from the middle."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Disc:
    """A company as drawn: where (points from the lower left corner of the map), how large, what it is."""

    name: str
    x: float
    y: float
    radius: float
    public: bool
    external: bool
    distance: float
    trades: bool


@dataclass(frozen=True)
class Layout:
    """A map in points: the shown window (km), its scale and rims, and the discs by name."""

    window: tuple[float, float, float, float]
    scale: float
    side: float
    below: float
    above: float
    discs: dict[str, Disc]

    @property
    def width(self) -> float:
        return (self.window[2] - self.window[0]) * self.scale + 2 * self.side

    @property
    def height(self) -> float:
        return (self.window[3] - self.window[1]) * self.scale + self.below + self.above

    def at(self, x: float, y: float) -> Point:
        """Points of a place in km."""
        return self.side + (x - self.window[0]) * self.scale, self.below + (y - self.window[1]) * self.scale


def layout(result: Any, year: float, width: float) -> Layout:
    """The map of a result at a date, `width` points wide."""
    here, streams = companies_at(result, year), result.streams(year)
    window = _window(here, result.scenario.grid)
    side = 72 * (RIM if here["external"].any() else BARE_RIM)
    scale = min((width - 2 * side) / (window[2] - window[0]), 72 * TALLEST / (window[3] - window[1]))
    side = (width - scale * (window[2] - window[0])) / 2
    below = 72 * RIM if here["external"].any() else ROOM_FOR_KEY
    bare = Layout(window, scale, side, below, 72 * BARE_RIM, {})
    return Layout(window, scale, side, bare.below, bare.above, _discs(here, streams, bare))


def companies_at(result: Any, year: float) -> pd.DataFrame:
    """Companies that are there at a date, their `jobs` at the end of that year, and whether one `trades`."""
    table = result.companies
    there = table["arrives"].fillna(-1e9).le(year) & ~table["leaves"].le(year)
    here = table[there & ~table["status"].isin(["absent", "planned"])].set_index("name")
    accounts = result.accounts
    jobs = accounts[accounts["year"] == math.floor(year)].set_index("company")["jobs"]
    streams = result.streams(year)
    trading = set(streams["supplier"]) | set(streams["receiver"])
    return here.assign(
        jobs=jobs.reindex(here.index).fillna(here["jobs"]), trades=[name in trading for name in here.index]
    )


def _window(here: pd.DataFrame, grid: Any) -> tuple[float, float, float, float]:
    """The part of the map, in km, that holds the companies and a margin around them."""
    wide, high = grid.width * grid.cell_km, grid.height * grid.cell_km
    sited = here[~here["external"]]
    if sited.empty:
        return 0.0, 0.0, wide, high
    margin = max(1.5 * grid.cell_km, 0.06 * wide)
    x0, x1 = sited["x"].min() - margin, sited["x"].max() + margin
    y0, y1 = sited["y"].min() - margin, sited["y"].max() + margin
    flat = max(0.0, 0.7 * (x1 - x0) - (y1 - y0)) / 2
    tall = max(0.0, (y1 - y0) - 0.95 * (x1 - x0)) / 2
    return max(0.0, x0 - tall), max(0.0, y0 - flat), min(wide, x1 + tall), min(high, y1 + flat)


def _discs(here: pd.DataFrame, streams: pd.DataFrame, bare: Layout) -> dict[str, Disc]:
    most = max(float(here["jobs"].max()), 1.0) if len(here) else 1.0
    sited = here[~here["external"]]
    places = {str(name): bare.at(row["x"], row["y"]) for name, row in sited.iterrows()}
    places |= _rim([str(name) for name in here.index[here["external"]]], streams, places, bare)
    discs = {}
    for name, (x, y) in sorted(places.items()):
        row: Any = here.loc[name]
        radius = max(SMALLEST, LARGEST * math.sqrt(max(0.0, row["jobs"]) / most))
        external = bool(row["external"])
        discs[name] = Disc(
            name, x, y, SMALLEST + 1 if external else radius, row["kind"] == "public", external,
            float(row["distance"]), bool(row["trades"]),
        )  # fmt: skip
    return discs


def _rim(names: list[str], streams: pd.DataFrame, places: dict[str, Point], bare: Layout) -> dict[str, Point]:
    """Partners beyond the map around it, each towards those it trades with, apart from each other."""
    middle = (bare.width / 2, bare.below + (bare.height - bare.below - bare.above) / 2)
    half = (bare.width / 2 - min(0.62 * bare.side, 60.0), middle[1] - 0.45 * bare.below)
    wanted = {}
    for name in names:
        mates = [*streams[streams["supplier"] == name]["receiver"]]
        mates += [*streams[streams["receiver"] == name]["supplier"]]
        points = [places[mate] for mate in mates if mate in places]
        x, y = np.mean(points, axis=0) - middle if points else (0.0, -1.0)
        angle = math.atan2(y / half[1], x / half[0])
        wanted[name] = angle if angle <= math.pi / 2 else angle - 2 * math.pi
    order = sorted(wanted, key=lambda name: (wanted[name], name))
    angles = spread([wanted[name] for name in order], 0.36, FIRST_ANGLE, LAST_ANGLE)
    return {name: _on_frame(angle, middle, half) for name, angle in zip(order, angles, strict=True)}


def _on_frame(angle: float, middle: Point, half: Point) -> Point:
    """The point of a rounded frame in a direction."""
    x, y = math.cos(angle), math.sin(angle)
    reach = (abs(x) ** 6 + abs(y) ** 6) ** (-1 / 6)
    return middle[0] + half[0] * reach * x, middle[1] + half[1] * reach * y

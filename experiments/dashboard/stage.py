"""What stands still on the map of a park: ground, the place of every company, room for its name.

Places are found once from a whole run of the park, so that nothing jumps while the years pass. Lengths
are points of a drawing `WIDTH` wide, y downwards.
"""

from __future__ import annotations

import math
import textwrap
from typing import Any

import numpy as np

from agents.fields import ABSENT
from experiments import look
from experiments.labels import FAR, STEPS, Anchor, placed, spread

from .arcs import Point, along
from .course import Course
from .ground import bar, cells, zone_names
from .sectors import GROUPS, group_of

WIDTH = 860.0
TALLEST = 545.0
RIM = 78.0
"""Room beside the zones for partners beyond the map."""
BARE_RIM = 8.0
SMALLEST, LARGEST = 5.0, 21.0
"""Radius of a disc; between them its area follows the jobs."""
LINE = 13.0
"""Room for a line of a name."""
MOST_NAMES = 60
FIRST_ANGLE, LAST_ANGLE = math.radians(-215), math.radians(35)


def stage(course: Course, whole: Any) -> dict[str, Any]:
    """Ground and places; `whole` are the tables of a finished run of the same park."""
    here = _ever_here(course.tables, whole)
    external = [row for row in here if whole.companies[row]["external"]]
    window = _window(course, whole, [row for row in here if row not in external])
    rim = RIM if external else BARE_RIM
    scale = min((WIDTH - 2 * rim) / (window[2] - window[0]), (TALLEST - 2 * rim) / (window[3] - window[1]))
    side = (WIDTH - scale * (window[2] - window[0])) / 2
    height = scale * (window[3] - window[1]) + BARE_RIM + (rim if external else 30.0)

    def at(x: float, y: float) -> Point:
        return side + (x - window[0]) * scale, BARE_RIM + (window[3] - y) * scale

    most = _most_jobs(whole)
    places: dict[int, dict[str, Any]] = {}
    for row in here:
        if row not in external:
            x, y = at(*_site(course.tables, whole, row))
            places[row] = _place(course, whole, row, (x, y), radius(most[row], max(most.max(), 1.0)))
    for row, point in _on_rim(external, whole, places, (WIDTH, height), side).items():
        places[row] = _place(course, whole, row, point, SMALLEST + 1.5)
    _name(places, whole, height)
    groups = {place["sector"] for place in places.values()}
    return {
        "width": WIDTH,
        "height": round(height, 1),
        "cells": cells(course.scenario.grid, window, at),
        "zones": zone_names(course.scenario.grid, window, at, places),
        "places": {str(row): place for row, place in places.items()},
        "sectors": [[group.name, group.colour] for group in GROUPS if group.name in groups],
        "bar": bar(scale),
        "title": course.scenario.title or course.scenario.name,
    }


def radius(jobs: float, most: float) -> float:
    """Radius of a disc: its area follows the jobs, and nobody is too small to be hit."""
    return max(SMALLEST, LARGEST * math.sqrt(max(0.0, jobs) / most))


def most_jobs(tables: Any) -> float:
    """The most jobs that any company has in a run, at least 1."""
    return max(float(_most_jobs(tables).max()), 1.0)


def _most_jobs(tables: Any) -> np.ndarray:
    count = len(tables.companies)
    yearly: np.ndarray = np.asarray(tables.accounts["jobs"]).reshape(-1, count).max(axis=0)
    return np.maximum(yearly, tables.companies["jobs"])


def _ever_here(*runs: Any) -> list[int]:
    return [
        row
        for row in range(len(runs[0].companies))
        if any(run.companies[row]["status"] != ABSENT or run.companies[row]["arrives"] <= 0 for run in runs)
    ]


def _site(tables: Any, whole: Any, row: int) -> Point:
    own = tables.companies[row] if tables.companies[row]["cell_x"] >= 0 else whole.companies[row]
    return float(own["x"]), float(own["y"])


def _window(course: Course, whole: Any, sited: list[int]) -> tuple[float, float, float, float]:
    """The part of the map, in km, that holds all companies and the cells where some may come."""
    grid = course.scenario.grid
    wide, high = grid.width * grid.cell_km, grid.height * grid.cell_km
    points = [_site(course.tables, whole, row) for row in sited]
    if not points:
        return 0.0, 0.0, wide, high
    margin = max(1.2 * grid.cell_km, 0.05 * wide)
    xs, ys = zip(*points)
    x0, x1, y0, y1 = min(xs) - margin, max(xs) + margin, min(ys) - margin, max(ys) + margin
    lack = max(0.0, 1.55 * (y1 - y0) - (x1 - x0)) / 2
    flat = max(0.0, 0.6 * (x1 - x0) - (y1 - y0)) / 2
    return max(0.0, x0 - lack), max(0.0, y0 - flat), min(wide, x1 + lack), min(high, y1 + flat)


def _place(course: Course, whole: Any, row: int, point: Point, room: float) -> dict[str, Any]:
    name = course.foundation.names.companies[row]
    stated = {**course.scenario.companies, **course.scenario.prospects}[name]
    external = bool(whole.companies[row]["external"])
    lines = [name]
    if external:
        lines = [
            *textwrap.wrap(name, 15),
            f"{look.number(float(whole.companies[row]['distance']))} km away",
        ]
    group = group_of(stated.sector)
    return {
        "name": name,
        "lines": lines,
        "x": round(point[0], 1),
        "y": round(point[1], 1),
        "room": round(room, 1),
        "sector": group.name,
        "colour": group.colour,
        "public": stated.kind == "public",
        "external": external,
    }


def _name(places: dict[int, dict[str, Any]], whole: Any, height: float) -> None:
    """Put names beside their discs, no two on one spot, the largest first; the rest go without."""
    ranked = sorted(places, key=lambda row: (places[row]["external"], -places[row]["room"], row))
    shown = ranked[:MOST_NAMES]
    anchors = []
    for row in shown:
        place = places[row]
        wide = max(map(_width, place["lines"])) + 4
        outward = None
        if place["external"]:
            outward = math.atan2(place["y"] - height / 2, place["x"] - WIDTH / 2)
        anchors.append(
            Anchor(place["x"], place["y"], place["room"] + 3, wide, LINE * len(place["lines"]) + 1, outward)
        )
    taken = [(0.0, height - 26.0, 110.0, height)]
    bounds = (2.0, 2.0, WIDTH - 2, height - 2)
    farthest = FAR if len(places) > MOST_NAMES else STEPS[-1]
    found = placed(anchors, _along_streams(places, whole), bounds, taken, farthest)
    for row, spot in zip(shown, found, strict=True):
        if spot is not None:
            x, y = spot.centre
            places[row]["label"] = [round(x, 1), round(y, 1)]
            places[row]["led"] = spot.led


def _width(text: str) -> float:
    """Width of a text in the type of the page, on the safe side."""
    wide = sum(letter in "mwMWQOG@" for letter in text)
    narrow = sum(letter in "ijltfrI.,' " for letter in text)
    return 7.4 * len(text) + 1.9 * wide - 3.0 * narrow + 0.8 * sum(map(str.isupper, text))


def _along_streams(places: dict[int, dict[str, Any]], whole: Any) -> np.ndarray:
    """Points along all streams of the whole run, which names should rather not cover."""
    table = whole.contracts[: int(whole.clock[0]["contracts"])]
    points = [np.zeros((0, 2))]
    for pair in {(int(a), int(b)) for a, b in zip(table["supplier"], table["receiver"])}:
        ends = [places.get(row) for row in pair]
        if None not in ends:
            start, end = ((each["x"], each["y"]) for each in ends if each)
            points.append(along(start, end, 0))
    return np.concatenate(points)


def _on_rim(
    rows: list[int], whole: Any, places: dict[int, dict[str, Any]], size: Point, side: float
) -> dict[int, Point]:
    """Partners beyond the map around it, each towards those it ever trades with, apart from each other."""
    middle = (size[0] / 2, size[1] / 2)
    half = (size[0] / 2 - 0.5 * min(side, 90.0), size[1] / 2 - 0.5 * RIM)
    table = whole.contracts[: int(whole.clock[0]["contracts"])]
    wanted = {}
    for row in rows:
        mates = [*table["receiver"][table["supplier"] == row], *table["supplier"][table["receiver"] == row]]
        points = [(places[int(m)]["x"], places[int(m)]["y"]) for m in mates if int(m) in places]
        x, y = np.mean(points, axis=0) - middle if points else (0.0, 1.0)
        angle = math.atan2(-y / half[1], x / half[0])
        wanted[row] = angle if angle <= math.pi / 2 else angle - 2 * math.pi
    order = sorted(wanted, key=lambda row: (wanted[row], row))
    angles = spread([wanted[row] for row in order], 0.36, FIRST_ANGLE, LAST_ANGLE)
    found = {}
    for row, angle in zip(order, angles, strict=True):
        x, y = math.cos(angle), math.sin(angle)
        reach = (abs(x) ** 6 + abs(y) ** 6) ** (-1 / 6)
        found[row] = (middle[0] + half[0] * reach * x, middle[1] - half[1] * reach * y)
    return found

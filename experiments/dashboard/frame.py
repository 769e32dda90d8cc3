"""A moment of a park as a plain dict for the map: companies, streams, newcomers and leavers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from agents.fields import ENDED, LEFT, OPERATING, PRESENT
from experiments import look
from simulation.founding_rows import CLASSES

from .arcs import curve
from .course import Course
from .stage import SMALLEST, radius

FRESH = 8
"""Quarters for which a newcomer, a leaver, and a new or lost stream are marked."""
THINNEST, THICKEST = 1.2, 7.0
MOST_ARCS = 120
"""Of a large park the streams of the largest gain are drawn."""


def frame(course: Course, stage: dict[str, Any], most_jobs: float) -> dict[str, Any]:
    """Everything on the map that moves."""
    companies = _companies(course, stage, most_jobs)
    radii = {company["row"]: company["r"] for company in companies}
    streams, gone = _streams(course, stage, radii)
    return {
        "date": look.date(course.shown_year),
        "year": look.year(course.shown_year),
        "quarter": course.quarter,
        "companies": companies,
        "streams": streams,
        "gone": gone,
    }


def values(table: np.ndarray) -> np.ndarray:
    """Yearly gain of both sides of contracts as signed, EUR a year: their width on the map."""
    gain: np.ndarray = table["quantity"].sum(axis=1) * (table["p_max"] - table["p_min"])
    return gain.clip(min=0.0)


def operating(course: Course) -> np.ndarray:
    """Rows of the contracts in operation, in order of signing."""
    clock = course.tables.clock[0]
    rows = np.sort(course.tables.open_contracts[: int(clock["open_contracts"])])
    return rows[course.tables.contracts["status"][rows] == OPERATING]


def _companies(course: Course, stage: dict[str, Any], most_jobs: float) -> list[dict[str, Any]]:
    tables, now = course.tables, course.quarter
    trading = tables.contracts[operating(course)]
    ends = np.concatenate([trading["supplier"], trading["receiver"]])
    count = np.bincount(ends, minlength=len(tables.companies))
    found = []
    for key, place in stage["places"].items():
        own = tables.companies[int(key)]
        if own["status"] == LEFT:
            left = now - int(own["leaves"])
            if left <= FRESH:
                found.append({"row": int(key), "r": place["room"] * 0.7, "gone": left})
            continue
        if own["status"] != PRESENT and not (now == 0 and own["arrives"] <= 0):
            continue
        r = place["room"] if place["external"] else radius(float(own["jobs"]), most_jobs)
        since = now - int(own["arrives"])
        found.append(
            {
                "row": int(key),
                "r": round(r, 1),
                "streams": int(count[int(key)]),
                "member": bool(own["member"]),
                "new": since if own["arrives"] > 0 and since <= FRESH else -1,
            }
        )
    return found


def _streams(
    course: Course, stage: dict[str, Any], radii: dict[int, float]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    tables, now = course.tables, course.quarter
    rows = operating(course)
    gains = values(tables.contracts[rows])
    most = max(float(gains.max()), 1.0) if len(rows) else 1.0
    kept = set(rows[np.argsort(-gains, kind="stable")[:MOST_ARCS]].tolist())
    used: dict[tuple[int, int], int] = {}
    found = []
    for row, gain in zip(rows.tolist(), gains.tolist()):
        width = THINNEST + (THICKEST - THINNEST) * math.sqrt(gain / most)
        arc = _arc(course, stage, radii, row, width, used) if row in kept else None
        if arc:
            found.append(arc | {"new": now - int(tables.contracts[row]["starts"]) < FRESH})
    return found, _lost(course, stage, radii)


def _lost(course: Course, stage: dict[str, Any], radii: dict[int, float]) -> list[dict[str, Any]]:
    """Streams that ended a short while ago, as they lay."""
    table = course.tables.contracts[: int(course.tables.clock[0]["contracts"])]
    over = (table["status"] == ENDED) & (table["starts"] < table["ends"])
    over &= course.quarter - table["ends"] < FRESH
    used: dict[tuple[int, int], int] = {}
    arcs = [_arc(course, stage, radii, int(row), THINNEST, used) for row in np.flatnonzero(over)]
    return [arc for arc in arcs if arc]


def _arc(
    course: Course,
    stage: dict[str, Any],
    radii: dict[int, float],
    row: int,
    width: float,
    used: dict[tuple[int, int], int],
) -> dict[str, Any] | None:
    tables = course.tables
    contract = tables.contracts[row]
    pair = (int(contract["supplier"]), int(contract["receiver"]))
    ends = [stage["places"].get(str(each)) for each in pair]
    if None in ends:
        return None
    nth = used.get(pair, 0)
    used[pair] = nth + 1
    resource = int(tables.residues["resource"][contract["residue"]])
    names = course.foundation.names
    residue = look.words(names.resources[resource])
    around = [radii.get(each, SMALLEST) for each in pair]
    path, head = curve(ends[0], ends[1], around, nth, width)
    return {
        "id": row,
        "ends": list(pair),
        "class": CLASSES[int(tables.resources["class_"][resource])],
        "w": round(width, 1),
        "d": path,
        "head": head,
        "title": f"{names.companies[pair[0]]} supplies {residue} to {names.companies[pair[1]]}",
    }

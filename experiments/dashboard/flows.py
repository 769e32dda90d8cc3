"""Who supplies whom with how much, class by class, laid out as bands between two columns (Sankey)."""

from __future__ import annotations

from typing import Any

from experiments import look
from simulation.founding_rows import CLASSES

from .course import Course
from .frame import operating

UNITS = {"water": "m³/yr", "energy": "GJ/yr", "material": "t/yr"}
WIDTH, BAR, GAP = 660.0, 12.0, 10.0
LEFT, RIGHT = 196.0, 440.0
HEIGHT, LEAST = 320.0, 1.5
"""Height of all bands of the fuller column together, and the least of one band."""


def amounts(course: Course, kind: str) -> list[tuple[int, str, str, str, float]]:
    """Streams of a class in operation: contract, supplier, receiver, residue, signed amount a year.

    Energy is in GJ whatever the residue is measured in.
    """
    tables, names = course.tables, course.foundation.names
    found = []
    for row in operating(course).tolist():
        contract = tables.contracts[row]
        resource = int(tables.residues["resource"][contract["residue"]])
        if CLASSES[int(tables.resources["class_"][resource])] != kind:
            continue
        amount = float(contract["quantity"].sum())
        if kind == "energy":
            amount *= float(tables.resources["gj"][resource])
        who = (names.companies[int(contract[side])] for side in ("supplier", "receiver"))
        supplier, receiver = who
        found.append((row, supplier, receiver, look.words(names.resources[resource]), amount))
    return found


def sankey(course: Course, kind: str) -> dict[str, Any]:
    """Nodes and bands of a class of residues, in points of a drawing `WIDTH` wide."""
    streams = [each for each in amounts(course, kind) if each[4] > 0]
    total = sum(each[4] for each in streams)
    scale = HEIGHT / total if total else 0.0
    heights = {each[0]: max(LEAST, each[4] * scale) for each in streams}
    sides = [_column(streams, heights, side) for side in (1, 2)]
    bands = []
    spots = [{name: top for name, (top, _, _) in column.items()} for column in sides]
    for row, supplier, receiver, residue, amount in sorted(
        streams, key=lambda each: (list(sides[0]).index(each[1]), list(sides[1]).index(each[2]), each[0])
    ):
        high = heights[row]
        start, end = spots[0][supplier], spots[1][receiver]
        spots[0][supplier] += high
        spots[1][receiver] += high
        told = look.amount(amount, UNITS[kind])
        bands.append(
            {
                "id": row,
                "d": _band(start, end, high),
                "title": f"{residue} from {supplier} to {receiver}: {told}",
            }
        )
    bottom = [max((top + high for top, high, _ in column.values()), default=60.0) for column in sides]
    return {
        "kind": kind,
        "width": WIDTH,
        "height": round(max(bottom) + 16, 1),
        "total": f"{look.plural(len(streams), 'stream')} of {kind}, {look.amount(total, UNITS[kind])} in all",
        "nodes": [
            {
                "name": name,
                "side": "left" if place == 0 else "right",
                "x": LEFT - BAR if place == 0 else RIGHT,
                "y": round(top, 1),
                "h": round(high, 1),
                "told": look.amount(amount, UNITS[kind]),
            }
            for place, column in enumerate(sides)
            for name, (top, high, amount) in column.items()
        ],
        "bands": bands,
    }


def _column(streams: list, heights: dict[int, float], side: int) -> dict[str, tuple[float, float, float]]:
    """Top, height and amount of every company on one side, the largest above."""
    sums: dict[str, list[float]] = {}
    for each in streams:
        own = sums.setdefault(each[side], [0.0, 0.0])
        own[0] += heights[each[0]]
        own[1] += each[4]
    column, top = {}, 12.0
    for name in sorted(sums, key=lambda name: (-sums[name][1], name)):
        high, amount = sums[name]
        column[name] = (top, high, amount)
        top += max(high, 15.0) + GAP
    return column


def _band(start: float, end: float, high: float) -> str:
    middle = (LEFT + RIGHT) / 2
    there = f"M{LEFT:.0f} {start:.1f}C{middle:.0f} {start:.1f} {middle:.0f} {end:.1f} {RIGHT:.0f} {end:.1f}"
    back = f"L{RIGHT:.0f} {end + high:.1f}C{middle:.0f} {end + high:.1f} {middle:.0f} {start + high:.1f}"
    return f"{there}{back} {LEFT:.0f} {start + high:.1f}Z"

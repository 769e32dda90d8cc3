"""The ground of the map: runs of cells of one zone, the name of each zone once, a bar of some kilometres."""

from __future__ import annotations

from typing import Any

from experiments import look

Window = tuple[float, float, float, float]


def cells(grid: Any, window: Window, at: Any) -> list[list[Any]]:
    """Runs of cells of one zone in a row: x, y, width, height, letter."""
    found = []
    for north, letters in enumerate(grid.zones or ["i" * grid.width] * grid.height):
        top, bottom = (grid.height - north) * grid.cell_km, (grid.height - north - 1) * grid.cell_km
        top, bottom = min(top, window[3]), max(bottom, window[1])
        column = 0
        while column < grid.width and top > bottom:
            last = column
            while last < grid.width and letters[last] == letters[column]:
                last += 1
            left, right = (
                max(column * grid.cell_km, window[0]),
                min(last * grid.cell_km, window[2]),
            )
            if right > left:
                (x0, y0), (x1, y1) = at(left, top), at(right, bottom)
                found.append(
                    [round(v, 1) for v in (x0, y0, x1 - x0 + 0.4, y1 - y0 + 0.4)] + [letters[column]]
                )
            column = last
    return found


def zone_names(grid: Any, window: Window, at: Any, places: dict[int, dict[str, Any]]) -> list[list[Any]]:
    """The name of each zone once, on the widest run of its cells that holds no disc and no name."""
    taken = [(p["x"], p["y"]) for p in places.values()]
    taken += [tuple(p["label"]) for p in places.values() if "label" in p]
    found = []
    runs = sorted(cells(grid, window, at), key=lambda run: -run[2])
    for letter, name in look.ZONES.items():
        for x, y, wide, high, each in runs:
            spots = [x + wide * share for share in (0.5, 0.25, 0.75, 0.12, 0.88)]
            free = [
                spot
                for spot in spots
                if all(abs(spot - px) > 85 or abs(y + high / 2 - py) > 18 for px, py in taken)
            ]
            if each == letter and wide > 8 * len(name) and free:
                found.append([round(free[0], 1), round(y + high / 2, 1), name])
                break
    return found


def bar(scale: float) -> list[Any]:
    """Length of the bar in points, and what it says."""
    lengths = [km for km in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) if km * scale <= 90]
    length = max(lengths, default=0.1)
    return [round(length * scale, 1), f"{look.number(length)} km"]

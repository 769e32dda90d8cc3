"""A measured figure, and figures as a table: quantity, value, goal, ratio, limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..look import number

HEADER = ("quantity", "value", "goal", "ratio", "limit")
WIDTHS = (60, 10, 13, 42)


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Parameters
    ----------
    name
        Its name in a file of figures.
    quantity
        What was measured, in words.
    value, unit
        What was found.
    goal
        The most that it is meant to be, in the same unit; None where it only informs.
    ratio
        How many times `against`, something measured in the same process.
    limit
        What it is bound by.
    """

    name: str
    quantity: str
    value: float
    unit: str = ""
    goal: float | None = None
    ratio: float | None = None
    against: str = ""
    limit: str = ""

    def cells(self) -> tuple[str, ...]:
        """The line in words."""
        value = f"{number(self.value)} {self.unit}".strip()
        goal = "" if self.goal is None else f"at most {number(self.goal)} {self.unit}".strip()
        ratio, against = self.ratio, self.against
        if ratio is None and self.goal is not None:
            ratio, against = self.value / self.goal, "the goal"
        return self.quantity, value, goal, "" if ratio is None else f"{number(ratio)} × {against}", self.limit


def line(cells: Sequence[str]) -> str:
    """A line for a terminal, in columns of fixed width, so that each can be shown when it has been found."""
    fixed = [cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=False)]
    return "  ".join([*fixed, *cells[len(WIDTHS) :]]).rstrip()


def markdown(figures: Sequence[Figure]) -> str:
    """The table for a page."""
    rows = [HEADER, ("---",) * len(HEADER), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_objects(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The figures for a file."""
    return [asdict(figure) for figure in figures]

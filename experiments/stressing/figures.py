"""The figures of a stress test: each a function from findings to a matplotlib Figure, and the table of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from ..canvas import save_for_pages
from ..look import Style
from .figure_of_damage import damage_map
from .figure_of_losers import losers
from .figure_of_pairs import pairs
from .figure_of_ranking import ranking
from .figure_of_recovery import curves, survival
from .findings import Findings


def _pairs(findings: Findings, style: Style) -> Figure | None:
    return pairs(findings, style) if findings.question.order == 2 and findings.keys(2) else None


FIGURES: dict[str, Callable[[Findings, Style], Figure | None]] = {
    "ranking": ranking,
    "recovery": curves,
    "not_recovered": survival,
    "damage": damage_map,
    "losers": losers,
    "pairs": _pairs,
}
"""Figures of a stress test by the name of their file; None where there is nothing to draw."""


def save_figures(findings: Findings, folder: Path) -> list[Path]:
    """Draw every figure into a folder as PNG, for light and for dark pages; returns their paths."""
    return [
        path
        for name, draw in FIGURES.items()
        for path in save_for_pages(partial(draw, findings), folder / f"{name}.png")
    ]

"""The figures of a run: each a function from a result to a matplotlib Figure, and the table of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from .canvas import save
from .figures_of_savings import savings_by_company
from .figures_of_streams import streams_over_time
from .figures_of_timeline import stream_timeline
from .look import LIGHT, Style
from .park_map import park_map

__all__ = [
    "FIGURES",
    "park_map",
    "save_figures",
    "savings_by_company",
    "stream_timeline",
    "streams_over_time",
]

FIGURES: dict[str, Callable[[Any, Style], Figure]] = {
    "streams": streams_over_time,
    "map": park_map,
    "savings": savings_by_company,
    "timeline": stream_timeline,
}
"""Figures of a run by the name of their file."""


def save_figures(result: Any, folder: Path, style: Style = LIGHT) -> list[Path]:
    """Draw every figure of a result into a folder as PNG; returns their paths."""
    return [save(draw(result, style), folder / f"{name}.png") for name, draw in FIGURES.items()]

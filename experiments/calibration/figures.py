"""The figures of a calibration: each a function of it, and the table of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from ..canvas import save
from ..look import LIGHT, Style
from .figure_of_convergence import convergence
from .figure_of_coverage import coverage
from .figure_of_pairs import pairs
from .figure_of_parameters import parameters
from .figure_of_statistics import statistics

if TYPE_CHECKING:
    from .calibrate import Calibration

FIGURES: dict[str, Callable[[Calibration, Style], Figure]] = {
    "parameters": parameters,
    "corner": pairs,
    "statistics": statistics,
    "convergence": convergence,
    "coverage": coverage,
}
"""Figures of a calibration by the name of their file."""


def draw(found: Calibration, style: Style = LIGHT) -> None:
    """Draw every figure into the folder of the calibration as PNG."""
    for name, figure in FIGURES.items():
        save(figure(found, style), found.folder / "figures" / f"{name}.png")

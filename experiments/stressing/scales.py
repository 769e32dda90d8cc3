"""Colours for more and less: from the paper to orange for losses, to purple for gains (PuOr, zero as the paper)."""

from __future__ import annotations

from typing import Any

from matplotlib import colormaps
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize, PowerNorm, SymLogNorm

from ..look import Style


def diverging(style: Style) -> Colormap:
    """Purple below zero, the paper at zero, orange above."""
    ends, dark = colormaps["PuOr_r"], style.name == "dark"
    places = (0.28, 0.12, 0.88, 0.72) if dark else (0.04, 0.22, 0.78, 0.93)
    steps: list[Any] = [*map(ends, places[:2]), style.paper, *map(ends, places[2:])]
    return LinearSegmentedColormap.from_list(f"loss and gain, {style.name}", steps)


def around_zero(largest: float) -> Normalize:
    """A scale on which small values can still be seen: linear to a hundredth of the largest, then logarithmic."""
    most = max(largest, 1e-9)
    return SymLogNorm(most / 100, linscale=0.6, vmin=-most, vmax=most)


def upward(style: Style) -> Colormap:
    """From the paper to what is farthest from it (cividis)."""
    shades, places = colormaps["cividis"], (0.3, 0.65, 1.0) if style.name == "dark" else (0.75, 0.4, 0.0)
    steps: list[Any] = [style.paper, *map(shades, places)]
    return LinearSegmentedColormap.from_list(f"loss, {style.name}", steps)


def from_zero(largest: float) -> Normalize:
    """Square root: twice the value is not twice the colour, but small losses can be seen."""
    return PowerNorm(0.5, 0.0, max(largest, 1e-9))

"""The sheet that every figure is drawn on: title, caption, axes in one look. No pyplot."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.writing import aside

from . import look
from .labels import spread
from .look import DARK, LIGHT, Style

MARGIN = 0.25
"""Inches around a sheet."""
LINE = 1.35 / 72
"""Inches of a line of text for each point of its size."""


@dataclass(frozen=True)
class Sheet:
    """A figure with its title and caption; panels are placed in inches between `bottom` and `top`."""

    figure: Figure
    style: Style
    width: float
    top: float
    bottom: float

    def panel(self, left: float, bottom: float, right: float, top: float, **options: Any) -> Axes:
        """Axes at a place in inches from the lower left corner of the sheet, without a box."""
        wide, high = self.figure.get_size_inches()
        place = (left / wide, bottom / high, (right - left) / wide, (top - bottom) / high)
        axes = self.figure.add_axes(place, **options)
        plain(axes, self.style)
        return axes


def sheet(width: float, height: float, subject: str, title: str, caption: str, style: Style) -> Sheet:
    """A figure of that size in inches: what it is of, a title that says the finding, a caption below."""
    figure = Figure(figsize=(width, height), dpi=look.DPI, facecolor=style.paper)
    FigureCanvasAgg(figure)
    said = _filled(title, width)
    note = textwrap.fill(caption, int((width - 2 * MARGIN) * 72 / (look.SMALL * 0.56)))
    subject_height = look.SMALL * LINE + 0.03
    for gid, text, y, size, color, side, weight in (
        ("subject", subject, height - 0.7 * MARGIN, look.SMALL, style.soft, "top", "normal"),
        ("title", said, height - 0.7 * MARGIN - subject_height, look.TITLE, style.ink, "top", "bold"),
        ("caption", note, 0.6 * MARGIN, look.SMALL, style.soft, "bottom", "normal"),
    ):
        x, options = MARGIN / width, {"va": side, "weight": weight, "linespacing": 1.25, "gid": gid}
        label(figure, x, y / height, text, color, size, **options)
    top = height - 0.7 * MARGIN - subject_height - (said.count("\n") + 1) * look.TITLE * LINE - 0.12
    bottom = 0.6 * MARGIN + (note.count("\n") + 1) * look.SMALL * LINE + 0.08
    return Sheet(figure, style, width, top, bottom)


def more_lines(title: str, width: float) -> float:
    """Inches that a title takes beyond its first line, on a sheet of that width."""
    return _filled(title, width).count("\n") * look.TITLE * LINE


def _filled(title: str, width: float) -> str:
    return textwrap.fill(title, int((width - 2 * MARGIN) * 72 / (look.TITLE * 0.66)))


def plain(axes: Axes, style: Style) -> None:
    """Axes without a box: a thin base line, a faint horizontal grid, readable ticks."""
    axes.set_facecolor("none")
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color=style.soft, linewidth=look.GUIDE_LINE)
    axes.grid(axis="y", color=style.guide, linewidth=look.GUIDE_LINE)
    axes.set_axisbelow(True)
    axes.tick_params(
        colors=style.soft, labelsize=look.SMALL, labelfontfamily=look.FONT, length=0, labelcolor=style.soft
    )
    axes.tick_params(axis="x", length=3)


def years(axes: Axes, first: float, last: float) -> None:
    """A time axis in whole years."""
    axes.set_xlim(first, last)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))


def numbers(axes: Axes, most_ticks: int = 5, whole: bool = False) -> None:
    """The vertical axis in our way of writing numbers."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=most_ticks, integer=whole, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: look.number(value)))


def label(
    target: Axes | Figure, x: float, y: float, text: str, color: str, size: float = look.LABEL, **options: Any
) -> Text:
    """A text in the one font; a dollar sign in a name is a dollar sign."""
    return target.text(x, y, text, color=color, size=size, family=look.FONT, parse_math=False, **options)


def over(axes: Axes, text: str, style: Style) -> Text:
    """What the vertical axis shows, with its unit, above its upper end."""
    return label(
        axes, 0.0, 1.02, text, style.soft, look.SMALL, transform=axes.transAxes, ha="left", va="bottom"
    )


def halo(style: Style) -> list[Any]:
    """A rim in the colour of the paper, for text and dots on coloured ground."""
    return [withStroke(linewidth=2.5, foreground=style.paper)]


def extent(text: Text) -> tuple[float, float]:
    """Width and height of a text, in points."""
    figure: Any = text.figure
    box = text.get_window_extent(figure.canvas.get_renderer())
    return 72 * box.width / figure.dpi, 72 * box.height / figure.dpi


def end_labels(
    axes: Axes, x: float, ends: Sequence[tuple[float, str, str]], size: float = look.LABEL
) -> None:
    """Direct labels at the ends of lines, (height, text, colour) each, moved apart where they would touch."""
    low, high = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]  # type: ignore[union-attr]
    gap = (high - low) * size * LINE / inches
    places = spread([height for height, _, _ in ends], gap, low + gap / 2, high - gap / 2)
    for place, (_, text, color) in zip(places, ends, strict=True):
        label(axes, x, place, text, color, size, va="center", ha="left", clip_on=False)


def save(figure: Figure, path: Path) -> Path:
    """Write a PNG aside and rename it, the same bytes for the same figure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    with aside(path) as part:
        figure.savefig(
            part, format="png", dpi=look.DPI, facecolor=figure.get_facecolor(), metadata={"Software": None}
        )
    return path


def save_for_pages(draw: Callable[[Style], Figure | None], path: Path) -> list[Path]:
    """A figure for light pages and paper at `path`, and beside it for dark ones; none where there is nothing to draw."""
    figures = ((draw(LIGHT), path), (draw(DARK), dark_beside(path)))
    return [save(figure, place) for figure, place in figures if figure is not None]


def dark_beside(path: Path) -> Path:
    """Where the figure of a path stands in the dark style: ranking-dark.png beside ranking.png."""
    return path.with_stem(f"{path.stem}-{DARK.name}")

"""Every stream as a bar from start to end, the record behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from . import canvas, look
from .look import CLASS_COLOURS, LIGHT, Style
from .record import KEY, record_ends, recorded_streams

WIDTH, ROW = 11.0, 0.2
LETTER = 0.07
"""Inches of a letter of a name, to leave room for the longest."""
MOST_LETTERS = 90
"""Of a longer name the beginning is shown: the bars need room too."""
MOST_ROWS = 70
MISSING = "Recorded, not formed in this run"


def stream_timeline(result: Any, style: Style = LIGHT) -> Figure:
    """One row a stream in order of its start, a bar a contract in the colour of its class.

    The recorded years of the same stream stand behind in ink; recorded streams that did not form follow.
    """
    rows, left_out = timeline_rows(result)
    rows = [row | {"name": _short(row["name"])} for row in rows]
    missing = sum(row["class"] == "" for row in rows)
    height = 2.05 + ROW * max(4, len(rows) + (2 if missing else 0))
    subject = result.scenario.title or result.scenario.name
    page = canvas.sheet(WIDTH, height, subject, _title(result, rows), _caption(result, left_out), style)
    names = canvas.MARGIN + LETTER * max((len(row["name"]) for row in rows), default=20)
    axes = page.panel(max(names, 3.2), page.bottom + 0.25, WIDTH - canvas.MARGIN, page.top - 0.5)
    first, last = float(result.indicators["year"].iloc[0]), float(result.indicators["year"].iloc[-1]) + 0.25
    canvas.years(axes, first, last)
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=style.guide, linewidth=look.GUIDE_LINE)
    axes.tick_params(labelleft=False, labeltop=True)
    place, headed = 0.0, False
    for row in rows:
        if row["class"] == "" and not headed:
            headed = True
            place += 1.5
            _say(
                axes,
                first - 0.008 * (last - first),
                place - 1,
                MISSING,
                style,
                weight="bold",
            )
        _row(axes, row, place, style, first, last)
        place += 1.0
    axes.set_ylim(max(place, 4) - 0.3, -0.7)
    _key(page, style, bool(result.scenario.history.streams))
    return page.figure


def _short(name: str) -> str:
    return name if len(name) <= MOST_LETTERS else f"{name[: MOST_LETTERS - 1]}…"


def timeline_rows(result: Any) -> tuple[list[dict[str, Any]], int]:
    """Rows to draw and how many streams were left out: names, class, bars and recorded bars (years)."""
    held = result.holders
    last = float(result.indicators["year"].iloc[-1]) + 0.25
    known, known_to = (
        recorded_streams(result.scenario.history),
        min(last, record_ends(result.scenario.history)),
    )
    known = known[known["starts"] < last]
    recorded = {key: group for key, group in known.groupby(KEY)}
    rows = []
    groups: Any = held.groupby([*KEY, "class"])
    for key, group in groups:
        bars = list(zip(group["starts"], group["ends"], strict=True))
        behind = _recorded_bars(recorded.pop(key[:3], known.iloc[:0]), known_to)
        rows.append(_as_row(key, key[3], bars, behind))
    rows.sort(key=lambda row: (row["bars"][0], row["name"]))
    left_out = max(0, len(rows) - MOST_ROWS)
    if left_out:
        kept = sorted(rows, key=lambda row: row["bars"][0][0] - row["bars"][-1][1])[:MOST_ROWS]
        rows = [row for row in rows if row in kept]
    missing = [_as_row(key, "", [], _recorded_bars(group, known_to)) for key, group in recorded.items()]
    return rows + sorted(missing, key=lambda row: (row["recorded"][0], row["name"])), left_out


def _as_row(key: Any, kind: str, bars: list[Any], recorded: list[Any]) -> dict[str, Any]:
    name = f"{key[0]} \u2192 {key[1]}: {look.words(key[2])}"
    return {"name": name, "class": kind, "bars": sorted(bars), "recorded": recorded}


def _recorded_bars(streams: pd.DataFrame, last: float) -> list[tuple[float, float]]:
    spans = zip(streams["starts"].tolist(), streams["ends"].tolist(), strict=True)
    return sorted((starts, ends if ends < last else last) for starts, ends in spans)


def _row(axes: Axes, row: dict[str, Any], place: float, style: Style, first: float, last: float) -> None:
    for starts, ends in row["recorded"]:
        axes.add_patch(
            Rectangle((starts, place - 0.42), max(ends - starts, 0.25), 0.84, color=style.ink, linewidth=0)
        )
    for starts, ends in row["bars"]:
        axes.add_patch(
            Rectangle(
                (starts, place - 0.26), max(ends - starts, 0.25), 0.52, facecolor=CLASS_COLOURS[row["class"]],
                edgecolor=style.paper, linewidth=0.6,
            )
        )  # fmt: skip
    _say(axes, first - 0.008 * (last - first), place, row["name"], style)


def _say(axes: Axes, x: float, place: float, text: str, style: Style, **options: Any) -> None:
    canvas.label(axes, x, place, text, style.ink, look.SMALL, ha="right", va="center", **options)


def _key(page: canvas.Sheet, style: Style, recorded: bool) -> None:
    """Which colour is what, above the names."""
    wide, high = page.figure.get_size_inches()
    x, y = canvas.MARGIN, page.top - 0.1
    for name, colour in [*CLASS_COLOURS.items(), *([("recorded", style.ink)] if recorded else [])]:
        page.figure.add_artist(
            Line2D(
                [x / wide, (x + 0.22) / wide],
                [y / high, y / high],
                color=colour,
                linewidth=5,
                solid_capstyle="butt",
            )
        )
        canvas.label(page.figure, (x + 0.3) / wide, y / high, name, style.ink, look.SMALL, va="center")
        x += 1.1


def _title(result: Any, rows: list[dict[str, Any]]) -> str:
    formed = [row for row in rows if row["bars"]]
    known = sum(bool(row["recorded"]) for row in formed)
    said = f"{look.plural(len(formed), 'stream')} came into operation"
    if not result.scenario.history.streams:
        return said
    missing = len(rows) - len(formed)
    return f"{said}, {known} of them on record; {look.plural(missing, 'recorded stream')} did not form"


def _caption(result: Any, left_out: int) -> str:
    words = f"Model result, seed {result.seed}. A bar a contract, from the first delivery to the last."
    if result.scenario.history.streams:
        words += " Ink behind: the recorded years of the same stream, all confidences."
    if left_out:
        words += f" {left_out} streams of short life are left out."
    return words

"""A validation in words: plain lines for the terminal, Markdown for the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..look import share
from .tables import interval, tables

if TYPE_CHECKING:
    from .study import Validation


def text(found: Validation) -> str:
    """The whole as plain lines."""
    parts = [headline(found)]
    for heading, names, rows in tables(found):
        parts.append(f"{heading}\n\n{_aligned(names, rows)}")
    return "\n\n".join(parts)


def markdown(found: Validation) -> str:
    """The whole as Markdown, headings of the third level."""
    parts = [headline(found)]
    for heading, names, rows in tables(found):
        lines = [names, tuple("---" for _ in names), *rows]
        table = "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
        parts.append(f"### {heading}\n\n{table}")
    return "\n\n".join(parts) + "\n"


def headline(found: Validation) -> str:
    """What matters most, in a few sentences."""
    inside, asked = found.inside
    lines = [
        f"Model result, {found.said_runs}, interval of 90 % of runs in brackets. {inside} of {asked} recorded counts lie "
        f"inside the 90 % band of runs."
    ]
    scored = found.summary
    for period in found.ensemble.record.periods:
        cells = {
            name: interval(scored, f"{name}, {period.name}") for name in ("F1", "F1 of starts", "timing")
        }
        lines.append(
            f"{period.name.capitalize()}: F1 of streams in operation {cells['F1']}, of new streams {cells['F1 of starts']}; "
            f"median difference of starts {cells['timing']} years."
        )
        begun = [
            scored["mean"].get(f"{name}, {period.name}", np.nan) for name in ("formed in time", "formed")
        ]
        lines.append(
            f"Of the streams recorded in it {share(begun[0])} form by its end and {share(begun[1])} at some time."
        )
    tally = pd.Series([finding.verdict for _, finding in found.patterns]).value_counts()
    lines.append(f"Patterns: {', '.join(f'{count} {verdict}' for verdict, count in tally.items())}.")
    return " ".join(lines)


def _aligned(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [tuple(names), *map(tuple, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )

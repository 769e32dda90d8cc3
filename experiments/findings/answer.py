"""An entry of the table of findings, and what it comes to: a headline, checks with a verdict, effects."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from .. import look
from .estimate import Estimate
from .verdict import Check, verdict

if TYPE_CHECKING:
    import pandas as pd

    from ..look import Style

Data = dict[str, "pd.DataFrame"]


@dataclass(frozen=True)
class Column:
    """A measure: its name, and the unit or years of its numbers."""

    name: str
    unit: str


@dataclass(frozen=True)
class Matrix:
    """Estimates with intervals: a row a setting, a column a measure; None where there is nothing to say.

    `of` tells what a cell is: a `difference`, which is held against 0, or a `level`. `base` are the levels of
    the setting from which differences are taken.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[Estimate | None, ...]], ...]
    of: str = "difference"
    base: tuple[str, tuple[Estimate | None, ...]] | None = None

    def plain(self) -> list[dict[str, Any]]:
        """A row a cell, with the levels of the base first."""
        named = [("level", self.base)] if self.base is not None else []
        return [
            {"row": label, "is": kind, "measure": column.name, "unit": column.unit, **cell.plain()}
            for kind, (label, cells) in (*named, *((self.of, row) for row in self.rows))
            for column, cell in zip(self.columns, cells, strict=True)
            if cell is not None
        ]


@dataclass(frozen=True)
class Answer:
    """The answer to a finding's question. `checks` is empty where no claim is tried."""

    headline: str
    matrix: Matrix
    checks: Sequence[Check] = ()
    pairs: int = 0
    jobs: int = 0
    failed: int = 0

    @property
    def verdict(self) -> str:
        """By the rule; empty where no claim is tried."""
        return verdict(self.checks) if self.checks else ""

    @property
    def tally(self) -> str:
        """The verdict with how many checks hold: does not replicate (3 of 4 checks hold)."""
        held = sum(check.state == "holds" for check in self.checks)
        return f"{self.verdict} ({held} of {len(self.checks)} checks hold)" if self.checks else ""


@dataclass(frozen=True)
class Finding:
    """An entry of the table: what is asked, what is run, how it is analysed and drawn."""

    name: str
    title: str
    question: str
    method: str
    limits: str
    runs: int
    perform: Callable[..., Data]
    """(folder, runs, seed, **how) to tables; resumable."""
    analyse: Callable[[Data], Answer]
    draw: Mapping[str, Callable[[Finding, Data, Answer, Style], Figure]]
    """Figures by name, the first the one that leads."""
    claim: str = ""
    source: str = ""
    pair: str = "replicates"
    """What a pair is: `replicates` of a real park, `parks` drawn at random, or `both`."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why we think so, by verdict."""


def amount(estimate: Estimate | None, unit: str, signed: bool = True) -> str:
    """An estimate in words, with as many digits as its interval bears, at most three: +1.2 streams (0.4 to 2.0)."""
    if estimate is None or estimate.count == 0 or estimate.mean != estimate.mean:
        return look.NOTHING
    unit = f"\u00a0{unit}" if unit else ""
    half = (estimate.high - estimate.low) / 2
    written = [estimate.mean, estimate.low, estimate.high]
    if half > 0:
        largest = max(map(abs, written))
        places = max(0, min(1 - math.floor(math.log10(half)), 2 - math.floor(math.log10(largest))))
        texts = [look.fixed(value, places) if places else look.number(value) for value in written]
    else:
        texts = [look.number(value) for value in written]
    mark = "+" if signed and estimate.mean > 0 and texts[0].strip("0.") else ""
    value = f"{mark}{texts[0]}{unit}"
    return f"{value} ({texts[1]} to {texts[2]})" if half >= 0 else value

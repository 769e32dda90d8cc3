"""A stress test as text for a terminal."""

from __future__ import annotations

import math
from typing import Any

from .. import look
from . import recovery
from .findings import MEASURES, Findings
from .notes import notes
from .words import cut, headline, name_of, scaled

MOST_SHOWN = 12
WIDTH = 30


def text(findings: Findings) -> str:
    """Headline, ranking, and what else was asked, as lines for a terminal."""
    parts = [headline(findings), ranking_table(findings), *notes(findings)]
    return "\n\n".join(part for part in parts if part)


def ranking_table(findings: Findings, order: int = 1) -> str:
    """The worst losses: rank interval and group, streams and savings lost at once, by others, in all, recovery."""
    from .. import summary

    by = findings.question.by
    unit = MEASURES[by][1]
    shown = findings.worst(order=order).head(MOST_SHOWN)
    scale, head = scaled(float(shown[["mean", "low", "high"]].abs().to_numpy().max()), unit)
    years = findings.years
    parts, parts_head = scaled(
        float(shown[["own_lost", "others_lost"]].abs().to_numpy().max()) / years, "EUR/year"
    )
    places = 0 if head.startswith("t") else 2
    rows: list[Any] = list(shown.itertuples())
    back = recovery.medians(findings, by) if order == 1 else {}
    columns = [
        ["rank", "", *(f"{r.rank}" for r in rows)],
        ["95 %", "", *(f"{r.rank_low}-{r.rank_high}" for r in rows)],
        ["tie", "group", *(str(r.group) for r in rows)],
        ["loss of", "", *(cut(str(r.contingency), WIDTH) for r in rows)],
        ["streams", "at once", *(look.fixed(r.streams_at_once, 1) for r in rows)],
        ["later", "others'", *(look.fixed(r.streams_followed, 1) for r in rows)],
        ["own", parts_head, *(look.fixed(r.own_lost / years / parts, 2) for r in rows)],
        ["others", parts_head, *(look.fixed(r.others_lost / years / parts, 2) for r in rows)],
        [name_of(by), head, *(look.fixed(r.mean / scale, places) for r in rows)],
        ["95 %", "", *(f"{look.fixed(r.low / scale, places)} to {look.fixed(r.high / scale, places)}"
                       for r in rows)],
    ]  # fmt: skip
    if back:
        columns.append(["years to", "95 %", *(_years(back[str(key)], years) for key in shown.index)])
    left = {3}
    lines = summary.joined(
        [_left(column) if at in left else column for at, column in enumerate(columns)], "  "
    )
    more = len(findings.worst(order=order)) - len(shown)
    return "\n".join([*lines, *([f"and {more} more in ranking.parquet"] if more else [])])


def _years(value: float, horizon: float) -> str:
    return f"> {look.number(horizon)}" if math.isinf(value) else look.number(value)


def _left(column: list[str]) -> list[str]:
    wide = max(map(len, column))
    return [each.ljust(wide) for each in column]

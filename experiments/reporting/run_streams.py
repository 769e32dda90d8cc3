"""The streams of a run as a table: who to whom, when, how much, at what price, beside the record."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import look
from ..record import KEY, recorded_streams
from .document import Block, Cell, Column, Folded, Prose, Table, words
from .marks import Span, ends, spans

MOST_ROWS = 150


def blocks(result: Any) -> list[Block]:
    """Every stream that came into operation, and the recorded ones that did not."""
    first, last = _span(result)
    held = result.holders
    recorded = {
        key: group
        for key, group in recorded_streams(result.scenario.history).groupby(KEY)
        if group["starts"].min() < last
    }
    if held.empty:
        parts: list[Block] = [Prose("No stream came into operation in this run.")]
    else:
        parts = _formed(result, recorded, first, last)
    missing = [group for key, group in recorded.items() if key not in set(map(tuple, held[KEY].to_numpy()))]
    if missing:
        parts.append(_missing(missing, first, last))
    return parts


def _span(result: Any) -> tuple[float, float]:
    years = result.indicators["year"]
    return float(years.iloc[0]), float(years.iloc[-1]) + 0.25


def _formed(result: Any, recorded: dict[Any, pd.DataFrame], first: float, last: float) -> list[Block]:
    groups: Any = result.holders.groupby([*KEY, "class"])
    rows = [_row(result, key, group, recorded.get(key[:3]), first, last) for key, group in groups]
    rows.sort(key=lambda row: row[0])
    cells = [row[1] for row in rows]
    columns = [
        words("Supplier"), words("Receiver"), words("Residue", wide=True),
        words("Years", ends(first, last)), Column("Start"), Column("End"), Column("Quantity", "a year"),
        Column("Price", "EUR a unit"), words("Why it ended", wide=True),
    ]  # fmt: skip
    if recorded:
        columns.insert(6, Column("Recorded"))
    else:
        cells = [[*row[:6], *row[7:]] for row in cells]
    note = (
        f"Bars: years in operation, by class of residue{'; line of ink: recorded years' if recorded else ''}. Quantity and "
        "price are those of the last contract; a price below zero is paid by the supplier; passed on: with its process, to "
        "another company. Money in EUR of "
        f"{look.year(result.scenario.money.year)}. Model result, seed {result.seed}."
    )
    table = Table("Streams in order of their start", columns, cells[:MOST_ROWS], note)
    more = cells[MOST_ROWS : MOST_ROWS + 1000]
    if not more:
        return [table]
    rest = Table("Streams that started later", columns, more)
    return [table, Folded(f"{look.plural(len(more), 'stream')} that started later", [rest])]


def _row(
    result: Any,
    key: tuple[str, ...],
    group: pd.DataFrame,
    known: pd.DataFrame | None,
    first: float,
    last: float,
) -> tuple[tuple[float, str], list[Cell]]:
    """A row, and by what it is sorted."""
    supplier, receiver, residue, kind = key
    latest = group.sort_values("ends", kind="stable").iloc[-1]
    contract = result.contracts.loc[latest["contract"]]
    bars: list[Span] = list(zip(group["starts"], group["ends"], strict=True))
    behind = _recorded_spans(known, last) if known is not None else []
    starts, over = float(group["starts"].min()), float(group["ends"].max())
    goods = look.words(residue)
    used = look.words(str(contract["input"]))
    cells: list[Cell] = [
        supplier, receiver, goods if goods == used else f"{goods} for {used}", spans(bars, behind, kind, first, last),
        look.year(starts), "" if over >= last else look.year(over), _recorded_said(behind, last),
        look.amount(float(latest["quantity"]), str(contract["unit"])),
        look.number(float(contract["price"])), _why(contract, over, last),
    ]  # fmt: skip
    return (starts, f"{supplier} {receiver} {residue}"), cells


def _why(contract: pd.Series, over: float, last: float) -> str:
    if over >= last:
        return ""
    ended = contract["status"] == "ended" and abs(float(contract["ends"]) - over) < 0.01
    return str(contract["reason"]) if ended else "passed on"


def _recorded_spans(known: pd.DataFrame, last: float) -> list[Span]:
    years = zip(known["starts"].tolist(), known["ends"].tolist(), strict=True)
    return sorted((starts, over if over < last else last) for starts, over in years)


def _recorded_said(behind: list[Span], last: float) -> str:
    parts = [f"{look.year(one)}–{look.year(other) if other < last else ''}" for one, other in behind]
    return ", ".join(parts) or look.NOTHING


def _missing(groups: list[pd.DataFrame], first: float, last: float) -> Table:
    columns = (
        words("Supplier"), words("Receiver"), words("Residue", wide=True),
        words("Years", ends(first, last)), Column("Recorded"), words("Confidence"),
        words("Note", wide=True),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for group in sorted(groups, key=lambda each: (each["starts"].min(), each["supplier"].iloc[0])):
        row, behind = group.iloc[0], _recorded_spans(group, last)
        rows.append(
            [
                row["supplier"],
                row["receiver"],
                look.words(row["residue"]),
                spans([], behind, "", first, last),
                _recorded_said(behind, last),
                row["confidence"],
                row["note"],
            ]
        )
    return Table("Recorded streams that did not form in this run", columns, rows)

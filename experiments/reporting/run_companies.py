"""The companies of a run as a table: what they saved, paid, received and invested over it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from .. import look
from .document import Block, Cell, Column, Drawing, Note, Prose, Table, words
from .marks import ends, line

MOST_ROWS, MOST_NAMED = 100, 30


def blocks(result: Any) -> list[Block]:
    """Accounts of the companies that ever had a stream; the others by name."""
    accounts = result.accounts
    whole = accounts[accounts["year"].isin(result.yearly().index)]
    if whole.empty:
        return [Prose("Less than a year was run: there are no yearly accounts.")]
    most = accounts.groupby("company")["streams"].max()
    trading = whole[whole["company"].isin(most.index[most > 0])]
    parts: list[Block] = []
    if not trading.empty:
        parts.append(_table(result, trading, most))
    idle = sorted(str(name) for name in most.index[most == 0])
    if idle:
        named = ", ".join(idle[:MOST_NAMED]) + (
            f" and {len(idle) - MOST_NAMED} more" if len(idle) > MOST_NAMED else ""
        )
        parts.append(Note(f"Without a stream in this run: {named}."))
    return parts


def _table(result: Any, trading: pd.DataFrame, most: pd.Series) -> Table:
    years = result.yearly().index
    sums: Any = trading.groupby("company")[["savings", "stream_income", "stream_payments", "invested"]].sum()
    order = sums.sort_values("savings", ascending=False, kind="stable").index
    lines = trading.pivot(index="year", columns="company", values="savings").reindex(years).fillna(0.0)
    about = result.companies.set_index("name")
    last: Any = trading.groupby("company").last()
    rows: list[list[Cell]] = [
        [
            str(name),
            _kind(about.loc[name]),
            _stay(about.loc[name]),
            look.count(most[name]),
            _savings_line(lines[name], str(name)),
            *(_million(sums.at[name, each]) for each in sums.columns),
            _million(last.at[name, "profit_without"]),
            _million(last.at[name, "cash"]),
            look.count(last.at[name, "jobs"]),
        ]
        for name in order[:MOST_ROWS]
    ]
    over, at_end = "Over the run", "In its last year"
    columns = (
        words("Company"), words("Kind", wide=True), Column("In the park"), Column("Streams", "at most"),
        words("Saved, by year", ends(float(years[0]), float(years[-1]) + 1)),
        Column("Saved", "M EUR", over), Column("Received", "M EUR", over), Column("Paid", "M EUR", over),
        Column("Invested", "M EUR", over), Column("Profit without trades", "M EUR", at_end), Column("Cash", "M EUR", at_end),
        Column("Jobs", "", at_end),
    )  # fmt: skip
    rest = len(order) - len(rows)
    note = (
        "Saved: profit less the profit without trades, before capital; each line has a scale of its own. Received and paid: "
        f"for residues. Invested: in connections and cuts at the origin. EUR of {look.year(result.scenario.money.year)}. "
        f"Model result, seed {result.seed}."
    )
    return Table(
        "Companies with a stream, by what they saved",
        columns,
        rows,
        note + (f" {rest} more in accounts.parquet." if rest else ""),
    )


def _savings_line(values: pd.Series, name: str) -> Drawing:
    best: Any = values.idxmax()
    return line(
        [float(v) for v in values], f"savings of {name}: at most {look.money(float(values[best]))}, in {best}"
    )


def _million(value: float) -> str:
    return look.fixed(value / 1e6, 1) if abs(value) >= 5e4 or value == 0 else look.number(value / 1e6, 1)


def _kind(row: pd.Series) -> str:
    return f"{row['kind']}{', beyond the map' if row['external'] else ''}"


def _stay(row: pd.Series) -> str:
    come = "" if pd.isna(row["arrives"]) else look.year(row["arrives"])
    gone = look.year(row["leaves"]) if row["status"] == "left" and not pd.isna(row["leaves"]) else ""
    return f"{come}–{gone}" if come or gone else "throughout"

"""What a run says of itself: a headline, a table beside the record, which recorded streams formed."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from . import look
from .record import formed, on_record, recorded_values

Result = Any
WIDTH = 80
SHOWN_GAP = 3
"""Years between rows of the table that only a count of partners or a reported count asks for."""


@dataclass(frozen=True)
class Column:
    """An indicator in the table: header, unit as printed, and what divides the value."""

    indicator: str
    header: str
    unit: str = ""
    divisor: float = 1.0


COLUMNS = (
    Column("streams", "streams"),
    Column("partners", "partners"),
    Column("co2_avoided", "CO2 avoided", "kt/yr", 1e3),
    Column("water_saved", "water saved", "M m3/yr", 1e6),
    Column("material_saved", "material", "kt/yr", 1e3),
    Column("savings", "savings", "M EUR/yr", 1e6),
)


def text(result: Result) -> str:
    """Headline, table and the share of recorded streams, for a terminal of 80 columns."""
    parts = [textwrap.fill(headline(result), WIDTH), table(result)]
    if result.scenario.history.streams:
        parts.append(formed_text(result))
    return "\n\n".join(parts)


def headline(result: Result) -> str:
    """The main result in a sentence, beside the record where there is one."""
    scenario, yearly = result.scenario, result.yearly()
    title = scenario.title or scenario.name
    if yearly.empty:
        return f"{title}, seed {result.seed}: less than a year was run."
    last = int(yearly.index[-1])
    return f"{title}, seed {result.seed}: {_streams_said(result, last)}; {_savings_said(result, last)}."


def table(result: Result) -> str:
    """Year by year at the recorded dates: simulated beside recorded, units in the header."""
    rows = values(result)
    history = result.scenario.history
    kinds: list[tuple[Column, list[str]]] = []
    for column in COLUMNS:
        subs = ["sim"]
        if recorded_values(history, column.indicator):
            subs.append("rec")
        if column.indicator == "streams" and history.reported:
            subs.append("told")
        kinds.append((column, subs))
    groups = [["", "", "year", *(str(row["year"]) for row in rows)]]
    for column, subs in kinds:
        columns = [[sub, *(_cell(row[column.indicator][sub], column, rows) for row in rows)] for sub in subs]
        groups.append([column.header, column.unit, *joined(columns, " ")])
    return "\n".join([*joined(groups, "  "), "", *_legend(result)])


def joined(columns: list[list[str]], gap: str) -> list[str]:
    """Lines of a table from its columns, each as wide as its widest cell."""
    widths = [max(map(len, column)) for column in columns]
    return [
        gap.join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    ]


def values(result: Result) -> list[dict[str, Any]]:
    """Rows of the table: `year` and, by indicator, `sim`, `rec` and `told` in the units of the indicators."""
    history, yearly = result.scenario.history, result.yearly()
    rows = []
    for year in shown_years(result):
        row: dict[str, Any] = {"year": year}
        for column in COLUMNS:
            row[column.indicator] = {
                "sim": float(yearly.at[year, column.indicator]),
                "rec": recorded_values(history, column.indicator).get(year, np.nan),
            }
        row["streams"]["told"] = recorded_values(history, "reported").get(year, np.nan)
        rows.append(row)
    return rows


def shown_years(result: Result) -> list[int]:
    """Whole years of the run that the table shows: recorded dates, or every fifth year and the last."""
    history, run = result.scenario.history, [int(year) for year in result.yearly().index]
    if not run:
        return []
    chosen = {int(year) for year in history.counts} | {int(total.year) for total in history.totals}
    for year in sorted(int(year) for year in {**history.reported, **history.partners}):
        if all(abs(year - other) >= SHOWN_GAP for other in chosen):
            chosen.add(year)
    every_fifth = {year for year in run if year % 5 == 0} | {run[-1]}
    if not chosen.intersection(run):
        chosen = every_fifth
    elif run[-1] > max(chosen) + 5:  # a run that goes on beyond its record
        chosen |= {year for year in every_fifth if year > max(chosen) + SHOWN_GAP}
    return sorted(chosen.intersection(run))


def formed_text(result: Result) -> str:
    """How many recorded streams formed, by the decade of their record, and which did not."""
    table = formed(result)
    last = float(result.indicators["year"].iloc[-1])
    table = table[table["starts"] <= last]
    known = table[table["confidence"] != "low"]
    if known.empty:
        return "The record names no stream that starts within this run."
    lines = [_formed_line("Recorded streams that formed", known), ""]
    lines.append("  record starts   recorded  formed  within 5 years")
    for decade, group in known.groupby((known["starts"] // 10 * 10).astype(int)):
        near = (group["simulated"] - group["starts"]).abs() <= 5
        there = group["simulated"].notna()
        lines.append(f"  {decade}-{decade + 9}       {len(group):8d}{there.sum():8d}{near.sum():16d}")
    missing = known[known["simulated"].isna()].sort_values("starts")
    if len(missing):
        lines += ["", f"Not formed ({len(missing)}):"]
        lines += [f"  {look.year(row['starts'])}  {stream(row)}" for row in missing.to_dict("records")[:8]]
        if len(missing) > 8:
            lines.append(f"  and {len(missing) - 8} more")
    return "\n".join(lines)


def stream(row: Mapping[Any, Any]) -> str:
    """A stream in words: supplier -> receiver: residue."""
    return f"{row['supplier']} -> {row['receiver']}: {look.words(row['residue'])}"


def _formed_line(start: str, known: pd.DataFrame) -> str:
    there = int(known["simulated"].notna().sum())
    part = look.share(there / len(known))
    return f"{start}: {there} of {len(known)} ({part}; rows of low confidence left out)"


def _streams_said(result: Result, last: int) -> str:
    yearly, counts = result.yearly(), recorded_values(result.scenario.history, "streams")
    years = [year for year in counts if year in yearly.index]
    year = max(years, default=last)
    said = f"{look.plural(yearly.at[year, 'streams'], 'stream')} in {year}"
    if not years:
        return said
    hits, others = on_record(result, year + 0.99)
    beside = f"{hits} of them on record, {look.count(others)} not"
    return f"{said} where {look.count(counts[year])} are recorded ({beside})"


def _savings_said(result: Result, last: int) -> str:
    yearly, totals = result.yearly(), recorded_values(result.scenario.history, "savings")
    years = [year for year in totals if year in yearly.index]
    year = max(years, default=last)
    said = f"the companies save {look.money(yearly.at[year, 'savings'])} in {year}"
    return f"{said}, {look.money(totals[year])} recorded" if years else said


def _legend(result: Result) -> list[str]:
    history = result.scenario.history
    lines = [
        f"sim: model result, seed {result.seed}. Money in EUR of {look.year(result.scenario.money.year)}."
    ]
    if history.counts or history.totals:
        lines.append(
            "rec: recorded" + ("; told: streams as reported at the time." if history.reported else ".")
        )
    return lines


def _cell(value: float, column: Column, rows: list[dict[str, Any]]) -> str:
    """A value as printed: counts whole, the others with at most three digits in the largest of the column."""
    if column.divisor == 1:
        return look.count(value)
    largest = max(abs(each) for row in rows for each in row[column.indicator].values() if not np.isnan(each))
    places = 0 if largest >= 99.95 * column.divisor else 1 if largest >= 9.995 * column.divisor else 2
    return look.fixed(value / column.divisor, places)

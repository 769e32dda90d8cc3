"""The indicators of a run by year: beside the record, and all years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.indicators import INDICATOR, STOCKS

from .. import look, summary
from ..record import recorded_values
from ..summary import Column as Indicator
from .document import Block, Cell, Column, Folded, Prose, Table, words

EVERY_YEAR = (
    Indicator("companies", "companies"),
    Indicator("partners", "partners"),
    Indicator("members", "members"),
    Indicator("streams", "streams"),
    Indicator("opened", "talks"),
    Indicator("agreed", "agreed"),
    Indicator("ended", "ended"),
    Indicator("trust_trading", "trust of partners"),
    Indicator("delivered_water", "water sent", "M m3", 1e6),
    Indicator("delivered_energy", "energy sent", "PJ", 1e6),
    Indicator("delivered_material", "material sent", "kt", 1e3),
    Indicator("co2_avoided", "CO₂ avoided", "kt", 1e3),
    Indicator("water_saved", "water saved", "M m3", 1e6),
    Indicator("energy_saved", "energy saved", "PJ", 1e6),
    Indicator("savings", "savings", "M EUR", 1e6),
    Indicator("socio_economic", "gain of the town", "M EUR", 1e6),
    Indicator("investment", "invested so far", "M EUR", 1e6),
    Indicator("payback", "mean payback", "years"),
    Indicator("jobs", "jobs"),
)
FRACTIONS = ("trust_trading", "payback")
KINDS = {"sim": "simulated", "rec": "recorded", "told": "reported then"}


def blocks(result: Any) -> list[Block]:
    """Recorded values beside simulated, published totals with their sources, every year folded."""
    if result.yearly().empty:
        return [Prose("Less than a year was run: there are no yearly indicators.")]
    parts: list[Block] = [_beside(result)]
    if totals := _totals(result):
        parts.append(totals)
    return [
        *parts,
        Folded("Every year of the run", [_every_year(result)]),
        Folded("What each indicator is", [_meanings()]),
    ]


def _beside(result: Any) -> Table:
    """The table of the summary: simulated beside recorded at the recorded dates."""
    rows, history = summary.values(result), result.scenario.history
    columns, cells = [words("Year")], [[str(row["year"])] for row in rows]
    for shown in summary.COLUMNS:
        kinds = ["sim", *(["rec"] if recorded_values(history, shown.indicator) else [])]
        if shown.indicator == "streams" and history.reported:
            kinds.append("told")
        largest = _largest([row[shown.indicator][kind] for row in rows for kind in kinds])
        head = shown.header.replace("CO2", "CO₂")
        for kind in kinds:
            if history.streams or history.totals:
                columns.append(Column(KINDS[kind], "", f"{head}, {shown.unit}" if shown.unit else head))
            else:
                columns.append(Column(head, shown.unit))
            for row, line in zip(rows, cells, strict=True):
                line.append(_cell(row[shown.indicator][kind], shown, largest))
    recorded = bool(history.counts or history.totals or history.partners)
    note = f"Simulated: model result, seed {result.seed}. Money in EUR of {look.year(result.scenario.money.year)}."
    if history.reported:
        note += " Reported then: counts as published at the time, which also counted projects."
    return Table(
        "Simulated beside recorded, at the recorded dates" if recorded else "Year by year",
        columns,
        cells,
        note,
    )


def _totals(result: Any) -> Table | None:
    """Published totals with what was printed, and by whom."""
    yearly, units = result.yearly(), INDICATOR.units()
    rows: list[list[Cell]] = []
    for total in sorted(result.scenario.history.totals, key=lambda each: (each.indicator, each.year)):
        if int(total.year) not in yearly.index or total.indicator not in yearly.columns:
            continue
        unit = units.get(total.indicator, "").replace("/quarter", "/yr")
        rows.append(
            [
                total.indicator.replace("_", " ").replace("co2", "CO₂"),
                look.year(total.year),
                look.amount(float(yearly.at[int(total.year), total.indicator]), unit),
                look.amount(total.value, unit),
                total.published or look.NOTHING,
                total.confidence,
                total.source or look.NOTHING,
            ]
        )
    columns = (
        words("Total"), Column("Year"), Column("Simulated"), Column("Recorded"),
        words("As published", wide=True), words("Confidence"),
        words("Source", wide=True),
    )  # fmt: skip
    return Table("Published totals", columns, rows) if rows else None


def _every_year(result: Any) -> Table:
    yearly: pd.DataFrame = result.yearly()
    columns, cells = [words("Year")], [[str(year)] for year in yearly.index]
    for shown in EVERY_YEAR:
        columns.append(Column(shown.header, shown.unit))
        values = yearly[shown.indicator]
        largest = _largest(values)
        for value, line in zip(values, cells, strict=True):
            line.append(_cell(float(value), shown, largest))
    stocks = ", ".join(each.header for each in EVERY_YEAR if each.indicator in STOCKS)
    note = f"At the end of the year: {stocks}. The others are summed over it. indicators.parquet has every quarter."
    return Table("Every year of the run", columns, cells, note)


def _meanings() -> Table:
    columns = (
        words("Indicator"),
        words("Unit"),
        words("Meaning", wide=True),
    )
    rows = [
        [field.name, field.unit or look.NOTHING, field.meaning]
        for field in INDICATOR.fields
        if field.name != "quarter"
    ]
    return Table("Indicators", columns, rows)


def _largest(values: Any) -> float:
    known = np.abs(np.asarray(values, float))
    known = known[~np.isnan(known)]
    return float(known.max()) if len(known) else 0.0


def _cell(value: float, shown: Indicator, largest: float) -> str:
    """Counts whole; the others with at most three digits in the largest of the column."""
    if shown.divisor == 1 and shown.indicator not in FRACTIONS:
        return look.count(value)
    largest /= shown.divisor
    return look.fixed(value / shown.divisor, 0 if largest >= 99.95 else 1 if largest >= 9.995 else 2)

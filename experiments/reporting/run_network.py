"""The network of streams over the years: its measures at some dates, with what each of them means."""

from __future__ import annotations

from typing import Any

from .. import look
from .document import Block, Cell, Column, Folded, Table, words
from .marks import ends, line

STEP, SHOWN_EVERY = 5, 2
"""Years between two measurements, and every how many of them stands in a column."""


def blocks(result: Any) -> list[Block]:
    """Measures of the network every fifth year, those of flows and food webs folded."""
    from simulation.metrics import METRICS, NETWORK, SYMBIOSIS, metrics

    years = _measured_years(result)
    if not years:
        return []
    frame = metrics(result, years).set_index("year") if years else None
    main = {each.name for each in (*NETWORK, *SYMBIOSIS)}
    note = (
        "Companies are points, streams in operation in the last quarter of a year are lines. Each curve has a scale of its "
        f"own. Formulas and sources: simulation/metrics.py. Model result, seed {result.seed}."
    )
    here = [each for each in METRICS.values() if each.name in main]
    rest = [each for each in METRICS.values() if each.name not in main]
    return [
        _table("Measures of the network", here, frame, note),
        Folded(
            "Measures of flows and of the park as a food web",
            [_table("Flows and food web", rest, frame, note)],
        ),
    ]


def _measured_years(result: Any) -> list[int]:
    whole = [int(year) for year in result.yearly().index]
    return sorted({year for year in whole if year % STEP == 0} | set(whole[-1:]))


def _table(caption: str, measures: list[Any], frame: Any, note: str) -> Table:
    years = [int(year) for year in frame.index]
    shown = years[:-1][::-SHOWN_EVERY][::-1][-6:] + years[-1:]
    columns = (
        words("Measure"), words("What it is", wide=True),
        words("Curve", ends(years[0], years[-1])), *(Column(str(year)) for year in shown),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for measure in measures:
        values = [float(value) for value in frame[measure.name]]
        about = f"{measure.meaning}{f', {measure.unit}' if measure.unit not in ('', '1') else ''}"
        mark = line(
            [0.0 if value != value else value for value in values],
            f"{measure.name} from {years[0]} to {years[-1]}",
        )
        cells = [look.number(float(frame.at[year, measure.name])) for year in shown]
        rows.append([measure.name.replace("_", " "), about, mark, *cells])
    return Table(caption, columns, rows, note)

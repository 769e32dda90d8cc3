"""The network of streams over the years: a curve of every measure, numbers of some years, what each means."""

from __future__ import annotations

from typing import Any

from .. import look
from .document import Block, Cell, Column, Folded, Table, words
from .marks import ends, line

SHOWN_EVERY, MOST_SHOWN = 10, 6
"""Years between two columns of numbers, and the most columns before that of the last year."""


def blocks(result: Any) -> list[Block]:
    """Measures of the network of every year, those of flows and food webs folded."""
    from simulation.metrics import METRICS, NETWORK, SYMBIOSIS

    frame = result.metrics.set_index("year")
    if frame.empty:
        return []
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


def _table(caption: str, measures: list[Any], frame: Any, note: str) -> Table:
    years = [int(year) for year in frame.index]
    shown = [year for year in years[:-1] if year % SHOWN_EVERY == 0][-MOST_SHOWN:] + years[-1:]
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

"""The record beside a run: what was reported of a park, and which of its streams the run formed too.

A stream is known by supplier, receiver and residue. Where a succession passed a stream on, it counts
under each name for the years in which that company held it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from simulation.scenario import History

KEY = ["supplier", "receiver", "residue"]


def recorded_values(history: History, name: str) -> dict[int, float]:
    """Recorded values by year: `streams`, `reported`, `partners`, or a total by the name of its indicator."""
    tables = {"streams": history.counts, "reported": history.reported, "partners": history.partners}
    if name in tables:
        return {int(year): value for year, value in tables[name].items()}
    return {int(total.year): total.value for total in history.totals if total.indicator == name}


def record_ends(history: History) -> float:
    """Date (decimal year) at which the record ends: the end of the last year of which it says anything."""
    told = {*history.counts, *history.reported, *history.partners, *(total.year for total in history.totals)}
    ends = {stream.ends for stream in history.streams if stream.ends is not None}
    return max(
        (*(int(year) + 1 for year in told), *(each.starts for each in history.streams), *ends), default=0
    )


def recorded_streams(history: History) -> pd.DataFrame:
    """A row a recorded stream; `ends` is missing where it goes on."""
    columns = [*KEY, "input", "starts", "ends", "quantity", "confidence", "note"]
    rows = [[getattr(stream, name) for name in columns] for stream in history.streams]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({"starts": float, "ends": float, "quantity": float})


def formed(result: Any) -> pd.DataFrame:
    """Recorded streams with `simulated` (first start in the run, missing if never) and `simulated_end`."""
    first = result.holders.groupby(KEY).agg(simulated=("starts", "min"), simulated_end=("ends", "max"))
    return recorded_streams(result.scenario.history).merge(first, how="left", left_on=KEY, right_index=True)


def on_record(result: Any, year: float) -> tuple[int, int]:
    """How many streams of the run at a date are on record at any time, and how many are not."""
    now = result.streams(year)
    known = {tuple(row) for row in recorded_streams(result.scenario.history)[KEY].to_numpy()}
    hits = int(np.sum([tuple(row) in known for row in now[KEY].to_numpy()]))
    return hits, len(now) - hits

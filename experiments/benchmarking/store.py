"""The store of a sweep at any size: time to write a run, its size, time to read and to query."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from simulation.run import simulate

from ..sweeping.chunks import Finished
from ..sweeping.folder import table_of
from ..sweeping.jobs import Job, Record
from ..sweeping.ledger import DONE, FORMAT, Ledger, Row
from ..sweeping.parts import ROLL_RUNS, packed, roll
from ..sweeping.sweep import SERIES
from .figure import Figure

CHUNK = 30


def store(runs: int, years: int = 65) -> list[Figure]:
    """The store with so many runs of 20 yearly series.

    The series are those of one run of Kalundborg with noise on every number.
    """
    result = simulate("kalundborg", 1)
    yearly = result.yearly().tail(years)
    random = np.random.default_rng(1)
    base = {name: yearly[name].to_numpy(float) for name in SERIES}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ledger = Ledger.writing(folder)
        ledger.note(
            format=FORMAT,
            kind="sweep",
            identity={},
            context={},
            total=runs,
            outcomes=["streams_2020"],
            points=[{}],
        )
        writing = 0.0
        for first in range(0, runs, CHUNK):
            chunk = [
                _made_up(run, base, yearly.index.to_numpy("i2"), random)
                for run in range(first, min(first + CHUNK, runs))
            ]
            rows = [Row(job.run, 0, job.replicate, DONE, 0.01, "", record.outcomes) for job, record in chunk]
            finished = Finished(rows, packed([(job, record.tables) for job, record in chunk]), 0.3)
            start = time.perf_counter()
            ledger.add(finished.rows, finished.tables)
            if first // ROLL_RUNS != (first + CHUNK) // ROLL_RUNS:
                roll(ledger, {})
            writing += time.perf_counter() - start
        roll(ledger, {})
        ledger.close()
        size, parts = _size(folder), len(list((folder / "runs").glob("*.parquet")))
        reading, _ = _timed(lambda: table_of(folder))
        querying, groups = _timed(lambda: _query(folder))
    assert groups == min(years, 65)
    said = f"{runs:,} runs x {years} years x {len(SERIES)} series".replace(",", " ")
    return [
        Figure("store_microseconds_a_run", f"to write a run, {said}", 1e6 * writing / runs, "µs", limit="disk"),
        Figure("store_megabytes", "size of the store", size / 1e6, "MB", limit=f"{parts} parts of Parquet"),
        Figure("store_seconds_of_table", "to read the table of all runs", reading, "s", limit="SQLite to pandas"),
        Figure("store_seconds_of_query", "mean and spread of a series by year", querying, "s", limit="Arrow, all cores"),
    ]  # fmt: skip


def _made_up(
    run: int, base: dict[str, np.ndarray], years: np.ndarray, random: np.random.Generator
) -> tuple[Job, Record]:
    columns: dict[str, Any] = {"year": years}
    columns |= {name: values * random.normal(1.0, 0.05, len(values)) for name, values in base.items()}
    return Job(run, 0, run), Record({"streams_2020": float(columns["streams"][-5])}, {"runs": columns})


def _query(folder: Path) -> int:
    """Mean and spread of one series by year over all runs, straight from the parts."""
    import pyarrow.dataset as dataset

    found = dataset.dataset(folder / "runs").to_table(columns=["year", "savings"])
    return found.group_by("year").aggregate([("savings", "mean"), ("savings", "stddev")]).num_rows


def _timed(work: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

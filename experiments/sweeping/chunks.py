"""What a worker does: a chunk of jobs, each measured, none able to stop the others."""

from __future__ import annotations

import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from .jobs import Job, Work, unpacked
from .ledger import DONE, FAILED, Row
from .parts import packed


@dataclass(frozen=True)
class Finished:
    """A chunk as it travels back: rows for the ledger, tables as Arrow streams, seconds of work."""

    rows: list[Row]
    tables: list[tuple[str, int, bytes]]
    seconds: float


def chunk_done(work: Work, context: bytes, jobs: Sequence[Job]) -> Finished:
    """Do the jobs one after another. A run that raises is a row with its traceback."""
    known = unpacked(context)
    rows, tables = [], []
    first = time.perf_counter()
    for job in jobs:
        start = time.perf_counter()
        try:
            record = work(known, job)
            outcomes = {name: float(value) for name, value in record.outcomes.items()}
            tables.append((job, record.tables))
            said = (DONE, "")
        except Exception:
            outcomes, said = {}, (FAILED, traceback.format_exc())
        seconds = time.perf_counter() - start
        rows.append(Row(job.run, job.point, job.replicate, said[0], seconds, said[1], outcomes))
    return Finished(rows, packed(tables), time.perf_counter() - first)


def failed(jobs: Sequence[Job], reason: str) -> Finished:
    """Jobs that gave no result: one row each with the reason."""
    rows = [Row(job.run, job.point, job.replicate, FAILED, 0.0, reason, {}) for job in jobs]
    return Finished(rows, [], 0.0)

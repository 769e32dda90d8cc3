"""A dry run: what a sweep would take, from three pilot runs of its design."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import fmean

from .. import look
from ..progress import duration
from .chunks import chunk_done
from .executors import usable_cores
from .jobs import Study, job_numbered, packed
from .ledger import FAILED
from .parts import packed as stream
from .runs import done

ROW_BYTES = 250
"""Of a run in the ledger, indexes included (measured on sweeps of Kalundborg); outcomes come on top."""
PACKING = 0.45
"""Size of a Parquet part beside its numbers in memory (measured: zstd and byte-stream-split)."""


@dataclass(frozen=True)
class Forecast:
    """Seconds with the given workers, bytes on disk, and the pilots that failed."""

    runs: int
    points: int
    workers: int
    seconds_a_run: float
    seconds: float
    bytes: float
    failures: list[str]

    def text(self) -> str:
        """The forecast as plain lines."""
        lines = [
            f"{self.runs:,} runs of {self.points:,} points; a pilot run takes {1000 * self.seconds_a_run:.3g} ms",
            f"about {duration(self.seconds)} with {look.plural(self.workers, 'worker')}, {self.bytes / 1e6:.3g} MB on disk",
        ]
        lines += [f"A pilot run failed: {each}" for each in self.failures]
        return "\n".join(lines)


def forecast(study: Study, workers: int | None = None) -> Forecast:
    """Time and disk of a study, from runs at its first, middle and last point; nothing is written."""
    workers = workers or usable_cores()
    count = len(study.points)
    jobs = [job_numbered(study.points, run) for run in sorted({0, count // 2, count - 1})]
    context = packed(study.context)
    chunk_done(done, context, jobs[:1])  # the first also loads what is compiled
    seconds, failures = [], []
    for job in jobs:
        start = time.perf_counter()
        finished = chunk_done(done, context, [job])
        seconds.append(time.perf_counter() - start)
        failures += [row.error.strip().splitlines()[-1] for row in finished.rows if row.status == FAILED]
    tables = {} if failures else done(study.context, jobs[0]).tables
    size = (
        ROW_BYTES
        + 20 * len(study.outcomes)
        + PACKING * sum(len(each) for _, _, each in stream([(jobs[0], tables)]))
    )
    each = fmean(seconds)
    return Forecast(
        study.total, count, workers, each, each * study.total / workers, size * study.total, failures
    )

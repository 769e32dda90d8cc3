"""Work for the runner's tests: what can go wrong in a run, on purpose."""

import os
import signal
import struct
import sys
import time
from pathlib import Path
from typing import Any

from experiments.sweeping.jobs import Job, Record, Study


def squared(context: Any, job: Job) -> Record:
    """A run that is sound."""
    value = float(job.run**2 + context["plus"])
    return Record({"square": value}, {"runs": {"year": [2000, 2001], "value": [value, -value]}})


def sometimes_raises(context: Any, job: Job) -> Record:
    """Every tenth run raises."""
    if job.run % 10 == 3:
        raise ZeroDivisionError(f"run {job.run}")
    return squared(context, job)


def dies_once(context: Any, job: Job) -> Record:
    """One run ends its process, the first time."""
    mark = Path(context["folder"]) / "died"
    if job.run == 7 and not mark.exists():
        mark.touch()
        os._exit(9)
    return squared(context, job)


def dies_while_it_writes(context: Any, job: Job) -> Record:
    """One process is killed with half of a result in the pipe and the lock of the pipe in its hand."""
    mark = Path(context["folder"]) / "died"
    if job.run in context["victims"] and not (mark.exists() and context["once"]):
        mark.touch()
        frame = sys._getframe()
        while "result_queue" not in frame.f_locals:
            frame = frame.f_back  # type: ignore[assignment]
        results = frame.f_locals["result_queue"]
        results._wlock.acquire()
        os.write(results._writer.fileno(), struct.pack("!i", 1000) + b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(context, job)


def always_dies(context: Any, job: Job) -> Record:
    """One run ends its process whenever it is tried."""
    if job.run == 7:
        os._exit(9)
    return squared(context, job)


def hangs(context: Any, job: Job) -> Record:
    """One run never ends."""
    if job.run == 7:
        time.sleep(600)
    return squared(context, job)


def cannot_travel(context: Any, job: Job) -> Record:
    """One run gives what cannot be pickled."""
    if job.run == 7:
        record = Record({"square": 1.0})
        record.outcomes["square"] = type("Local", (float,), {"__reduce__": lambda self: (lambda: 1, ())})(1.0)
        return record
    return squared(context, job)


def study(work: Any, runs: int = 40, **context: Any) -> Study:
    """A study of so many runs of a work."""
    jobs = [Job(run, run % 2, run // 2) for run in range(runs)]
    known = {"plus": 0, **context}
    return Study(
        "test", {"plus": known["plus"]}, known, work, ("square",), lambda _ledger: iter([jobs]), runs
    )

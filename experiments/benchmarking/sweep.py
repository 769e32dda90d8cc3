"""What a sweep costs beyond its runs: efficiency against plain loops without a store."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from simulation.run import simulate

from ..sweeping.design import load_design
from ..sweeping.executors import local, usable_cores
from ..sweeping.jobs import Job, job_numbered
from ..sweeping.runs import done
from ..sweeping.sweep import study_of, sweep
from .figure import Figure

DESIGN: dict[str, Any] = {
    "scenario": "kalundborg",
    "outcomes": ["streams_2000", "savings_2018", "trust_mean_2020"],
    "axes": {"trust.prior": [0.3, 0.4, 0.5, 0.6, 0.7]},
}


def swept(runs: int) -> list[Figure]:
    """A sweep of Kalundborg with all cores: runs a second, and its efficiency.

    One process alone, and as many as there are cores together, do every twentieth run in a plain loop
    without a store. What the machine loses by running several at once shows in the loops together.
    """
    design = load_design({**DESIGN, "replicates": max(1, runs // 5)})
    study = study_of(design)
    jobs = [job_numbered(study.points, run) for run in range(0, max(20, study.total // 20))]

    simulate("kalundborg", 0)
    before, cores = loop(study.context, jobs), usable_cores()
    pool = local(cores)
    try:
        rates = [pool.submit(loop, study.context, jobs) for _ in range(cores)]
        together = sum(rate.result() for rate in rates)
    finally:
        pool.kill()
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        sweep(design, Path(place) / "sweep")
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in Path(place).rglob("*") if path.is_file())
    single = (before + loop(study.context, jobs)) / 2
    rate = study.total / seconds
    said = f"a sweep of {study.total:,} runs of Kalundborg".replace(",", " ")
    return [
        Figure("sweep_seconds", f"{said}, {cores} cores", seconds, "s", limit="start of the processes included"),
        Figure(
            "sweep_runs_a_second", f"runs a second of {said}, {cores} cores", rate, "", None, rate / together,
            f"{cores} plain loops together", "start of the processes; then the store",
        ),
        Figure(
            "sweep_efficiency", "the same for each core", rate / cores, "", None, rate / (cores * single),
            "one plain loop alone", "cores share memory and clock",
        ),
        Figure("sweep_kilobytes_a_run", "stored", size / 1e3 / study.total, "kB a run", limit="yearly series"),
    ]  # fmt: skip


def loop(context: Any, jobs: list[Job]) -> float:
    """Runs a second in a plain loop of this process, after one to warm up."""
    done(context, jobs[0])
    start = time.perf_counter()
    for job in jobs:
        done(context, job)
    return len(jobs) / (time.perf_counter() - start)

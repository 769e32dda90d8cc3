"""What sweeps cost beyond their runs: efficiency against one process, and the store at any size."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from simulation.run import simulate

from .chunks import Finished
from .design import load_design
from .executors import local, usable_cores
from .folder import table_of
from .jobs import Job, Record, job_numbered
from .ledger import DONE, FORMAT, Ledger, Row
from .parts import ROLL_RUNS, packed, roll
from .runs import done
from .sweep import SERIES, study_of, sweep

CHUNK = 30
DESIGN: dict[str, Any] = {
    "scenario": "kalundborg",
    "outcomes": ["streams_2000", "savings_2018", "trust_mean_2020"],
    "axes": {"trust.prior": [0.3, 0.4, 0.5, 0.6, 0.7]},
}


def sweep_figures(runs: int) -> dict[str, float]:
    """A sweep of Kalundborg with all cores: runs a second, and its efficiency.

    One process alone, and as many as there are cores together, do every twentieth run in a plain loop
    without a store. `efficiency` is the rate of the sweep over cores times that of one process; what of
    it the machine loses by running two at once shows in `together_runs_a_second`.
    """
    design = load_design({**DESIGN, "replicates": max(1, runs // 5)})
    study = study_of(design)
    jobs = [job_numbered(study.points, run) for run in range(0, max(20, study.total // 20))]

    simulate("kalundborg", 0)
    before, cores = loop(study.context, jobs), usable_cores()
    pool = local(cores)
    rates = [pool.executor.submit(loop, study.context, jobs) for _ in range(cores)]
    together = sum(rate.result() for rate in rates)
    pool.kill()
    with tempfile.TemporaryDirectory() as place:
        start = time.perf_counter()
        sweep(design, Path(place) / "sweep")
        seconds = time.perf_counter() - start
        size = _size(Path(place))
    single = (before + loop(study.context, jobs)) / 2
    rate = study.total / seconds
    return {
        "runs": study.total, "cores": cores, "seconds": seconds, "runs_a_second": rate, "alone_runs_a_second": single,
        "together_runs_a_second": together, "efficiency": rate / (cores * single), "megabytes": size / 1e6,
    }  # fmt: skip


def loop(context: Any, jobs: list[Job]) -> float:
    """Runs a second in a plain loop of this process, after one to warm up."""
    done(context, jobs[0])
    start = time.perf_counter()
    for job in jobs:
        done(context, job)
    return len(jobs) / (time.perf_counter() - start)


def store_figures(runs: int, years: int = 65) -> dict[str, float]:
    """The store with so many runs of 20 yearly series: time to write one, size, time to read and to query.

    The series are those of one run of Kalundborg with noise on every number.
    """
    result = simulate("kalundborg", 1)
    yearly = result.yearly().tail(years)
    random = np.random.default_rng(1)
    base = {name: yearly[name].to_numpy(float) for name in SERIES}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ledger = Ledger.writing(folder)
        ledger.note(format=FORMAT, kind="sweep", points=[{}], outcomes=["streams_2020"], total=runs)
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
    return {
        "runs": runs, "years": years, "series": len(SERIES), "write_us_a_run": 1e6 * writing / runs, "megabytes": size / 1e6,
        "parts": parts, "table_of_runs_seconds": reading, "query_seconds": querying,
    }  # fmt: skip


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


def text(swept: dict[str, float] | None, stored: dict[str, float] | None) -> str:
    """The figures as lines of text."""
    lines = []
    if swept:
        lines += [
            f"sweep of Kalundborg, {swept['runs']:,.0f} runs on {swept['cores']:.0f} cores: {swept['seconds']:.0f} s, "
            f"{swept['runs_a_second']:.0f} runs a second, {swept['megabytes']:.0f} MB",
            f"plain loops without a store: one process {swept['alone_runs_a_second']:.0f} runs a second, "
            f"{swept['cores']:.0f} together {swept['together_runs_a_second']:.0f}; "
            f"efficiency of the sweep {100 * swept['efficiency']:.0f} %",
        ]
    if stored:
        lines += [
            f"store, {stored['runs']:,.0f} runs x {stored['years']:.0f} years x {stored['series']:.0f} series: "
            f"{stored['write_us_a_run']:.0f} us a run to write, {stored['megabytes']:.0f} MB in {stored['parts']:.0f} parts",
            f"table of all runs read in {stored['table_of_runs_seconds']:.1f} s, a query over all series in "
            f"{stored['query_seconds']:.2f} s",
        ]
    return "\n".join(lines)

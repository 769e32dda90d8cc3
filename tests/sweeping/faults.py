"""The kill matrix: a sweep killed or interrupted at random moments, on processes or a Dask cluster.

    python -m tests.sweeping.faults [MOMENTS] [processes|Dask] [parent|worker|Ctrl-C]

kills at so many moments for each of the six cases, or for one (`processes/worker`), and prints runs lost
(acknowledged, then gone or done again), whether the table is that of a sweep that nobody disturbed,
and how long it took: 20 moments of a case are two to thirteen minutes on two cores. Of Ctrl-C it also says how
often the command did not end, with its processes, within ten seconds and in one word.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import psutil

from experiments.sweeping.folder import table_of
from experiments.sweeping.ledger import NAME, Ledger
from experiments.sweeping.parts import table

PATIENCE = 600.0  # seconds: a slow machine under load, not a hang
STARTED = 0.3  # seconds in which Python itself starts
SOON = 10.0  # seconds in which Ctrl-C ends a command
BACKENDS, TARGETS = ["processes", "Dask"], ["parent", "worker", "Ctrl-C"]
DESIGN = """scenario = "kalundborg"
replicates = 150
outcomes = ["streams_2020", "savings_sum_2010_2020"]
series = ["streams", "savings"]
[axes]
"trust.prior" = [0.2, 0.5]
"""


def command(design: Path, out: Path, cluster: str | None) -> list[str]:
    """The command line of the sweep."""
    where = ["--cluster", cluster] if cluster else ["--workers", "2"]
    return [sys.executable, "-m", "experiments", "sweep", str(design), "--out", str(out), *where]


def undisturbed(folder: Path, cluster: str | None = None) -> float:
    """The sweep in `folder`/whole with its design beside it; returns the seconds it took."""
    design = folder / "design.toml"
    design.write_text(DESIGN)
    start = time.monotonic()
    subprocess.run(command(design, folder / "whole", cluster), check=True, capture_output=True)
    return time.monotonic() - start


def parent_killed(
    folder: Path, name: str, after: float, cluster: str | None, how: int = signal.SIGKILL
) -> tuple[int, int]:
    """Kill the command `after` its first finished run, go on; runs lost, and runs finished before."""
    out = folder / name
    process = subprocess.Popen(
        command(folder / "design.toml", out, cluster), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _wait_for_runs(out, process)
    time.sleep(after)
    process.send_signal(how)
    process.wait()
    before = _finished(out)
    subprocess.run(command(folder / "design.toml", out, cluster), check=True, capture_output=True)
    now = _finished(out)
    return sum(now.get(run) != moment for run, moment in before.items()), len(before)


def worker_killed(
    folder: Path, name: str, after: float, cluster: str | None, victims: list[int] | None
) -> tuple[int, int]:
    """Kill a worker `after` the first finished run; failed runs, and the exit status of the command."""
    out = folder / name
    process = subprocess.Popen(
        command(folder / "design.toml", out, cluster), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _wait_for_runs(out, process)
    time.sleep(after)
    found = [pid for pid in victims or _workers(process.pid) if psutil.pid_exists(pid)]
    with contextlib.suppress(
        psutil.NoSuchProcess, IndexError
    ):  # a nanny may be replacing its worker just now
        psutil.Process(random.choice(found)).kill()
    process.wait(timeout=PATIENCE)
    return int((table_of(out)["status"] != "done").sum()), process.returncode


def interrupted(folder: Path, name: str, after: float, cluster: str | None) -> tuple[int, bool]:
    """Ctrl-C `after` so many seconds, then go on; runs lost, and whether the command ended as it should.

    It should say one word and leave no process, soon, wherever it was: before the first worker, while one
    starts, among its runs, at its end.
    """
    out = folder / name
    process = subprocess.Popen(
        command(folder / "design.toml", out, cluster), stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, start_new_session=True)  # fmt: skip
    time.sleep(after)
    below = _below(process.pid)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    try:
        said = process.communicate(timeout=SOON)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said = process.communicate()[1]
    tidy = process.returncode == 0 or (process.returncode == 130 and said.endswith("Interrupted.\n"))
    tidy &= "Traceback" not in said and not psutil.wait_procs(below, timeout=SOON)[1]
    before = _finished(out)
    subprocess.run(command(folder / "design.toml", out, cluster), check=True, capture_output=True)
    now = _finished(out)
    return sum(now.get(run) != moment for run, moment in before.items()), tidy


def same_tables(folder: Path, name: str) -> bool:
    """Whether a sweep kept what the undisturbed one kept, clocks apart."""
    whole, other = table_of(folder / "whole"), table_of(folder / name)
    series = table(folder / "whole", "runs").equals(table(folder / name, "runs"))
    return series and whole.drop(columns="seconds").equals(other.drop(columns="seconds"))


@contextmanager
def dask_cluster() -> Iterator[tuple[str, object]]:
    """A real scheduler and two worker processes on this machine, each with its nanny."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address, cluster


def dask_workers(cluster: object) -> list[int]:
    """Process numbers of the workers of a cluster."""
    return [nanny.pid for nanny in cluster.workers.values()]  # type: ignore[attr-defined]


def _below(parent: int) -> list[psutil.Process]:
    try:
        return psutil.Process(parent).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _workers(parent: int) -> list[int]:
    """The forked workers: children of the fork server, which is a child of the command."""
    try:
        return [each.pid for child in psutil.Process(parent).children() for each in child.children()]
    except psutil.NoSuchProcess:
        return []


def _wait_for_runs(out: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        if (out / NAME).exists() and _finished(out):
            return
        time.sleep(0.02)


def _finished(out: Path) -> dict[int, float]:
    """Runs that the ledger has acknowledged, and when."""
    try:
        ledger = Ledger.reading(out)
    except Exception:
        return {}
    rows: pd.DataFrame = pd.read_sql(
        "SELECT run, finished FROM runs WHERE status = 'done'", ledger.connection
    )
    ledger.close()
    return dict(zip(rows["run"].tolist(), rows["finished"].tolist(), strict=True))


def case(folder: Path, backend: str, who: str, moments: int, length: float) -> str:
    """A line of the matrix. Every kill on Dask has a cluster of its own, so that it starts with two sound workers."""
    lost, differing, untidy, began = 0, 0, 0, time.monotonic()
    for number in range(moments):
        name, after = f"{who}{number}", random.uniform(0.0, 0.6 * length)
        with dask_cluster() if backend == "Dask" else contextlib.nullcontext((None, None)) as (at, cluster):
            if who == "parent":
                lost += parent_killed(folder, name, after, at)[0]
            elif who == "worker":
                lost += worker_killed(folder, name, after, at, dask_workers(cluster) if at else None)[0]
            else:
                gone, tidy = interrupted(folder, name, STARTED + after, at)
                lost, untidy = lost + gone, untidy + (not tidy)
        differing += not same_tables(folder, name)
    told = f"{backend:>9}, {who}, {moments} moments: runs lost {lost}, tables that differ {differing}"
    told += f", did not end as they should {untidy}" if who == "Ctrl-C" else ""
    return f"{told}, {time.monotonic() - began:.0f} s"


def main(moments: int, backends: list[str], targets: list[str]) -> None:
    """Print the matrix."""
    random.seed(1)
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")
    with tempfile.TemporaryDirectory() as place:
        for backend in backends:
            folder = Path(place) / backend
            folder.mkdir()
            length = undisturbed(folder)
            for who in targets:
                print(case(folder, backend, who, moments, length), flush=True)


if __name__ == "__main__":
    given = [word for each in sys.argv[1:] for word in each.split("/")]
    if unknown := [each for each in given if not (each.isdigit() or each in (*BACKENDS, *TARGETS))]:
        sys.exit(f"{unknown[0]!r}\n{__doc__}")
    main(
        next((int(each) for each in given if each.isdigit()), 20),
        [each for each in given if each in BACKENDS] or BACKENDS,
        [each for each in given if each in TARGETS] or TARGETS,
    )

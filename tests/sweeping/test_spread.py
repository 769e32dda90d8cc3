"""Calls spread over processes without a folder, and the ways in which processes are started."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from experiments.sweeping.executors import Pool, local
from experiments.sweeping.folder import performed, table_of
from experiments.sweeping.processes import START
from experiments.sweeping.spread import WorkerDied, spread
from simulation.problems import ScenarioError

from . import works


def doubled(number: int, mark: Path | None = None, once: bool = True) -> int:
    """Twice the number; the fifth ends its process, the first time or always."""
    if number == 5 and mark is not None and not (mark.exists() and once):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def refused(number: int) -> int:
    raise ZeroDivisionError(str(number))


@pytest.mark.parametrize("dies", [False, True])
def test_results_come_in_order_and_a_worker_that_dies_costs_nothing(dies: bool, tmp_path: Path) -> None:
    pool = local(2)
    parts = [(number, tmp_path / "mark" if dies else None) for number in range(30)]
    try:
        assert list(spread(pool, doubled, parts)) == [2 * number for number in range(30)]
    finally:
        pool.kill()
    assert (tmp_path / "mark").exists() == dies


def test_a_pool_that_broke_since_the_last_call_is_rebuilt_for_the_next() -> None:
    pool = local(2)
    pool.submit(os._exit, 1)
    end = time.monotonic() + 60
    while not pool.executor._broken and time.monotonic() < end:  # type: ignore[attr-defined]
        time.sleep(0.01)
    assert list(spread(pool, doubled, [(number,) for number in range(9)])) == list(range(0, 18, 2))
    pool.kill()


def test_work_that_always_ends_its_process_is_said(tmp_path: Path) -> None:
    pool = local(2)
    with pytest.raises(WorkerDied, match="3 times"):
        list(spread(pool, doubled, [(number, tmp_path / "mark", False) for number in range(9)]))
    pool.kill()


def test_an_error_is_raised_and_an_executor_of_others_stays_open() -> None:
    with ThreadPoolExecutor(2) as threads:
        pool = Pool(threads, 2, own=False)
        with pytest.raises(ZeroDivisionError, match="0"):
            list(spread(pool, refused, [(0,)]))
        pool.kill()
        assert threads.submit(int).result() == 0


def test_processes_that_are_spawned_give_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = []
    for way in ("forkserver", "spawn"):
        monkeypatch.setenv(START, way)
        performed(works.study(works.squared), tmp_path / way, files={}, workers=2)
        tables.append(table_of(tmp_path / way).drop(columns="seconds"))
    pd.testing.assert_frame_equal(*tables)


def test_a_way_of_starting_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(START, "fork")
    with pytest.raises(ScenarioError, match="SYMBIOPARK_START: found 'fork', allowed forkserver or spawn"):
        performed(works.study(works.squared), tmp_path / "out", files={}, workers=2)
    assert not (tmp_path / "out").exists()

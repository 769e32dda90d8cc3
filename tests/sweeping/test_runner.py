"""The runner: nothing that one run does stops the others, and the table is the same on any executor."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments.sweeping.folder import performed, table_of
from experiments.sweeping.parts import table
from experiments.sweeping.runner import ExecutorBroke

from . import works


def finished(folder: Path, work: Any, runs: int = 40, context: Any = None, **options: Any) -> pd.DataFrame:
    performed(works.study(work, runs, **(context or {})), folder, files={}, workers=2, **options)
    return table_of(folder)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return finished(tmp_path_factory.mktemp("sound"), works.squared)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.drop(columns="seconds"), other.drop(columns="seconds"))


def test_every_run_is_in_the_table_once(sound: pd.DataFrame) -> None:
    assert sound["run"].tolist() == list(range(40))
    assert (sound["square"] == sound["run"] ** 2).all() and (sound["status"] == "done").all()


def test_any_executor_gives_the_same_table(tmp_path: Path, sound: pd.DataFrame) -> None:
    with ThreadPoolExecutor(3) as threads:
        performed(works.study(works.squared), tmp_path, files={}, executor=threads)
        assert threads.submit(int).result() == 0, "an executor that is handed in stays open"
    same(table_of(tmp_path), sound)


def test_a_run_that_raises_is_recorded_and_the_rest_go_on(tmp_path: Path) -> None:
    rows = finished(tmp_path, works.sometimes_raises)
    failed = rows[rows["status"] == "failed"]
    assert failed["run"].tolist() == [3, 13, 23, 33]
    assert failed["error"].str.contains("ZeroDivisionError: run 3").iloc[0]
    assert "Traceback" in failed["error"].iloc[0] and failed["square"].isna().all()
    assert len(rows) == 40 and sorted(table(tmp_path, "runs")["run"].unique()) == sorted(
        set(range(40)) - {3, 13, 23, 33}
    )


def test_failed_runs_are_done_again_when_asked_and_only_then(tmp_path: Path, sound: pd.DataFrame) -> None:
    finished(tmp_path, works.sometimes_raises)
    assert (finished(tmp_path, works.squared)["status"] == "failed").sum() == 4
    same(finished(tmp_path, works.squared, retry_failed=True), sound)


def test_a_worker_that_dies_is_replaced_and_no_run_is_lost(tmp_path: Path, sound: pd.DataFrame) -> None:
    same(finished(tmp_path / "study", works.dies_once, context={"folder": str(tmp_path)}), sound)
    assert (tmp_path / "died").exists()


@pytest.mark.parametrize("victim", [7, 39])
def test_a_worker_killed_while_it_writes_a_result_is_replaced(
    tmp_path: Path, sound: pd.DataFrame, victim: int
) -> None:
    context = {"folder": str(tmp_path), "victims": [victim], "once": True}
    same(finished(tmp_path / "study", works.dies_while_it_writes, context=context), sound)
    assert (tmp_path / "died").exists()


def test_a_run_that_kills_its_worker_as_it_writes_twice_is_a_failed_run(tmp_path: Path) -> None:
    context = {"folder": str(tmp_path), "victims": [7], "once": False}
    rows = finished(tmp_path / "study", works.dies_while_it_writes, context=context).set_index("run")
    assert rows.loc[7, "status"] == "failed" and "died" in str(rows.loc[7, "error"])
    assert (rows.drop(index=7)["status"] == "done").all() and len(rows) == 40


def test_a_run_that_kills_its_worker_twice_is_a_failed_run(tmp_path: Path) -> None:
    rows = finished(tmp_path, works.always_dies).set_index("run")
    assert rows.loc[7, "status"] == "failed" and "died" in str(rows.loc[7, "error"])
    assert (rows.drop(index=7)["status"] == "done").all() and len(rows) == 40


def test_a_run_that_takes_too_long_is_a_failed_run(tmp_path: Path) -> None:
    rows = finished(tmp_path, works.hangs, 12, limit=1.5).set_index("run")
    assert rows.loc[7, "status"] == "failed" and "longer than 1.5 s" in str(rows.loc[7, "error"])
    assert (rows.drop(index=7)["status"] == "done").all()


def test_a_result_that_cannot_travel_is_a_failed_run(tmp_path: Path) -> None:
    rows = finished(tmp_path, works.cannot_travel).set_index("run")
    assert (rows["status"] == "done").sum() >= 39 and len(rows) == 40


def test_an_executor_handed_in_that_is_shut_keeps_what_is_done(tmp_path: Path) -> None:
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    with pytest.raises((ExecutorBroke, RuntimeError)):
        performed(works.study(works.squared), tmp_path, files={}, executor=threads)


def test_a_script_on_standard_input_sweeps_too(tmp_path: Path) -> None:
    design = '{"scenario": "classroom", "replicates": 3, "outcomes": ["streams_2020"], "series": []}'
    script = (
        f"from experiments import sweep\nprint(len(sweep({design}, {str(tmp_path / 'out')!r}, workers=2)))"
    )
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=60)
    assert done.stdout == "3\n", done.stderr

"""A sweep killed in the middle: nothing acknowledged is lost, and the table is that of an undisturbed one."""

import signal
from pathlib import Path

import pytest

from . import faults


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("faults")
    faults.undisturbed(place)
    return place


@pytest.mark.parametrize(
    ("how", "after"), [(signal.SIGKILL, 0.0), (signal.SIGKILL, 0.4), (signal.SIGINT, 0.3)]
)
def test_a_killed_command_goes_on_where_it_stopped(folder: Path, how: int, after: float) -> None:
    name = f"{how}-{after}"
    lost, before = faults.parent_killed(folder, name, after, None, how)
    assert lost == 0 and before > 0
    assert faults.same_tables(folder, name)


def test_a_killed_worker_is_replaced(folder: Path) -> None:
    failed, status = faults.worker_killed(folder, "worker", 0.2, None, None)
    assert (failed, status) == (0, 0)
    assert faults.same_tables(folder, "worker")


def test_a_dask_cluster_finishes_with_the_right_table_while_a_worker_is_killed(folder: Path) -> None:
    with faults.dask_cluster() as (address, cluster):
        failed, status = faults.worker_killed(folder, "dask", 0.1, address, faults.dask_workers(cluster))
    assert (failed, status) == (0, 0)
    assert faults.same_tables(folder, "dask")


def test_a_cluster_that_is_not_there_is_said(folder: Path) -> None:
    import subprocess

    done = subprocess.run(
        faults.command(folder / "design.toml", folder / "nowhere", "tcp://127.0.0.1:1"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and "no Dask scheduler" in done.stderr and not (folder / "nowhere").exists()


def test_a_script_that_calls_a_sweep_on_import_is_told_so_at_once(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = tmp_path / "mine.py"
    script.write_text(
        "from experiments.sweeping.sweep import sweep\n"
        "points = {'scenario': 'classroom', 'design': 'list', 'points': [{}], 'outcomes': ['streams_2015']}\n"
        f"sweep(points, {str(tmp_path / 'out')!r}, workers=2)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=faults.PATIENCE)
    assert done.returncode == 1
    assert 'put the call under: if __name__ == "__main__":' in done.stderr

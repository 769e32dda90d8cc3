"""The folder of a sweep: gone on with, never mixed, and read while it is written."""

import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars
import pytest
from filelock import FileLock

from experiments import sweep
from experiments.sweeping import ledger as ledgers
from experiments.sweeping.command import again
from experiments.sweeping.folder import performed, table_of
from experiments.sweeping.ledger import Ledger
from experiments.sweeping.parts import table
from experiments.sweeping.rerun import rerun
from experiments.sweeping.status import status
from simulation.problems import ScenarioError

from . import works

DESIGN: dict[str, Any] = {
    "scenario": "classroom",
    "replicates": 4,
    "outcomes": ["streams_2020", "savings_sum_2010_2020"],
    "series": ["streams", "savings", "trust_mean"],
    "axes": {"trust.prior": [0.2, 0.5, 0.8]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sweep") / "new"
    sweep(DESIGN, place, workers=2)
    return place


def test_the_same_design_again_runs_nothing_and_gives_the_same_table(folder: Path) -> None:
    before = table_of(folder)
    pd.testing.assert_frame_equal(sweep(DESIGN, folder), before)  # seconds too: nothing was run again


def test_one_worker_and_two_give_the_same_bits(folder: Path, tmp_path: Path) -> None:
    alone = sweep(DESIGN, tmp_path, workers=1)
    pd.testing.assert_frame_equal(alone.drop(columns="seconds"), table_of(folder).drop(columns="seconds"))
    pd.testing.assert_frame_equal(table(tmp_path, "runs"), table(folder, "runs"))


@pytest.mark.parametrize(
    ("change", "said"),
    [({"replicates": 5}, "replicates: found 4 in the folder, now 5"), ({"seed": 2}, "seed"),
     ({"outcomes": ["streams_2020"]}, "outcomes"), ({"scenario": "kalundborg"}, "kalundborg")],
)  # fmt: skip
def test_another_design_never_mixes(folder: Path, change: dict[str, Any], said: str) -> None:
    before = table_of(folder)
    with pytest.raises(ScenarioError, match=said):
        sweep({**DESIGN, **change}, folder)
    pd.testing.assert_frame_equal(table_of(folder), before)


def test_another_version_of_the_model_never_mixes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sweeping.sweep.model_version", lambda: "9.9 (sources other)")
    with pytest.raises(ScenarioError, match=r"model: found '.*' in the folder, now '9.9"):
        sweep(DESIGN, folder)


def test_one_command_at_a_time_writes_to_a_folder(folder: Path) -> None:
    with FileLock(folder / ".lock"), pytest.raises(ScenarioError, match="another command"):
        sweep(DESIGN, folder)


def test_status_and_tables_are_read_while_another_writes(folder: Path) -> None:
    writer = Ledger.writing(folder)
    with writer.transaction():
        writer.connection.execute("DELETE FROM runs WHERE run > 5")
        assert status(folder).done == 12 and len(table_of(folder)) == 12
        writer.connection.execute("ROLLBACK")
        writer.connection.execute("BEGIN")
    writer.close()
    assert "12 of 12 runs done, 0 failed" in status(folder).text()


def test_status_tells_work_that_goes_on_from_work_that_nobody_does(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    sweep(DESIGN, folder, workers=1)
    writer = Ledger.writing(folder)
    writer.note(ended=None)
    assert (
        status(folder).text().endswith("Nobody is at work on it; the same command goes on where it stopped.")
    )
    with FileLock(folder / ".lock"):
        assert "runs a second" in status(folder).text()
    (folder / ".lock").unlink()
    assert status(folder).left_alone and not (folder / ".lock").exists()
    writer.close()


def test_a_run_again_is_the_same_bits_and_a_changed_table_is_found(folder: Path, tmp_path: Path) -> None:
    found = rerun(folder, 7)
    assert found.differences == [] and found.job.point == 1 and found.job.replicate == 2
    said, same = again(folder, 7, tmp_path / "run")
    assert same and "bit for bit" in said and (tmp_path / "run" / "run.json").is_file()
    writer = Ledger.writing(folder)
    (kept,) = writer.connection.execute("SELECT outcomes FROM runs WHERE run = 7").fetchone()
    writer.connection.execute("UPDATE runs SET outcomes = replace(outcomes, '.', '1.') WHERE run = 7")
    assert any("savings_sum" in each for each in rerun(folder, 7).differences)
    writer.connection.execute("UPDATE runs SET outcomes = ? WHERE run = 7", (kept,))
    writer.close()


def test_parts_are_read_by_duckdb_pandas_and_polars(folder: Path) -> None:
    kept = table(folder, "runs")
    files = str(folder / "runs" / "*.parquet")
    by_duckdb = duckdb.sql(f"SELECT avg(streams) FROM '{files}' WHERE year = 2020").fetchall()[0]
    by_polars = polars.read_parquet(files).filter(polars.col("year") == 2020)["streams"].mean()
    expected = kept.loc[kept["year"] == 2020, "streams"].mean()
    assert by_duckdb[0] == pytest.approx(expected) == pytest.approx(by_polars)
    outcomes = pd.read_parquet(folder / "outcomes.parquet")
    yearly = kept[kept["year"] == 2020].set_index("run")["streams"]
    assert (outcomes.set_index("run")["streams_2020"] == yearly).all()


def test_units_are_in_the_parts(folder: Path) -> None:
    import pyarrow.parquet as pq

    schema = pq.read_schema(next((folder / "runs").glob("*.parquet")))
    assert schema.field("savings").metadata[b"unit"] == b"EUR/year"


def test_replicates_go_on_until_the_interval_is_narrow_and_stop_at_the_same_run(tmp_path: Path) -> None:
    rule = {"until": "streams_2020", "half_width": 0.06, "at_most": 60}
    design = {**DESIGN, "replicates": rule, "series": []}
    one, two = (sweep(design, tmp_path / str(workers), workers=workers) for workers in (1, 2))
    pd.testing.assert_frame_equal(one.drop(columns="seconds"), two.drop(columns="seconds"))
    counts = one.groupby("point").size()
    assert counts.max() <= 60 and counts.min() >= 10 and counts.nunique() > 1


def test_a_full_disk_is_said_and_what_is_finished_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Ledger.writing.__func__  # type: ignore[attr-defined]

    def small(folder: Path) -> Ledger:
        ledger: Ledger = opened(Ledger, folder)
        ledger.connection.execute("PRAGMA max_page_count = 40")
        return ledger

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "writing", small)
        with pytest.raises(ScenarioError, match="no space left"):
            performed(works.study(works.squared, 4000), tmp_path, files={}, workers=2)
    kept = len(table_of(tmp_path))
    assert 0 < kept < 4000
    performed(works.study(works.squared, 4000), tmp_path, files={}, workers=2)
    assert table_of(tmp_path)["run"].tolist() == list(range(4000))


@pytest.mark.parametrize("place", ["/proc/sweep", "/dev/null/sweep", "/dev/null"])
def test_a_folder_that_cannot_be_written_is_said(place: str) -> None:
    with pytest.raises(ScenarioError, match="--out"):
        sweep(DESIGN, place)


def test_a_folder_with_other_files_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(ScenarioError, match=r"thesis\.tex"):
        sweep(DESIGN, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_folder_without_a_sweep_and_a_damaged_ledger_are_said(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=ledgers.NAME):
        status(tmp_path)
    (tmp_path / ledgers.NAME).write_bytes(b"not a database" * 100)
    for read in (status, table_of):
        with pytest.raises(ScenarioError, match="cannot be read"):
            read(tmp_path)
    with pytest.raises(ScenarioError, match="cannot be read"):
        sweep(DESIGN, tmp_path)


def test_a_kill_between_rename_and_commit_leaves_no_run_twice(tmp_path: Path) -> None:
    performed(works.study(works.squared), tmp_path, files={}, workers=1)
    whole = table(tmp_path, "runs")
    writer = Ledger.writing(tmp_path)
    part = next((tmp_path / "runs").glob("*.parquet"))
    stray = part.with_name("part-00002.parquet")
    stray.write_bytes(part.read_bytes())
    part.with_name("part-00003.part").write_bytes(b"half")
    writer.close()
    pd.testing.assert_frame_equal(table(tmp_path, "runs"), whole)
    performed(works.study(works.squared), tmp_path, files={}, workers=1)
    assert sorted(each.name for each in (tmp_path / "runs").iterdir()) == [part.name]


def test_sqlite_is_in_wal_mode(folder: Path) -> None:
    with sqlite3.connect(folder / ledgers.NAME) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_estimates_are_drawn_by_replicate_alike_at_every_point_and_axes_stay(tmp_path: Path) -> None:
    design = {**DESIGN, "uncertain": True, "series": [], "axes": {"trade.cool_off": [4, 4.0]}}
    rows = sweep(design, tmp_path).set_index(["point", "replicate"])["savings_sum_2010_2020"]
    assert (rows[0] == rows[1]).all() and rows[0].nunique() == 4


def test_problems_of_a_design_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "design.toml"
    path.write_text('scenario = "classroom"\noutcomes = ["streams_2020"]\n[axes]\n"trust.priro" = [0.2]\n')
    with pytest.raises(
        ScenarioError, match=r"design\.toml: axes: trust\.priro: found no such field; did you mean"
    ):
        sweep(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()

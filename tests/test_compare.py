"""Two runs side by side: what differs, what only one has, and nothing where they are the same."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.compare import Comparison, compared, headline, performed, text
from simulation.run import simulate


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A run of the classroom, and the same with its power station withdrawn."""
    base = tmp_path_factory.mktemp("runs")
    simulate("classroom").save(base / "as it is")
    simulate("classroom", events=["2015 withdraw Power station"]).save(base / "withdrawn")
    return base / "as it is", base / "withdrawn"


def test_a_scenario_does_not_differ_from_itself(folders: tuple[Path, Path]) -> None:
    same = compared(str(folders[0]), "classroom")
    assert not same.table()["difference"].any()
    assert "do not differ" in headline(same)
    assert "Both have had the same streams." in text(same)


def test_a_withdrawal_shows_from_its_date_on(folders: tuple[Path, Path]) -> None:
    comparison = compared(*map(str, folders))
    table = comparison.table()
    moved = table[table["difference"] != 0]
    assert moved["year"].min() == 2015
    assert len(comparison.only()[0]) + len(comparison.only()[1]) > 0
    assert "withdrawn against as it is" in headline(comparison)


def test_differences_are_second_less_first(folders: tuple[Path, Path]) -> None:
    table = compared(*map(str, folders)).table()
    pd.testing.assert_series_equal(table["second"] - table["first"], table["difference"], check_names=False)


def test_runs_of_different_length_are_compared_over_the_years_of_both() -> None:
    short, long = simulate("classroom", until=2010), simulate("classroom")
    comparison = Comparison(short, long, ("short", "long"))
    assert comparison.years == list(range(2000, 2010))
    assert not comparison.table()["difference"].any()


def test_text_fits_a_terminal_of_80_columns(folders: tuple[Path, Path]) -> None:
    for said in (text(compared(*map(str, folders))), text(compared("classroom", "kalundborg"))):
        assert max(map(len, said.splitlines())) <= 80


def test_the_table_and_a_figure_are_written(folders: tuple[Path, Path], tmp_path: Path) -> None:
    said = performed(str(folders[0]), str(folders[1]), None, None, tmp_path / "both", False)
    assert "Written to" in said
    assert {path.name for path in (tmp_path / "both").iterdir()} == {"compare.parquet", "compare.png"}
    table = pq.read_table(tmp_path / "both" / "compare.parquet")
    assert table.column_names == ["year", "indicator", "first", "second", "difference"]

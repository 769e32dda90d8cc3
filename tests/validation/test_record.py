"""Which streams of a record are asked for, and which the scenario gives away."""

from __future__ import annotations

import pytest

from experiments import validate
from experiments.validation.record import Record
from simulation import ScenarioError
from simulation.scenario import Scenario

from .histories import recorded, small


def test_the_record_of_kalundborg_has_the_scoreable_rows_up_to_1995(kalundborg: Scenario) -> None:
    record = Record.of(kalundborg)
    assert record.years == (1979, 1989, 1995, 2000, 2011, 2020)
    assert [len(record.operating[year]) for year in (1979, 1989, 1995)] == [5, 12, 17]
    assert [period.name for period in record.periods] == ["to 1995", "from 1996"]


def test_streams_that_came_with_a_change_of_owner_are_handed_on(kalundborg: Scenario) -> None:
    table = Record.of(kalundborg).streams
    assert table.loc[table["handed_on"], "starts"].isin([2000, 2009]).all()
    assert not table.loc[table["receiver"] == "Gyproc", "handed_on"].any()
    assert table["handed_on"].sum() >= 6


def test_streams_whose_start_the_scenario_gives_away_are_not_free(kalundborg: Scenario) -> None:
    table = Record.of(kalundborg).streams
    gypsum = table[table["residue"] == "fgd_gypsum"].iloc[0]
    assert gypsum["possible_from"] == 1993 and not gypsum["free"]
    lake = table[(table["supplier"] == "Lake Tisso") & (table["receiver"] == "Novo Nordisk")].iloc[0]
    assert lake["free"] and lake["possible_from"] < 1985


def test_a_park_without_a_record_is_refused() -> None:
    with pytest.raises(ScenarioError, match="validation holds a park against its record"):
        validate("classroom", runs=2)


def test_without_a_calibration_all_years_are_one_period() -> None:
    record = Record.of(small(recorded("First", 2003), calibrated_to=None))
    assert [period.name for period in record.periods] == ["all years"]

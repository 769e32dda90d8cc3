"""The summary of a run: headline, table beside the record, recorded streams; and how numbers are written."""

from __future__ import annotations

import math
from typing import Any

import pytest

from experiments import look, summary
from experiments.record import formed, on_record, recorded_values
from simulation.run import simulate


@pytest.fixture(scope="module")
def kalundborg() -> Any:
    return simulate("kalundborg")


@pytest.fixture(scope="module")
def classroom() -> Any:
    return simulate("classroom")


# --- numbers


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (1234, "1\u2009230"),
        (0.012345, "0.0123"),
        (-5, "\u22125"),
        (999.6, "1\u2009000"),
        (0.5, "0.5"),
        (-0.000, "0"),
        (1e6, "1\u2009000\u2009000"),
        (float("nan"), "\u2013"),
        (float("inf"), "∞"),
    ],
)
def test_numbers_have_three_digits_thin_spaces_and_a_minus_sign(value: float, text: str) -> None:
    assert look.number(value) == text


@pytest.mark.parametrize("value, text", [(12345.4, "12\u2009345"), (-3, "\u22123"), (math.nan, "\u2013")])
def test_counts_are_whole(value: float, text: str) -> None:
    assert look.count(value) == text


@pytest.mark.parametrize(
    "value, text",
    [(24e6, "24 M EUR"), (460_000, "460\u2009000 EUR"), (-1.25e6, "\u22121.25 M EUR"), (0, "0 EUR")],
)
def test_money_has_its_unit_and_millions_as_m(value: float, text: str) -> None:
    assert look.money(value) == text


@pytest.mark.parametrize("year, text", [(1973.75, "1973 Q4"), (1960, "1960 Q1"), (2000.25, "2000 Q2")])
def test_dates_are_year_and_quarter(year: float, text: str) -> None:
    assert look.date(year) == text


@pytest.mark.parametrize(
    "name, text", [("fgd_gypsum", "FGD gypsum"), ("pure_co2", "pure CO2"), ("steam", "steam")]
)
def test_resources_are_written_as_people_read_them(name: str, text: str) -> None:
    assert look.words(name) == text


@pytest.mark.parametrize(
    "value, places, text", [(-0.04, 1, "0.0"), (-2.06, 1, "\u22122.1"), (1234.5, 0, "1\u2009234")]
)
def test_a_column_of_numbers_has_the_same_decimals(value: float, places: int, text: str) -> None:
    assert look.fixed(value, places) == text


# --- the summary


def test_it_begins_with_the_result_beside_the_record(kalundborg: Any) -> None:
    said = summary.headline(kalundborg)
    count = int(kalundborg.yearly().at[2020, "streams"])
    assert said.startswith(f"Kalundborg, 1960-2025, seed 1: {count} streams in 2020 where 20 are recorded")
    assert "24 M EUR recorded" in said


def test_a_park_without_a_record_shows_its_own_dates(classroom: Any) -> None:
    assert summary.shown_years(classroom) == [2000, 2005, 2010, 2015, 2020, 2025, 2029]
    said = summary.text(classroom)
    assert "rec" not in said.split() and "recorded" not in said
    assert "model result, seed 1" in said


def test_every_counted_and_totalled_date_is_shown(kalundborg: Any) -> None:
    history = kalundborg.scenario.history
    shown = set(summary.shown_years(kalundborg))
    assert {int(year) for year in history.counts} <= shown
    assert {int(total.year) for total in history.totals} <= shown
    assert len(shown) <= 20


def test_values_are_those_of_the_indicators_and_of_the_record(kalundborg: Any) -> None:
    yearly = kalundborg.yearly()
    for row in summary.values(kalundborg):
        for column in summary.COLUMNS:
            shown = row[column.indicator]
            assert shown["sim"] == yearly.at[row["year"], column.indicator]
            recorded = recorded_values(kalundborg.scenario.history, column.indicator).get(row["year"])
            assert recorded == shown["rec"] or (recorded is None and math.isnan(shown["rec"]))


@pytest.mark.parametrize("park", ["kalundborg", "classroom"])
def test_it_fits_a_terminal_of_80_columns(park: str, request: pytest.FixtureRequest) -> None:
    lines = summary.text(request.getfixturevalue(park)).splitlines()
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in "".join(lines)


def test_less_than_a_year_is_said_to_be_that() -> None:
    assert "less than a year" in summary.headline(simulate("classroom", until=2000.5))
    assert summary.text(simulate("classroom", until=2000.5))


# --- the record


def test_hands_of_a_contract_cover_its_life_without_a_gap(kalundborg: Any) -> None:
    held, contracts = kalundborg.holders, kalundborg.contracts
    last = float(kalundborg.indicators["year"].iloc[-1]) + 0.25
    for number, own in held.groupby("contract"):
        contract = contracts.loc[number]
        assert own["starts"].iloc[0] == contract["starts"]
        assert own["ends"].iloc[-1] == min(contract["ends"], last)
        assert list(own["ends"][:-1]) == list(own["starts"][1:])
        assert tuple(own.iloc[-1][["supplier", "receiver"]]) == (contract["supplier"], contract["receiver"])


@pytest.mark.parametrize("park", ["kalundborg", "classroom"])
def test_hands_at_a_date_are_the_streams_in_operation(park: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(park)
    held = result.holders
    for year in (2005.0, 2012.25, 2020.75):
        now = held[(held["starts"] <= year) & (held["ends"] > year)]
        counted = result.indicators.set_index("year").at[year, "streams"]
        ending = (held["ends"] == year + 0.25).sum()  # at the end of this very quarter
        assert len(now) == len(result.streams(year)) and counted <= len(now) <= counted + ending


def test_every_recorded_stream_is_scored_once(kalundborg: Any) -> None:
    scored, history = formed(kalundborg), kalundborg.scenario.history
    assert len(scored) == len(history.streams)
    there = scored["simulated"].notna()
    assert 0 < there.sum() < len(scored)
    assert (scored["simulated"] < scored["simulated_end"])[there].all()


def test_streams_on_record_and_beyond_it_are_all_streams(kalundborg: Any) -> None:
    assert sum(on_record(kalundborg, 2010.5)) == len(kalundborg.streams(2010.5))

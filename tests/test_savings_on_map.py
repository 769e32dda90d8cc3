"""Savings of the companies on the map, which published totals count."""

from __future__ import annotations

import pytest

from experiments.validation.record import Record
from experiments.validation.runs import Variant, runs_of, savings_on_map
from experiments.validation.scores import published, totals
from simulation import Scenario, load_scenario, simulate


@pytest.fixture(scope="module")
def kalundborg() -> Scenario:
    return load_scenario("kalundborg")


def test_what_partners_beyond_the_map_gain_is_left_out(kalundborg: Scenario) -> None:
    result = simulate(kalundborg, 1, until=2000)
    beyond = [name for name, company in kalundborg.companies.items() if company.external]
    accounts = result.accounts[result.accounts["year"] == 1998].set_index("company")["savings"]
    here = savings_on_map(result)[1998]
    assert here == pytest.approx(accounts.drop(beyond, errors="ignore").sum())
    assert accounts[beyond].sum() > 0 and 0 < here < accounts.sum()


def test_published_savings_are_compared_twice(kalundborg: Scenario) -> None:
    run = runs_of(Variant(kalundborg), [1])[0]
    record = Record.of(kalundborg)
    marks, said = totals(run, record), published(record)
    assert marks["savings_on_map, 2018"] == pytest.approx(run.at("savings_on_map", 2018) / 24e6)
    assert 0 < marks["savings_on_map, 2018"] < marks["savings, 2018"]
    assert said["savings_on_map, 2018"] == said["savings, 2018"] and "savings_on_map, 1995" in marks
    assert not any(name.startswith("water_saved_on_map") for name in marks)

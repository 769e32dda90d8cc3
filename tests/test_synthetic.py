"""Parks drawn at random are valid, repeatable, and the same company by company whatever their size."""

from __future__ import annotations

import copy
import time
from typing import Any

import numpy as np
import pytest

from simulation import load_scenario
from simulation.catalogue import catalogue
from simulation.scenario import Scenario
from simulation.synthetic import TOWN, draw_park, triangular


def park(**given: Any) -> Scenario:
    """A park drawn from the general catalogue, with the `[synthetic]` section given."""
    entries = {"name": "drawn", **copy.deepcopy(catalogue()), "synthetic": given}
    return draw_park(Scenario.model_validate(entries))


def without_cells(scenario: Scenario) -> dict[str, Any]:
    return {name: company.model_dump(exclude={"cell"}) for name, company in scenario.companies.items()}


@pytest.mark.parametrize("companies", [2, 30, 300])
def test_a_drawn_park_is_a_valid_scenario_of_the_wanted_size(companies: int) -> None:
    drawn = park(companies=companies, prospects=5, arrivals_over=10)
    assert Scenario.model_validate(drawn.model_dump(by_alias=True)) == drawn
    assert len(drawn.companies) == companies
    assert len(drawn.prospects) == 5


def test_each_company_has_a_cell_of_its_own_on_a_grid_of_the_wanted_density() -> None:
    drawn = park(companies=700, density=0.7)
    cells = {company.cell for company in drawn.companies.values()}
    assert len(cells) == 700
    assert all(0 <= x < drawn.grid.width and 0 <= y < drawn.grid.height for x, y in cells)
    assert 700 / (drawn.grid.width * drawn.grid.height) == pytest.approx(0.7, abs=0.02)


def test_a_full_grid_leaves_room_for_prospects() -> None:
    drawn = park(companies=100, density=1.0, prospects=44)
    assert drawn.grid.width * drawn.grid.height >= 144


def test_same_seed_same_park_and_another_seed_another() -> None:
    assert park(seed=4) == park(seed=4)
    assert without_cells(park(seed=4)) != without_cells(park(seed=5))


def test_a_larger_park_contains_the_companies_of_a_smaller_one() -> None:
    small, large = without_cells(park(companies=40)), without_cells(park(companies=90))
    assert small.items() <= large.items()
    assert park(companies=40).prospects == park(companies=90).prospects


def test_drawing_twice_changes_nothing_and_companies_named_by_hand_keep_their_cell() -> None:
    named = {
        "Harbour mill": {"cell": (3, 3), "processes": {"feed": {"archetype": "feed_mill", "capacity": 5e4}}}
    }
    entries = {"name": "x", **copy.deepcopy(catalogue()), "companies": named, "synthetic": {"companies": 60}}
    once = draw_park(Scenario.model_validate(entries))
    assert once.companies["Harbour mill"].cell == (3, 3)
    assert len({company.cell for company in once.companies.values()}) == 61
    assert draw_park(once) == once


def test_a_loaded_park_with_another_wish_is_the_park_of_that_wish() -> None:
    wish = {"synthetic.seed": 2, "synthetic.companies": 20, "synthetic.prospects": 3}
    again = load_scenario(load_scenario("synthetic"), set=wish)
    assert again == load_scenario("synthetic", set=wish)
    mill = {"processes": {"feed": {"archetype": "feed_mill", "capacity": 5e4}}, "cell": (0, 0)}
    named = load_scenario("synthetic", set={"companies.Harbour mill": mill})
    assert "Harbour mill" in load_scenario(named, set=wish).companies
    assert len(load_scenario(named, set=wish).companies) == 21


def test_the_town_is_public_and_has_heat_and_waste_water() -> None:
    drawn = park(companies=10, public_share=0, arrivals_over=20)
    town = drawn.companies[drawn.town.municipality]
    assert drawn.town.municipality == TOWN
    assert town.kind == "public"
    assert set(town.processes) == {"district_heating_network", "wwtp"}
    assert town.arrives is None
    assert all(company.kind == "private" for name, company in drawn.companies.items() if name != TOWN)


def test_arrivals_spread_over_the_years_asked_for() -> None:
    drawn = park(companies=200, arrivals_over=30)
    years = [company.arrives for company in drawn.companies.values() if company.arrives is not None]
    assert len(years) == 199
    assert 1960 <= min(years) < 1963 and 1987 < max(years) <= 1990


def test_amounts_lie_in_the_stated_ranges_and_nobody_discharges_more_water_than_it_takes_in() -> None:
    drawn = park(companies=400)
    for company in drawn.companies.values():
        for kind, process in company.processes.items():
            for side, flows in (("inputs", process.inputs), ("residues", process.residues)):
                for resource, amount in flows.items():
                    stated = drawn.provenance[f"archetypes.{kind}.{side}.{resource}"]
                    assert stated.low * 0.999 <= amount <= stated.high * 1.001
            if kind in ("brewery", "coal_power_chp", "paper_recycled", "textile_dyeing"):
                out = process.residues.get("process_wastewater", 0) + process.residues.get(
                    "used_cooling_water", 0
                )
                taken = process.inputs["process_water"] + process.inputs.get("cooling_water", 0)
                assert out <= taken


def test_capacities_spread_around_the_typical_one_as_asked() -> None:
    drawn = park(companies=1500, capacity_spread=0.4, archetypes=["brewery"])
    typical = drawn.archetypes["brewery"].typical_capacity
    sizes = [
        p.capacity.at(2000)
        for c in drawn.companies.values()
        for k, p in c.processes.items()
        if k == "brewery"
    ]
    logs = np.log(np.array(sizes) / typical)
    assert logs.mean() == pytest.approx(0, abs=0.05)
    assert logs.std() == pytest.approx(0.4, abs=0.05)


def test_some_companies_have_two_processes_and_only_wanted_kinds_are_drawn() -> None:
    drawn = park(companies=400, archetypes=["brewery", "pig_farm", "greenhouse", "biogas_plant"])
    others = [company for name, company in drawn.companies.items() if name != TOWN]
    assert {kind for company in others for kind in company.processes} == set(drawn.synthetic.archetypes)
    double = sum(len(company.processes) == 2 for company in others)
    assert 0.05 < double / len(others) < 0.2
    assert all(
        name.split(" ")[0] in {"Brewery", "Pig", "Greenhouse", "Biogas"}
        for name in drawn.companies
        if name != TOWN
    )


def test_an_unknown_kind_is_named_and_the_known_ones_are_listed() -> None:
    with pytest.raises(ValueError, match=r"bruery.*brewery"):
        park(archetypes=["bruery"])


def test_a_scenario_that_asks_for_no_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="synthetic"):
        draw_park(Scenario(name="plain"))


def test_triangular_reaches_its_ends_and_its_mode() -> None:
    low, mode, high = np.array([0.0, 2.0]), np.array([1.0, 2.0]), np.array([4.0, 2.0])
    assert triangular(np.zeros(2), low, mode, high) == pytest.approx([0, 2])
    assert triangular(np.full(2, 0.25), low, mode, high) == pytest.approx([1, 2])
    assert triangular(np.ones(2), low, mode, high) == pytest.approx([4, 2])


def test_ten_thousand_companies_are_drawn_in_seconds() -> None:
    began = time.perf_counter()
    assert len(park(companies=10_000).companies) == 10_000
    assert time.perf_counter() - began < 10


def test_a_named_company_keeps_its_cell_though_one_of_its_name_would_be_drawn() -> None:
    drawn = load_scenario("synthetic")
    town = drawn.town.municipality
    cell = next(company.cell for name, company in drawn.companies.items() if name != town)
    scenario = load_scenario(
        "synthetic", set={f'companies."{town}"': {"kind": "public", "cell": list(cell or ())}}
    )
    cells = [company.cell for company in scenario.companies.values()]
    assert scenario.companies[town].cell == cell and cells.count(cell) == 1
    assert draw_park(scenario) == scenario

"""The classroom and the synthetic scenario hold what they promise."""

from __future__ import annotations

import copy
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from simulation.catalogue import catalogue
from simulation.edits import merge, take_annotations
from simulation.scenario import Scenario
from simulation.synthetic import draw_park


def bundled(name: str) -> Scenario:
    """A bundled scenario laid over the general catalogue."""
    raw: dict[str, Any] = tomllib.loads(
        (files("simulation") / "scenarios" / f"{name}.toml").read_text("utf-8")
    )
    assert raw.pop("catalogue") == "general"
    plain, provenance = take_annotations(raw)
    return Scenario.model_validate(merge(copy.deepcopy(catalogue()), {**plain, "provenance": provenance}))


def gain(scenario: Scenario, residue: str, need: str, year: float) -> float:
    """What a unit of residue is worth to both sides together before capital and carriage, EUR."""
    source, target, use = (
        scenario.resources[residue],
        scenario.resources[need],
        scenario.substitutions[residue][need],
    )
    levy, carbon = scenario.policy.landfill_levy.at(year), scenario.policy.carbon_price.at(year)
    saved = source.disposal.at(year) + levy * source.levied
    price = target.price.at(year) + carbon * target.co2_virgin * target.carbon_priced
    return use.ratio * price + saved - use.treatment


def test_the_class_sees_eight_companies_each_in_a_cell_of_its_zone() -> None:
    scenario = bundled("classroom")
    grid = scenario.grid
    assert len(scenario.companies) == 8
    assert len(grid.zones) == grid.height and all(len(row) == grid.width for row in grid.zones)
    cells = [company.cell for company in scenario.companies.values()]
    assert len(set(cells)) == 8
    zone = {name: grid.zones[-1 - c.cell[1]][c.cell[0]] for name, c in scenario.companies.items() if c.cell}
    assert zone["Town"] == "t" and zone["Power station"] == "h" and zone["Pig farm"] == "f"
    assert "w" not in zone.values()


def test_in_the_classroom_rules_and_prices_have_their_hour() -> None:
    scenario = bundled("classroom")
    by_truck = scenario.resources["fly_ash"].truck
    assert by_truck is not None
    carriage = by_truck.fixed + 2 * by_truck.per_km
    assert gain(scenario, "fly_ash", "clay", 2009) - carriage < 5
    assert gain(scenario, "fly_ash", "clay", 2011) - carriage > 15
    assert gain(scenario, "pure_co2", "co2", 2025) > 2 * gain(scenario, "pure_co2", "co2", 2008)
    assert gain(scenario, "treated_effluent", "process_water", 2000) < 0.2
    assert gain(scenario, "steam", "steam", 2000) > 3
    assert scenario.companies["Power station"].processes["flue gas washer"].starts == 2004


def test_the_synthetic_park_can_be_drawn_at_any_size() -> None:
    scenario = bundled("synthetic")
    assert scenario.entry.base > 0 and scenario.meeting.ties_target == 30
    assert scenario.synthetic is not None
    for companies in (20, 500):
        wish = scenario.synthetic.model_copy(update={"companies": companies})
        drawn = draw_park(scenario.model_copy(update={"synthetic": wish}))
        assert len(drawn.companies) == companies
        assert Scenario.model_validate(drawn.model_dump(by_alias=True)) == drawn


@pytest.mark.parametrize("name", ["classroom", "synthetic"])
def test_every_flow_is_a_resource_of_the_scenario(name: str) -> None:
    scenario = bundled(name)
    if scenario.synthetic:
        scenario = draw_park(scenario)
    for company in (*scenario.companies.values(), *scenario.prospects.values()):
        for process in company.processes.values():
            assert {*process.inputs, *process.residues} <= set(scenario.resources)

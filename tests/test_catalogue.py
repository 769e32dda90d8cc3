"""The general catalogue is complete, consistent, and says where each number comes from."""

from __future__ import annotations

import copy
import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from simulation.catalogue import catalogue
from simulation.scenario import UNITS_OF_CLASS, Scenario

RAW = catalogue()
RESOURCES, SUBSTITUTIONS, ARCHETYPES = RAW["resources"], RAW["substitutions"], RAW["archetypes"]
PAIRS = [(residue, need) for residue, uses in SUBSTITUTIONS.items() for need in uses]
ANNUITY = 0.08 / (1 - 1.08**-10)  # of the published count: ten years at 8 %


def table(name: str) -> list[dict[str, str]]:
    """Lines of a published table."""
    text = (files("simulation") / "catalogue" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def numbers(entry: Any, path: str = "") -> Iterator[str]:
    """Dotted path of every number; the four factors of a season count as one."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            yield from numbers(value, f"{path}.{key}" if path else key)
    elif isinstance(entry, int | float | list):
        yield path


def net_gain(residue: str, need: str, saved: float, price: float) -> float:
    """Avoided disposal + ratio x input price - treatment - plant annuity, EUR per unit at no distance."""
    use = SUBSTITUTIONS[residue][need]
    return (
        saved + use["ratio"] * price - use["treatment"] - ANNUITY * use["plant_cost"] / use["plant_capacity"]
    )


def test_it_is_a_valid_part_of_any_scenario() -> None:
    Scenario.model_validate({"name": "x", **copy.deepcopy(RAW)})


def test_it_has_the_published_size() -> None:
    assert len(RESOURCES) == 155
    assert len(PAIRS) == 162
    assert len(ARCHETYPES) == 61
    assert sum(len(kind["inputs"]) + len(kind.get("residues", {})) for kind in ARCHETYPES.values()) == 456


def test_every_residue_and_every_input_is_a_resource() -> None:
    for residue, need in PAIRS:
        assert "disposal" in RESOURCES[residue]
        assert "price" in RESOURCES[need]
    for kind in ARCHETYPES.values():
        assert all("price" in RESOURCES[need] for need in kind["inputs"])
        assert all("disposal" in RESOURCES[residue] for residue in kind.get("residues", {}))


def test_every_residue_is_left_and_every_input_is_needed_by_some_archetype() -> None:
    left = {residue for kind in ARCHETYPES.values() for residue in kind.get("residues", {})}
    needed = {need for kind in ARCHETYPES.values() for need in kind["inputs"]}
    assert left == {name for name, resource in RESOURCES.items() if "disposal" in resource}
    assert needed == {name for name, resource in RESOURCES.items() if "price" in resource}
    assert left - set(SUBSTITUTIONS) == {"soil_rejects"}


def test_units_agree() -> None:
    for resource in RESOURCES.values():
        assert resource["unit"] in UNITS_OF_CLASS[resource["class"]]
    for row in table("substitutions"):
        assert row["residue_unit"] == RESOURCES[row["residue"]]["unit"]
        assert row["input_unit"] == RESOURCES[row["input"]]["unit"]
    for row in table("processes"):
        assert row["unit"] == RESOURCES[row["item"]]["unit"]
    for residue, need in PAIRS:
        if residue == need:
            assert SUBSTITUTIONS[residue][need]["ratio"] <= 1


def test_everything_can_be_carried() -> None:
    for name, resource in RESOURCES.items():
        assert "truck" in resource or "pipe" in resource, name
        free = resource.get("truck") == {"fixed": 0, "per_km": 0}
        assert free == (name == "electricity")


def test_every_number_says_where_it_comes_from() -> None:
    parts = {part: RAW[part] for part in ("resources", "substitutions", "archetypes")}
    assert set(numbers(parts)) == set(RAW["provenance"])
    for path, stated in RAW["provenance"].items():
        assert stated["source"], path
        assert stated["unit"], path


def test_every_number_lies_in_its_range() -> None:
    for path, stated in RAW["provenance"].items():
        if "low" in stated:
            value: Any = RAW
            for key in path.split("."):
                value = value[key]
            assert stated["low"] <= value <= stated["high"], path


def test_seasons_move_a_flow_within_the_year_and_not_its_sum() -> None:
    seasons = {name: resource["season"] for name, resource in RESOURCES.items() if "season" in resource}
    assert seasons["low_temp_heat"][0] > 1 > seasons["low_temp_heat"][2]
    for season in seasons.values():
        assert sum(season) == pytest.approx(4)


def test_only_landfilled_solids_bear_the_levy() -> None:
    levied = {name for name, resource in RESOURCES.items() if resource.get("levied")}
    assert {"fly_ash", "fgd_gypsum", "bf_slag", "sewage_sludge", "paper_rejects"} <= levied
    assert all(RESOURCES[name]["class"] == "material" for name in levied)
    assert not levied & {"pure_co2", "flue_gas_co2", "brewers_grains", "manure", "bark", "ddgs"}


def test_a_co_product_with_a_market_is_sold_there_for_no_more_than_its_users_pay() -> None:
    sold = {name for name, resource in RESOURCES.items() if resource.get("disposal", 0) < 0}
    assert sold == {
        "electricity", "steam", "low_temp_heat", "caustic_soda", "ferrous_scrap", "nonferrous_scrap",
        "sulphuric_acid", "tall_oil", "molasses", "ddgs", "rapeseed_meal", "tallow",
    }  # fmt: skip
    for name in sold & {name for name, resource in RESOURCES.items() if "price" in resource}:
        assert -RESOURCES[name]["disposal"] < RESOURCES[name]["price"]


def test_at_no_distance_154_of_162_pairs_pay_by_the_published_formula() -> None:
    """With the arithmetic middle of the published ranges, levies included, as the tables' authors count."""
    published = {row["resource"]: row for row in table("residues")}

    def middle(name: str, kind: str) -> float:
        return (float(published[name][f"{kind}_low_eur"]) + float(published[name][f"{kind}_high_eur"])) / 2

    losing = {
        (residue, need)
        for residue, need in PAIRS
        if net_gain(residue, need, middle(residue, "disposal_cost"), middle(need, "virgin_price")) <= 0
    }
    assert losing == {
        ("waste_heat_mid", "steam"),
        ("brine", "salt"),
        ("phosphogypsum", "sulphuric_acid"),
        ("sulphur", "fertiliser_s"),
        ("sewage_sludge", "coal"),
        ("blood", "protein_meal"),
        ("manure_stomach", "biowaste"),
        ("plant_residues", "biowaste"),
    }


def test_most_pairs_still_pay_with_levies_apart_and_co_products_sold() -> None:
    gains = [net_gain(r, n, RESOURCES[r]["disposal"], RESOURCES[n]["price"]) for r, n in PAIRS]
    assert sum(gain > 0 for gain in gains) == 141

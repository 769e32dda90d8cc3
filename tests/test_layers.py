"""A scenario is put together in layers: catalogue, bases, file; numbers keep their provenance."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from simulation.catalogue import catalogue
from simulation.edits import merge, take_annotations
from simulation.reading import load_scenario

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"
BARE = 'name = "bare"\ncatalogue = "none"\n'


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def over_small_park(folder: Path, text: str) -> Path:
    """A file that lies over the small park."""
    return write(folder / "variant.toml", f"base = {str(SMALL_PARK)!r}\n{text}")


def test_a_variant_says_only_what_differs(tmp_path: Path) -> None:
    write(tmp_path / "park.toml", SMALL_PARK.read_text("utf-8"))
    variant = write(
        tmp_path / "variant.toml", 'base = "park.toml"\nname = "variant"\n[companies.Mill]\ndistance_km = 50'
    )
    base, changed = load_scenario(tmp_path / "park.toml"), load_scenario(variant)
    assert changed.name == "variant" and changed.companies["Mill"].distance_km == 50
    changed.name, changed.companies["Mill"].distance_km = "small", 30
    assert changed == base


def test_bases_are_found_beside_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write(tmp_path / "first.toml", f"{BARE}[trust]\nprior = 0.1\nspread = 0.1\ntalk = 0.1")
    write(tmp_path / "below" / "second.toml", 'base = "../first.toml"\n[trust]\nspread = 0.2\ntalk = 0.2')
    third = write(tmp_path / "third.toml", 'base = "below/second.toml"\n[trust]\ntalk = 0.3')
    trust = load_scenario(third).trust
    assert (trust.prior, trust.spread, trust.talk) == (0.1, 0.2, 0.3)


def test_a_bundled_scenario_may_be_the_base(tmp_path: Path) -> None:
    variant = write(tmp_path / "a.toml", 'base = "classroom"\nname = "mine"\n[trust]\nprior = 0.31')
    scenario = load_scenario(variant)
    assert scenario.companies == load_scenario("classroom").companies and scenario.trust.prior == 0.31


def test_a_variant_can_remove_what_its_base_has(tmp_path: Path) -> None:
    removed = [
        "companies.Mill",
        "substitutions.ash",
        "history",
        "events",
        "policy.landfill_levy.by_year.1987",
    ]
    scenario = load_scenario(over_small_park(tmp_path, f"remove = {removed}"))
    assert "Mill" not in scenario.companies and "Town" in scenario.companies
    assert scenario.events == [] and scenario.history.streams == []
    assert list(scenario.policy.landfill_levy.by_year) == [1993]
    assert "substitutions.ash.clinker.ratio" not in scenario.provenance


def test_what_was_removed_can_be_stated_anew(tmp_path: Path) -> None:
    text = "remove = ['policy.landfill_levy']\n[policy.landfill_levy.by_year]\n1990 = 5"
    levy = load_scenario(over_small_park(tmp_path, text)).policy.landfill_levy
    assert (levy.by_year, levy.currency, levy.source) == ({1990: 5}, "EUR", "")


def test_lists_are_replaced_and_dates_are_merged(tmp_path: Path) -> None:
    text = "events = []\n[policy.landfill_levy.by_year]\n1990 = 80\n'1993.0' = 100"
    scenario = load_scenario(over_small_park(tmp_path, text))
    assert scenario.events == []
    assert scenario.policy.landfill_levy.by_year == {1987: 40, 1990: 80, 1993: 100}
    assert scenario.policy.landfill_levy.currency == "DKK"


def test_a_number_stated_anew_loses_its_source_but_not_its_unit(tmp_path: Path) -> None:
    text = "[trust]\nprior = 0.5\n[policy]\nlandfill_levy = 300\n[resources]\ncoal.price = 90"
    scenario = load_scenario(over_small_park(tmp_path, text))
    levy, price = scenario.policy.landfill_levy, scenario.resources["coal"].price
    assert scenario.provenance["trust.prior"].model_dump(exclude_defaults=True) == {"unit": "1"}
    assert (levy.at(1995), levy.unit, levy.currency, levy.nominal) == (300, "DKK/t", "DKK", True)
    assert (price.at(1995), price.unit, price.low) == (90, "EUR/t", None)
    assert levy.source == price.source == ""
    assert scenario.provenance["substitutions.ash.clinker.ratio"].source == "a handbook"


def test_the_catalogue_lies_under_a_file_that_has_no_base(tmp_path: Path) -> None:
    bare = load_scenario(write(tmp_path / "a.toml", 'name = "a"\n[resources.coal]\nlevied = 0.5'))
    assert set(bare.resources) == set(catalogue()["resources"])
    coal = bare.resources["coal"]
    assert (coal.levied, coal.price.at(2000)) == (0.5, catalogue()["resources"]["coal"]["price"])
    assert load_scenario(write(tmp_path / "b.toml", BARE)).resources == {}
    assert load_scenario(write(tmp_path / "c.toml", 'base = "b.toml"')).resources == {}
    again = load_scenario(write(tmp_path / "d.toml", 'base = "b.toml"\ncatalogue = "general"'))
    assert set(again.resources) == set(catalogue()["resources"])


def test_entries_of_the_catalogue_can_be_removed(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path / "a.toml", 'name = "a"\nremove = ["substitutions.fly_ash"]'))
    assert "fly_ash" in scenario.resources and "fly_ash" not in scenario.substitutions
    assert not any(path.startswith("substitutions.fly_ash.") for path in scenario.provenance)
    assert "fly_ash" in catalogue()["substitutions"]


# --- annotated numbers


def test_annotated_numbers_give_their_value_to_the_field_and_keep_their_provenance() -> None:
    scenario = load_scenario(SMALL_PARK)
    assert scenario.trust.prior == 0.4
    assert scenario.archetypes["boiler"].residues["ash"] == 0.04
    stated = {path: each.model_dump(exclude_defaults=True) for path, each in scenario.provenance.items()}
    assert stated == {
        "trust.prior": {"unit": "1", "low": 0.2, "high": 0.6, "source": "a survey", "estimate": True},
        "substitutions.ash.clinker.ratio": {"low": 0.7, "high": 1.0, "source": "a handbook"},
        "archetypes.boiler.residues.ash": {"source": "a coal analysis"},
    }


def test_dated_paths_keep_their_own_annotation() -> None:
    price = load_scenario(SMALL_PARK).resources["coal"].price
    assert (price.low, price.high, price.unit, price.source) == (0.75, 1.5, "EUR/t", "a price list")


def test_names_with_dots_and_lists_of_numbers_may_be_annotated() -> None:
    table = {
        "name": "a",
        "catalogue": "none",
        "resources": {
            "no. 2 oil": {
                "unit": "t",
                "class": "energy",
                "co2_virgin": {"value": 3.1, "source": "s"},
                "season": {"value": [1, 1, 1, 1], "estimate": True},
            }
        },
    }
    scenario = load_scenario(table)
    assert scenario.resources["no. 2 oil"].co2_virgin == 3.1
    assert set(scenario.provenance) == {'resources."no. 2 oil".co2_virgin', 'resources."no. 2 oil".season'}


def test_edits_leave_what_they_are_given() -> None:
    raw = tomllib.loads(SMALL_PARK.read_text("utf-8"))
    before = json.dumps(raw)
    plain, _ = take_annotations(raw)
    merge(plain, {"companies": {"Mill": {"distance_km": 1}}, "trust": {"prior": 0.1}})
    assert json.dumps(raw) == before and plain["companies"]["Mill"]["distance_km"] == 30

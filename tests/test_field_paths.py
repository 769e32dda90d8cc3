"""Dotted paths name every field of a scenario, and only fields that exist."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.dotted import format_path, parse_path
from simulation.edits import assign, drop
from simulation.fieldpaths import describe, fields, live_fields
from simulation.parameters import SECTIONS
from simulation.problems import ScenarioError
from simulation.quantities import DatedPath
from simulation.reading import load_scenario
from simulation.scenario import Scenario

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"


@pytest.fixture(scope="module")
def small() -> Scenario:
    return load_scenario(SMALL_PARK)


# --- paths in words


@pytest.mark.parametrize(
    ("text", "keys"),
    {
        "trust.prior": ("trust", "prior"),
        "trust__prior": ("trust", "prior"),
        "policy__landfill_levy__scale": ("policy", "landfill_levy", "scale"),
        'companies."Asnaes power station".payback': ("companies", "Asnaes power station", "payback"),
        "companies.Asnaes power station.payback": ("companies", "Asnaes power station", "payback"),
        "companies.'Novo A.S'.payback": ("companies", "Novo A.S", "payback"),
        r'companies."the \"old\" mill".payback': ("companies", 'the "old" mill', "payback"),
        "companies.Farmer's.payback": ("companies", "Farmer's", "payback"),
        " trust . prior ": ("trust", "prior"),
        '"a__b"': ("a__b",),
        "name": ("name",),
    }.items(),
)
def test_a_path_is_names_with_dots_between(text: str, keys: tuple[str, ...]) -> None:
    assert parse_path(text) == keys


@pytest.mark.parametrize("text", ["", " ", ".", "trust.", ".prior", "a..b", 'companies."Mill', '"a"b.c'])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match="found no field path"):
        parse_path(text)


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_names_survive_as_a_path(keys: list[str]) -> None:
    assert parse_path(format_path(keys)) == tuple(keys)


# --- what a path says


def test_a_parameter_is_described_by_its_declaration_and_the_annotation_of_the_file(small: Scenario) -> None:
    field = describe(small, "trust.prior")
    assert (field.value, field.unit, field.low, field.high) == (0.4, "1", 0.2, 0.6)
    assert (field.source, field.estimate, field.live) == ("a survey", True, True)
    assert (field.limits.least, field.limits.most, field.allowed) == (0.01, 0.99, "0.01 to 0.99")
    assert field.meaning.startswith("mean prior trust")
    undisturbed = describe(small, "trust.memory")
    assert (undisturbed.value, undisturbed.low, undisturbed.high) == (0.98, 0.9, 1)


def test_the_scale_of_a_path_has_the_range_and_source_of_the_path(small: Scenario) -> None:
    field = describe(small, "policy.landfill_levy.scale")
    assert (field.value, field.unit, field.low, field.high) == (1.0, "1", 0.8, 1.2)
    assert (field.source, field.live, field.limits.most) == ("a law", True, 1000)
    whole = describe(small, "policy.landfill_levy")
    assert isinstance(whole.value, DatedPath) and whole.unit == "DKK/t" and not whole.live


def test_a_range_beside_a_value_becomes_factors(small: Scenario) -> None:
    field = describe(small, "resources.coal.price.scale")
    assert (field.low, field.high) == (0.75, 1.5)


def test_the_range_of_a_negative_value_stays_in_order() -> None:
    scenario = load_scenario(
        SMALL_PARK, set={"resources.ash.disposal": {"value": -40, "low": -80, "high": -20}}
    )
    field = describe(scenario, "resources.ash.disposal.scale")
    assert (field.low, field.high) == (0.5, 2)


def test_a_path_finds_the_provenance_that_the_catalogue_keeps_beside_it() -> None:
    scenario = load_scenario({"name": "bare"})
    stated = scenario.provenance["resources.coal.price"]
    field = describe(scenario, "resources.coal.price.scale")
    value = scenario.resources["coal"].price.at(2000)
    assert stated.low is not None and stated.high is not None
    assert (field.low, field.high) == (stated.low / value, stated.high / value)
    assert field.source == stated.source


@pytest.mark.parametrize(
    ("path", "value"),
    {
        'companies."Power station".leaves': 1998,
        "companies.Mill.processes.kiln.inputs.clinker": 0.8,
        "substitutions.ash.clinker.ratio": 0.9,
        "resources.coal.class": "energy",
        "policy.landfill_levy.by_year.1987": 40,
        "policy.landfill_levy.by_year.1987.0": 40,
        "money.exchange.DKK.scale": 1,
        "trust.learning": True,
        "resources.coal.limit": None,
    }.items(),
)
def test_every_kind_of_field_can_be_named(small: Scenario, path: str, value: Any) -> None:
    path = path.replace("1987.0", '"1987.0"')
    assert describe(small, path).value == value


@pytest.mark.parametrize(
    ("path", "hint"),
    {
        "trust.pryor": "did you mean 'trust.prior'?",
        "prior": "did you mean 'trust.prior'?",
        "landfil_levy.scale": "did you mean 'policy.landfill_levy'?",
        "companies.Mil.payback": "did you mean 'companies.Mill.payback'?",
        "resources.steem.price.scale": "did you mean 'resources.steam.price.scale'?",
        "synthetic.companies": "synthetic is not given, or holds no fields",
        "trust.prior.scale": "trust.prior is not given, or holds no fields",
    }.items(),
)
def test_an_unknown_path_names_the_nearest_that_exist(small: Scenario, path: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        describe(small, path)
    assert f"{path}: found no such field; {hint}" == str(refusal.value)


def test_a_path_that_is_not_stated_is_described_without_a_range(small: Scenario) -> None:
    field = describe(small, "resources.coal.limit")
    assert (field.value, field.low, field.high, field.live) == (None, None, None, False)
    assert field.meaning and field.path not in {each.path for each in fields(small)}


def test_every_field_that_is_listed_can_be_described_and_set(small: Scenario) -> None:
    raw = small.model_dump(mode="json", by_alias=True)
    listed = list(fields(small))
    assert {"trust.prior", "policy.landfill_levy", "policy.landfill_levy.scale", "name"} <= {
        f.path for f in listed
    }
    for field in listed:
        assert describe(small, field.path) == field
        if isinstance(field.value, int | float | str):
            assert assign(raw, field.path, field.value) == raw


def test_live_fields_are_those_that_the_models_mark(small: Scenario) -> None:
    live = live_fields(small)
    declared = {
        f"{section}.{name}"
        for section, model in SECTIONS.items()
        for name, info in model.model_fields.items()
        if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("live")
    }
    assert "trust.prior" in declared and declared <= set(live)
    assert set(live) - declared == {"policy.landfill_levy.scale", "policy.carbon_price.scale"} | {
        f"resources.{name}.{path}.scale" for name in small.resources for path in ("price", "disposal")
    }
    assert "trust.spread" not in live and "money.index.scale" not in live


# --- setting and dropping


def raw_park() -> dict[str, Any]:
    return load_scenario(SMALL_PARK).model_dump(mode="json", by_alias=True)


def test_a_number_makes_a_path_constant_and_keeps_unit_money_and_source() -> None:
    scenario = load_scenario(SMALL_PARK, set={"policy.landfill_levy": 375})
    levy = scenario.policy.landfill_levy
    assert list(levy.by_year.values()) == [375]
    assert (levy.unit, levy.currency, levy.nominal, levy.source) == ("DKK/t", "DKK", True, "a law")
    assert (levy.low, levy.high, levy.scale) == (None, None, 1)


def test_a_number_in_place_of_an_unstated_path_keeps_the_unit_of_the_model() -> None:
    price = load_scenario(SMALL_PARK, set={"policy.carbon_price": 30}).policy.carbon_price
    assert (price.at(1995), price.unit, price.source) == (30, "EUR/t CO2", "")


def test_a_set_number_keeps_its_annotation() -> None:
    scenario = load_scenario(SMALL_PARK, set={"trust.prior": 0.5})
    assert scenario.trust.prior == 0.5
    assert scenario.provenance["trust.prior"].source == "a survey"


def test_an_annotated_number_brings_its_own_annotation() -> None:
    scenario = load_scenario(SMALL_PARK, set={"trust.spread": {"value": 0.3, "source": "another survey"}})
    assert scenario.trust.spread == 0.3
    assert scenario.provenance["trust.spread"].source == "another survey"


def test_the_scale_of_a_path_can_be_set_whatever_form_the_path_has() -> None:
    set_scales = {
        "policy.landfill_levy.scale": 2,  # by_year
        "policy.carbon_price.scale": 3,  # not stated
        "resources.coal.price.scale": 4,  # value with its range
        "resources.steam.price.scale": 5,  # plain number
        'companies."Power station".processes.boiler.capacity.scale': 0.5,
    }
    changed, before = load_scenario(SMALL_PARK, set=set_scales), load_scenario(SMALL_PARK)
    assert changed.policy.landfill_levy.at(1993) == 2 * before.policy.landfill_levy.at(1993)
    assert changed.policy.carbon_price.scale == 3 and changed.policy.carbon_price.at(1995) == 0
    assert (changed.resources["coal"].price.at(1995), changed.resources["coal"].price.low) == (320, 0.75)
    assert changed.resources["steam"].price.at(1995) == 40
    assert changed.companies["Power station"].processes["boiler"].capacity.at(1990) == 400_000


def test_whole_paths_are_set_before_their_parts() -> None:
    either_way = [{"policy.carbon_price.scale": 2, "policy.carbon_price": 30}, {"policy.carbon_price": 30}]
    either_way[1]["policy.carbon_price.scale"] = 2
    assert [load_scenario(SMALL_PARK, set=each).policy.carbon_price.at(1995) for each in either_way] == [
        60,
        60,
    ]


def test_a_date_is_set_in_its_place() -> None:
    changed = load_scenario(SMALL_PARK, set={"policy.landfill_levy.by_year.1990": 80})
    assert changed.policy.landfill_levy.by_year == {1987: 40, 1990: 80, 1993: 195}
    raw = assign(
        {"policy": {"landfill_levy": {"by_year": {"1990.0": 1}}}}, "policy.landfill_levy.by_year.1990", 2
    )
    assert raw["policy"]["landfill_levy"]["by_year"] == {"1990.0": 2}


def test_a_section_an_amount_or_an_entry_that_was_not_stated_can_be_set() -> None:
    raw = assign({}, "trust.prior", 0.3)
    assert raw == {"trust": {"prior": 0.3}}
    changed = load_scenario(SMALL_PARK, set={"companies.Mill.processes.kiln.inputs.coal": 0.1})
    assert changed.companies["Mill"].processes["kiln"].inputs == {"clinker": 0.8, "coal": 0.1}


def test_setting_and_dropping_leave_what_they_are_given() -> None:
    raw = raw_park()
    before = copy.deepcopy(raw)
    assign(raw, "companies.Mill.processes.kiln.inputs.clinker", 5)
    drop(raw, "companies.Mill")
    assert raw == before


@pytest.mark.parametrize(
    ("path", "hint"),
    {
        "trust.pryor": "did you mean 'trust.prior'?",
        "companies.Mil.payback": "did you mean 'companies.Mill.payback'?",
        "companies.Mill.paybak": "did you mean 'companies.Mill.payback'?",
        "resources.coal.limit.scale": "resources.coal.limit is not given, or holds no fields",
        "successions.0.year": "successions is not given, or holds no fields",
    }.items(),
)
def test_what_does_not_exist_cannot_be_set(path: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(SMALL_PARK, set={path: 3})
    assert f"set: {path}: found no such field; {hint}" == str(refusal.value)


def test_dropping_an_entry_drops_its_provenance() -> None:
    dropped = drop(raw_park(), "substitutions.ash")
    assert "ash" not in dropped["substitutions"] and "steam" in dropped["substitutions"]
    assert "substitutions.ash.clinker.ratio" not in dropped["provenance"]
    assert "trust.prior" in dropped["provenance"]

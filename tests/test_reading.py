"""Scenarios are read from names, files, records and tables; what cannot be read is in `tests.bad_input`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from simulation.problems import ScenarioError
from simulation.reading import bundled_names, bundled_scenarios, load_scenario, template
from simulation.scenario import Scenario
from simulation.schema import json_schema

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"
BARE = 'name = "bare"\ncatalogue = "none"\n'


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def refusal_of(source: Any, **options: Any) -> str:
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(source, **options)
    return str(refusal.value)


# --- sources


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_scenario_is_read_and_has_a_title(name: str) -> None:
    assert load_scenario(name).name == name
    assert bundled_scenarios()[name]


def test_the_template_is_complete_and_not_listed(tmp_path: Path) -> None:
    assert "template" not in bundled_names()
    scenario = load_scenario(write(tmp_path / "mine.toml", template()))
    assert len(scenario.companies) == 3 and scenario.prospects and scenario.events
    assert scenario.companies["Power station"].processes["boiler"].capacity.low == 0.8


def test_a_scenario_that_was_written_down_is_read_back_the_same(tmp_path: Path) -> None:
    for source in (SMALL_PARK, "classroom"):
        scenario = load_scenario(
            source, set={"trust.prior": 0.3}, events=["1995 levy 2"] if source == SMALL_PARK else []
        )
        record = {"scenario": scenario.model_dump(mode="json", by_alias=True), "seed": 1}
        assert load_scenario(write(tmp_path / "run.json", json.dumps(record))) == scenario
        assert load_scenario(write(tmp_path / "run.json", json.dumps(record, sort_keys=True))) == scenario


def test_a_scenario_itself_a_table_and_a_file_are_sources() -> None:
    scenario = load_scenario(SMALL_PARK)
    assert load_scenario(scenario) is scenario
    assert load_scenario(tomllib.loads(SMALL_PARK.read_text("utf-8"))) == scenario
    assert load_scenario(str(SMALL_PARK)) == scenario
    changed = load_scenario(scenario, set={"trust.prior": 0.3})
    assert (changed.trust.prior, scenario.trust.prior) == (0.3, 0.4)


def test_reading_twice_gives_two_scenarios_that_nobody_shares() -> None:
    first, second = load_scenario("classroom"), load_scenario("classroom")
    first.companies.clear()
    next(iter(first.resources.values())).price.by_year[2000.0] = -1e9
    assert second.companies and second == load_scenario("classroom") != first


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "park.toml", f"{BARE}[trust]\nprior = 0.3")
    assert load_scenario(file).trust.prior == 0.3
    write(file, f"{BARE}[trust]\nprior = 0.4")
    assert load_scenario(file).trust.prior == 0.4


def nested(levels: int) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for _ in range(levels):
        table = {"a": table}
    return table


def test_tables_nested_in_python_are_refused_like_those_of_a_file() -> None:
    assert refusal_of(nested(70)).startswith("scenario: found tables nested more than 60 levels deep")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert "a\\x00b: found a file that cannot be read" in refusal_of("a\0b")


def test_more_than_a_million_entries_are_refused() -> None:
    table = {"name": "many", "provenance": {str(number): {} for number in range(1_000_001)}}
    assert "more than 1,000,000 entries" in refusal_of(table)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BARE.encode())
    assert load_scenario(file).name == "bare"


# --- for editors, and for fast starts


def test_the_schema_knows_every_field_and_every_way_to_write_a_number() -> None:
    schema = json_schema()
    assert {"base", "catalogue", "remove", "companies", "trust"} <= set(schema["properties"])
    assert "required" not in schema and "required" not in schema["$defs"]["Process"]
    assert schema["$defs"]["Succession"]["required"] == ["year", "from", "to", "processes"]
    plain, annotated = schema["$defs"]["Trust"]["properties"]["prior"]["anyOf"]
    assert (plain["type"], plain["minimum"], plain["maximum"]) == ("number", 0.01, 0.99)
    assert annotated["properties"]["value"] == plain and annotated["required"] == ["value"]
    assert set(annotated["properties"]) == {"value", "unit", "low", "high", "source", "estimate"}
    capacity = schema["$defs"]["Process"]["properties"]["capacity"]
    assert capacity["anyOf"] == [{"type": "number"}, {"$ref": "#/$defs/DatedPath"}]
    assert "value" in schema["$defs"]["DatedPath"]["properties"]
    assert len(schema["$defs"]["Company"]["properties"]["payback"]["anyOf"]) == 3
    json.dumps(schema)


def test_reading_a_scenario_loads_nothing_heavy() -> None:
    program = (
        "import sys; from simulation.reading import load_scenario; load_scenario('classroom');"
        "print(*[m for m in ('mesa', 'numba', 'pandas', 'scipy', 'networkx', 'numpy') if m in sys.modules])"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_a_scenario_is_complete_in_itself() -> None:
    assert set(Scenario.model_fields).isdisjoint({"base", "catalogue", "remove"})
    record = load_scenario("classroom").model_dump(mode="json", by_alias=True)
    assert load_scenario({**record, "catalogue": "none"}) == load_scenario("classroom")

"""Settings and events on top of a scenario: how texts are read, where they go, which are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.problems import ScenarioError
from simulation.reading import load_scenario, setting

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"


def refusal_of(source: Any, **options: Any) -> str:
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(source, **options)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("trust.prior", "0.6", 0.6),
        ("trust.prior", ".6", 0.6),
        ("trust.learning", "false", False),
        ("synthetic.companies", "1_000", 1000),
        ("companies.Mill.cell", "[1, 2]", [1, 2]),
        ("policy.carbon_price", "{ by_year = { 1990 = 3 } }", {"by_year": {"1990": 3}}),
        ("town.municipality", "Town", "Town"),
        ("town.municipality", "1984", "1984"),
        ("town.municipality", '"Town"', "Town"),
        ("title", "true", "true"),
        ("trust.prior", "high", "high"),
        ("trust.prior", "0.3\nlearning = 1", "0.3\nlearning = 1"),
        ("trust.prior", "1990-01-01", "1990-01-01"),
    ],
)
def test_a_text_is_read_as_on_a_command_line(path: str, text: str, value: Any) -> None:
    read = setting(path, text)
    assert read == value and type(read) is type(value)


def test_settings_of_any_kind_reach_their_fields() -> None:
    scenario = load_scenario(
        SMALL_PARK,
        set={
            "trust__prior": np.float32(0.5),
            "trust.spread": "0.25",
            "association.target": np.int64(3),
            "trust.learning": np.bool_(False),
            "title": "1984",
            "resources.water.limit": None,
        },
    )
    assert (scenario.trust.prior, scenario.trust.spread, scenario.association.target) == (0.5, 0.25, 3)
    assert (scenario.trust.learning, scenario.title, scenario.resources["water"].limit) == (
        False,
        "1984",
        None,
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"trust.prior": 2}, "set: trust: prior: found 2, allowed 0.01 to 0.99"),
        ({"trust.prior": "high"}, "set: trust: prior: found 'high', allowed 0.01 to 0.99"),
        ({"trust.prior": True}, "set: trust: prior: found true, allowed 0.01 to 0.99"),
        ({"trust__pryor": 1}, "set: trust.pryor: found no such field; did you mean 'trust.prior'?"),
        ({"town.municipality": "Mill"}, "set: town: municipality: found 'Mill', which is private"),
        (
            {"companies.Town": {"cell": [9, 9]}},
            "set: companies.Town: cell: found [9, 9], allowed column 0 to 3",
        ),
        ({"trust.prior": 10**5000}, "set: trust: prior: found a number of more than 40 digits, allowed"),
        ({"": 1}, "set: found no field path"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_as_a_setting(settings: dict[str, Any], line: str) -> None:
    assert refusal_of(SMALL_PARK, set=settings).startswith(line)


def test_all_unknown_settings_are_told_at_once() -> None:
    lines = refusal_of(SMALL_PARK, set={"trust.pryor": 1, "trust.spraed": 1, "trust.prior": 0.4}).splitlines()
    assert len(lines) == 2


def test_events_are_added_to_those_of_the_file() -> None:
    scenario = load_scenario(SMALL_PARK, events=["1995 withdraw Mill"])
    assert scenario.events == ["1993 shrink Mill 0.5", "1995 withdraw Mill"]
    assert load_scenario(scenario, events="1996 levy 2").events[-1] == "1996 levy 2"


def test_an_event_that_does_not_fit_is_refused_as_an_event() -> None:
    lines = refusal_of(SMALL_PARK, events=["1995 withdraw Mil", "1995 retire Mill"]).splitlines()
    assert lines[0] == "event: '1995 withdraw Mil': found the unknown company 'Mil'; did you mean 'Mill'?"
    assert lines[1].startswith("event: '1995 retire Mill': found the verb 'retire'")

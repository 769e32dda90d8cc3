"""A scenario with a few fields anew is the one that reading everything again gives, and as well checked."""

from typing import Any

import pytest

from simulation import load_scenario
from simulation.checks import CHECKS
from simulation.problems import ScenarioError
from simulation.scenario import Scenario

KALUNDBORG = load_scenario("kalundborg")
SETTINGS: list[dict[str, Any]] = [
    {"trust.prior": 0.31},
    {"trust.prior": "0.31", "policy.landfill_levy.scale": 2},
    {"policy.carbon_price": 40.0, "bargaining.rounds": 7},
    {"companies.Gyproc.payback": 3.0},
    {"resources.steam.price.scale": 1.5, "investment.cost_factor": 2.0},
    {"trust.prior": {"value": 0.4, "low": 0.2, "high": 0.6, "source": "a guess", "estimate": True}},
    {"time.ends": 2010.0},
]


class Watched:
    """A scenario that notes which of its sections are looked at."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.read = scenario, set[str]()

    def __getattr__(self, name: str) -> Any:
        self.read.add(name)
        return getattr(self.scenario, name)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_settings_on_a_scenario_are_those_on_its_file(settings: dict[str, Any]) -> None:
    assert load_scenario(KALUNDBORG, set=settings) == load_scenario("kalundborg", set=settings)


def test_what_is_not_touched_is_shared() -> None:
    varied = load_scenario(KALUNDBORG, set={"trust.prior": 0.31})
    assert varied.companies is KALUNDBORG.companies and KALUNDBORG.trust.prior != 0.31


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.__name__)
def test_a_check_reads_no_section_but_those_declared(check: Any) -> None:
    for name in ("kalundborg", "synthetic"):
        watched: Any = Watched(load_scenario(name, events=["2000 facilitator off"]))
        list(check(watched))
        sections = watched.read & set(Scenario.model_fields)
        assert sections <= CHECKS[check], f"{check.__name__} reads {sections - CHECKS[check]} too"


@pytest.mark.parametrize(
    ("settings", "events"),
    [
        ({"trust.prior": 3.0}, []),
        ({"trust.priro": 0.3}, []),
        ({"time.ends": 1950.0}, []),
        ({"investment.lead_shortest": 9.0}, []),
        ({"policy.landfill_levy": -3.0}, []),
        ({"town.municipality": "Gyproc"}, []),
        ({"trust..prior": 3.0}, []),
        ({}, ["2000 withdraw Nobody"]),
        ({"money.exchange.DKK": {"value": 7.4, "low": 2, "high": 3}}, []),
    ],
    ids=str,
)
def test_what_the_file_refuses_the_scenario_refuses_in_the_same_words(
    settings: dict[str, Any], events: list[str]
) -> None:
    said = []
    for source in ("kalundborg", KALUNDBORG):
        with pytest.raises(ScenarioError) as refused:
            load_scenario(source, set=settings, events=events)
        said.append(str(refused.value))
    assert said[0] == said[1]

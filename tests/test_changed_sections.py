"""A scenario with a few fields anew is the one that reading everything again gives, and as well checked."""

from typing import Any

import pytest

from simulation import founding_site, load_scenario
from simulation.calendar import Calendar
from simulation.checks import CHECKS
from simulation.problems import ScenarioError
from simulation.run import foundation_of
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


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_site_that_is_shared_founds_the_same_park(settings: dict[str, Any]) -> None:
    shared = foundation_of(load_scenario(KALUNDBORG, set=settings)).park
    afresh = foundation_of(
        Scenario.model_validate(load_scenario("kalundborg", set=settings).model_dump(by_alias=True))
    ).park
    for name, one, other in zip(shared._fields, shared, afresh, strict=True):
        assert one.tobytes() == other.tobytes(), name


def test_founding_a_variant_leaves_the_shared_site_as_it_was() -> None:
    before = [table.tobytes() for table in foundation_of(KALUNDBORG).park]
    foundation_of(
        load_scenario(KALUNDBORG, set={"policy.landfill_levy.scale": 9.0, "economy.pass_through": 0.1})
    )
    assert [table.tobytes() for table in foundation_of(KALUNDBORG).park] == before


def test_a_site_reads_no_section_but_those_declared() -> None:
    watched: Any = Watched(KALUNDBORG)
    everyone = founding_site.inherited(watched)
    flows = [("Gyproc", name, process, founding_site.recipe(process, watched))
             for name, process in everyone["Gyproc"].processes.items()]  # fmt: skip
    used = sorted({name for flow in flows for mix in flow[3][:2] for name in mix})
    paths = founding_site.Paths(Calendar.of(KALUNDBORG))
    founding_site.resource_rows(watched, used, paths, paths.calendar)
    founding_site.process_rows(watched, everyone, ["Gyproc"], flows, used, paths, paths.calendar)
    assert watched.read & set(Scenario.model_fields) <= set(founding_site.SECTIONS_READ)

"""What the peer does not play: it says so, and does not play something else instead."""

from __future__ import annotations

from simulation.problems import Problem, ScenarioError, number
from simulation.scenario import Scenario

WHERE = "benchmark"


def refuse(scenario: Scenario) -> None:
    """Raise ScenarioError with a line for everything in a scenario that the peer lacks."""
    problems = [
        Problem(WHERE, entry, field, found, "none: the peer lacks this rule")
        for entry, field, found, lacks in _asked(scenario)
        if lacks
    ]
    if problems:
        raise ScenarioError(problems)


def _asked(scenario: Scenario) -> list[tuple[str, str, str, bool]]:
    """Entry, field, what stands there, and whether it asks for a rule that the peer lacks."""
    everyone = {**scenario.companies, **scenario.prospects}
    processes = [process for company in everyone.values() for process in company.processes.values()]
    beyond = sum(company.external for company in everyone.values())
    leaving = sum(company.leaves is not None for company in everyone.values())
    used = {name for process in processes for name in process.inputs}
    limited = sum(resource.limit is not None for name, resource in scenario.resources.items() if name in used)
    cuts = sum(bool(process.reductions) for process in processes) if scenario.investment.reductions else 0
    return [
        ("companies", "external", f"{beyond} beyond the map", beyond > 0),
        ("companies", "leaves", f"{leaving} departures", leaving > 0),
        ("processes", "reductions", f"{cuts} processes with cuts at the origin", cuts > 0),
        ("resources", "limit", f"{limited} limited goods", limited > 0),
        ("", "successions", f"{len(scenario.successions)} changes of owner", bool(scenario.successions)),
        ("", "events", f"{len(scenario.events)} events", bool(scenario.events)),
        ("entry", "base", f"{number(scenario.entry.base)}", scenario.entry.base > 0),
        (
            "bargaining",
            "protocol",
            scenario.bargaining.protocol,
            scenario.bargaining.protocol != "concession",
        ),
        ("trust", "mode", scenario.trust.mode, scenario.trust.mode != "beta"),
        ("trust", "learning", "false", not scenario.trust.learning),
    ]

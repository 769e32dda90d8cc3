"""What is taken out of the park: losses from names, modes and events in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from simulation.checks_of_companies import residents, years_of
from simulation.events import VERBS, parse_event
from simulation.problems import Problem, ScenarioError, nearest, number, shown
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .modes import Mode

ALL = "all"


@dataclass(frozen=True)
class Contingency:
    """A loss: its name, the companies that it hits, its events in words, and the date from which it counts.

    `mode` is how a named company is lost; empty for events in words and for several losses at once.
    """

    label: str
    companies: tuple[str, ...]
    events: tuple[str, ...]
    date: float
    mode: str = ""


def contingencies(
    scenario: Scenario,
    year: float | None,
    remove: Sequence[str] = (),
    modes: Sequence[Mode] = (),
    events: Sequence[str] = (),
) -> list[Contingency]:
    """The single losses: every mode of every company named, then every event. Checked; raises ScenarioError.

    `all` names the companies whose dates in the scenario have them in the park at `year`. An event of
    several parts, split by ";", happens as one.
    """
    problems: list[Problem] = []
    found: list[Contingency] = []
    if remove:
        year = _within(scenario, year)
        names = _named(scenario, year, remove)
        told = len(modes) > 1 or (bool(events) and modes[0].text != "exit")
        for mode in modes:
            losses = [_loss(year, name, mode, told) for name in _with(scenario, names, mode, remove)]
            found += losses
    of_events = [from_events(text) for text in events]
    if len({each.label for each in of_events}) < len(of_events):  # the same event at several dates
        of_events = [replace(each, label="; ".join(each.events)) for each in of_events]
    found += of_events
    if len({each.label for each in found}) < len(found):
        labels = [each.label for each in found]
        twice = next(label for label in labels if labels.count(label) > 1)
        problems.append(Problem("--event", found=f"{shown(twice)} twice", allowed="each loss once"))
    if not found:
        problems.append(Problem("--remove", found="nothing", allowed="a company, all, or an --event"))
    if problems:
        raise ScenarioError(problems)
    load_scenario(scenario, events=[event for each in found for event in each.events])
    return found


def _loss(year: float, name: str, mode: Mode, told: bool) -> Contingency:
    label = f"{name} {mode.words}" if told else name
    return Contingency(label, (name,), tuple(map(str, mode.events(year, name))), year, mode.text)


def from_events(text: str) -> Contingency:
    """A loss from events in words; its date is that of the first, a year of warning apart."""
    parsed = [parse_event(part.strip()) for part in text.split(";") if part.strip()]
    if not parsed:
        raise _refused("--event", shown(text), "words: YEAR VERB OBJECT VALUE")
    years = {event.year for event in parsed}
    words = [str(event) for event in parsed]
    label = "; ".join(each.partition(" ")[2] if len(years) == 1 else each for each in words)
    hit = [event.company for event in parsed if VERBS[event.verb].object in ("company", "process")]
    return Contingency(label, tuple(dict.fromkeys(hit)), tuple(words), min(years))


def pairs(singles: Sequence[Contingency]) -> list[tuple[int, int]]:
    """Every two losses that can happen together: in one mode, to different companies."""
    return [
        (i, j)
        for (i, one), (j, other) in combinations(enumerate(singles), 2)
        if one.mode == other.mode and not set(one.companies) & set(other.companies)
    ]


def together(singles: Sequence[Contingency]) -> Contingency:
    """Several losses as one; one alone is itself."""
    if len(singles) == 1:
        return singles[0]
    return Contingency(
        " + ".join(each.label for each in singles),
        tuple(dict.fromkeys(name for each in singles for name in each.companies)),
        tuple(event for each in singles for event in each.events),
        min(each.date for each in singles),
    )


def _named(scenario: Scenario, year: float, remove: Sequence[str]) -> list[str]:
    """The companies that are meant. Raises ScenarioError with the nearest name for an unknown one."""
    known = {name: years_of(company) for _, name, company in residents(scenario)}
    here = [name for name in sorted(scenario.companies) if known[name][0] <= year < known[name][1]]
    wanted: list[str] = []
    for name in remove:
        wanted += here if name == ALL else [name]
    problems = [
        Problem("--remove", found=f"the unknown company {shown(name)}", hint=nearest(name, [*known, ALL]))
        for name in dict.fromkeys(wanted)
        if name not in known
    ]
    if problems:
        raise ScenarioError(problems)
    if not wanted:
        raise _refused("--remove", f"no company in the park in {number(year)}", "a year when one is there")
    return list(dict.fromkeys(wanted))


def _with(scenario: Scenario, names: Iterable[str], mode: Mode, remove: Sequence[str]) -> list[str]:
    """Of `all`, only companies that have the process of the mode; those named are checked as events are."""
    if not mode.process or ALL not in remove:
        return list(names)
    having = [name for name in names if mode.process in _processes(scenario, name)]
    if not having:
        known = sorted({process for name in names for process in _processes(scenario, name)})
        found = f"the unknown process {shown(mode.process)}"
        raise _refused("--mode", found, "", nearest(mode.process, known))
    return having


def _processes(scenario: Scenario, name: str) -> set[str]:
    taken = {process for each in scenario.successions if each.taker == name for process in each.processes}
    return set({**scenario.companies, **scenario.prospects}[name].processes) | taken


def _within(scenario: Scenario, year: float | None) -> float:
    first, last = scenario.time.starts, scenario.time.ends
    if year is None or not math.isfinite(year) or not first <= year < last:
        allowed = f"a year within the run, {number(first)} to before {number(last)}"
        raise _refused("--year", "nothing" if year is None else number(year), allowed)
    return year


def _refused(option: str, found: str, allowed: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem(option, found=found, allowed=allowed, hint=hint)])

"""What is taken out of the park: a loss in words, and the table of ways in which a partner can be lost."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from simulation.checks_of_companies import residents, years_of
from simulation.events import VERBS, Event, parse_event
from simulation.problems import Problem, ScenarioError, nearest, number, shown
from simulation.reading import load_scenario
from simulation.scenario import Scenario

ALL = "all"
NUMBER = r"\d+(?:\.\d+)?"


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


@dataclass(frozen=True)
class Mode:
    """A way in which a partner is lost, as typed and in words; `process` is the one that ends, if one."""

    text: str
    words: str
    events: Callable[[float, str], tuple[Event, ...]]
    process: str = ""


def _exit(_value: str) -> Mode:
    return Mode("exit", "leaves", lambda year, name: (Event(year, "withdraw", name, 0.0),))


def _stop(_value: str) -> Mode:
    return Mode("stop-trading", "stops trading", lambda year, name: (Event(year, "stop-trading", name),))


def _shrink(value: str) -> Mode:
    part = float(value)
    if not 0 < part <= 1:
        raise ValueError("shrink:SHARE with a share more than 0, at most 1")
    words = f"shrinks by {round(100 * part)} %"
    return Mode(f"shrink:{value}", words, lambda year, name: (Event(year, "shrink", name, part),))


def _process(value: str) -> Mode:
    def events(year: float, name: str) -> tuple[Event, ...]:
        return (Event(year, "close", f"{name}/{value}"),)

    return Mode(f"process:{value}", f"ends {value}", events, process=value)


def _announced(value: str) -> Mode:
    years = float(value)
    words = f"leaves, announced {number(years)} years ahead"
    return Mode(f"announced:{value}", words, lambda year, name: (Event(year, "withdraw", name, years),))


def _temporary(value: str) -> Mode:
    years = float(value)
    if years <= 0:
        raise ValueError("temporary:YEARS with more than 0 years")

    def events(year: float, name: str) -> tuple[Event, ...]:
        return Event(year, "stop-trading", name), Event(year + years, "resume-trading", name)

    return Mode(f"temporary:{value}", f"stops trading for {number(years)} years", events)


MODES: dict[str, tuple[str, str, Callable[[str], Mode]]] = {
    "exit": ("", "the company leaves", _exit),
    "stop-trading": ("", "it ends its streams and stays", _stop),
    "shrink": (NUMBER, "its capacities fall by this share", _shrink),
    "process": (".+", "one process ends, the company stays", _process),
    "announced": (NUMBER, "it leaves, and says so some years ahead", _announced),
    "temporary": (NUMBER, "it stops trading for some years", _temporary),
}
"""Ways of losing a partner: the form of the value behind the colon, what happens, how it is made."""
FORMS = "exit, stop-trading, shrink:SHARE, process:NAME, announced:YEARS, temporary:YEARS"


def parse_mode(text: str) -> Mode:
    """A mode from its words. Raises ScenarioError with the forms, or the nearest one."""
    name, colon, value = text.strip().partition(":")
    name, value = name.strip(), value.strip()
    if name not in MODES:
        raise _refused("--mode", shown(text), FORMS, nearest(name, MODES) if colon or name else "")
    form, _, make = MODES[name]
    if not re.fullmatch(form, value) or bool(colon) != bool(form):
        raise _refused("--mode", shown(text), FORMS)
    try:
        return make(value)
    except ValueError as error:
        raise _refused("--mode", shown(text), str(error)) from None


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
        for mode in modes:
            losses = [
                _loss(year, name, mode, len(modes) > 1) for name in _with(scenario, names, mode, remove)
            ]
            found += losses
    found += [from_events(text) for text in events]
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


def _loss(year: float, name: str, mode: Mode, several: bool) -> Contingency:
    label = f"{name} {mode.words}" if several else name
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

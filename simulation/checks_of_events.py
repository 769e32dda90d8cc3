"""Checks of events: the words, the date, and whether what they name is there."""

from __future__ import annotations

from collections.abc import Iterator

from .checks_of_companies import residents, years_of
from .events import VERBS, Event, parse_event
from .fieldpaths import describe, live_fields
from .problems import Problem, ScenarioError, close_names, did_you_mean, nearest, number, shown
from .scenario import Scenario

Problems = Iterator[Problem]


def check_events(scenario: Scenario) -> Problems:
    """Events can be read, lie within the run, and name what is there at the date."""
    first, last = scenario.time.starts, scenario.time.ends
    park: Scenario | None = None
    for text in scenario.events:
        try:
            event = parse_event(text)
        except ScenarioError as error:
            yield from error.problems
            continue
        if not first <= event.year < last:
            yield _wrong(
                text, number(event.year), f"a year within the run, {number(first)} to before {number(last)}"
            )
        named = VERBS[event.verb].object
        if park is None and named in ("company", "process", "prospect"):
            park = _drawn(scenario)
        yield from CHECK_OF_OBJECT[named](park or scenario, text, event)


def _drawn(scenario: Scenario) -> Scenario:
    """The scenario with all its companies, those that are drawn among them."""
    if scenario.synthetic is None:
        return scenario
    from .synthetic import draw_park

    try:
        return draw_park(scenario)
    except ValueError:  # kinds that cannot be drawn are a problem of their own
        return scenario


def _company(scenario: Scenario, text: str, event: Event) -> Problems:
    known = {name: company for _, name, company in residents(scenario)}
    company = known.get(event.company)
    if company is None:
        yield _wrong(text, f"the unknown company {shown(event.company)}", hint=nearest(event.company, known))
        return
    start, end = years_of(company)
    if event.year < start:
        yield _wrong(text, f"a year before {shown(event.company)} arrives in {number(start)}")
    if event.year >= end:
        yield _wrong(text, f"a year when {shown(event.company)} has left, in {number(end)}")


def _process(scenario: Scenario, text: str, event: Event) -> Problems:
    problems = list(_company(scenario, text, event))
    yield from problems
    if problems:
        return
    known = {**scenario.companies, **scenario.prospects}[event.company].processes.keys() | {
        process for each in scenario.successions if each.taker == event.company for process in each.processes
    }
    if event.process not in known:
        found = f"the unknown process {shown(event.process)} of {shown(event.company)}"
        yield _wrong(text, found, hint=nearest(event.process, sorted(known)))


def _prospect(scenario: Scenario, text: str, event: Event) -> Problems:
    if event.object in scenario.companies:
        yield _wrong(text, f"the company {shown(event.object)}", "a prospect")
    elif event.object not in scenario.prospects:
        found = f"the unknown prospect {shown(event.object)}"
        yield _wrong(text, found, hint=nearest(event.object, scenario.prospects))


def _resource(scenario: Scenario, text: str, event: Event) -> Problems:
    if event.object not in scenario.resources:
        found = f"the unknown resource {shown(event.object)}"
        yield _wrong(text, found, hint=nearest(event.object, scenario.resources))
    else:
        yield from _scale(scenario, text, event)


def _field(scenario: Scenario, text: str, event: Event) -> Problems:
    try:
        field = describe(scenario, event.field)
    except ScenarioError as error:
        for each in error.problems:
            yield _wrong(text, f"{each.found} {shown(event.field)}", each.allowed, each.hint)
        return
    if not field.live:
        close = close_names(field.path, live_fields(scenario))
        yield _wrong(
            text,
            f"{field.path}, which cannot change in mid-run",
            "a live field",
            did_you_mean(close) if close else "",
        )
    elif event.value is not None and not field.limits.hold(event.value):
        yield _wrong(text, number(event.value), field.allowed)
    else:
        yield from _scale(scenario, text, event)


def _scale(scenario: Scenario, text: str, event: Event) -> Problems:
    """An event moves a path against the scale of the scenario: with a scale of 0 nothing is left to move."""
    if event.value and event.field.endswith(".scale") and describe(scenario, event.field).value == 0:
        yield _wrong(text, number(event.value), f"0, because {event.field} is 0 in the scenario")


def _wrong(text: str, found: str, allowed: str = "", hint: str = "") -> Problem:
    return Problem("", "events", shown(text), found, allowed, hint)


CHECK_OF_OBJECT = {
    "": _scale,
    "company": _company,
    "process": _process,
    "prospect": _prospect,
    "resource": _resource,
    "field": _field,
}

"""Whether a scenario makes sense: what no single field can tell. Ranges are checked by the models.

Every check is a generator of problems; `CHECKS` is the table of them. Resources, companies and events
have modules of their own.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from .checks_of_companies import check_map, check_processes, check_sites, check_successions, check_years
from .checks_of_events import check_events
from .checks_of_resources import check_archetypes, check_resources, check_substitutions
from .fieldpaths import dated_paths
from .parameters import SECTIONS
from .problems import MOST_TOLD, Problem, nearest, number, shown
from .quantities import DatedPath
from .scenario import Scenario
from .wording import Place, at_place

LONGEST_NAME = 100
FORMULAS = ("=", "+", "-", "@")
"""A spreadsheet takes a cell that begins so for a formula, and carries it out."""
NOT_IN_NAMES = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, invisible and half characters, line breaks
Problems = Iterator[Problem]


def check(scenario: Scenario, file: str = "", changed: frozenset[str] | None = None) -> list[Problem]:
    """The problems of a scenario, the first MOST_TOLD, each with `file` as its file; none if it makes sense.

    `changed` are the sections that may have changed since it last made sense: what does not look at
    them is not asked again.
    """
    if changed is not None and "money" in changed:
        changed = None  # every price is read by it
    asked = [each for each, reads in CHECKS.items() if changed is None or changed & reads]
    problems = chain(*(each(scenario) for each in asked), check_paths(scenario, changed))
    return [dataclasses.replace(problem, file=file) for problem in islice(problems, MOST_TOLD)]


def check_names(scenario: Scenario) -> Problems:
    """Names are short, visible and different, whatever their case."""
    yield from _names([("name",)], [scenario.name])
    for entry in ("resources", "archetypes"):
        names = list(getattr(scenario, entry))
        yield from _names([(entry, name) for name in names], names)
    residents = [(entry, name) for entry in ("companies", "prospects") for name in getattr(scenario, entry)]
    yield from _names(residents, [name for _, name in residents])
    for entry, name in residents:
        processes = list(getattr(scenario, entry)[name].processes)
        places: list[Place] = [(entry, name, "processes", process) for process in processes]
        yield from _names(places, processes)
        for place, process in zip(places, processes, strict=True):
            if "/" in process:
                yield at_place(place, found="a slash in the name of a process", allowed="a name without one")


def check_time(scenario: Scenario) -> Problems:
    """The run ends after it starts."""
    time = scenario.time
    if time.ends <= time.starts:
        yield at_place(
            ("time", "ends"),
            found=number(time.ends),
            allowed=f"a year after the start in {number(time.starts)}",
        )


def check_paths(scenario: Scenario, sections: frozenset[str] | None = None) -> Problems:
    """Dated paths: what cannot be negative is not, ranges hold the path itself, money can be converted.

    Only those of some `sections`, when they are named.
    """
    for keys, path in dated_paths(scenario, sections):
        yield from _sign(keys, path)
        yield from _range(keys, path)
        yield from _money(scenario, keys, path)
    for name, stated in scenario.provenance.items():
        if stated.low is not None and stated.high is not None and stated.low > stated.high:
            yield Problem(
                entry=name,
                field="low",
                found=number(stated.low),
                allowed=f"at most high, {number(stated.high)}",
            )


def check_rules(scenario: Scenario) -> Problems:
    """The town is a public company, targets lie within the run, ends of ranges stand in order."""
    town = scenario.town.municipality
    if town and scenario.synthetic is None:
        company = scenario.companies.get(town)
        place = ("town", "municipality")
        if company is None:
            yield at_place(
                place, found=f"the unknown company {shown(town)}", hint=nearest(town, scenario.companies)
            )
        elif company.kind != "public":
            yield at_place(
                place, found=f"{shown(town)}, which is private", allowed="a company of kind 'public'"
            )
    association = scenario.association
    if association.target > 0 and association.target_year <= scenario.time.starts:
        allowed = f"a year after the start of the run in {number(scenario.time.starts)}"
        yield at_place(("association", "target_year"), found=number(association.target_year), allowed=allowed)
    investment = scenario.investment
    if investment.lead_shortest > investment.lead_longest:
        allowed = f"at most lead_longest, {number(investment.lead_longest)}"
        yield at_place(
            ("investment", "lead_shortest"), found=number(investment.lead_shortest), allowed=allowed
        )


def check_history(scenario: Scenario) -> Problems:
    """A recorded stream ends after it starts."""
    for index, stream in enumerate(scenario.history.streams):
        if stream.ends is not None and stream.ends < stream.starts:
            allowed = f"a year not before its start in {number(stream.starts)}"
            yield at_place(("history", "streams", index, "ends"), found=number(stream.ends), allowed=allowed)


def _names(places: Iterable[Place], names: Iterable[str]) -> Problems:
    seen: dict[str, str] = {}
    for place, name in zip(places, names, strict=True):
        if not name.strip():
            yield at_place(place, found="an empty name", allowed=f"a name of 1 to {LONGEST_NAME} characters")
        elif len(name) > LONGEST_NAME:
            yield at_place(place, found=f"a name of {len(name)} characters", allowed=f"1 to {LONGEST_NAME}")
        elif any(unicodedata.category(each) in NOT_IN_NAMES for each in name):
            yield at_place(
                place, found="control characters in a name", allowed="visible characters and blanks"
            )
        elif name != name.strip():
            yield at_place(place, found="blanks around a name", allowed=shown(name.strip()))
        elif unicodedata.normalize("NFKC", name).startswith(FORMULAS):
            found = f"the name {shown(name)}, which a spreadsheet would take for a formula"
            yield at_place(place, found=found, allowed="a name that does not begin with =, +, - or @")
        same = unicodedata.normalize("NFKC", name).casefold()
        if same in seen:
            found = f"the name {shown(seen[same])} again" + (
                "" if seen[same] == name else " in other letters"
            )
            yield at_place(place, found=found, allowed="different names")
        seen.setdefault(same, name)


def _sign(keys: Place, path: DatedPath) -> Problems:
    """Quantities, limits, levies and scarcity prices are not negative; an index is positive."""
    positive = keys[0] == "money"
    if not positive and keys[0] != "policy" and keys[-1] not in ("capacity", "limit", "scarcity_price"):
        return
    for year, value in path.by_year.items():
        if value < 0 or (positive and value == 0):
            place = keys if len(path.by_year) == 1 else (*keys, "by_year", number(year))
            yield at_place(place, found=number(value), allowed="more than 0" if positive else "0 or more")


def _range(keys: Place, path: DatedPath) -> Problems:
    """The plausible range of a path, as factors, holds the path itself."""
    outside = {"low": path.low is not None and path.low > 1, "high": path.high is not None and path.high < 1}
    for field in (field for field, wrong in outside.items() if wrong):
        found = f"{number(getattr(path, field))} times the path"
        allowed = "a range that holds the path, in its unit beside `value`, as factors beside `by_year`"
        yield at_place((*keys, field), found=found, allowed=allowed)


def _money(scenario: Scenario, keys: Place, path: DatedPath) -> Problems:
    money = scenario.money
    if path.currency != "EUR" and path.currency not in money.exchange:
        hint = nearest(path.currency, ["EUR", *money.exchange])
        yield at_place(
            (*keys, "currency"),
            found=shown(path.currency),
            allowed="EUR or a currency of money.exchange",
            hint=hint,
        )
    if path.nominal:
        index, dates = list(money.index.by_year), [*path.by_year, money.year]
        if len(index) == 1 or min(dates) < index[0] or max(dates) > index[-1]:
            found = f"money of the day for {number(min(dates))} to {number(max(dates))}"
            covered = (
                f"which has {number(index[0])} to {number(index[-1])}"
                if len(index) > 1
                else "which has one date"
            )
            yield at_place(
                (*keys, "nominal"), found=found, allowed=f"dates that money.index covers, {covered}"
            )


PARK = frozenset({"companies", "prospects", "successions", "archetypes", "resources", "synthetic"})
"""Sections that say who is there and what flows."""

CHECKS: dict[Callable[[Scenario], Problems], frozenset[str]] = {
    check_names: PARK | {"name"},
    check_time: frozenset({"time"}),
    check_resources: PARK,
    check_substitutions: PARK | {"substitutions"},
    check_archetypes: PARK,
    check_map: PARK | {"grid"},
    check_sites: PARK | {"grid"},
    check_years: PARK | {"time"},
    check_processes: PARK,
    check_successions: PARK | {"time"},
    check_rules: PARK | {"town", "association", "time", "investment"},
    check_history: frozenset({"history"}),
    check_events: PARK | {"events", "time", "policy", *SECTIONS},
}
"""Every check but that of paths, and the sections that it reads."""

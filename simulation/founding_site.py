"""What of a park depends on who is there and what flows alone: founded once for all that share it.

Variants of a scenario that differ in the rules' parameters or in policy share the sections that are
untouched, the very same objects. Their rows are founded once and copied.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np

from .calendar import Calendar
from .founding_rows import Paths, inherited, process_rows, recipe, resource_rows
from .scenario import Company, Process, Scenario

SECTIONS_READ = (
    "resources", "substitutions", "archetypes", "companies", "prospects", "successions", "money", "time", "activity",
    "economy",
)  # fmt: skip
KEPT = 2  # sites in memory: a scenario in hand and its twin

Recipe = tuple[dict[str, float], dict[str, float], float, float]


class Site(NamedTuple):
    """Names, recipes and rows of a park; nobody may change them."""

    everyone: dict[str, Company]
    names: list[str]
    flows: list[tuple[str, str, Process, Recipe]]
    used: list[str]
    paths: Paths
    resources: np.ndarray
    substitutions: np.ndarray
    processes: np.ndarray
    flow_rows: np.ndarray
    residues: np.ndarray
    needs: np.ndarray
    need_of: np.ndarray


class _SameObjects:
    """A scenario as a key: equal to another that shares every section that is read here."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sections = [getattr(scenario, name) for name in SECTIONS_READ]

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.sections)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameObjects) and all(
            mine is its for mine, its in zip(self.sections, other.sections, strict=True)
        )


def site(scenario: Scenario, calendar: Calendar) -> Site:
    """The site of a scenario, with rows and paths of one's own."""
    shared = _founded(_SameObjects(scenario), calendar.quarters)
    rows: dict[str, Any] = {
        name: value.copy()
        for name, value in zip(Site._fields, shared, strict=True)
        if isinstance(value, np.ndarray)
    }
    return shared._replace(paths=shared.paths.copied(), **rows)


@functools.lru_cache(maxsize=KEPT)
def _founded(same: _SameObjects, quarters: int) -> Site:
    scenario = same.scenario
    calendar = Calendar(scenario.time.starts, quarters, scenario.money)
    everyone = {**inherited(scenario), **scenario.prospects}
    names = sorted(everyone)
    flows = [
        (company, name, process, recipe(process, scenario))
        for company in names
        for name, process in sorted(everyone[company].processes.items())
    ]
    used = sorted({r for _c, _n, _p, (inputs, residues, _t, _j) in flows for r in (*inputs, *residues)})
    paths = Paths(calendar)
    resources, substitutions = resource_rows(scenario, used, paths, calendar)
    rows = process_rows(scenario, everyone, names, flows, used, paths, calendar)
    return Site(everyone, names, flows, used, paths, resources, substitutions, *rows)

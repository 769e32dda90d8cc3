"""From a scenario to the tables of a park at its first quarter.

Rows are founded in order of name, so the order in a file means nothing. Dated money is converted
here; live factors (`price.scale`, `levy.scale`) stay apart so that events can move them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents import fields
from agents.choices import MODES, PROTOCOLS, STYLES

from .calendar import Calendar
from .founding_prices import price_processes
from .founding_rows import cell_map, company_rows, succession_rows
from .founding_site import site
from .indicators import INDICATOR
from .parameters import SECTIONS
from .quantities import DatedPath
from .scenario import Scenario
from .state import Park, as_rows, with_views

CODES: dict[str, Mapping[Any, float]] = {
    "bargaining_protocol": PROTOCOLS,
    "bargaining_style": STYLES,
    "trust_mode": MODES,
}
"""Numbers that stand for the named choices among the parameters."""


MEETING_SAMPLE, MEETING_SPAN = 200, 100
"""Companies and quarters over which the chance of meeting is scaled."""


def parameter_values(scenario: Scenario) -> dict[str, float]:
    """Every numeric parameter of the rules as `section_field`; choices by their code."""
    values: dict[str, float] = {}
    for section in SECTIONS:
        for name, value in getattr(scenario, section):
            if isinstance(value, DatedPath) or name == "municipality":
                continue
            key = f"{section}_{name}"
            values[key] = float(CODES[key][value] if key in CODES else value)
    return values


@functools.lru_cache
def _parameter_type(names: tuple[str, ...]) -> np.dtype:
    """The type of the parameter record; one object, so that all parks share their compiled type."""
    return np.dtype([(name, "f8") for name in names])


@dataclass
class Names:
    """Names behind the rows of a park: what the tables cannot hold."""

    companies: list[str]
    resources: list[str]
    units: list[str]
    processes: list[tuple[str, str]]
    parameters: list[str]
    company_row: dict[str, int] = field(init=False)
    resource_row: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.company_row = {name: row for row, name in enumerate(self.companies)}
        self.resource_row = {name: row for row, name in enumerate(self.resources)}


@dataclass
class Foundation:
    """A park at its first quarter, with the names of its rows and its calendar."""

    park: Park
    names: Names
    calendar: Calendar
    scenario: Scenario


def found(scenario: Scenario, until: float | None = None) -> Foundation:
    """Build the tables of a park at its first quarter; `until` ends the run before (or after) `time.ends`."""
    calendar = Calendar.of(scenario, until)
    (
        everyone, names, flows, used, paths,
        resources, substitutions, processes, flow_rows, residues, needs, need_of,
    ) = site(scenario, calendar)  # fmt: skip
    companies = company_rows(scenario, everyone, names, calendar)
    values = parameter_values(scenario)
    parameters = as_rows(np.zeros(1, _parameter_type(tuple(values))))
    for name, value in values.items():
        parameters[name] = value
    clock = fields.CLOCK.rows(1)
    clock["first_year"] = calendar.first_year
    clock["last"] = calendar.quarters
    clock["levy_path"] = paths.row(scenario.policy.landfill_levy, True)
    clock["carbon_path"] = paths.row(scenario.policy.carbon_price, True)
    clock["town"] = names.index(scenario.town.municipality) if scenario.town.municipality else -1
    clock["cell_km"] = scenario.grid.cell_km
    clock["meeting_chance"] = _meeting_chance(scenario, companies)
    _count_all_that_can_meet(clock, substitutions, residues, need_of)
    table_names = Names(
        companies=names,
        resources=used,
        units=[scenario.resources[r].unit for r in used],
        processes=[(company, process) for company, process, _p, _r in flows],
        parameters=list(values),
    )
    n_years = math.ceil(calendar.quarters / 4)
    tables = {
        "clock": clock,
        "parameters": parameters,
        "companies": companies,
        "processes": processes,
        "flows": flow_rows,
        "residues": residues,
        "needs": needs,
        "resources": resources,
        "substitutions": substitutions,
        "ties": fields.TIE.rows(min(int(clock["most_ties"][0]), 1024)),
        "opportunities": fields.OPPORTUNITY.rows(min(int(clock["most_opportunities"][0]), 2048)),
        "connections": fields.CONNECTION.rows(256),
        "contracts": fields.CONTRACT.rows(256),
        "open_contracts": np.zeros(256, np.int64),
        "wakes": np.zeros(min(int(clock["most_opportunities"][0]), 2048), np.int64),
        "terms": fields.TERMS.rows(_most_deals(companies, values)),
        "negotiations": fields.NEGOTIATION.rows(1024),
        "journal": fields.EVENT.rows(2048),
        "interventions": fields.INTERVENTION.rows(0),
        "successions": succession_rows(scenario, names, calendar),
        "paths": np.zeros((0, 0)),
        "need_of": need_of,
        "cells": cell_map(scenario),
        "indicators": INDICATOR.rows(calendar.quarters),
        "accounts": fields.ACCOUNT.rows(n_years * len(names)),
    }
    tables["paths"] = np.array(paths.rows) if paths.rows else np.zeros((1, calendar.columns))
    park = with_views(tables)
    _name_heirs(scenario, park, table_names, calendar)
    price_processes(park, calendar)
    return Foundation(park, table_names, calendar, scenario)


def _count_all_that_can_meet(
    clock: np.ndarray, substitutions: np.ndarray, residues: np.ndarray, need_of: np.ndarray
) -> None:
    """Most ways in which the residues of one company can serve; ties and opportunities if everybody knew everybody."""
    companies, resources = need_of.shape
    uses = np.zeros((resources, resources))
    uses[substitutions["input"], substitutions["residue"]] = 1.0
    taken = (need_of >= 0) @ uses  # inputs of a company that a residue can replace, by (company, residue)
    company, resource = residues["company"], residues["resource"]
    ways = np.bincount(company, uses.sum(axis=0)[resource], companies)
    clock["most_uses"], clock["most_ties"] = ways.max(initial=0.0), companies * (companies - 1) // 2
    clock["most_opportunities"] = taken.sum(axis=0)[resource].sum() - taken[company, resource].sum()


def _most_deals(companies: np.ndarray, values: dict[str, float]) -> int:
    """Rows of terms that a quarter can need: one for every two negotiations, and one for what is weighed."""
    introductions = 2 * values["association_introductions"] * (values["association_most_staff"] + 2)
    return int(companies["attention"].sum() / 2 + len(companies) / 2 + introductions) + 4


def _name_heirs(scenario: Scenario, park: Park, names: Names, calendar: Calendar) -> None:
    """Join each process that changes hands with its heir; an heir's company talks to nobody before it exists."""
    row_of = {pair: row for row, pair in enumerate(names.processes)}
    for handover in scenario.successions:
        for process in handover.processes:
            old, new = row_of[handover.giver, process], row_of[handover.taker, process]
            park.processes["heir"][old], park.processes["inherits"][new] = new, old
        taker = park.companies[names.company_row[handover.taker]]
        if taker["arrives"] == calendar.quarter(handover.year):
            taker["talks_from"] = taker["arrives"]


def _meeting_chance(scenario: Scenario, companies: np.ndarray) -> float:
    """p0, scaled so that a company meets `ties_target` others within 25 years on average (0: as stated)."""
    meeting = scenario.meeting
    on_map = companies[(companies["external"] == 0) & (companies["cell_x"] >= 0)]
    if meeting.ties_target <= 0 or len(on_map) < 2:
        return meeting.chance
    target = min(meeting.ties_target, len(on_map) - 1)
    sample = on_map[:: max(1, len(on_map) // MEETING_SAMPLE)]
    distance = np.hypot(on_map["x"][:, None] - sample["x"], on_map["y"][:, None] - sample["y"])
    near = np.exp(-distance / meeting.reach)
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        itself = 1.0 - (1.0 - middle) ** MEETING_SPAN  # each is at no distance from itself
        known = (1.0 - (1.0 - middle * near) ** MEETING_SPAN).sum(axis=0) - itself
        low, high = (middle, high) if known.mean() < target else (low, middle)
    return high

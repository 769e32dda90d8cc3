"""From a scenario to the tables of a park at its first quarter.

Rows are founded in order of name, so the order in a file means nothing. Dated money is converted
here; live factors (`price.scale`, `levy.scale`) stay apart so that events can move them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents import fields
from agents.bargaining import PROTOCOLS, STYLES
from agents.fields import NEVER
from agents.trust import MODES

from . import draws
from .calendar import Calendar
from .indicators import INDICATOR
from .parameters import SECTIONS
from .quantities import DatedPath, constant
from .scenario import Company, Process, Scenario
from .state import Park, as_rows, with_views

CLASSES = ("water", "energy", "material")
CODES: dict[str, dict[str, float]] = {
    "bargaining_protocol": {name: float(code) for name, code in PROTOCOLS.items()},
    "bargaining_style": STYLES,
    "trust_mode": {name: float(code) for name, code in MODES.items()},
}
"""Numbers that stand for the named choices among the parameters."""


def parameter_values(scenario: Scenario) -> dict[str, float]:
    """Every numeric parameter of the rules as `section_field`; choices by their code."""
    values: dict[str, float] = {}
    for section in SECTIONS:
        for name, value in getattr(scenario, section):
            if isinstance(value, DatedPath) or name == "municipality":
                continue
            key = f"{section}_{name}"
            values[key] = CODES[key][value] if key in CODES else float(value)
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


class _Paths:
    """Dated values by quarter, each different path once."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.rows: list[np.ndarray] = []
        self.known: dict[Any, int] = {}

    def row(self, path: DatedPath, money: bool) -> int:
        key = (money, tuple(path.by_year.items()), path.scale, path.step, path.currency, path.nominal)
        if key not in self.known:
            self.known[key] = len(self.rows)
            self.rows.append(self.calendar.values(path, money))
        return self.known[key]


def recipe(process: Process, scenario: Scenario) -> tuple[dict[str, float], dict[str, float], float, float]:
    """Inputs and residues per unit of product, typical capacity and jobs at it, archetype included."""
    if process.archetype is None:
        return process.inputs, process.residues, 0.0, 0.0
    kind = scenario.archetypes[process.archetype]
    inputs = {r: a for r, a in {**kind.inputs, **process.inputs}.items() if a > 0}
    residues = {r: a for r, a in {**kind.residues, **process.residues}.items() if a > 0}
    return inputs, residues, kind.typical_capacity, kind.jobs


def _inherited(scenario: Scenario) -> dict[str, Company]:
    """All companies with what successions give them: the taker's copy starts when the giver's ends."""
    companies = {
        name: c.model_copy(update={"processes": dict(c.processes)}) for name, c in scenario.companies.items()
    }
    for handover in sorted(scenario.successions, key=lambda s: s.year):
        giver, taker = companies[handover.giver], companies[handover.taker]
        for name in handover.processes:
            process = giver.processes[name]
            taker.processes[name] = process.model_copy(update={"starts": handover.year})
            giver.processes[name] = process.model_copy(update={"ends": handover.year})
    return companies


def found(scenario: Scenario, until: float | None = None) -> Foundation:
    """Build the tables of a park at its first quarter; `until` ends the run before (or after) `time.ends`."""
    calendar = Calendar.of(scenario, until)
    everyone = {**_inherited(scenario), **scenario.prospects}
    names = sorted(everyone)
    flows = [
        (company, name, process, recipe(process, scenario))
        for company in names
        for name, process in sorted(everyone[company].processes.items())
    ]
    used = sorted({r for _c, _n, _p, (inputs, residues, _t, _j) in flows for r in (*inputs, *residues)})
    paths = _Paths(calendar)
    resources, substitutions = _resources(scenario, used, paths, calendar)
    companies = _companies(scenario, everyone, names, calendar)
    processes, flow_rows, residues, needs, need_of = _processes(
        scenario, everyone, names, flows, used, paths, calendar
    )
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
        "ties": fields.TIE.rows(256),
        "opportunities": fields.OPPORTUNITY.rows(512),
        "connections": fields.CONNECTION.rows(256),
        "contracts": fields.CONTRACT.rows(256),
        "open_contracts": np.zeros(256, np.int64),
        "terms": fields.TERMS.rows(_most_deals(companies, values)),
        "negotiations": fields.NEGOTIATION.rows(1024),
        "journal": fields.EVENT.rows(1024),
        "interventions": fields.INTERVENTION.rows(0),
        "successions": _successions(scenario, names, calendar),
        "paths": np.zeros((0, 0)),
        "need_of": need_of,
        "cells": _cells(scenario),
        "indicators": INDICATOR.rows(calendar.quarters),
        "accounts": fields.ACCOUNT.rows(n_years * len(names)),
    }
    tables["paths"] = np.array(paths.rows) if paths.rows else np.zeros((1, calendar.columns))
    park = with_views(tables)
    uses = resources["substitutions_to"] - resources["substitutions_from"]
    if len(residues):
        clock["most_uses"] = np.bincount(residues["company"], uses[residues["resource"]]).max()
    _name_heirs(scenario, park, table_names, calendar)
    _price_processes(park, calendar)
    return Foundation(park, table_names, calendar, scenario)


def _most_deals(companies: np.ndarray, values: dict[str, float]) -> int:
    """Rows of terms that a quarter can need: one for every two negotiations, and one for what is weighed."""
    introductions = 2 * values["association_introductions"] * (values["association_most_staff"] + 2)
    return int(companies["attention"].sum() / 2 + len(companies) / 2 + introductions) + 4


def _resources(
    scenario: Scenario, used: list[str], paths: _Paths, calendar: Calendar
) -> tuple[np.ndarray, np.ndarray]:
    table = fields.RESOURCE.rows(len(used))
    row_of = {name: row for row, name in enumerate(used)}
    pairs = sorted(
        (r, i)
        for r in scenario.substitutions
        for i in scenario.substitutions[r]
        if r in row_of and i in row_of
    )
    substitutions = fields.SUBSTITUTION.rows(len(pairs))
    identity = draws.identities([f"{r} > {i}" for r, i in pairs], bits=24)
    for row, (residue, input_) in enumerate(pairs):
        given = scenario.substitutions[residue][input_]
        entry = substitutions[row]
        for name in (
            "ratio",
            "max_share",
            "quality_loss",
            "treatment",
            "plant_cost",
            "plant_capacity",
            "co2_treatment",
        ):
            entry[name] = getattr(given, name)
        entry["identity"] = identity[f"{residue} > {input_}"]
        entry["residue"], entry["input"] = row_of[residue], row_of[input_]
        entry["practised"] = calendar.quarter(given.from_year)
    lasting = draws.identities(used, bits=24)
    for row, name in enumerate(used):
        given_resource, entry = scenario.resources[name], table[row]
        entry["identity"] = lasting[name]
        entry["class_"] = CLASSES.index(given_resource.class_)
        entry["price_path"] = paths.row(given_resource.price, True)
        entry["disposal_path"] = paths.row(given_resource.disposal, True)
        for same in ("levied", "co2_virgin", "co2_disposal", "co2_per_km", "carbon_priced"):
            entry[same] = getattr(given_resource, same)
        natural = {"GJ": 1.0, "MWh": 3.6}.get(given_resource.unit, 0.0)
        entry["gj"] = given_resource.gj_per_unit or natural
        if given_resource.truck is not None:
            entry["truck"], entry["truck_fixed"] = 1, given_resource.truck.fixed
            entry["truck_per_km"] = given_resource.truck.per_km
        entry["loss_length"] = 1e9
        if given_resource.pipe is not None:
            entry["pipe"], entry["pipe_cost"] = 1, given_resource.pipe.cost_per_km
            entry["pipe_capacity"] = given_resource.pipe.capacity
            entry["loss_length"] = given_resource.pipe.loss_length_km
        entry["reach"] = given_resource.reach_km
        if given_resource.limit is not None:
            entry["limit_path"] = paths.row(given_resource.limit, False)
            entry["scarcity_path"] = paths.row(given_resource.scarcity_price or constant(0.0), True)
        own = [i for i, (r, _i) in enumerate(pairs) if r == name]
        entry["substitutions_from"], entry["substitutions_to"] = (own[0], own[-1] + 1) if own else (0, 0)
    return table, substitutions


def _companies(
    scenario: Scenario, everyone: dict[str, Company], names: list[str], calendar: Calendar
) -> np.ndarray:
    table = fields.COMPANY.rows(len(names))
    identity = draws.identities(names)
    economy, trade = scenario.economy, scenario.trade
    lead = round(4 * scenario.meeting.siting_lead)
    for row, name in enumerate(names):
        given, entry = everyone[name], table[row]
        public = given.kind == "public"
        entry["identity"], entry["public"], entry["external"] = identity[name], public, given.external
        entry["permanent"] = given.permanent
        entry["prospect"] = name in scenario.prospects
        if given.cell is not None:
            entry["cell_x"], entry["cell_y"] = given.cell
            entry["x"], entry["y"] = (scenario.grid.cell_km * (c + 0.5) for c in given.cell)
        entry["distance"] = given.distance_km or 0.0
        if not entry["prospect"]:
            arrives = calendar.quarter(given.arrives) if given.arrives is not None else -4 * 400
            entry["arrives"], entry["talks_from"] = arrives, arrives - lead
        entry["leaves"] = entry["known_to_leave"] = calendar.quarter(given.leaves)
        entry["member_from"] = calendar.quarter(given.member_from)
        entry["discount"] = given.discount_rate or (
            economy.discount_public if public else economy.discount_private
        )
        entry["payback_limit"] = given.payback or (
            economy.payback_public if public else economy.payback_private
        )
        entry["attention"] = trade.attention if given.attention is None else given.attention
        entry["pace"] = STYLES[given.style or scenario.bargaining.style]
        for part in ("pipe", "plant"):
            life = getattr(scenario.investment, f"{part}_life")
            rate = float(entry["discount"])
            entry[f"crf_{part}"] = rate / (1.0 - math.pow(1.0 + rate, -life))
    return table


def _processes(
    scenario: Scenario,
    everyone: dict[str, Company],
    names: list[str],
    flows: list[tuple[str, str, Process, tuple[dict[str, float], dict[str, float], float, float]]],
    used: list[str],
    paths: _Paths,
    calendar: Calendar,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    resource_row = {name: row for row, name in enumerate(used)}
    company_row = {name: row for row, name in enumerate(names)}
    balances: dict[bool, dict[tuple[int, int], int]] = {}
    tables = {}
    for is_need in (False, True):
        mixes = [(company_row[c], mix[0] if is_need else mix[1]) for c, _n, _p, mix in flows]
        keys = sorted({(company, resource_row[resource]) for company, mix in mixes for resource in mix})
        balances[is_need] = {key: row for row, key in enumerate(keys)}
        table = fields.BALANCE.rows(len(keys))
        if keys:
            table["company"], table["resource"] = np.array(keys).T
        tables[is_need] = table
    processes = fields.PROCESS.rows(len(flows))
    identity = draws.identities([f"{company}/{name}" for company, name, _p, _m in flows])
    rows: list[tuple[Any, ...]] = []
    for row, (company, name, process, (inputs, residues, typical, jobs)) in enumerate(flows):
        entry, owner = processes[row], everyone[company]
        entry["company"], entry["identity"] = company_row[company], identity[f"{company}/{name}"]
        starts = process.starts if process.starts is not None else owner.arrives
        entry["starts"] = calendar.quarter(starts) if starts is not None else -4 * 400
        if company in scenario.prospects:
            entry["starts"] = NEVER
        entry["ends"] = min(calendar.quarter(process.ends), calendar.quarter(owner.leaves))
        entry["path"] = paths.row(process.capacity, False)
        begin = (
            calendar.year(max(0, int(entry["starts"]))) if entry["starts"] < NEVER else calendar.first_year
        )
        capacity = process.capacity.at(begin) or max(process.capacity.by_year.values())
        entry["reference"] = capacity * scenario.activity.utilisation
        entry["founding_capacity"] = capacity
        if process.jobs is not None:
            entry["jobs"] = process.jobs
        elif typical:
            entry["jobs_typical"], entry["jobs_capacity"] = jobs, typical
        entry["sales_per_unit"] = process.product_price or 0.0
        entry["margin"] = process.margin if process.margin is not None else scenario.economy.margin
        entry["flows_from"] = len(rows)
        for is_need, mix in ((True, inputs), (False, residues)):
            for resource, amount in sorted(mix.items()):
                season = process.seasons.get(resource, scenario.resources[resource].season)
                cut = process.reductions.get(resource)
                key = (company_row[company], resource_row[resource])
                balance = balances[is_need][key]
                rows.append(
                    (row, is_need, balance, key[1], amount, season)
                    + ((cut.share, cut.cost, calendar.quarter(cut.from_year)) if cut else (0.0, 0.0, NEVER))
                )
                table = tables[is_need]
                table["available"][balance] = min(table["available"][balance], entry["starts"])
        entry["flows_to"] = len(rows)
    flow_table = fields.FLOW.rows(len(rows))
    columns = (
        "process",
        "is_need",
        "balance",
        "resource",
        "amount",
        "season",
        "reducible",
        "reduction_cost",
        "reducible_from",
    )
    if rows:
        for name, column in zip(columns, zip(*rows, strict=True), strict=True):
            flow_table[name] = np.array(column)
    need_of = np.full((len(names), len(used)), -1, np.int32)
    for (company_at, resource_at), row in balances[True].items():
        need_of[company_at, resource_at] = row
    return processes, flow_table, tables[False], tables[True], need_of


def spans(companies: np.ndarray, table: np.ndarray, name: str) -> None:
    """Write into the companies where their rows of a table sorted by company begin and end."""
    count = np.bincount(table["company"], minlength=len(companies))
    companies[f"{name}_to"] = np.cumsum(count)
    companies[f"{name}_from"] = np.cumsum(count) - count


def _price_processes(park: Park, calendar: Calendar) -> None:
    """Set product price and other cost so that the margin without trades is as stated at founding prices."""
    for name in ("processes", "residues", "needs"):
        spans(park.companies, getattr(park, name), name)
    price, disposal = park.resources["price_path"], park.resources["disposal_path"]
    p = park.parameters[0]
    for process in park.processes:
        starts = int(process["starts"]) if process["starts"] < NEVER else 0  # prospects: prices of the start
        begin = min(max(0, starts), calendar.columns - 1)
        inputs = waste = 0.0
        for flow in park.flows[process["flows_from"] : process["flows_to"]]:
            path = (price if flow["is_need"] else disposal)[flow["resource"]]
            cost = flow["amount"] * park.paths[path, begin]
            inputs, waste = (inputs + cost, waste) if flow["is_need"] else (inputs, waste + cost)
        reference = process["reference"]
        sales = process["sales_per_unit"]
        if sales == 0.0:
            by_jobs = _jobs(process, p) * p["economy_sales_per_job"] / reference if reference else 0.0
            sales = max((inputs + waste) / p["economy_input_share"], by_jobs)
        other = sales * (1.0 - process["margin"]) - inputs - waste
        if other < 0.0:
            sales, other = (inputs + waste) / (1.0 - process["margin"]), 0.0
        process["sales_per_unit"], process["inputs_per_unit"] = sales, inputs + waste
        process["other_per_unit"] = other * (1.0 - p["economy_fixed_share"])
        capacity = process["founding_capacity"]
        process["fixed_per_capacity"] = (
            other * p["economy_fixed_share"] * reference / capacity if capacity else 0.0
        )
        process["margin_per_unit"] = sales * process["margin"]


def _jobs(process: np.void, p: np.void) -> float:
    """Jobs of a process at its founding."""
    if process["jobs_capacity"] == 0.0:
        return float(process["jobs"])
    scale = process["founding_capacity"] / process["jobs_capacity"]
    return float(process["jobs_typical"] * scale ** p["economy_jobs_exponent"])


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


MEETING_SAMPLE, MEETING_SPAN = 200, 100


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
        known = (1.0 - (1.0 - middle * near) ** MEETING_SPAN).sum(axis=0) - 1.0
        low, high = (middle, high) if known.mean() < target else (low, middle)
    return high


def _successions(scenario: Scenario, names: list[str], calendar: Calendar) -> np.ndarray:
    table = fields.SUCCESSION.rows(len(scenario.successions))
    for row, handover in enumerate(sorted(scenario.successions, key=lambda s: (s.year, s.giver, s.taker))):
        table[row]["quarter"] = calendar.quarter(handover.year)
        table[row]["giver"], table[row]["taker"] = names.index(handover.giver), names.index(handover.taker)
    return table


def _cells(scenario: Scenario) -> np.ndarray:
    """0 free, 1 taken, 2 not for building, by (column, row); row 0 in the south."""
    cells = np.zeros((scenario.grid.width, scenario.grid.height), np.int64)
    for north, letters in enumerate(scenario.grid.zones):
        for column, letter in enumerate(letters):
            if letter not in "ih":
                cells[column, scenario.grid.height - 1 - north] = 2
    for company in _placed(scenario.companies.values()):
        cells[company] = 1
    return cells


def _placed(companies: Iterable[Company]) -> Iterable[tuple[int, int]]:
    return (company.cell for company in companies if company.cell is not None)

"""Rows of a park at its founding: dated paths, resources, companies, processes, the map."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from agents import fields
from agents.choices import STYLES
from agents.fields import NEVER

from . import draws
from .calendar import Calendar
from .quantities import DatedPath, constant
from .scenario import Company, Process, Scenario

CLASSES = ("water", "energy", "material")


class Paths:
    """Dated values by quarter, each different path once."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.rows: list[np.ndarray] = []
        self.known: dict[Any, int] = {}

    def copied(self) -> Paths:
        """The same paths, to which more may be added."""
        copy = Paths(self.calendar)
        copy.rows, copy.known = list(self.rows), dict(self.known)
        return copy

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


def inherited(scenario: Scenario) -> dict[str, Company]:
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


def resource_rows(
    scenario: Scenario, used: list[str], paths: Paths, calendar: Calendar
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


def company_rows(
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


def process_rows(
    scenario: Scenario,
    everyone: dict[str, Company],
    names: list[str],
    flows: list[tuple[str, str, Process, tuple[dict[str, float], dict[str, float], float, float]]],
    used: list[str],
    paths: Paths,
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


def succession_rows(scenario: Scenario, names: list[str], calendar: Calendar) -> np.ndarray:
    table = fields.SUCCESSION.rows(len(scenario.successions))
    for row, handover in enumerate(sorted(scenario.successions, key=lambda s: (s.year, s.giver, s.taker))):
        table[row]["quarter"] = calendar.quarter(handover.year)
        table[row]["giver"], table[row]["taker"] = names.index(handover.giver), names.index(handover.taker)
    return table


def cell_map(scenario: Scenario) -> np.ndarray:
    """State of every cell (`agents.fields`), by (column, row); row 0 in the south."""
    cells = np.zeros((scenario.grid.width, scenario.grid.height), np.int64)
    for north, letters in enumerate(scenario.grid.zones):
        for column, letter in enumerate(letters):
            if letter not in "ih":
                cells[column, scenario.grid.height - 1 - north] = 2
    for company in _placed(scenario.companies.values()):
        cells[company] = fields.TAKEN if cells[company] == fields.FREE else fields.TAKEN_FOR_GOOD
    return cells


def _placed(companies: Iterable[Company]) -> Iterable[tuple[int, int]]:
    return (company.cell for company in companies if company.cell is not None)

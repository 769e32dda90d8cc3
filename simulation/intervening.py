"""Interventions: events in words become rows that the calendar phase carries out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from agents import fields
from agents.fields import CLOCK, RESOURCE

from . import happenings
from .calendar import Calendar
from .dotted import parse_path
from .events import Event, parse_event
from .founding import Names, parameter_values
from .problems import Problem, ScenarioError
from .scenario import Scenario

RESOURCE_FIELDS = {"price": "price_scale", "disposal": "disposal_scale"}
CLOCK_FIELDS = {"landfill_levy": "levy_scale", "carbon_price": "carbon_scale"}

Raw = dict[str, int | float]


def interventions(
    events: Iterable[str | Event], scenario: Scenario, names: Names, calendar: Calendar
) -> np.ndarray:
    """Rows for the calendar phase, in order of quarter; equal quarters keep the order of the words."""
    rows: list[Raw] = []
    for event in events:
        rows.extend(_rows(parse_event(event) if isinstance(event, str) else event, scenario, names, calendar))
    rows.sort(key=lambda row: row["quarter"])
    table = fields.INTERVENTION.rows(len(rows))
    for entry, row in zip(table, rows, strict=True):
        for field, value in row.items():
            entry[field] = value
    return table


def _rows(event: Event, scenario: Scenario, names: Names, calendar: Calendar) -> list[Raw]:
    quarter = max(0, calendar.quarter(event.year))
    if event.field:
        address = _address(event, scenario, names)
        return [{"quarter": quarter, "verb": happenings.SET, **address}] if address else []
    row: Raw = {"quarter": quarter, "company": names.company_row.get(event.company, -1)}
    if event.verb == "withdraw":
        rows: list[Raw] = [{**row, "verb": happenings.WITHDRAW}]
        if event.value:
            told = max(0, quarter - round(4 * event.value))
            rows.insert(0, {**row, "quarter": told, "verb": happenings.ANNOUNCE, "value": float(quarter)})
        return rows
    if event.verb == "close":
        process = names.processes.index((event.company, event.process))
        return [{**row, "verb": happenings.CLOSE, "target": process}]
    codes = {
        "stop-trading": happenings.STOP,
        "resume-trading": happenings.RESUME,
        "shrink": happenings.SHRINK,
        "invite": happenings.INVITE,
        "facilitator": happenings.FACILITATOR,
    }
    return [{**row, "verb": codes[event.verb], "value": float(event.value or 0.0)}]


def _address(event: Event, scenario: Scenario, names: Names) -> Raw:
    """Table, row, column and value of a live field; nothing for a resource that nobody has.

    A scale counts against the one of the scenario.
    """
    value = 0.0 if event.value is None else float(event.value)
    path = parse_path(event.field)
    match path:
        case ("policy", levy, "scale") if levy in CLOCK_FIELDS:
            base = getattr(scenario.policy, levy).scale
            column = CLOCK.column(CLOCK_FIELDS[levy])
            return {"target": happenings.CLOCK_FIELD, "column": column, "value": _ratio(value, base)}
        case ("resources", resource, kind, "scale") if kind in RESOURCE_FIELDS:
            if resource not in names.resource_row:
                return {}
            base = getattr(scenario.resources[resource], kind).scale
            return {
                "target": happenings.RESOURCE_FIELD,
                "resource": names.resource_row[resource],
                "column": RESOURCE.column(RESOURCE_FIELDS[kind]),
                "value": _ratio(value, base),
            }
    parameter = "_".join(path)
    if parameter not in parameter_values(scenario):
        raise ScenarioError(
            [Problem(entry="events", field=str(event), found=event.field, allowed="a live field")]
        )
    return {"target": happenings.PARAMETER_FIELD, "column": names.parameters.index(parameter), "value": value}


def _ratio(value: float, base: float) -> float:
    return value / base if base else 0.0

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

Row = tuple[int, int, int, int, int, float]


def interventions(
    events: Iterable[str | Event], scenario: Scenario, names: Names, calendar: Calendar
) -> np.ndarray:
    """Rows for the calendar phase, in order of quarter; equal quarters keep the order of the words."""
    rows: list[Row] = []
    for event in events:
        rows.extend(_rows(parse_event(event) if isinstance(event, str) else event, scenario, names, calendar))
    rows.sort(key=lambda row: row[0])
    table = fields.INTERVENTION.rows(len(rows))
    for at, (quarter, verb, company, target, column, value) in enumerate(rows):
        entry = table[at]
        entry["quarter"], entry["verb"], entry["company"] = quarter, verb, company
        entry["target"], entry["column"], entry["value"] = target, column, value
    return table


def _rows(event: Event, scenario: Scenario, names: Names, calendar: Calendar) -> list[Row]:
    quarter = max(0, calendar.quarter(event.year))
    if event.field:
        address = _address(event, scenario, names)
        return [(quarter, happenings.SET, *address)] if address else []
    company = names.company_row.get(event.company, -1)
    if event.verb == "withdraw":
        rows: list[Row] = [(quarter, happenings.WITHDRAW, company, -1, 0, 0.0)]
        if event.value:
            told = max(0, quarter - round(4 * event.value))
            rows.insert(0, (told, happenings.ANNOUNCE, company, -1, 0, float(quarter)))
        return rows
    if event.verb == "close":
        process = names.processes.index((event.company, event.process))
        return [(quarter, happenings.CLOSE, company, process, 0, 0.0)]
    codes = {
        "stop-trading": happenings.STOP,
        "resume-trading": happenings.RESUME,
        "shrink": happenings.SHRINK,
        "invite": happenings.INVITE,
        "facilitator": happenings.FACILITATOR,
    }
    return [(quarter, codes[event.verb], company, -1, 0, float(event.value or 0.0))]


def _address(event: Event, scenario: Scenario, names: Names) -> tuple[int, int, int, float] | None:
    """Row, table, column and value of a live field; None for a resource that nobody has.

    A scale counts against the one of the scenario.
    """
    value = 0.0 if event.value is None else float(event.value)
    path = parse_path(event.field)
    match path:
        case ("policy", levy, "scale") if levy in CLOCK_FIELDS:
            base = getattr(scenario.policy, levy).scale
            return 0, happenings.CLOCK_FIELD, CLOCK.column(CLOCK_FIELDS[levy]), _ratio(value, base, event)
        case ("resources", resource, kind, "scale") if (
            kind in RESOURCE_FIELDS and resource in names.resource_row
        ):
            base = getattr(scenario.resources[resource], kind).scale
            row = names.resource_row[resource]
            return (
                row,
                happenings.RESOURCE_FIELD,
                RESOURCE.column(RESOURCE_FIELDS[kind]),
                _ratio(value, base, event),
            )
        case ("resources", resource, kind, "scale") if kind in RESOURCE_FIELDS:
            return None
    parameter = "_".join(path)
    if parameter not in parameter_values(scenario):
        raise ScenarioError(
            [Problem(entry="events", field=str(event), found=event.field, allowed="a live field")]
        )
    return 0, happenings.PARAMETER_FIELD, names.parameters.index(parameter), value


def _ratio(value: float, base: float, event: Event) -> float:
    if base == 0.0 and value != 0.0:
        words = "a scale that is not 0 in the scenario: its path is empty"
        raise ScenarioError([Problem(entry="events", field=str(event), found=str(value), allowed=words)])
    return value / base if base else 0.0

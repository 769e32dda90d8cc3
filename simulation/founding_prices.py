"""What processes sell and cost at founding, so that the margin without trades is as stated."""

from __future__ import annotations

import numpy as np

from agents.fields import NEVER

from .calendar import Calendar
from .state import Park


def spans(companies: np.ndarray, table: np.ndarray, name: str) -> None:
    """Write into the companies where their rows of a table sorted by company begin and end."""
    count = np.bincount(table["company"], minlength=len(companies))
    companies[f"{name}_to"] = np.cumsum(count)
    companies[f"{name}_from"] = np.cumsum(count) - count


def price_processes(park: Park, calendar: Calendar) -> None:
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

"""Section `activity` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Activity(Entry):
    """How much of its capacity a process runs (model.md, Activity)."""

    utilisation: float = parameter(
        0.85,
        "mean share of capacity in use",
        unit="1",
        plausible=(0.7, 0.95),
        allowed=(0.01, 1),
        source=ESTIMATE,
        live=True,
    )
    spread: float = parameter(
        0.10,
        "standard deviation of the logarithm of activity",
        unit="1",
        plausible=(0, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    persistence: float = parameter(
        0.7,
        "correlation of activity from one quarter to the next",
        unit="1",
        plausible=(0, 0.95),
        allowed=(0, 0.999),
        source=ESTIMATE,
    )
    outage_hazard: float = parameter(
        0.02,
        "chance of an outage in a quarter",
        unit="1/quarter",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    outage_depth: float = parameter(
        0.5,
        "share of the quarter lost in an outage",
        unit="1",
        plausible=(0.1, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    outage_planned: float = parameter(
        0.5,
        "share of outages that are announced",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    foresight: float = parameter(
        2.0,
        "how far ahead the start and end of processes are known",
        unit="year",
        plausible=(0, 5),
        allowed=(0, 10),
        source="estimate; recorded lead times are 1.25-3.7 years (Kalundborg)",
    )

"""Small parks with a record, and runs in which chosen streams were held."""

from __future__ import annotations

from typing import Any

import pandas as pd

from experiments.validation.runs import RunNumbers
from simulation.scenario import Scenario

from ..parks import maker, story, user


def recorded(supplier: str, starts: float, ends: float | None = None, **more: Any) -> dict[str, Any]:
    return {
        "supplier": supplier,
        "receiver": "User",
        "residue": "ash",
        "starts": starts,
        "ends": ends,
        **more,
    }


def small(*streams: dict[str, Any], meeting: dict[str, float] | None = None, **history: Any) -> Scenario:
    """Two makers and a user in a park from 2000 to 2020."""
    told = {"counts": {2005: 1, 2015: 2}, "calibrated_to": 2009, "streams": list(streams), **history}
    people = {"First": maker(), "Second": maker(cell=(1, 0)), "User": user(5000)}
    return story(people, years=20, history=told, meeting=meeting or {})


def run_with(*spans: tuple[str, float, float], seed: int = 1, streams: float = 1.0) -> RunNumbers:
    """A run in which these suppliers held a stream of ash to the user."""
    rows = [(name, "User", "ash", "clinker", "material", start, end) for name, start, end in spans]
    columns = ["supplier", "receiver", "residue", "input", "class", "starts", "ends"]
    held = pd.DataFrame(rows, columns=columns)
    begun = held.rename(columns={"supplier": "begun_by_supplier", "receiver": "begun_by_receiver"})
    yearly = pd.DataFrame({"streams": streams, "savings": 50.0}, index=range(2000, 2020))
    return RunNumbers(seed, held, begun, yearly)

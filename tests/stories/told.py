"""What stories are told with: paths that jump, one row of a frame, lines of an account."""

from __future__ import annotations

from typing import Any

import pandas as pd

from simulation import Result
from simulation.judging import direct_trust
from simulation.state import for_rules
from tests.parks import Raw
from tests.running import quarters

MAKER, USER = 0, 1  # rows in order of name


def until(year: float, before: float, after: float) -> Raw:
    """A path that jumps at a date nobody knew of."""
    return {"by_year": {2000: before, year: after}, "step": True}


def only(frame: pd.DataFrame) -> Any:
    """The one row of a frame."""
    assert len(frame) == 1, frame.to_string()
    return frame.iloc[0]


def happenings(result: Result, *what: str) -> list[tuple[float, str]]:
    """Year and kind of the events of these kinds."""
    events = result.events[result.events["what"].isin(what)]
    return list(zip(events["year"].tolist(), events["what"].tolist(), strict=True))


def booked(result: Result, company: str, year: int, line: str) -> float:
    """A line of a company's account."""
    accounts = result.accounts
    return float(only(accounts[(accounts["company"] == company) & (accounts["year"] == year)])[line])


def trust_by_quarter(scenario: Any, judging: int) -> list[float]:
    """How far Maker (0) or User (1) trusts the other after each quarter, from own evidence."""
    return [float(direct_trust(for_rules(now), now.ties[0], judging)) for now in quarters(scenario)]

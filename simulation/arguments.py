"""What a call in Python is given beside a scenario, checked as a file is: one clear message each."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping
from typing import Any

from .events import Event
from .problems import Problem, ScenarioError, number, shown

LARGEST_SEED = 2**63 - 1


def checked_seed(seed: Any, name: str = "seed") -> int:
    """A seed or a replicate as a plain whole number; one of NumPy passes. Raises ScenarioError."""
    try:
        whole = operator.index(seed)
    except TypeError:
        whole = -1
    if isinstance(seed, bool) or not 0 <= whole <= LARGEST_SEED:
        allowed = f"a whole number, 0 to {number(LARGEST_SEED)}"
        raise ScenarioError([Problem(name, found=shown(seed), allowed=allowed)])
    return whole


def plain(value: Any) -> Any:
    """A number of NumPy as one of Python, which JSON knows; anything else as it is."""
    return value.item() if getattr(value, "ndim", None) == 0 else value


def checked_number(value: Any, name: str, allowed: str = "a number", field: str = "") -> float:
    """A finite number as a plain one; one of NumPy passes, a truth value or a text does not. Raises ScenarioError."""
    value = plain(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScenarioError([Problem(name, field=field, found=shown(value), allowed=allowed)])
    return value


def checked_fields(fields: Any, name: str = "set") -> dict[str, Any]:
    """Values by dotted field path; None is no field. Raises ScenarioError."""
    if fields is None:
        return {}
    allowed = 'values by field, such as {"trust.prior": 0.6}'
    if not isinstance(fields, Mapping):
        raise ScenarioError([Problem(name, found=shown(fields), allowed=allowed)])
    wrong = [each for each in fields if not isinstance(each, str)]
    if wrong:
        raise ScenarioError(
            [Problem(name, found=f"{shown(each)} as a field", allowed=allowed) for each in wrong]
        )
    return dict(fields)


def checked_events(events: Any, name: str = "events") -> tuple[str | Event, ...]:
    """Events in words; one alone may stand without a list. Raises ScenarioError."""
    many = [events] if isinstance(events, str | Event) else events
    allowed = 'words such as "2000 withdraw Gyproc", or a list of them'
    if not isinstance(many, Iterable) or isinstance(many, bytes | Mapping):
        raise ScenarioError([Problem(name, found=shown(events), allowed=allowed)])
    many = tuple(many)
    wrong = [each for each in many if not isinstance(each, str | Event)]
    if wrong:
        raise ScenarioError(Problem(name, found=shown(each), allowed=allowed) for each in wrong)
    return many

"""A scenario with its estimates drawn from their ranges: what is not known is not pretended to be.

Every number that is marked as an estimate and has a range is drawn from a triangular distribution
with its mode at the stated value. The draw belongs to (seed, replicate, dotted path) and to nothing
else: two designs share it, and a field that is added changes no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from . import draws
from .checks import check
from .dotted import format_path, parse_path
from .fieldpaths import Field, fields
from .problems import ScenarioError
from .quantities import DatedPath
from .scenario import Scenario
from .synthetic import triangular

STRUCTURAL = ("format", "time", "money", "grid", "synthetic", "history")
"""Sections that say what the park and the run are; money is how amounts are read."""

WHOLE = frozenset(
    {
        "association.introductions",
        "bargaining.deadline_shortest",
        "bargaining.rounds",
        "economy.patience",
        "entry.most_a_year",
        "meeting.club_meetings",
        "trade.attention",
        "trust.opinions",
    }
)
"""Counts, which no point between low and high could stand for."""

DATES = frozenset({"association.ends", "association.starts", "association.target_year", "meeting.club_from"})

OFF_AT_ZERO = frozenset({"association.target", "entry.base", "meeting.ties_target"})
"""Parameters that switch a rule off at 0: what a scenario leaves out stays out."""


def drawn(scenario: Scenario, seed: int, replicate: int = 0, kept: Iterable[str] = ()) -> Scenario:
    """The scenario with every estimate drawn for this seed and replicate.

    `kept` are dotted paths that stay as they are, with all below them (what an experiment has set).
    Counts, dates, switches and what makes the run itself are never drawn. Raises ScenarioError
    where the drawn numbers do not go together.
    """
    raw = scenario.model_dump(mode="json", by_alias=True)
    held = [parse_path(path) for path in kept]
    for field in uncertain_fields(scenario):
        keys = parse_path(field.path)
        if any(keys[: len(each)] == each for each in held):
            continue
        *above, last = keys
        table: Any = raw
        for key in above:
            table = table[key]
        table[last] = value_of(field, quantile(field.path, seed, replicate))
    result = Scenario.model_validate(raw)
    if problems := check(result, "uncertain"):
        raise ScenarioError(problems)
    return result


def uncertain_fields(scenario: Scenario) -> Iterator[Field]:
    """The fields that are drawn: numbers, and the `scale` of dated paths, that are estimates with a range."""
    for field in fields(scenario):
        if not field.estimate or field.low is None or field.high is None or field.low >= field.high:
            continue
        if isinstance(field.value, DatedPath | bool | str):
            continue
        if field.path.partition(".")[0] in STRUCTURAL or field.path in WHOLE or field.path in DATES:
            continue
        is_year = (field.limits.least, field.limits.most) == (1500, 2500)
        if is_year or (field.value == 0 and field.path in OFF_AT_ZERO):
            continue
        yield field


def quantile(path: str, seed: int, replicate: int) -> float:
    """The uniform number, 0 to 1, of a field in a replicate."""
    spelled = format_path(parse_path(path))
    key = np.random.SeedSequence(seed, spawn_key=(replicate, draws.ESTIMATE, draws.digest(spelled, 64)))
    return float(np.random.Generator(np.random.Philox(key)).random())


def value_of(field: Field, quantile: float) -> float:
    """The value of a field at a quantile of its range; a range that misses the value is widened to it.

    The range of a `scale` is a factor on the path as stated, so it multiplies what stands there.
    """
    assert field.low is not None and field.high is not None
    stated = float(field.value)
    low, high = field.low, field.high
    if field.path.endswith(".scale"):
        low, high = low * stated, high * stated
    low, high = min(low, stated), max(high, stated)
    value = float(triangular(*(np.asarray(each) for each in (quantile, low, stated, high))))
    least, most = field.limits.least, field.limits.most
    return min(max(value, low if least is None else least), high if most is None else most)

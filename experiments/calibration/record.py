"""The record to a year: what a calibration may see, and the numbers that it is held against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from simulation.indicators import INDICATOR, STOCKS
from simulation.metrics import METRICS
from simulation.problems import Problem, ScenarioError, number
from simulation.scenario import History, Scenario

from ..validation.possible import possible_from
from ..validation.record import FREE_AFTER

COUNTS, WHICH, TIMING, MONEY = "counts", "which streams", "timing", "money and totals"
SUBJECTS = (COUNTS, WHICH, TIMING, MONEY)
GIVEN = ("jobs", "companies", "members")
"""Indicators that the scenario states more than the rules make: a total of them says nothing of trades."""
SURE = {"high": 0.10, "medium": 0.25}
"""Uncertainty of a published total as a share of it, by the confidence of its row; low is not used."""


@dataclass(frozen=True)
class Statistic:
    """A summary of a run beside the record: its recorded value and the uncertainty of that value."""

    name: str
    subject: str
    unit: str
    recorded: float
    uncertainty: float
    meaning: str


def record_to(scenario: Scenario, until: int) -> Scenario:
    """The scenario with its record cut off at the end of a year: nothing later is known, ends included."""
    history = scenario.history
    streams = [
        each.model_copy(update={"ends": each.ends if each.ends and each.ends <= until else None})
        for each in history.streams
        if each.starts < until + 1
    ]
    cut: dict[str, Any] = {
        name: {year: value for year, value in getattr(history, name).items() if year < until + 1}
        for name in ("counts", "reported", "partners")
    }
    cut |= {"streams": streams, "totals": [each for each in history.totals if each.year < until + 1]}
    kept = History(**cut, calibrated_to=None, source=history.source)
    return scenario.model_copy(update={"history": kept})


def last_year(scenario: Scenario, until: float | None) -> int:
    """The last year of the record that is used: as asked, or as the scenario says. Raises ScenarioError."""
    first, last = int(scenario.time.starts), int(scenario.time.ends) - 1
    if until is None:
        until = scenario.history.calibrated_to
    allowed = f"a whole year, {first} to {last}"
    if until is None:
        raise ScenarioError([Problem("--until", found="nothing", allowed=allowed)])
    if not float(until).is_integer() or not first <= until <= last:
        raise ScenarioError([Problem("--until", found=number(float(until)), allowed=allowed)])
    return int(until)


def statistics(scenario: Scenario, until: int) -> list[Statistic]:
    """What a run is held against. The scenario's record must end at `until`. Raises ScenarioError."""
    found = list(_statistics(scenario, int(scenario.time.starts), until))
    if not found:
        hint = "give counts, streams or totals under [history]"
        raise ScenarioError([Problem(scenario.name, "history", found=f"no record to {until}", hint=hint)])
    return found


def _statistics(scenario: Scenario, first: int, until: int) -> Iterator[Statistic]:
    history = scenario.history
    for year, count in sorted(history.counts.items()):
        if year >= first:
            words = f"streams at the end of {year:.0f}"
            yield Statistic(f"streams_{year:.0f}", COUNTS, "", count, 1.0, words)
    if sure := sure_streams(history):
        words = f"share of recorded streams that form by {until}"
        yield Statistic("formed", WHICH, "", 1.0, 1 / len(sure), words)
        words = f"streams by {until} that are not on record"
        yield Statistic("not_on_record", WHICH, "", 0.0, 1.0, words)
        words = "delay of recorded streams that form (median)"
        yield Statistic("delay", TIMING, "years", 0.0, 1.0, words)
        words = "their misdating, early or late (median)"
        yield Statistic("misdated", TIMING, "years", 0.0, 1.0, words)
    if free_streams(scenario):
        words = "delay of those that no date of the scenario fixes"
        yield Statistic("free_delay", TIMING, "years", 0.0, 1.0, words)
    for total in history.totals:
        usable = total.indicator in METRICS or total.indicator in INDICATOR.units()
        if total.confidence == "low" or total.indicator in GIVEN or not usable or total.year < first:
            continue
        unit = _unit(total.indicator)
        words = f"{total.indicator.replace('_', ' ')} in {total.year:.0f}"
        doubt = SURE[total.confidence] * abs(total.value)
        yield Statistic(f"{total.indicator}_{total.year:.0f}", MONEY, unit, total.value, doubt, words)


def _unit(indicator: str) -> str:
    if indicator in METRICS:
        unit = METRICS[indicator].unit
    else:
        unit = INDICATOR.units()[indicator]
        unit = unit if indicator in STOCKS else unit.replace("/quarter", "/year")
    return "" if unit == "1" else unit


def sure_streams(history: History) -> list[tuple[str, str, str, float]]:
    """Supplier, receiver, residue and first recorded start of the streams of more than low confidence."""
    first: dict[tuple[str, str, str], float] = {}
    for each in history.streams:
        if each.confidence != "low":
            key = (each.supplier, each.receiver, each.residue)
            first[key] = min(each.starts, first.get(key, each.starts))
    return [(*key, start) for key, start in first.items()]


def free_streams(scenario: Scenario) -> list[tuple[str, str, str, float]]:
    """Of the sure streams, those that were possible two years before they began: only these test delays."""
    sure = sure_streams(scenario.history)
    possible = possible_from(scenario, [each[:3] for each in sure])
    return [each for each, since in zip(sure, possible, strict=True) if each[3] - since >= FREE_AFTER]


def plain(scenario: Scenario, found: list[Statistic]) -> dict[str, Any]:
    """The record as plain data, for the worker that summarises a run."""
    history = scenario.history
    known = {(each.supplier, each.receiver, each.residue) for each in history.streams}
    return {
        "statistics": [asdict(each) for each in found],
        "sure": sure_streams(history),
        "free": free_streams(scenario),
        "known": sorted(known),
    }

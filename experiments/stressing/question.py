"""What a stress test asks, checked: scenario, losses, replicates, settings to compare, limit."""

from __future__ import annotations

import dataclasses
import math
import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulation.arguments import checked_seed
from simulation.calendar import checked_until
from simulation.indicators import INDICATOR
from simulation.problems import Problem, ScenarioError, nearest, number, shown, tried
from simulation.reading import load_scenario, setting
from simulation.run import Source, foundation_of
from simulation.scenario import Scenario

from ..sweeping.jobs import digest, model_version
from .contingencies import ALL, Contingency, contingencies
from .damage import INDICATORS
from .modes import parse_mode
from .repeating import options, source

LIMIT = re.compile(r"\s*(\w+)\s*(<=?)\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*")
SIGNS = {"<": operator.lt, "<=": operator.le}
MOST_RUNS = 100_000


@dataclass(frozen=True)
class Limit:
    """A level that an indicator should not fall below: `streams < 10`."""

    text: str
    name: str
    sign: str
    value: float

    def below(self, values: Any) -> Any:
        """Whether values are beyond the limit."""
        return SIGNS[self.sign](values, self.value)


@dataclass(frozen=True)
class Question:
    """A stress test that may be started. `settings` are the scenarios to compare, the first the one as it is."""

    scenario: Scenario
    singles: tuple[Contingency, ...]
    order: int
    runs: int
    seed: int
    until: float | None
    within: float
    by: str
    limit: Limit | None
    against: tuple[tuple[str, Any], ...]
    other: Scenario | None
    modes: tuple[str, ...]
    remove: tuple[str, ...] = ()

    @property
    def arms(self) -> tuple[Scenario, ...]:
        """The scenario as it is, and the one with other settings."""
        return (self.scenario,) if self.other is None else (self.scenario, self.other)

    @property
    def against_text(self) -> str:
        """The other settings in words; empty if none."""
        return ", ".join(f"{path} = {shown(value)}" for path, value in self.against)

    @property
    def date(self) -> float:
        """The date of the first loss."""
        return min(each.date for each in self.singles)

    @property
    def first_year(self) -> float:
        """First year of the run."""
        return self.scenario.time.starts

    def context(self) -> dict[str, Any]:
        """What a worker needs, as plain data."""
        raws = [scenario.model_dump(mode="json", by_alias=True) for scenario in self.arms]
        context: dict[str, Any] = {
            "arms": [{"scenario": raw, "digest": digest([raw, self.until])} for raw in raws],
            "seed": self.seed, "until": self.until, "within": self.within,
            "limit": {"name": self.limit.name, "sign": self.limit.sign, "value": self.limit.value}
            if self.limit else None,
            "singles": [
                {"label": e.label, "companies": list(e.companies), "events": list(e.events), "date": e.date,
                 "mode": e.mode}
                for e in self.singles
            ],
        }  # fmt: skip
        return context | {"digest": digest(context)}

    def identity(self) -> dict[str, Any]:
        """What makes two stress tests the same, in words a reader knows."""
        return {
            "scenario": digest(self.scenario.model_dump(mode="json", by_alias=True)),
            "losses": {each.label: "; ".join(each.events) for each in self.singles},
            "order": self.order, "runs": self.runs, "seed": self.seed, "until": self.until,
            "within": self.within, "limit": self.limit.text if self.limit else None,
            "against": self.against_text, "model": model_version(),
        }  # fmt: skip

    def said(self) -> dict[str, Any]:
        """The question for stress.json."""
        return {
            "scenario": self.scenario.name, "title": self.scenario.title, "year": self.date,
            "losses": [{"loss": e.label, "companies": e.companies, "events": e.events} for e in self.singles],
            "modes": self.modes, "order": self.order, "runs": self.runs, "seed": self.seed,
            "ends": self.scenario.time.ends if self.until is None else self.until, "within": self.within,
            "by": self.by, "limit": self.limit.text if self.limit else None, "against": self.against_text or None,
            "money_year": self.scenario.money.year, "source": source(self), "options": options(self),
        }  # fmt: skip


def asked(
    source: Source,
    *,
    year: float | None = None,
    remove: Sequence[str] = (),
    order: int = 1,
    mode: str | Sequence[str] = "exit",
    events: Sequence[str] = (),
    runs: int = 100,
    seed: int = 1,
    until: float | None = None,
    set: Mapping[str, Any] | None = None,
    against: Mapping[str, Any] | None = None,
    within: float = 5.0,
    by: str = "savings",
    limit: str | None = None,
) -> Question:
    """A question from what was asked. Raises ScenarioError with every problem that can be found at once."""
    scenario = load_scenario(source, set=set)
    remove = list(remove) or ([] if events else [ALL])
    texts = [mode] if isinstance(mode, str) else list(mode)
    problems = list(_numbers(order, runs, within, by))
    seed = tried(problems, lambda: checked_seed(seed)) or 0
    found = [tried(problems, partial(parse_mode, text)) for text in dict.fromkeys(texts)]
    parsed = [each for each in found if each is not None] or [parse_mode("exit")]
    singles: Sequence[Contingency] = (
        tried(problems, lambda: contingencies(scenario, year, remove, parsed, events)) or ()
    )
    other = tried(problems, lambda: _other(scenario, against)) if against else None
    limited = tried(problems, lambda: _limit(limit)) if limit else None
    problems += _dates(scenario, singles, until)
    if problems:
        raise ScenarioError(problems)
    if other is not None:  # a loss must be possible in the other setting too
        load_scenario(other, events=[event for each in singles for event in each.events])
    return Question(
        scenario, tuple(singles), order, runs, seed, until, within, by, limited,
        tuple((path, setting(path, value)) for path, value in (against or {}).items()), other,
        tuple(each.text for each in parsed) if remove else (), tuple(dict.fromkeys(remove)),
    )  # fmt: skip


def _numbers(order: int, runs: int, within: float, by: str) -> list[Problem]:
    problems = []
    if order not in (1, 2):
        problems.append(
            Problem("--order", found=shown(order), allowed="1, every single loss, or 2, pairs too")
        )
    if not 2 <= runs <= MOST_RUNS:
        problems.append(Problem("--runs", found=shown(runs), allowed=f"2 to {MOST_RUNS}: intervals need two"))
    if not (math.isfinite(within) and within > 0):
        problems.append(Problem("--within", found=shown(within), allowed="more than 0 years"))
    if by not in INDICATORS:
        problems.append(Problem("--by", found=shown(by), hint=nearest(by, INDICATORS)))
    return problems


def _other(scenario: Scenario, against: Mapping[str, Any]) -> Scenario:
    """The scenario with the settings to compare; problems say which option they belong to."""
    try:
        return load_scenario(scenario, set=against)
    except ScenarioError as error:
        raise ScenarioError(dataclasses.replace(each, file="--against") for each in error.problems) from None


def _limit(text: str) -> Limit:
    match = LIMIT.fullmatch(text)
    if match is None:
        raise ScenarioError([Problem("--limit", found=shown(text), allowed='words such as "streams < 10"')])
    known = [name for name in INDICATOR.units() if name != "quarter"]
    if match[1] not in known:
        raise ScenarioError(
            [
                Problem(
                    "--limit", found=f"the unknown indicator {shown(match[1])}", hint=nearest(match[1], known)
                )
            ]
        )
    if not math.isfinite(float(match[3])):
        raise ScenarioError([Problem("--limit", found=shown(text), allowed="a finite number")])
    return Limit(f"{match[1]} {match[2]} {match[3]}", match[1], match[2], float(match[3]))


def _dates(scenario: Scenario, singles: Sequence[Contingency], until: float | None) -> list[Problem]:
    """Losses must lie within the run, and be told apart from its end."""
    try:
        checked_until(until, scenario)
        calendar = foundation_of(scenario, until).calendar
    except ScenarioError as error:
        return error.problems
    last = calendar.year(calendar.quarters)
    late = [each for each in singles if each.date >= last]
    return [Problem("--year", found=number(each.date), allowed=f"before {number(last)}") for each in late[:1]]

"""What is not known before: free parameters, their ranges, and a sample of them that fills the space."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.fieldpaths import Field, describe
from simulation.problems import Problem, ScenarioError, number, shown
from simulation.quantities import DatedPath
from simulation.reading import load_scenario
from simulation.scenario import Scenario
from simulation.uncertain import WHOLE

FREE = (
    "meeting.chance",
    "meeting.siting_chance",
    "investment.cost_factor",
    "economy.payback_private",
    "trust.prior",
    "trust.exposure",
    "bargaining.guard",
    "trade.attention",
    "trade.transaction",
    "trade.cool_off",
)
"""Parameters that no document fixes and that a sketch of the model showed to matter: how soon companies
know each other, what a connection costs and may cost, trust and what mistrust hides, time for talks."""
BY_FACTORS = 10.0
"""A range whose ends are this factor or more apart is sampled by factors (uniform on the logarithm)."""


@dataclass(frozen=True)
class Free:
    """A free parameter: its range, its present value, and how the range is sampled.

    The prior is uniform from `low` to `high`; on the logarithm with `log`, on whole numbers with `whole`.
    """

    path: str
    low: float
    high: float
    present: float
    log: bool = False
    whole: bool = False
    unit: str = ""
    meaning: str = ""

    def value(self, share: Any) -> Any:
        """Values at shares (0 to 1) of the range."""
        share = np.asarray(share, float)
        if self.whole:
            return np.floor(self.low + share * (self.high - self.low + 1)).clip(self.low, self.high)
        if self.log:
            return np.exp(math.log(self.low) + share * math.log(self.high / self.low))
        return self.low + share * (self.high - self.low)

    def share(self, value: Any) -> Any:
        """Where values lie in the range, 0 at `low` and 1 at `high`; whole numbers in the middle of theirs."""
        value = np.asarray(value, float)
        if self.whole:
            return (value - self.low + 0.5) / (self.high - self.low + 1)
        if self.log:
            return np.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    @property
    def spread(self) -> float:
        """Standard deviation of the prior as a share of the range."""
        values = round(self.high - self.low) + 1
        return math.sqrt((1 - 1 / values**2) / 12) if self.whole else math.sqrt(1 / 12)

    def setting(self, value: float) -> float | int:
        """The value as the field holds it."""
        return round(value) if self.whole else float(value)


Over = Mapping[str, Sequence[float]] | Iterable[tuple[str, float, float]] | None


def free_parameters(scenario: Scenario, over: Over = None) -> list[Free]:
    """The parameters to calibrate, checked at both ends of their ranges.

    `over` gives fields and ranges; None means `FREE` with the plausible ranges of the rules
    (docs/parameters.md), not those that the scenario states: these may come from a calibration.
    Raises ScenarioError with every problem.
    """
    problems: list[Problem] = []
    found: list[Free] = []
    for path, low, high in _stated(scenario, over):
        try:
            found.append(_free(scenario, path, low, high))
        except ScenarioError as error:
            problems += [dataclasses.replace(each, file="--over") for each in error.problems]
    paths = [each.path for each in found]
    problems += [
        Problem("--over", field=path, found="the same field twice")
        for path in dict.fromkeys(paths)
        if paths.count(path) > 1
    ]
    if problems:
        raise ScenarioError(problems)
    return found


def _stated(scenario: Scenario, over: Over) -> list[tuple[str, float, float]]:
    if isinstance(over, Mapping):
        over = [(path, low, high) for path, (low, high) in over.items()]
    if over := list(over or ()):
        return over
    return [(path, *_declared(scenario, path)) for path in FREE]


def _declared(scenario: Scenario, path: str) -> tuple[float, float]:
    """The plausible range with which the rules declare a parameter."""
    section, name = path.split(".")
    declared = type(getattr(scenario, section)).model_fields[name].json_schema_extra
    assert isinstance(declared, dict), path
    return float(str(declared["low"])), float(str(declared["high"]))


def _free(scenario: Scenario, path: str, low: float, high: float) -> Free:
    field = describe(scenario, path)
    if isinstance(field.value, bool | str | DatedPath):
        hint = f"the factor on it is {path}.scale" if isinstance(field.value, DatedPath) else ""
        raise _refused(path, f"{shown(field.value)}", "a number", hint)
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise _refused(path, f"{number(low)}..{number(high)}", "LOW below HIGH, both finite")
    whole = path in WHOLE or not _takes_fractions(scenario, path, low, high)
    if whole and not (float(low).is_integer() and float(high).is_integer()):
        raise _refused(path, f"{number(low)}..{number(high)}", "whole numbers")
    for value in (low, high):
        load_scenario(scenario, set={path: round(value) if whole else value})
    by_factors = not whole and low > 0 and high / low >= BY_FACTORS
    return Free(path, low, high, float(field.value), by_factors, whole, _unit(field), field.meaning)


def _takes_fractions(scenario: Scenario, path: str, low: float, high: float) -> bool:
    """Whether a value between two ends that are allowed is allowed too: not where only whole numbers are."""
    for value in (low, high):
        load_scenario(scenario, set={path: int(value) if float(value).is_integer() else value})
    between = math.floor(low) + 0.5 if math.floor(low) + 0.5 > low else math.floor(low) + 1.25
    if between >= high:
        return True
    try:
        load_scenario(scenario, set={path: between})
    except ScenarioError:
        return False
    return True


def _unit(field: Field) -> str:
    return "" if field.unit == "1" else field.unit


def _refused(path: str, found: str, allowed: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem(field=path, found=found, allowed=allowed, hint=hint)])


def sample(free: Sequence[Free], count: int, seed: int) -> np.ndarray:
    """`count` points of a scrambled Sobol sequence (SciPy) as values, a column a parameter."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(len(free), scramble=True, rng=np.random.default_rng(seed))
    shares = sequence.random_base2(max(0, (count - 1).bit_length()))[:count]
    return np.column_stack([each.value(column) for each, column in zip(free, shares.T, strict=True)])


def points(free: Sequence[Free], values: np.ndarray) -> list[dict[str, Any]]:
    """Rows of values as settings by field path."""
    return [{each.path: each.setting(value) for each, value in zip(free, row, strict=True)} for row in values]

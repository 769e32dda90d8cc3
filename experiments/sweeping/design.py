"""The design of a sweep: a TOML file or a table, read, and checked against its scenario.

scenario = "kalundborg"
design = "factorial"                  # factorial | lhs | sobol | morris | list
replicates = 50                       # or { until = "savings_2018", half_width = 0.05, at_most = 500 }
outcomes = ["streams_2000", "savings_2018"]
[axes]
"trust.prior" = [0.2, 0.5, 0.8]       # or { low = 0.2, high = 0.8 } for lhs, sobol, morris
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator

from simulation.arguments import LARGEST_SEED
from simulation.files import read
from simulation.problems import MOST_TOLD, Problem, ScenarioError, nearest, number, shown

OF_TYPE = {
    "int_type": "a whole number", "int_from_float": "a whole number", "float_type": "a number",
    "dict_type": "a table", "model_type": "a table", "string_type": "text",
}  # fmt: skip
"""Types as a reader of a TOML file knows them."""


class Part(BaseModel):
    """Nothing unknown passes, no number is made of a text, no infinity."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Range(Part):
    """An axis from `low` to `high`; `log` spaces it by factors."""

    low: float
    high: float
    log: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        if self.low >= self.high:
            raise ValueError(f"low {number(self.low)} is not below high {number(self.high)}")
        if self.log and self.low <= 0:
            raise ValueError(f"low {number(self.low)} is not above 0, as a range by factors must be")
        return self


class Until(Part):
    """Replicates until the half width of the confidence interval of the mean is small enough.

    `half_width` is a share of the mean, or with `absolute` in the unit of the outcome (what a
    difference near 0 needs). The rule with its look-ahead: Hoad, Robinson & Davies 2010.
    """

    until: str
    half_width: Annotated[float, Field(gt=0)]
    at_most: Annotated[int, Field(ge=4, le=1_000_000)]
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    absolute: bool = False


def _form(given: Any) -> str:
    """Which of two forms was meant, so that only what is wrong with that one is told."""
    return "a table" if isinstance(given, Mapping | Part) else "plain"


Replicates = Annotated[
    Annotated[int, Field(ge=1, le=1_000_000), Tag("plain")] | Annotated[Until, Tag("a table")],
    Discriminator(_form),
]
Axis = Annotated[Annotated[list[Any], Tag("plain")] | Annotated[Range, Tag("a table")], Discriminator(_form)]


class Design(Part):
    """What a sweep runs: points of a scenario, replicates of each, outcomes of every run."""

    scenario: str
    design: Literal["factorial", "lhs", "sobol", "morris", "list"] = "factorial"
    axes: dict[str, Axis] = {}
    points: list[dict[str, Any]] = []
    samples: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    levels: Annotated[int, Field(ge=2, le=100)] = 4
    second_order: bool = True
    replicates: Replicates = 1
    seed: Annotated[int, Field(ge=0, le=LARGEST_SEED)] = 1
    outcomes: Annotated[list[str], Field(min_length=1)]
    series: list[str] | None = None
    set: dict[str, Any] = {}
    events: list[str] = []
    until: float | None = None
    uncertain: bool = False
    question: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Design:
        if self.design == "list":
            _say_if(bool(self.axes), "axes, which a list has not", "points")
            _say_if(not self.points, "no points", 'points = [{ "trust.prior" = 0.2 }, ...]')
            return self
        _say_if(bool(self.points), "points, which only a list has", "axes")
        ranged = [name for name, axis in self.axes.items() if isinstance(axis, Range)]
        if self.design == "factorial":
            _say_if(bool(ranged), f"a range on {', '.join(ranged)}", "a list of values in a factorial design")
            empty = [name for name, axis in self.axes.items() if not axis]
            _say_if(bool(empty), f"no values on {', '.join(empty)}", "at least one value")
            return self
        listed = [name for name in self.axes if name not in ranged]
        _say_if(not self.axes, "no axes", "at least one axis with low and high")
        _say_if(bool(listed), f"a list of values on {', '.join(listed)}", "{ low = ..., high = ... }")
        _say_if(self.samples is None, "no samples", f"samples = N for {self.design}")
        if self.design == "sobol" and self.samples is not None:
            _say_if(
                self.samples & (self.samples - 1) != 0, f"samples = {self.samples}", "a power of 2 for sobol"
            )
        if self.design == "morris":
            _say_if(self.levels % 2 != 0, f"levels = {self.levels}", "an even number for morris")
        return self


def _say_if(wrong: bool, found: str, allowed: str) -> None:
    if wrong:
        raise ValueError(f"{found} | {allowed}")


def load_design(source: Design | Mapping[str, Any] | str | os.PathLike[str]) -> Design:
    """A design from a file, a table or as it is. Raises ScenarioError with every problem.

    A scenario file is looked for beside the design file.
    """
    if isinstance(source, Design):
        return source
    if isinstance(source, Mapping):
        return _validated("design", dict(source))
    document = read(source) if not isinstance(source, str) else read(Path(source))
    raw = dict(document.raw)
    scenario = raw.get("scenario")
    if isinstance(scenario, str) and scenario.endswith((".toml", ".json")):
        raw["scenario"] = str(document.folder / scenario)
    return _validated(document.label, raw)


def _validated(label: str, raw: dict[str, Any]) -> Design:
    try:
        return Design.model_validate(raw)
    except ValidationError as error:
        raise ScenarioError(_problems(label, error)) from None


def _problems(label: str, error: ValidationError) -> list[Problem]:
    """What pydantic found, one problem a place, at most MOST_TOLD."""
    found: dict[tuple[str, ...], Problem] = {}
    for each in error.errors(include_url=False)[:MOST_TOLD]:
        place = tuple(_names(each["loc"]))
        if each["type"] == "extra_forbidden":
            hint = nearest(place[0], Design.model_fields) if len(place) == 1 else ""
            problem = Problem(label, ".".join(place[:-1]), place[-1], "an unknown field", hint=hint)
        elif each["type"] == "value_error":
            what, _, allowed = each["msg"].removeprefix("Value error, ").partition(" | ")
            problem = Problem(label, ".".join(place), "", what, allowed)
        elif each["type"] == "missing":
            problem = Problem(label, ".".join(place[:-1]), place[-1], "nothing", "a value here")
        else:
            allowed = each["msg"].removeprefix("Input should be ").replace("a valid ", "a ")
            allowed = OF_TYPE.get(each["type"], allowed)
            problem = Problem(
                label, ".".join(place[:-1]), place[-1] if place else "", shown(each["input"]), allowed
            )
        found.setdefault(place, problem)
    return list(found.values())


def _names(location: tuple[str | int, ...]) -> list[str]:
    """Pydantic's location without the marks of a union."""
    return [str(each) for each in location if each not in ("plain", "a table", "[key]")]

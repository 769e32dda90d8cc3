"""Numbers that know where they come from: dated paths, parameters, provenance.

Three kinds of number stand in a scenario. A *parameter* of the rules is declared in
`simulation.parameters` with unit, range and source. A *dated path* changes over the years (a
price, a levy, a capacity). Any *plain number* of a scenario may be written with its provenance as
`{ value = 0.343, low = 0.31, high = 0.38, source = "..." }`; reading takes the value into its
field and keeps the rest in `Scenario.provenance` under the field's dotted path.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Year = Annotated[float, Field(ge=1500, le=2500)]
ESTIMATE = "estimate of the authors"
"""The source of a number that stands in no publication."""


class Entry(BaseModel):
    """Base of everything that stands in a scenario: unknown keys, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, validate_default=False)


class Provenance(Entry):
    """Where a number comes from: unit, plausible range, source, and whether it is an estimate."""

    unit: str = ""
    low: float | None = None
    high: float | None = None
    source: str = ""
    estimate: bool = False


class DatedPath(Entry):
    """A number by year: linear between the dates, constant before the first and after the last.

    `low` and `high` are factors on the whole path (0.7 means 30 % lower); beside a `value` they are
    written in its unit and become factors on reading. `scale` multiplies it
    and is the field that experiments move (`policy.landfill_levy.scale`). A path of money states
    its `currency`, and `nominal = true` when it is in money of the day.
    """

    by_year: dict[Year, float] = Field(min_length=1, description="value at each date")
    step: bool = Field(
        False, description="hold each value until the next date instead of a line between them"
    )
    scale: float = Field(
        1.0,
        ge=0,
        le=1000,
        description="factor on the whole path",
        json_schema_extra={"live": True, "unit": "1"},
    )
    unit: str = ""
    currency: str = "EUR"
    nominal: bool = False
    low: float | None = None
    high: float | None = None
    source: str = ""
    estimate: bool = False

    @model_validator(mode="after")
    def _dates_run_forward(self) -> DatedPath:
        years = list(self.by_year)
        if years != sorted(years):
            raise ValueError(
                f"dates run backward: {', '.join(f'{year:g}' for year in years)}; write them in order"
            )
        return self

    def at(self, year: float) -> float:
        """Value at a date (decimal year), with `scale`, before any conversion of money."""
        years = list(self.by_year)
        if year <= years[0]:
            return self.by_year[years[0]] * self.scale
        if year >= years[-1]:
            return self.by_year[years[-1]] * self.scale
        after = next(i for i, y in enumerate(years) if y > year)
        left, right = years[after - 1], years[after]
        if self.step:
            return self.by_year[left] * self.scale
        part = (year - left) / (right - left)
        return (self.by_year[left] * (1 - part) + self.by_year[right] * part) * self.scale


def _path_from_number(given: Any) -> Any:
    """A plain number, or an annotated `{ value = ... }`, stands for a path that never changes."""
    if isinstance(given, bool):
        return given
    if isinstance(given, int | float):
        return {"by_year": {2000.0: given}}
    if isinstance(given, dict) and "value" in given:
        rest = {key: value for key, value in given.items() if key != "value"}
        return {"by_year": {2000.0: given["value"]}, **_as_factors(given["value"], rest)}
    return given


def _as_factors(value: Any, rest: dict[str, Any]) -> dict[str, Any]:
    """A range in the unit of the value becomes factors on it."""
    bounds = {key: rest[key] for key in ("low", "high") if isinstance(rest.get(key), int | float)}
    if not bounds or not isinstance(value, int | float):
        return rest
    if value == 0:
        raise ValueError("a range around the value 0, which no factor on the path can give")
    try:
        factors = {key: bound / value for key, bound in bounds.items()}
    except OverflowError:
        return rest
    if value < 0:
        factors = {("high" if key == "low" else "low"): factor for key, factor in factors.items()}
    return {**{key: each for key, each in rest.items() if key not in bounds}, **factors}


Path = Annotated[DatedPath, BeforeValidator(_path_from_number)]


def constant(value: float, **provenance: Any) -> DatedPath:
    """A path that never changes."""
    return DatedPath(by_year={2000.0: value}, **provenance)


def parameter(
    default: float,
    meaning: str,
    *,
    unit: str,
    plausible: tuple[float, float],
    allowed: tuple[float, float],
    source: str,
    live: bool = False,
) -> Any:
    """Declare a parameter of the rules: default, unit, plausible range, hard limits, source.

    `source` starting with "estimate" marks it as one. `live` fields may be changed in mid-run.
    """
    return Field(
        default,
        ge=allowed[0],
        le=allowed[1],
        description=meaning,
        json_schema_extra={
            "unit": unit,
            "low": plausible[0],
            "high": plausible[1],
            "source": source,
            "estimate": source.startswith("estimate"),
            "live": live,
        },
    )

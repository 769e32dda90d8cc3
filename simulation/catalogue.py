"""The general catalogue: resources, substitutions and archetypes of any industry, from tables.

Four tables in `simulation/catalogue/` are the only home of the numbers. Three were collected
(`residues.csv`, `substitutions.csv`, `processes.csv`); `completions.csv` adds, one number a line
under its dotted path, what they lack, and replaces what does not fit the rules. What is decided
between the tables and a scenario:

- **price** of an input, or of what is both residue and input: middle of its virgin range, geometric
  where the range is positive, else arithmetic (gate fees are negative). A residue has no price: its
  virgin range in the table is what it may replace, which the rules take from the input.
- **disposal**: middle of its range, with three exceptions. *Landfilled solids* (`levied`) cost a
  quarter of the way up their range, because the ranges include levies of up to 64 EUR/t, which are a
  policy here. *Co-products with a market of their own* (nobody is paid to take them and they travel
  by road, ship or grid: scrap, caustic soda, sulphuric acid, molasses, meals, fats, electricity) are
  sold there when the park does not take them: disposal is minus the low end of their value, less
  treatment and loss where they need it. *Steam and hot water* that nobody takes are worth about
  2 EUR/GJ as electricity, at all producers in the table.
- **levied**: 1 for ash, slag, gypsum, dust, sludge, rejects and rubble, 0 for gases, heat, water, food
  and wood residues and products.
- **carbon**: fossil fuels, steam and heat bear the carbon price (of crude oil only its own upstream
  CO2 is in the table, so it does not); `flue_gas_co2` bears it on disposal. `co2_disposal` is
  0 elsewhere: what is flared or rots would be burnt or rot in use as well.
- **carriers**: by road or ship where the table gives a cost per km, and a pipe where it gives one, or
  both. Electricity travels by grid, written as a truck of no cost. CO2 of the haul follows the main
  carrier. `none` as the longest distance leaves the default.
- **seasons**: winter for heat, summer for the CO2 of greenhouses, autumn for the beet campaign.
  Sludges and digestate are spread in four months, but their treatment cost includes the store.
- **quality loss** is 0: the ratios are net of it. CO2 of treatment is given where a table states the
  energy.
- **ranges**: those of the tables; where a table has one value, a factor by its confidence (`SPREAD`).
  Low confidence is an estimate; so are largest shares and first years.

Money is EUR of about 2015-2020; capacities of pipes and plants are units a year.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

Row = dict[str, str]
Bounds = tuple[float, float]

# Factor from a value to either end of its plausible range, where a table states no range.
SPREAD = {
    "cost": {"high": 1.1, "medium": 1.3, "low": 2.0},
    "amount": {"high": 1.02, "medium": 1.1, "low": 1.3},
}
YEARS_EITHER_WAY = 5  # plausible error of the year from which a substitution is practised
CO2_OF_HAUL = {"truck": 80e-6, "ship": 15e-6}  # t CO2 per t (or m3) and km
GJ_OF_UNIT = {"GJ": 1.0, "MWh": 3.6}


class Origin(NamedTuple):
    """Source of a number and the confidence in it: high, medium or low; low is an estimate."""

    source: str
    confidence: str

    def around(self, value: float, kind: str) -> Bounds:
        """Plausible range of a value of this confidence; kind is cost or amount."""
        ends = value / SPREAD[kind][self.confidence], value * SPREAD[kind][self.confidence]
        return min(ends), max(ends)


JUDGEMENT = Origin("estimate of the authors", "low")
DEFINITION = Origin("definition", "high")


@cache
def catalogue() -> dict[str, Any]:
    """Resources, substitutions, archetypes and provenance, as a scenario file would hold them.

    The same object every time: copy it deeply before changing it.
    """
    raw: dict[str, Any] = {"resources": {}, "substitutions": {}, "archetypes": {}, "provenance": {}}
    resources, substitutions, completions = _rows("residues"), _rows("substitutions"), _rows("completions")
    landfilled = {row["entry"].split(".")[1] for row in completions if row["entry"].endswith(".levied")}
    fetched = _fetched_elsewhere(resources, substitutions)
    for row in resources:
        _add_resource(raw, row)
        if row["role"] != "residue":
            _add_supply(raw, row)
        if row["role"] != "input":
            _add_disposal(raw, row, row["resource"] in landfilled, fetched.get(row["resource"]))
    for row in substitutions:
        _add_substitution(raw, row)
    for row in _rows("processes"):
        _add_flow(raw, row)
    for row in completions:
        _complete(raw, row)
    return raw


def _rows(table: str) -> list[Row]:
    text = (files(__package__) / "catalogue" / f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _put(raw: dict[str, Any], path: str, value: float, unit: str, origin: Origin, bounds: Bounds) -> None:
    """Put a number under its dotted path, and where it comes from under the same path."""
    *parents, field = path.split(".")
    entry = raw
    for parent in parents:
        entry = entry.setdefault(parent, {})
    entry[field] = value
    low, high = bounds
    estimate = origin.confidence == "low"
    stated = {"unit": unit, "low": low, "high": high, "source": origin.source, "estimate": estimate}
    raw["provenance"][path] = stated


def _middle(low: float, high: float) -> float:
    """Middle of a range: geometric where both ends are positive, else arithmetic."""
    return _rounded((low * high) ** 0.5 if low > 0 else (low + high) / 2)


def _rounded(value: float) -> float:
    """A number to three significant digits, as precise as the tables are."""
    return float(f"{value:.3g}")


def _fetched_elsewhere(resources: list[Row], substitutions: list[Row]) -> dict[str, float]:
    """What a unit of each co-product fetches outside the park, EUR: low end of its value, net of upgrading.

    A co-product is a residue that costs nothing to be rid of and is not bound to a pipe.
    """
    upgrading = {
        row["residue"]: (
            float(row["ratio_input_per_residue"]),
            float(row["treatment_cost_eur_per_residue_unit"]),
        )
        for row in substitutions
        if row["residue"] == row["input"]
    }
    fetched = {}
    for row in resources:
        costs_nothing = row["role"] != "input" and float(row["disposal_cost_high_eur"]) == 0
        if costs_nothing and row["transport"] != "pipe":
            kept, treatment = upgrading.get(row["resource"], (1.0, 0.0))
            fetched[row["resource"]] = _rounded(kept * float(row["virgin_price_low_eur"]) - treatment)
    return fetched


def _add_resource(raw: dict[str, Any], row: Row) -> None:
    """What a resource is, and what it costs to carry."""
    unit, origin = row["unit"], Origin(row["source"], row["confidence"])
    path = f"resources.{row['resource']}"
    raw["resources"][row["resource"]] = {"unit": unit, "class": row["class"], "source": row["source"]}
    carriage: dict[str, tuple[str, float, str]] = {}
    if row["transport"] == "grid" or float(row["truck_or_ship_eur_per_unit_km"] or 0) > 0:
        carriage["truck.fixed"] = (row["truck_or_ship_fixed_eur_per_unit"], 1, f"EUR/{unit}")
        carriage["truck.per_km"] = (row["truck_or_ship_eur_per_unit_km"], 1, f"EUR/{unit}/km")
    if row["pipe_meur_per_km"]:
        carriage["pipe.cost_per_km"] = (row["pipe_meur_per_km"], 1e6, "EUR/km")
        carriage["pipe.capacity"] = (row["pipe_capacity_unit_per_year"], 1, f"{unit}/year")
    if row["max_distance_km"] != "none":
        carriage["reach_km"] = (row["max_distance_km"], 1, "km")
    for field, (number, factor, per) in carriage.items():
        value = float(number) * factor
        _put(raw, f"{path}.{field}", value, per, origin, origin.around(value, "cost"))
    if row["transport"] in CO2_OF_HAUL:
        value = CO2_OF_HAUL[row["transport"]]
        _put(raw, f"{path}.co2_per_km", value, f"t CO2/{unit}/km", JUDGEMENT, JUDGEMENT.around(value, "cost"))
    if unit in GJ_OF_UNIT:
        value = GJ_OF_UNIT[unit]
        _put(raw, f"{path}.gj_per_unit", value, f"GJ/{unit}", DEFINITION, (value, value))


def _add_supply(raw: dict[str, Any], row: Row) -> None:
    """Price and CO2 of virgin supply."""
    path, unit, origin = f"resources.{row['resource']}", row["unit"], Origin(row["source"], row["confidence"])
    low, high = float(row["virgin_price_low_eur"]), float(row["virgin_price_high_eur"])
    co2 = float(row["co2_virgin_t_per_unit"])
    _put(raw, f"{path}.price", _middle(low, high), f"EUR/{unit}", origin, (low, high))
    _put(raw, f"{path}.co2_virgin", co2, f"t CO2/{unit}", origin, origin.around(co2, "amount"))


def _add_disposal(raw: dict[str, Any], row: Row, landfilled: bool, fetched: float | None) -> None:
    """Cost of being rid of a residue, levy apart; negative where it is sold elsewhere."""
    origin = Origin(row["source"], row["confidence"])
    low, high = float(row["disposal_cost_low_eur"]), float(row["disposal_cost_high_eur"])
    if landfilled:
        value, bounds = _rounded(low + (high - low) / 4), (low, (low + high) / 2)
    elif fetched is not None:
        value, bounds = -fetched, origin.around(-fetched, "amount")
    else:
        value, bounds = _middle(low, high), (low, high)
    _put(raw, f"resources.{row['resource']}.disposal", value, f"EUR/{row['unit']}", origin, bounds)


def _add_substitution(raw: dict[str, Any], row: Row) -> None:
    """How well a residue serves as an input, and at what cost."""
    residue, need, unit = row["residue"], row["input"], row["residue_unit"]
    path = f"substitutions.{residue}.{need}"
    quality, cost = (
        Origin(row["source"], row["ratio_confidence"]),
        Origin(row["cost_source"], row["cost_confidence"]),
    )
    limits = Origin(f"judgement; quality limits: {row['quality_limits']}", "low")

    ratio, share = float(row["ratio_input_per_residue"]), float(row["max_share_of_input"])
    itself = residue == need and ratio == 1
    ratio_bounds = (ratio, ratio) if itself else quality.around(ratio, "amount")
    least, most = limits.around(share, "amount")
    _put(raw, f"{path}.ratio", ratio, f"{row['input_unit']}/{unit}", quality, ratio_bounds)
    _put(raw, f"{path}.max_share", share, "1", limits, (least, min(1.0, most)))
    _put(raw, f"{path}.quality_loss", 0.0, "1", Origin("estimate; the ratio is net of it", "low"), (0.0, 0.1))

    treatment, plant = float(row["treatment_cost_eur_per_residue_unit"]), float(row["plant_cost_eur"])
    capacity = float(row["plant_capacity_residue_unit_per_year"])
    _put(raw, f"{path}.treatment", treatment, f"EUR/{unit}", cost, cost.around(treatment, "cost"))
    _put(raw, f"{path}.plant_cost", plant, "EUR", cost, cost.around(plant, "cost"))
    _put(raw, f"{path}.plant_capacity", capacity, f"{unit}/year", DEFINITION, (capacity, capacity))

    year = int(row["year_from"])
    years = year - YEARS_EITHER_WAY, year + YEARS_EITHER_WAY
    _put(raw, f"{path}.from_year", year, "year", Origin("judgement", "low"), years)
    known = [text for text in (row["real_example"], row["source"]) if text]
    raw["substitutions"][residue][need]["source"] = "; ".join(known)


def _add_flow(raw: dict[str, Any], row: Row) -> None:
    """One input or residue of an archetype; with the first one, the archetype itself."""
    name, unit = row["archetype"], row["product_unit"]
    path = f"archetypes.{name}"
    if name not in raw["archetypes"]:
        raw["archetypes"][name] = {"sector": row["sector_code"], "product": row["product"], "unit": unit}
        size, jobs = float(row["typical_capacity_per_year"]), float(row["jobs_per_capacity"])
        staff = Origin("jobs at typical capacity", row["jobs_confidence"])
        _put(raw, f"{path}.typical_capacity", size, f"{unit}/year", DEFINITION, (size, size))
        _put(raw, f"{path}.jobs", jobs, "jobs", staff, staff.around(jobs, "cost"))
    side = {"input": "inputs", "residue": "residues"}[row["direction"]]
    amount, bounds = (
        float(row["amount_per_product_unit"]),
        (float(row["range_low"]), float(row["range_high"])),
    )
    origin = Origin(row["source"], row["confidence"])
    _put(raw, f"{path}.{side}.{row['item']}", amount, f"{row['unit']}/{unit}", origin, bounds)


def _complete(raw: dict[str, Any], row: Row) -> None:
    """A number under its dotted path, or the four factors of a season."""
    path, origin = row["entry"], Origin(row["source"], row["confidence"])
    if path.endswith(".season"):
        _, name, _ = path.split(".")
        raw["resources"][name]["season"] = [float(factor) for factor in row["value"].split(";")]
        raw["provenance"][path] = {"unit": row["unit"], "source": row["source"], "estimate": True}
    else:
        _put(raw, path, float(row["value"]), row["unit"], origin, (float(row["low"]), float(row["high"])))

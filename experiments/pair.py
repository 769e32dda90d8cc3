"""Two companies of a park: when they were there, since when they knew each other, what could be traded.

What held them back in a quarter without a talk is found by running the park once more and looking at
their opportunities at the end of every quarter, with the same rules that the companies use.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from agents.fields import NEVER, PLANNED, PRESENT
from simulation.market import value_in_search
from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.result import Result
from simulation.run import advanced, started
from simulation.state import for_rules
from simulation.terms import draw_up, gain_per_unit, price_signal

STATES = (
    "in a contract",
    "negotiated",
    "not met",
    "supplier absent",
    "receiver absent",
    "stopped trading",
    "not practised",
    "no gain",
    "no residue",
    "no need",
    "taken",
    "not worth a talk",
    "cooling off",
    "others first",
)
"""What an opportunity can be in a quarter, in the order in which it is asked."""


@dataclass(frozen=True)
class Pair:
    """A supplier and a receiver in a finished run."""

    result: Result
    supplier: str
    receiver: str

    @classmethod
    def of(cls, result: Result, supplier: str, receiver: str) -> Pair:
        """The pair by names, whatever their case. Raises ScenarioError with the nearest names."""
        problems, names = [], result.foundation.names.companies
        found = []
        for role, name in (("SUPPLIER", supplier), ("RECEIVER", receiver)):
            same = [each for each in names if each.casefold() == name.casefold()]
            if name in names or len(same) == 1:
                found.append(name if name in names else same[0])
                continue
            problems.append(
                Problem(
                    role,
                    found=f"{shown(name)}, no company of {result.scenario.name}",
                    hint=nearest(name, names),
                )
            )
        if not problems and found[0] == found[1]:
            problems.append(
                Problem("RECEIVER", found=f"{shown(found[1])}, the supplier", allowed="another company")
            )
        if problems:
            raise ScenarioError(problems)
        return cls(result, *found)

    @property
    def rows(self) -> tuple[int, int]:
        """Rows of supplier and receiver."""
        row = self.result.foundation.names.company_row
        return row[self.supplier], row[self.receiver]

    @cached_property
    def met(self) -> float | None:
        """Year of their first meeting; None if they never met while both were there."""
        park, (low, high) = self.result.park, sorted(self.rows)
        ties = park.ties[: int(park.clock[0]["ties"])]
        own = ties[(ties["a"] == low) & (ties["b"] == high)]
        left = min(int(park.companies[row]["leaves"]) for row in (low, high))
        if len(own) == 0 or own["since"][0] >= min(left, int(park.clock[0]["quarter"])):
            return None
        return self.result.foundation.calendar.year(int(own["since"][0]))

    @cached_property
    def distance(self) -> float:
        """Kilometres between the two."""
        companies = self.result.companies.set_index("name")
        a, b = companies.loc[self.supplier], companies.loc[self.receiver]
        if a["external"] or b["external"]:
            return float(a["distance"] * a["external"] + b["distance"] * b["external"])
        return float(np.hypot(a["x"] - b["x"], a["y"] - b["y"]))

    def leaves(self) -> list[str]:
        """Residues of the supplier, at any time, successions included."""
        return self._flows(self.rows[0], self.result.park.residues)

    def needs(self) -> list[str]:
        """Inputs of the receiver, at any time, successions included."""
        return self._flows(self.rows[1], self.result.park.needs)

    def uses(self, residue: str | None = None) -> list[tuple[str, str]]:
        """Pairs of a residue of the supplier and an input of the receiver that it can serve as."""
        known, needs = self.result.scenario.substitutions, set(self.needs())
        leaves = [name for name in self.leaves() if residue in (None, name)]
        return [(name, use) for name in leaves for use in sorted(known.get(name, {})) if use in needs]

    def _flows(self, company: int, table: Any) -> list[str]:
        names = self.result.foundation.names.resources
        return sorted(names[int(row)] for row in table["resource"][table["company"] == company])

    def opportunities(self) -> list[int]:
        """Rows of their opportunities in this direction."""
        park, (supplier, receiver) = self.result.park, self.rows
        table = park.opportunities[: int(park.clock[0]["opportunities"])]
        return [
            int(row)
            for row in np.flatnonzero((table["supplier"] == supplier) & (table["receiver"] == receiver))
        ]

    @cached_property
    def watched(self) -> pd.DataFrame:
        """A row a quarter and opportunity: `year`, `residue`, `input`, `state`, and what was on offer.

        `quantity` is units a year, `value` EUR a year for both before capital, `capital` EUR; `cash_*`
        and `credit_*` are what either had at the start of the quarter.
        """
        rows = self.opportunities()
        talks = self._talks()
        park = started(self.result.foundation, self.result.seed, self.result.replicate)
        watched = []
        for quarter in range(int(self.result.park.clock[0]["quarter"])):
            money = _money(park, self.rows)
            park = advanced(park, quarter + 1)
            made = int(park.clock[0]["opportunities"])
            park.clock[0]["quarter"] -= 1
            rules = for_rules(park)
            for row in rows:
                if row < made:
                    watched.append(self._seen(park, rules, row, quarter, (quarter, row) in talks) | money)
            park.clock[0]["quarter"] += 1
        columns = [
            "year",
            "residue",
            "input",
            "state",
            "quantity",
            "value",
            "capital",
            *_money(park, self.rows),
        ]
        return pd.DataFrame(watched, columns=columns)

    def _talks(self) -> set[tuple[int, int]]:
        park = self.result.park
        table = park.negotiations[: int(park.clock[0]["negotiations"])]
        return set(zip(table["quarter"].tolist(), table["opportunity"].tolist(), strict=True))

    def _seen(self, park: Any, rules: Any, row: int, quarter: int, talked: bool) -> dict[str, Any]:
        names = self.result.foundation.names.resources
        entry = park.opportunities[row]
        use = park.substitutions[int(entry["substitution"])]
        seen = {
            "year": self.result.foundation.calendar.year(quarter),
            "residue": names[int(use["residue"])],
            "input": names[int(use["input"])],
            "quantity": 0.0,
            "value": np.nan,
            "capital": np.nan,
        }
        if talked:
            return seen | {"state": "negotiated"}
        if (state := _hindrance(park, entry, quarter)) is not None:
            return seen | {"state": state}
        if price_signal(rules, entry) <= use["treatment"]:
            return seen | {"state": "no gain"}
        terms = park.terms[0]
        terms["mediated"] = 0
        draw_up(rules, row, terms)
        if terms["feasible"] == 0:
            return seen | {"state": _shortage(park, entry)}
        value = float(gain_per_unit(terms) * terms["yearly"])
        seen |= {
            "quantity": float(terms["yearly"]),
            "value": value,
            "capital": float(terms["pipe_capital"] + terms["plant_capital"]),
        }
        least = park.parameters[0]["trade_least_value"]
        if max(_search_values(park, rules, entry, terms, value)) <= least:
            return seen | {"state": "not worth a talk"}
        if entry["blocked_until"] <= quarter:
            return seen | {"state": "others first"}
        return seen | {"state": "cooling off" if entry["tries"] else "not worth a talk"}


def _hindrance(park: Any, entry: Any, quarter: int) -> str | None:
    """What keeps the two from talking whatever the opportunity is worth."""
    supplier, receiver = park.companies[int(entry["supplier"])], park.companies[int(entry["receiver"])]
    use = park.substitutions[int(entry["substitution"])]
    hindrances = {
        "in a contract": entry["contract"] >= 0,
        "not met": park.ties[int(entry["tie"])]["since"] > quarter,
        "supplier absent": supplier["status"] not in (PRESENT, PLANNED),
        "receiver absent": receiver["status"] not in (PRESENT, PLANNED),
        "stopped trading": not (supplier["trading"] and receiver["trading"]),
        "not practised": use["practised"] > quarter or use["practised"] >= NEVER,
    }
    return next((state for state, holds in hindrances.items() if holds), None)


def _shortage(park: Any, entry: Any) -> str:
    """Why there is no quantity: the supplier has none, the receiver needs none, or others have it all."""
    if park.residues[int(entry["residue"])]["expected"].sum() <= 0:
        return "no residue"
    return "no need" if park.needs[int(entry["need"])]["expected"].sum() <= 0 else "taken"


def _search_values(park: Any, rules: Any, entry: Any, terms: Any, value: float) -> list[float]:
    """What either side expects from public figures, EUR a year: the value that decides whether it calls."""
    entry["public_value"] = value
    sides = ((entry["supplier"], terms["k_supplier"]), (entry["receiver"], terms["k_receiver"]))
    return [float(value_in_search(rules, entry, int(row), k * terms["yearly"])) for row, k in sides]


def _money(park: Any, rows: tuple[int, int]) -> dict[str, float]:
    """Cash and credit line of both, EUR."""
    money = {}
    for side, row in zip(("supplier", "receiver"), rows, strict=True):
        owner = park.companies[row]
        money[f"cash_{side}"] = float(owner["cash"])
        money[f"credit_{side}"] = float(park.parameters[0]["economy_credit"] * owner["sales"])
    return money

"""Two companies of a park: when they were there, since when they knew each other, what could be traded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.result import Result


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
        a: Any = companies.loc[self.supplier]
        b: Any = companies.loc[self.receiver]
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
        """What could be traded in every quarter, and what kept them from talking (`experiments.watch`)."""
        from .watch import watched

        return watched(self)

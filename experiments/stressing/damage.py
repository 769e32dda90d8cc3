"""What a loss does: the run with it against its twin, as numbers of one replicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.fields import ENDED, LEFT, NEVER
from simulation.calendar import Calendar
from simulation.indicators import STOCKS
from simulation.resilience import QUARTER, resilience
from simulation.state import Park

from ..sweeping.outcomes import PROOF
from .twins import Before, Laid, Twin

INDICATORS = ("streams", "savings", "co2_avoided", "socio_economic")
"""Indicators that are followed: their loss, depth and recovery."""
SMALLEST = 1e-6
"""EUR; less than that is rounding."""


@dataclass(frozen=True)
class Damage:
    """One loss in one replicate: the run with it, its twin, and what stood before the date."""

    laid: Laid
    companies: tuple[int, ...]
    park: Park
    twin: Park
    before: Before

    @classmethod
    def of(cls, twin: Twin, laid: Laid, companies: Sequence[int]) -> Damage:
        """Run a loss against its twin."""
        return cls(laid, tuple(companies), twin.with_loss(laid), twin.park, twin.before[laid.date])

    def held(self) -> np.ndarray:
        """Of the streams before the date, those of the companies that are hit."""
        return self.before.held_by(self.companies)

    def ended(self) -> tuple[np.ndarray, np.ndarray]:
        """The quarter in which each stream of before ended, in the run and in its twin; NEVER if it goes on."""
        return _ended(self.park, self.before.streams), _ended(self.twin, self.before.streams)

    def at_once(self) -> np.ndarray:
        """Of the streams before the date, those that end in its quarter and not in the twin."""
        run, twin = self.ended()
        at_once: np.ndarray = (run <= self.laid.date + 1) & (run < twin)
        return at_once

    def followed(self) -> np.ndarray:
        """Of the streams of others, those that end earlier than in the twin."""
        run, twin = self.ended()
        followed: np.ndarray = (run < twin) & ~self.held() & ~self.at_once()
        return followed

    def departures(self) -> np.ndarray:
        """Rows of other companies that leave earlier than in the twin, or leave here only."""
        run, twin = _left(self.park), _left(self.twin)
        rows = np.flatnonzero(run < twin)
        return rows[~np.isin(rows, self.companies)]

    def lost_by_company(self, column: str = "savings") -> np.ndarray:
        """What each company has less than in the twin, EUR from the first difference to the end of the run."""
        count = len(self.park.companies)
        less = (self.twin.accounts[column] - self.park.accounts[column]).reshape(-1, count).sum(axis=0)
        return np.where(np.abs(less) < SMALLEST, 0.0, less)

    def numbers(self) -> dict[str, float]:
        """The figures of this loss, by name (`experiments.stressing.columns`)."""
        at_once, held, followed = self.at_once(), self.held(), self.followed()
        value = self.before.value
        own = np.zeros(len(self.park.companies), bool)
        own[list(self.companies)] = True
        less = self.lost_by_company()
        others = less[~own]
        found: dict[str, float] = {
            "present": int(self.before.present[own].sum()),
            "streams_held": int(held.sum()), "value_held": float(value[held].sum()),
            "streams_at_once": int(at_once.sum()), "value_at_once": float(value[at_once].sum()),
            "streams_followed": int(followed.sum()), "value_followed": float(value[followed].sum()),
            "companies_followed": len(self.departures()),
            "newcomers": int((_came(self.park) & ~_came(self.twin)).sum()),
            "newcomers_missed": int((_came(self.twin) & ~_came(self.park)).sum()),
            "own_lost": float(less[own].sum()), "others_lost": float(others.sum()),
            "others_harm": float(others.clip(min=0).sum()), "others_gain": float((-others).clip(min=0).sum()),
            "gainers": int((others < 0).sum()), "losers": int((others > 0).sum()),
        }  # fmt: skip
        for name in INDICATORS:
            found |= self._of(name)
        return found

    def _of(self, name: str) -> dict[str, float]:
        """Loss, depth, loss integral and recovery of an indicator (`simulation.resilience`).

        A loss is the twin less the run, summed from the first difference on. Recovery counts from the date,
        and only when the last year of the run bears it out; else it is censored.
        """
        last, since = int(self.twin.clock[0]["quarter"]), self.laid.first
        run, twin = (park.indicators[name][since:last] for park in (self.park, self.twin))
        figures = resilience(run, twin)
        early = (self.laid.date - since) * QUARTER
        proved = len(run) - float(figures.time) / QUARTER >= PROOF
        lost = float((twin - run).sum()) * (QUARTER if name in STOCKS else 1.0)
        return {
            f"{name}_lost": lost,
            f"{name}_depth": float(figures.depth),
            f"{name}_integral": float(figures.loss),
            f"{name}_years": max(0.0, float(figures.time) - early),
            f"{name}_recovered": float(bool(figures.recovered) and proved),
        }

    def curves(self, calendar: Calendar) -> dict[str, Any]:
        """Indicators of run and twin by year from a year before the date: stocks at the year's end, flows its sum."""
        date, last = self.laid.date, int(self.twin.clock[0]["quarter"])
        first = date - 4 if date >= 4 else date
        years = (last - first) // 4
        columns: dict[str, Any] = {"since": np.arange(years) + (first - date) // 4}
        for name in INDICATORS:
            for park, suffix in ((self.park, ""), (self.twin, "_twin")):
                quarters = park.indicators[name][first : first + 4 * years].reshape(years, 4)
                columns[name + suffix] = quarters[:, -1] if name in STOCKS else quarters.sum(axis=1)
        return columns

    def lowest(self, name: str, years: float) -> float:
        """Lowest value of an indicator at the end of a year within some years of the date; flows as yearly sums."""
        last = int(self.twin.clock[0]["quarter"])
        until = min(last, self.laid.date + round(4 * years))
        return lowest(self.park.indicators[name][self.laid.date : until], name in STOCKS)


def lowest(quarters: np.ndarray, stock: bool) -> float:
    """Lowest year of a span: of stocks the year's end, of flows its sum; a span under a year counts as it is."""
    whole = len(quarters) // 4
    if whole == 0:
        return float(quarters[-1]) if stock else float(4 * quarters.mean())
    years = quarters[: 4 * whole].reshape(whole, 4)
    return float((years[:, -1] if stock else years.sum(axis=1)).min())


def _ended(park: Park, rows: np.ndarray) -> np.ndarray:
    table = park.contracts[rows]
    return np.where(table["status"] == ENDED, table["ends"], NEVER)


def _left(park: Park) -> np.ndarray:
    return np.where(park.companies["status"] == LEFT, park.companies["leaves"], NEVER)


def _came(park: Park) -> np.ndarray:
    came: np.ndarray = park.companies["arrives"] < int(park.clock[0]["quarter"])
    return came & (park.companies["status"] >= 2)

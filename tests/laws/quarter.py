"""One quarter of a run as a law sees it: the park before it, the park after it, and what passed between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.journal import RENEWS, REPRICES
from simulation.run import foundation_of
from simulation.scenario import Scenario
from simulation.state import Park
from tests.running import quarter_of, steps, used

NINE_DIGITS = {"rtol": 1e-9, "atol": 1e-9}


@dataclass(frozen=True)
class Quarter:
    """A quarter of a run; what laws ask of it is worked out once."""

    scenario: Scenario
    before: Park
    now: Park

    @cached_property
    def number(self) -> int:
        """Quarter of the run, 0 for the first."""
        return quarter_of(self.now)

    @cached_property
    def contracts(self) -> np.ndarray:
        return used("contracts", self.now)

    @cached_property
    def earlier(self) -> np.ndarray:
        """The contracts as they were before the quarter."""
        return used("contracts", self.before)

    @cached_property
    def journal(self) -> np.ndarray:
        """What the journal says of this quarter."""
        lines = used("journal", self.now)
        return lines[lines["quarter"] == self.number]

    @cached_property
    def sent(self) -> np.ndarray:
        """What each contract sent in the quarter: nothing, unless its running total moved."""
        moved = self.contracts["sent_total"].copy()
        moved[: len(self.earlier)] -= self.earlier["sent_total"]
        sent = np.where(moved > 0, self.contracts["sent"], 0.0)
        assert (np.abs(sent - moved) <= 1e-12 * self.contracts["sent_total"]).all()
        return sent

    @cached_property
    def as_delivered(self) -> tuple[np.ndarray, np.ndarray]:
        """The contracts on the terms on which they delivered, and of which that is known.

        A renewal changes the terms after the delivery; a succession may split a contract before it. Of a
        part that is split off and renewed in one quarter the terms between are not known.
        """
        contracts, earlier = self.contracts.copy(), self.earlier.copy()
        renewed = np.zeros(len(contracts), bool)
        renewed[self.journal["contract"][np.isin(self.journal["kind"], (RENEWS, REPRICES))]] = True
        old = np.flatnonzero(renewed[: len(earlier)])
        ready = earlier["adds_from"] <= self.number
        earlier["quantity"][ready] += earlier["adding"][ready]
        for term in ("arrives", "quantity"):
            contracts[term][old] = earlier[term][old]
        return contracts, ~renewed | (np.arange(len(contracts)) < len(earlier))

    @cached_property
    def booked(self) -> Booked:
        return Booked(self)

    def happened(self, kind: int) -> bool:
        """Whether the journal has such a line for the quarter."""
        return bool((self.journal["kind"] == kind).any())


class Booked:
    """What was booked in a quarter, by company, and the size against which nine digits are counted."""

    def __init__(self, quarter: Quarter) -> None:
        year, count = quarter.number // 4, len(quarter.now.companies)
        rows = slice(year * count, (year + 1) * count)
        self.then, self.now = quarter.before.accounts[rows], quarter.now.accounts[rows]
        turnover = [np.abs(self.now[name]) for name in ("sales", "virgin", "disposal", "other", "invested")]
        self.size = 1.0 + np.sum(turnover) + np.abs(quarter.now.companies["cash"]).sum()

    def __getitem__(self, name: str) -> np.ndarray:
        return self.now[name] - self.then[name]

    def is_nothing(self, amount: float) -> bool:
        return abs(amount) <= 1e-9 * self.size


def quarters_of(scenario: Scenario, seed: int = 1) -> Iterator[Quarter]:
    """Every quarter of a run."""
    scenario = foundation_of(scenario).scenario
    for before, now in steps(scenario, seed):
        yield Quarter(scenario, before, now)

"""The rule by which a claim replicates or not: paired differences, their joint interval, a smallest effect."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import ArrayLike

from .estimate import CONFIDENCE, Estimate, mean_of

REPLICATES, DOES_NOT, UNDECIDED = "replicates", "does not replicate", "undecided"
NOT_TESTABLE = "not testable"
FEWEST = 5
"""Pairs without which nothing is tested."""
RULE = (
    "A claim is split into checks, each an average over pairs of runs that is above 0 if the claim is right. "
    "Their intervals hold jointly at 95 % (Student's t, Bonferroni over the checks). A check holds if its "
    "interval lies above 0; it fails if the interval lies below the smallest effect that would matter, stated "
    "with the check; else it is open. The claim replicates if all checks hold, does not if one fails, and is "
    f"undecided otherwise. With fewer than {FEWEST} pairs it is not testable."
)


@dataclass(frozen=True)
class Check:
    """A part of a claim: what it says, the oriented difference (above 0 if right), the least that matters."""

    says: str
    estimate: Estimate
    least: float
    unit: str

    @property
    def state(self) -> str:
        """`holds`, `fails`, `open`, or `no data`."""
        found = self.estimate
        if found.count < FEWEST or math.isnan(found.low):
            return "no data"
        if found.high < self.least or found.high <= 0:
            return "fails"
        return "holds" if found.low > 0 else "open"

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        own = {"says": self.says, "state": self.state, "least": self.least, "unit": self.unit}
        return own | self.estimate.plain()


def checked(parts: Sequence[tuple[str, ArrayLike, float, str]]) -> list[Check]:
    """Checks from (what it says, oriented differences, least effect, unit), their intervals joint."""
    confidence = 1 - (1 - CONFIDENCE) / max(1, len(parts))
    return [Check(says, mean_of(values, confidence), least, unit) for says, values, least, unit in parts]


def verdict(checks: Sequence[Check]) -> str:
    """What the checks of a claim come to, by RULE."""
    states = {check.state for check in checks}
    if not checks or "no data" in states:
        return NOT_TESTABLE
    if "fails" in states:
        return DOES_NOT
    return REPLICATES if states == {"holds"} else UNDECIDED

"""The smallest set of losses that takes an indicator below a limit.

Every single loss is tried, and with order 2 every pair: there the answer is exact. Beyond that the
set that has come nearest is widened by the one more loss that does most, which need not find the smallest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .question import Limit

LARGEST_SET = 6
ENOUGH = 0.5
"""Share of the runs in which the indicator must fall below the limit."""


@dataclass(frozen=True)
class Reach:
    """What a set of losses does to the indicator: share of runs below the limit, median of its lowest year."""

    members: tuple[int, ...]
    share: float
    lowest: float
    runs: int

    @property
    def reached(self) -> bool:
        return self.share >= ENOUGH


def reaches(lowest: Mapping[str, Sequence[float]], limit: Limit) -> list[Reach]:
    """Every set tried, best first: sets that reach the limit, the smallest of them before the others.

    `lowest` holds the lowest value of each run by set, "0+3" for the losses 0 and 3. Of sets that do
    not reach it, those that do so most often come first, then those that take it lowest.
    """
    found = []
    for key, values in lowest.items():
        known = np.asarray(values, float)
        known = known[~np.isnan(known)]
        if len(known):
            members = tuple(int(each) for each in key.split("+"))
            share = float(np.mean(limit.below(known)))
            found.append(Reach(members, share, float(np.median(known)), len(known)))
    return sorted(found, key=_order)


def _order(each: Reach) -> tuple[bool, int, float, float, tuple[int, ...]]:
    size = len(each.members) if each.reached else 0
    return not each.reached, size, -each.share, each.lowest, each.members

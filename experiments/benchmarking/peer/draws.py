"""Keyed random numbers (docs/model.md 7.1) in whole numbers of Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from statistics import NormalDist

import numpy as np

ACTIVITY, OUTAGE, ANNOUNCED, PRIOR, NEIGHBOUR, CLUB, SITING, TURN, DEADLINE, TASTE = range(1, 11)
JOIN, FIRST_ACTIVITY = 14, 16
"""Purposes by their number in the table of the description."""

LOW = 2**32 - 1
STANDARD = NormalDist()


class Draws:
    """All luck of one run: a number belongs to its key and to nothing else."""

    def __init__(self, seed: int, replicate: int = 0) -> None:
        words = np.random.SeedSequence(seed, spawn_key=(replicate,)).generate_state(2)
        self.key = int(words[0]), int(words[1])

    def uniform(
        self, purpose: int, who: int = 0, whom: int = 0, quarter: int = 0, what: int = 0, nth: int = 0
    ) -> float:
        """A number between 0 and 1, both excluded."""
        w0, w1 = philox(purpose * 2**24 + what, who, whom, quarter * 2**16 + nth, *self.key)
        return min(((w0 >> 5 << 26 | w1 >> 6) + 0.5) / 2**53, 1 - 2**-53)

    def normal(self, purpose: int, who: int, whom: int = 0, quarter: int = 0) -> float:
        """A standard normal number; Python's inverse is that of Wichura (1988) too."""
        return STANDARD.inv_cdf(self.uniform(purpose, who, whom, quarter))


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int]:
    """The first two words of Philox 4x32 after ten rounds (Salmon et al. 2011)."""
    for _ in range(10):
        p0, p1 = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = p1 >> 32 ^ c1 ^ k0, p1 & LOW, p0 >> 32 ^ c3 ^ k1, p0 & LOW
        k0, k1 = k0 + 0x9E3779B9 & LOW, k1 + 0xBB67AE85 & LOW
    return c0, c1


def identities(names: Iterable[str], bits: int = 32) -> dict[str, int]:
    """A lasting number for each name: the first bits of its SHA-256; equal ones move up in order of name."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        number = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) >> 32 - bits
        while number in taken:
            number = (number + 1) % 2**bits
        taken.add(number)
        found[name] = number
    return found

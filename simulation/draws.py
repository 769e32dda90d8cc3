"""Keyed random numbers: exact common random numbers for every run of a scenario.

Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011): the number belongs to (seed, purpose, who, whom,
quarter, what, nth) and to nothing else, so taking one partner out changes nobody else's luck.
"""

import hashlib

import numpy as np

from agents.compiled import rule
from agents.production import standard_normal

(
    ACTIVITY, OUTAGE, OUTAGE_KIND, PRIOR, NEIGHBOUR, CLUB, SITING, TURN, DEADLINE, TASTE, ENTRY, PROSPECT, CELL, JOIN,
    ESTIMATE, FIRST_ACTIVITY,
) = range(1, 17)  # fmt: skip
"""Purposes: two draws of different purpose never share a counter."""

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_SIX, _FIVE, _TWENTY_SIX = np.uint64(6), np.uint64(5), np.uint64(26)
_BELOW_ONE = 1.0 - 2.0**-53


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox 4x32: four 32-bit words (as uint64) from a counter and a key."""
    for _ in range(10):
        p0, p1 = c0 * _M0, c2 * _M1
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@rule
def between_0_and_1(w0, w1):
    """53 bits of two words, and half a bit, over 2^53; the last of them would round to 1 and stays below."""
    bits = ((w0 >> _FIVE) << _TWENTY_SIX) | (w1 >> _SIX)
    return min((np.float64(bits) + 0.5) * (1.0 / 9007199254740992.0), _BELOW_ONE)


@rule
def uniform(clock, purpose, who, whom, quarter, what=0, nth=0):
    """A number strictly between 0 and 1 with 53 random bits, of this key and no other.

    `who` and `whom` are identities below 2^32, `what` below 2^24, `quarter` and `nth` below 2^16.
    """
    c0 = np.uint64(purpose * 16777216 + what)
    c3 = np.uint64(quarter * 65536 + nth)
    w0, w1, _w2, _w3 = philox(
        c0, np.uint64(who), np.uint64(whom), c3, np.uint64(clock.key_0), np.uint64(clock.key_1)
    )
    return between_0_and_1(w0, w1)


@rule
def normal(clock, purpose, who, whom, quarter, what=0, nth=0):
    """A standard normal number of this key, by the inverse of the distribution function."""
    return standard_normal(uniform(clock, purpose, who, whom, quarter, what, nth))


def key(seed: int, replicate: int = 0) -> tuple[int, int]:
    """The two words of the key of a run: SeedSequence(seed, spawn_key=(replicate,))."""
    words = np.random.SeedSequence(seed, spawn_key=(replicate,)).generate_state(2)
    return int(words[0]), int(words[1])


def digest(name: str, bits: int = 32) -> int:
    """Lasting identity of a name: the first bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> (64 - bits)


def identities(names: list[str], bits: int = 32) -> dict[str, int]:
    """Identity of every name; collisions are resolved in the order of the names."""
    taken: dict[int, str] = {}
    for name in sorted(names):
        identity = digest(name, bits)
        while identity in taken:
            identity = (identity + 1) % (1 << bits)
        taken[identity] = name
    return {name: identity for identity, name in taken.items()}

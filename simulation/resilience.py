"""Resilience of an indicator against its twin, the same run without the shock.

Curves are arrays with the quarter first, from the quarter of the shock on, and any further axes
(runs, indicators, partners taken out): all functions work on the whole array at once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

QUARTER = 0.25
"""Years."""
RECOVERED = 0.95
"""Share of the twin's level at which an indicator counts as recovered (model.md, section 6)."""


class Resilience(NamedTuple):
    """Arrays without the axis of quarters. A time that is not `recovered` is censored: at least that long."""

    depth: np.ndarray
    loss: np.ndarray
    time: np.ndarray
    recovered: np.ndarray


def shortfall(actual: ArrayLike, twin: ArrayLike, scale: ArrayLike | None = None) -> np.ndarray:
    """1 - actual/twin by quarter, at least 0: the part of the twin's level that is missing.

    Where the twin is not above 0 there is nothing to lose and it is 0. An indicator that crosses 0
    (savings of a company, say) needs a `scale` of its own, such as its level before the shock: then
    it is (twin - actual)/scale.
    """
    actual, twin = np.asarray(actual, float), np.asarray(twin, float)
    by = np.broadcast_to(np.asarray(twin if scale is None else scale, float), actual.shape)
    missing = np.divide(twin - actual, by, out=np.zeros_like(actual), where=by > 0)
    return missing.clip(min=0.0)


def depth(missing: np.ndarray) -> np.ndarray:
    """Largest shortfall, share of the twin's level. No change: 0."""
    found: np.ndarray = missing.max(axis=0, initial=0.0)
    return found


def loss_integral(missing: np.ndarray) -> np.ndarray:
    """R = Σ shortfall × 0.25 years: years of the twin's level that were lost (Bruneau et al. 2003, eq. 1). No change: 0."""
    total: np.ndarray = missing.sum(axis=0) * QUARTER
    return total


def recovery(missing: np.ndarray, level: float = RECOVERED) -> tuple[np.ndarray, np.ndarray]:
    """Years from the shock until the indicator is at `level` of its twin for good, and whether it ever is.

    A later fall counts: a partner that fails years afterwards is part of the damage. Never below: 0,
    recovered. Still below in the last quarter: the length of the curve, not recovered (censored).
    """
    below = missing > 1.0 - level + 1e-12
    quarters = np.arange(1, len(missing) + 1).reshape(-1, *[1] * (missing.ndim - 1))
    last = (below * quarters).max(axis=0, initial=0)
    return last * QUARTER, last < max(1, len(missing))


def resilience(
    actual: ArrayLike, twin: ArrayLike, scale: ArrayLike | None = None, level: float = RECOVERED
) -> Resilience:
    """Depth, loss integral, time to `level` and whether it was reached, of every curve."""
    missing = shortfall(actual, twin, scale)
    return Resilience(depth(missing), loss_integral(missing), *recovery(missing, level))

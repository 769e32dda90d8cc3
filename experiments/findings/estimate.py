"""A mean of pairs with its interval, and the ratio of two means."""

from __future__ import annotations

import math
import warnings
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

CONFIDENCE = 0.95
RESAMPLES = 2000


@dataclass(frozen=True)
class Estimate:
    """A number with the ends of its interval, from `count` pairs; NaN ends where fewer than two are there."""

    mean: float
    low: float
    high: float
    count: int

    def plain(self) -> dict[str, Any]:
        """As plain data; null where there is no number."""
        return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in asdict(self).items()}

    def over(self, divisor: float) -> Estimate:
        """The same in another unit."""
        return Estimate(self.mean / divisor, self.low / divisor, self.high / divisor, self.count)


def mean_of(values: ArrayLike, confidence: float = CONFIDENCE) -> Estimate:
    """Mean and Student's t interval of values that are independent, those that are NaN left out.

    With paired differences, the interval of the paired t test. Values that are all equal have an interval
    of no width; none give NaN.
    """
    from scipy.stats import t

    sound = _sound(np.asarray(values, float))
    count = len(sound)
    if count == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(sound.mean())
    if count == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    half = float(t.ppf(0.5 + confidence / 2, count - 1) * sound.std(ddof=1) / math.sqrt(count))
    return Estimate(mean, mean - half, mean + half, count)


def ratio_of(top: ArrayLike, bottom: ArrayLike, confidence: float = CONFIDENCE, seed: int = 1) -> Estimate:
    """Σ top/Σ bottom of pairs with a bootstrap interval (percentiles, pairs resampled together).

    A ratio of sums, because a mean of ratios explodes where one bottom is near 0. NaN where the interval
    of the mean of `bottom` has 0 in it: the ratio is then not defined.
    """
    from scipy.stats import bootstrap

    pairs = np.column_stack([np.asarray(top, float), np.asarray(bottom, float)])
    pairs = pairs[np.isfinite(pairs).all(axis=1)]
    under = mean_of(pairs[:, 1])
    if len(pairs) < 3 or not (under.low > 0 or under.high < 0):
        return Estimate(math.nan, math.nan, math.nan, len(pairs))
    ratio = float(pairs[:, 0].sum() / pairs[:, 1].sum())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a statistic that is the same in all resamples
        found = bootstrap(
            (pairs[:, 0], pairs[:, 1]), lambda a, b, axis: a.sum(axis=axis) / b.sum(axis=axis), paired=True,
            vectorized=True, confidence_level=confidence, n_resamples=RESAMPLES, method="percentile",
            rng=np.random.default_rng(seed),
        ).confidence_interval  # fmt: skip
    return Estimate(ratio, float(found.low), float(found.high), len(pairs))


def _sound(values: np.ndarray) -> np.ndarray:
    return values[np.isfinite(values)]

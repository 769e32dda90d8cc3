"""Which parameters the record tells something about: posterior beside prior, with a stated criterion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .posterior import Posterior, Sample, adjusted, quantiles, spread
from .prior import Free

IDENTIFIED, WEAK, NOT = "identified", "weakly", "unidentified"
NARROWER, BARELY = 0.80, 0.95
"""Upper end of the interval of the ratio below which a parameter is identified, or weakly so."""
DRAWS = 200


@dataclass(frozen=True)
class Estimate:
    """A parameter after the calibration: posterior beside prior, in the unit of the field.

    `ratio` is the posterior's standard deviation over the prior's, on the scale on which the prior is
    uniform, with its 95 % bootstrap interval.
    """

    free: Free
    mean: float
    median: float
    interval: tuple[float, float]
    half: tuple[float, float]
    prior: tuple[float, float]
    ratio: float
    ratio_interval: tuple[float, float]

    @property
    def verdict(self) -> str:
        """Identified, weakly, or unidentified: by the upper end of the ratio's interval."""
        upper = self.ratio_interval[1]
        return IDENTIFIED if upper < NARROWER else WEAK if upper < BARELY else NOT


def estimates(
    free: Sequence[Free], sample: Sample, found: Posterior, scale: np.ndarray, seed: int
) -> list[Estimate]:
    """An estimate a parameter: mean, median, 50 and 90 % intervals, and what the record added."""
    ratios = _ratios(free, sample.rows(found.rows), found, scale, seed)
    listed = []
    for column, each in enumerate(free):
        values = np.asarray(each.value(found.shares[:, column]))
        low, left, middle, right, high = quantiles(values, found.weights, [0.05, 0.25, 0.5, 0.75, 0.95])
        prior = [float(end) for end in each.value(np.array([0.05, 0.95]))]
        lower, upper = np.quantile(ratios[:, column], [0.025, 0.975])
        listed.append(
            Estimate(
                each, float(found.weights @ values), float(round(middle) if each.whole else middle),
                (float(low), float(high)), (float(left), float(right)), (prior[0], prior[1]),
                spread(found.shares[:, column], found.weights) / each.spread, (float(lower), float(upper)),
            )
        )  # fmt: skip
    return listed


def _ratios(free: Sequence[Free], kept: Sample, found: Posterior, scale: np.ndarray, seed: int) -> np.ndarray:
    """Ratios of bootstrap samples of the kept runs, drawn point by point, each adjusted anew."""
    generator = np.random.default_rng([seed, 1])
    offsets = (kept.runs - found.aim) / scale
    chosen, place = np.unique(kept.point, return_inverse=True)
    prior = np.array([each.spread for each in free])
    ratios = np.empty((DRAWS, len(free)))
    for draw in range(DRAWS):
        times = np.bincount(generator.integers(len(chosen), size=len(chosen)), minlength=len(chosen))
        which = np.flatnonzero(times[place])
        heavy = found.weights[which] * times[place][which]
        w, shares = heavy / heavy.sum(), kept.shares[which]
        if found.adjusted:
            shares = adjusted(free, shares, offsets[which], w, kept.point[which])
        ratios[draw] = [spread(column, w) for column in shares.T] / prior
    return ratios

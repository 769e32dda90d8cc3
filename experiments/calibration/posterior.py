"""Rejection and regression adjustment: from runs near the record to a posterior sample.

Beaumont, Zhang & Balding (2002), Genetics 162: 2025-2035: the nearest share of the runs is kept with
Epanechnikov weights, and the parameters are moved along a weighted linear regression on the
statistics to where the record lies. Parameters are adjusted on the logit scale of their range
(Hamilton, Stoneking & Excoffier 2005), so that none leaves it; whole numbers are weighted only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .distance import distances
from .prior import Free

LEAST_A_STATISTIC = 5
"""Kept runs for each statistic, below which no regression is fitted."""

REACH = 0.95
"""Share of the kept runs whose distance from their mean bounds where the regression may lead."""


@dataclass(frozen=True)
class Sample:
    """Runs of the prior sample: shares of the ranges (a column a parameter), statistics, and their point."""

    shares: np.ndarray
    runs: np.ndarray
    point: np.ndarray

    def rows(self, which: np.ndarray) -> Sample:
        """Some of the runs."""
        return Sample(self.shares[which], self.runs[which], self.point[which])


@dataclass(frozen=True)
class Posterior:
    """Kept runs with their weights: `rows` in the sample, parameters as shares of their ranges.

    `shares` are adjusted, `kept` as they were run. `aim` is where the regression leads: the record, or
    a point on the way to it (`within_reach`).
    """

    rows: np.ndarray
    weights: np.ndarray
    shares: np.ndarray
    kept: np.ndarray
    distance: np.ndarray
    tolerance: float
    aim: np.ndarray
    adjusted: bool

    @property
    def effective(self) -> float:
        """Effective size of the weighted sample, (sum w)^2 / sum w^2."""
        return float(1.0 / np.sum(self.weights**2))


def posterior(
    free: Sequence[Free],
    sample: Sample,
    target: np.ndarray,
    scale: np.ndarray,
    weight: np.ndarray,
    accept: float,
    adjust: bool = True,
) -> Posterior:
    """The posterior of a record `target`: the nearest share `accept` of the runs, adjusted."""
    far = distances(sample.runs, target, scale, weight)
    count = max(2, round(accept * len(far)))
    rows = np.argpartition(far, min(count, len(far) - 1))[:count]
    rows = rows[np.lexsort((rows, far[rows]))]
    near, kept = far[rows], sample.shares[rows]
    tolerance = float(near[-1])
    share = near / tolerance if tolerance > 0 else np.zeros_like(near)
    w = np.maximum(1 - share**2, 1e-6)
    w = w / w.sum()
    statistics = sample.runs[rows]
    aim = within_reach(target, statistics, w, scale)
    fitted = adjust and count >= LEAST_A_STATISTIC * (statistics.shape[1] + 1)
    shares = (
        adjusted(free, kept, (statistics - aim) / scale, w, sample.point[rows]) if fitted else kept.copy()
    )
    return Posterior(rows, w, shares, kept, near, tolerance, aim, fitted)


def within_reach(target: np.ndarray, runs: np.ndarray, w: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The record, or the point on the line from the mean of the kept runs to it that is within their reach.

    Within reach is what is no farther from the mean than all but 5 % of the kept runs, by Mahalanobis
    distance. A model that cannot make all of a record at once is adjusted no farther: a regression says
    nothing about what lies beyond its runs (Frazier, Robert & Rousseau 2020, J. R. Stat. Soc. B 82: 421-444).
    """
    mean = w @ runs
    offsets = (runs - mean) / scale
    inverse = np.linalg.pinv((offsets * w[:, None]).T @ offsets, rcond=1e-8, hermitian=True)

    def far(rows: np.ndarray) -> np.ndarray:
        return np.asarray(np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, inverse, rows), 0)))

    missing = ((target - mean) / scale)[None, :]
    varied = np.ptp(offsets, axis=0) > 0
    limit, distance = np.quantile(far(offsets), REACH), float(far(missing)[0])
    step = min(1.0, limit / distance) if distance > 0 else 1.0
    return np.where(varied, mean + step * (target - mean), mean)


def adjusted(
    free: Sequence[Free], shares: np.ndarray, offsets: np.ndarray, w: np.ndarray, point: np.ndarray
) -> np.ndarray:
    """theta* = m + f (theta - m - (s - o) b), b from weighted least squares, on the logit scale of the ranges.

    `offsets` are s - o in units of their scale, `m` is the mean that the regression gives at the record.
    A regression on k statistics takes variance out of n runs that carry no information; f is
    sqrt((n - 1) / (n - k - 1)), with n the effective number of points. Whole numbers stay as they are.
    """
    smooth = np.array([not each.whole for each in free])
    logits = np.log(shares[:, smooth]) - np.log1p(-shares[:, smooth])
    design = np.column_stack([np.ones(len(offsets)), offsets])
    root = np.sqrt(w)[:, None]
    fit = np.linalg.lstsq(design * root, logits * root, rcond=1e-8)[0]
    residuals = logits - design @ fit
    effective = 1 / np.sum(np.bincount(np.unique(point, return_inverse=True)[1], w) ** 2)
    freedom = max(effective - offsets.shape[1] - 1, 1.0)
    moved = shares.copy()
    widened = fit[0] + np.sqrt(max(effective - 1, 1.0) / freedom) * residuals
    moved[:, smooth] = np.clip(1 / (1 + np.exp(-widened)), 1e-6, 1 - 1e-6)
    return moved


def quantiles(values: np.ndarray, weights: np.ndarray, at: Sequence[float]) -> np.ndarray:
    """Quantiles of a weighted sample: the inverse of its distribution function, halfway through each weight."""
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.interp(at, middle / weights.sum(), values[order])


def spread(values: np.ndarray, weights: np.ndarray) -> float:
    """Standard deviation of a weighted sample, corrected for its effective size."""
    share = weights / weights.sum()
    mean = share @ values
    return float(np.sqrt(share @ (values - mean) ** 2 / max(1 - np.sum(share**2), 1e-9)))

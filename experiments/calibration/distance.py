"""How far runs are from the record: statistics on a common scale, subjects of equal weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .record import SUBJECTS, Statistic

NORMAL = 1.4826
"""Median absolute deviations in a standard deviation of the normal distribution."""


def scales(statistics: Sequence[Statistic], runs: np.ndarray) -> np.ndarray:
    """The scale of each statistic: its spread over the prior sample, and no less than its uncertainty.

    The spread is the median absolute deviation, as a standard deviation (x 1.4826).
    """
    spread = NORMAL * np.median(np.abs(runs - np.median(runs, axis=0)), axis=0)
    return np.maximum(spread, [each.uncertainty for each in statistics])


def weights(statistics: Sequence[Statistic]) -> np.ndarray:
    """Weights that sum to 1: the same for every subject, and for every statistic of a subject."""
    subjects = [each.subject for each in statistics]
    present = [subject for subject in SUBJECTS if subject in subjects]
    return np.array([1 / (len(present) * subjects.count(subject)) for subject in subjects])


def distances(runs: np.ndarray, target: np.ndarray, scale: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """d = sqrt(sum_k w_k ((s_k - o_k) / scale_k)^2), a run a row of `runs`."""
    return np.sqrt(((runs - target) / scale) ** 2 @ weight)

"""When a point has replicates enough: the confidence interval of its mean is narrow, and stays so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .. import look
from .design import Until

if TYPE_CHECKING:
    import pandas as pd

BLOCK = 10
"""Replicates between two looks: fixed, so that any number of workers stops at the same run."""

LOOK_AHEAD = 5
"""Further replicates over which the interval must stay narrow (Hoad, Robinson & Davies 2010, kLimit)."""


def enough(values: Sequence[float], rule: Until) -> bool:
    """Whether the mean of the values is known as the rule asks.

    The half width of the confidence interval (Student's t) must hold at some number of replicates and
    at each of the next LOOK_AHEAD (more beyond a hundred: Hoad et al. 2010, eq. 3).
    """
    numbers = np.asarray(values, float)
    numbers = numbers[~np.isnan(numbers)]
    narrow = half_widths(numbers, rule.confidence) <= _wanted(numbers, rule)
    run = 0
    for at, holds in enumerate(narrow):
        run = run + 1 if holds else 0
        count = at + 3
        if run > LOOK_AHEAD * max(1, count // 100):
            return True
    return False


def came_to(runs: pd.DataFrame, rule: Until) -> str:
    """What the rule came to: at how many points the mean is known so well, after how many replicates.

    `runs` has a row a run: point, replicate, and the outcome of the rule, none where a run failed.
    """
    values = [own.sort_values("replicate")[rule.until].tolist() for _, own in runs.groupby("point")]
    narrow = sum(enough(each, rule) for each in values)
    width = look.number(rule.half_width) if rule.absolute else f"{look.number(100 * rule.half_width)} %"
    fewest, most = min(map(len, values)), max(map(len, values))
    after = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    said = (
        f"{rule.until}: the mean is known to ± {width} ({look.number(100 * rule.confidence)} % interval) at {narrow} of "
        f"{look.plural(len(values), 'point')}, after {after} replicates"
    )
    if narrow < len(values):
        said += f"; where it is not, at most {rule.at_most} were allowed"
    return f"{said}."


def half_widths(values: np.ndarray, confidence: float) -> np.ndarray:
    """Half width of the interval of the mean after 3, 4, ... values."""
    from scipy.stats import t

    if len(values) < 3:
        return np.empty(0)
    count = np.arange(1, len(values) + 1)
    mean = np.cumsum(values) / count
    squares = np.cumsum((values - values[0]) ** 2) - count * (mean - values[0]) ** 2
    spread = np.sqrt(np.maximum(squares[2:], 0.0) / (count[2:] - 1))
    quantile = t.ppf(0.5 + confidence / 2, count[2:] - 1)
    return np.asarray(quantile * spread / np.sqrt(count[2:]))


def _wanted(values: np.ndarray, rule: Until) -> np.ndarray:
    """The half width asked for after 3, 4, ... values."""
    if rule.absolute:
        return np.full(max(0, len(values) - 2), rule.half_width)
    means = np.cumsum(values) / np.arange(1, len(values) + 1)
    return np.asarray(rule.half_width * np.abs(means[2:]))

"""Statistics of paired differences: intervals, adjusted tests, intervals of ranks, groups of ties.

A table of differences has a row a replicate and a column a loss; the same replicate has the same luck in
every column, so columns are compared within replicates. The methods are those of `scipy.stats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.95
"""Level of all intervals."""
RESAMPLES = 1_000
AT_ONCE = 4_000_000


def means(values: np.ndarray, level: float = LEVEL) -> dict[str, np.ndarray]:
    """Mean of each column, its t interval, and p of no difference from 0 (two-sided).

    A column that is the same in every replicate has an interval of no width, and p of 1 at 0, else of 0.
    """
    from scipy import stats

    values = np.asarray(values, float)
    mean = values.mean(axis=0)
    constant = np.ptp(values, axis=0) <= 1e-12 * np.abs(values).max(axis=0, initial=0.0)
    low, high, p = mean.copy(), mean.copy(), np.where(mean == 0.0, 1.0, 0.0)
    if (~constant).any():
        test = stats.ttest_1samp(values[:, ~constant], 0.0, axis=0)
        interval = test.confidence_interval(level)
        low[~constant], high[~constant], p[~constant] = interval.low, interval.high, test.pvalue
    return {"mean": mean, "low": low, "high": high, "p": p}


def adjusted(p: np.ndarray) -> np.ndarray:
    """p adjusted for the number of tests (Benjamini & Hochberg 1995): a share of false finds, not of any one."""
    from scipy import stats

    p = np.asarray(p, float)
    return np.asarray(stats.false_discovery_control(p, method="bh")) if len(p) else p


def estimates(values: np.ndarray, level: float = LEVEL) -> dict[str, np.ndarray]:
    """`means` with the adjusted p of all columns together."""
    found = means(values, level)
    return found | {"p_adjusted": adjusted(found["p"])}


def rank_intervals(values: np.ndarray, level: float = LEVEL, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Interval of the rank of each column, 1 the largest mean: replicates drawn anew, percentiles of the ranks.

    Columns that are equal share their ranks: the interval reaches from the best to the worst of them.
    """
    from scipy import stats

    values = np.asarray(values, float)

    def ranks(rows: Any, axis: int = -1) -> np.ndarray:
        drawn_means = values[np.asarray(rows, int)].mean(axis=-2)
        best_and_worst = [stats.rankdata(-drawn_means, method=way, axis=-1) for way in ("min", "max")]
        found: np.ndarray = np.moveaxis(np.concatenate(best_and_worst, axis=-1), -1, 0)
        return found

    if values.shape[1] == 1:
        return np.ones(1), np.ones(1)
    drawn = stats.bootstrap(
        (np.arange(len(values)),), ranks, n_resamples=RESAMPLES, method="percentile", vectorized=True,
        batch=max(1, AT_ONCE // values.size), confidence_level=level, rng=np.random.default_rng(seed),
    )  # fmt: skip
    interval, columns = drawn.confidence_interval, values.shape[1]
    return np.floor(interval.low[:columns]), np.ceil(interval.high[columns:])


def tie_groups(values: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Number of the group of each column, 1 for the largest.

    From the largest mean down, a group has a head and those that follow it without differing from the
    head (paired t tests against the head, adjusted together); the first that differs heads the next.
    """
    values = np.asarray(values, float)
    order = np.argsort(-values.mean(axis=0), kind="stable")
    groups = np.zeros(values.shape[1], int)
    group, at = 0, 0
    while at < len(order):
        group += 1
        rest = order[at + 1 :]
        differs = adjusted(means(values[:, [order[at]]] - values[:, rest])["p"]) < 1 - level
        size = int(np.argmax(differs)) if differs.any() else len(rest)
        groups[order[at : at + 1 + size]] = group
        at += 1 + size
    return groups


def ranked(values: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """A row a column of `values`, the largest mean first: interval, test, rank with its interval, tie group."""
    import pandas as pd

    table = values.to_numpy(float)
    low, high = rank_intervals(table, seed=seed)
    frame = pd.DataFrame(
        estimates(table)
        | {"rank_low": low, "rank_high": high, "group": tie_groups(table),
           "share_worse": (table > 0).mean(axis=0), "runs": len(table)},
        index=values.columns,
    )  # fmt: skip
    frame = frame.sort_values("mean", ascending=False, kind="stable")
    frame.insert(0, "rank", frame["mean"].rank(ascending=False, method="min").astype(int))
    return frame.astype({"rank_low": int, "rank_high": int})

"""Would the method find parameters that are known? Runs of the sample taken for a record, one by one.

Coverage property of Prangle, Blum, Popovic & Sisson (2014) and simulation-based calibration (Talts et
al. 2018): over records drawn from the prior, an interval of 90 % holds the true value in 90 % of the
cases, and the rank of the true value in its posterior is uniform.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .posterior import Sample, posterior, quantiles
from .prior import Free

if TYPE_CHECKING:
    from .calibrate import Calibration


def coverage(
    free: Sequence[Free],
    sample: Sample,
    scale: np.ndarray,
    weight: np.ndarray,
    accept: float,
    cases: int,
    seed: int,
) -> pd.DataFrame:
    """A row a case and parameter: the true value, its posterior median, rank, and whether intervals hold it.

    All runs of the point of a case are left out of the sample that it is inferred from.
    """
    generator = np.random.default_rng([seed, 2])
    rows = []
    for case, run in enumerate(generator.choice(len(sample.runs), min(cases, len(sample.runs)), False)):
        others = sample.rows(np.flatnonzero(sample.point != sample.point[run]))
        found = posterior(free, others, sample.runs[run], scale, weight, accept)
        for column, each in enumerate(free):
            true, values = sample.shares[run, column], found.shares[:, column]
            at = quantiles(values, found.weights, [0.05, 0.25, 0.5, 0.75, 0.95])
            below = float(found.weights[values < true].sum())
            tied = float(found.weights[values == true].sum())
            rank = below + generator.random() * tied
            rows.append(
                [case, int(run), each.path, float(each.value(true)), float(each.value(at[2])), rank,
                 bool(at[1] <= true <= at[3]), bool(at[0] <= true <= at[4])]
            )  # fmt: skip
    columns = ["case", "run", "field", "true", "median", "rank", "in_50", "in_90"]
    return pd.DataFrame(rows, columns=columns)


def told(table: pd.DataFrame) -> pd.DataFrame:
    """A row a parameter: coverage with its 95 % interval (Wilson), Spearman's rho of truth and median, rank test.

    `uniform` is the p-value of a Kolmogorov-Smirnov test of the ranks.
    """
    from scipy.stats import binomtest, kstest, spearmanr

    rows = []
    for field, own in table.groupby("field", sort=False):
        row: dict[str, object] = {"field": field, "cases": len(own)}
        for name in ("in_50", "in_90"):
            found = binomtest(int(own[name].sum()), len(own)).proportion_ci(method="wilson")
            row |= {name: own[name].mean(), f"{name}_low": found.low, f"{name}_high": found.high}
        varied = own["true"].nunique() > 1 and own["median"].nunique() > 1
        row["recovered"] = float(spearmanr(own["true"], own["median"]).statistic) if varied else 0.0
        row["uniform"] = float(kstest(own["rank"], "uniform").pvalue)
        rows.append(row)
    return pd.DataFrame(rows)


def smooth(found: Calibration) -> list[str]:
    """Parameters that are no whole numbers: only these have intervals of a stated coverage."""
    return [each.path for each in found.free if not each.whole]


def holding(found: Calibration) -> float:
    """Share of true values that their 90 % intervals hold, over all parameters but whole numbers."""
    table = found.coverage
    return float(table.loc[table["field"].isin(smooth(found)), "in_90"].mean())

"""Whether more runs or another tolerance would tell something else: the posterior against both."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .posterior import Sample, posterior, quantiles
from .prior import Free

PARTS = (0.125, 0.25, 0.5, 1.0)
SHARES = (0.25, 0.5, 1.0, 2.0, 4.0)
FEWEST = 20


def convergence(
    free: Sequence[Free],
    sample: Sample,
    target: np.ndarray,
    scale: np.ndarray,
    weight: np.ndarray,
    accept: float,
) -> pd.DataFrame:
    """The posterior median and 90 % interval for the first part of the points, and for other tolerances.

    A row a parameter and setting: `varied` is "points" or "accept", `points` and `accept` the setting,
    `runs` how many were kept. Settings that keep fewer than 20 runs are left out.
    """
    total = int(sample.point.max()) + 1
    settings = [("points", round(total * part), accept) for part in PARTS]
    settings += [("accept", total, min(1.0, accept * share)) for share in SHARES]
    rows = []
    for varied, points, share in dict.fromkeys(settings):
        part = sample.rows(np.flatnonzero(sample.point < points))
        if round(share * len(part.runs)) < FEWEST:
            continue
        found = posterior(free, part, target, scale, weight, share)
        for column, each in enumerate(free):
            values = np.asarray(each.value(found.shares[:, column]))
            low, middle, high = quantiles(values, found.weights, [0.05, 0.5, 0.95])
            rows.append(
                [each.path, varied, points, share, len(found.rows), float(low), float(middle), float(high)]
            )
    columns = ["field", "varied", "points", "accept", "runs", "low", "median", "high"]
    return pd.DataFrame(rows, columns=columns)

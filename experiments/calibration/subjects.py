"""Which part of the record moves which parameter: the posterior without one subject at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .distance import weights
from .posterior import Sample, posterior, quantiles, spread
from .prior import Free
from .record import SUBJECTS, Statistic


def without_each(
    free: Sequence[Free], told: Sequence[Statistic], sample: Sample, scale: np.ndarray, accept: float
) -> pd.DataFrame:
    """The posterior from the same runs with the whole record, and with one subject of it left out.

    A row a parameter and subject (`without`, empty for the whole record): median, 90 % interval and the
    ratio of the standard deviations, posterior over prior. A median that jumps hangs on that subject alone.
    """
    subjects = [subject for subject in SUBJECTS if any(each.subject == subject for each in told)]
    rows = []
    for left_out in ["", *(subjects if len(subjects) > 1 else [])]:
        kept = [at for at, each in enumerate(told) if each.subject != left_out]
        some = [told[at] for at in kept]
        part = Sample(sample.shares, sample.runs[:, kept], sample.point)
        target = np.array([each.recorded for each in some])
        found = posterior(free, part, target, scale[kept], weights(some), accept)
        for column, each in enumerate(free):
            values = np.asarray(each.value(found.shares[:, column]))
            low, middle, high = quantiles(values, found.weights, [0.05, 0.5, 0.95])
            ratio = spread(found.shares[:, column], found.weights) / each.spread
            rows.append([each.path, left_out, float(low), float(middle), float(high), float(ratio)])
    return pd.DataFrame(rows, columns=["field", "without", "low", "median", "high", "ratio"])

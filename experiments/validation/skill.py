"""Skill: the model's scores against those of the null models, run by run with the same seed.

A null model that does as well as the model means that the model's mechanisms add nothing to that score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .record import Record
from .scores import BAND

if TYPE_CHECKING:
    import pandas as pd

LESS_IS_BETTER = ("timing", "free timing")
SCORES = ("F1", "F1 of starts", "timing", "free timing", "order")
"""What the verdicts are about."""
NORMAL_95 = 1.96

BETTER, BETTER_ON_AVERAGE, NO_BETTER, WORSE, UNKNOWN = (
    "better",
    "better on average",
    "no better",
    "worse",
    "not testable",
)


def skill(model: pd.DataFrame, nulls: dict[str, pd.DataFrame], record: Record) -> pd.DataFrame:
    """A row for each null model, period and score: means of both, advantage of the model, verdict.

    `advantage` is the mean over seeds of the model's score minus the null's, turned round where less is
    better, so that above 0 the model is ahead; `low` and `high` hold 90 % of the runs.
    """
    import pandas as pd

    rows = []
    for null, table in nulls.items():
        for period in record.periods:
            for score in SCORES:
                name = f"{score}, {period.name}"
                if name in model and name in table:
                    rows.append((null, period.name, score, *_compared(model[name], table[name], score)))
    columns = ["null", "period", "score", "model", "null_model", "advantage", "low", "high", "verdict"]
    return pd.DataFrame(rows, columns=columns)


def _compared(model: pd.Series, null: pd.Series, score: str) -> tuple[float, float, float, float, float, str]:
    sign = -1.0 if score in LESS_IS_BETTER else 1.0
    ahead = sign * (model - null).to_numpy(float)
    ahead = ahead[~np.isnan(ahead)]
    means = float(model.mean()), float(null.mean())
    if not len(ahead):
        return *means, np.nan, np.nan, np.nan, UNKNOWN
    low, high = (float(each) for each in np.percentile(ahead, BAND))
    return *means, float(ahead.mean()), low, high, verdict(ahead)


def verdict(ahead: np.ndarray) -> str:
    """In a word: better if 95 % of runs are ahead; on average, if the mean is beyond its error; worse, if behind."""
    error = NORMAL_95 * float(ahead.std(ddof=1)) / np.sqrt(len(ahead)) if len(ahead) > 1 else np.inf
    if np.percentile(ahead, BAND[0]) > 0:
        return BETTER
    if ahead.mean() - error > 0:
        return BETTER_ON_AVERAGE
    return WORSE if ahead.mean() + error < 0 else NO_BETTER

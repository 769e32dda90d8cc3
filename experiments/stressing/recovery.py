"""How long until a park is back: curves with their bands, and recovery as censored data.

A replicate that is not back at the end of the run is censored: it has not recovered for at least that
long. Kaplan & Meier's estimate uses both; a mean over those that recovered would not.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING

import numpy as np

from . import paired
from .damage import INDICATORS
from .findings import Findings

if TYPE_CHECKING:
    import pandas as pd

BANDS = {"low_90": 0.05, "low_50": 0.25, "median": 0.5, "high_50": 0.75, "high_90": 0.95}


def kaplan_meier(years: np.ndarray, recovered: np.ndarray) -> pd.DataFrame:
    """Share that has not recovered after so many years, with its interval (Kaplan & Meier 1958; log-log).

    Rows: `years` from 0 on, `not_recovered`, `low`, `high`, `at_risk` just before, `recovered` then. A run
    that was never below 95 % counts as recovered after 0 years.
    """
    import pandas as pd
    from scipy import stats

    years, recovered = np.asarray(years, float), np.asarray(recovered, bool)
    curve = stats.ecdf(stats.CensoredData.right_censored(years, ~recovered)).sf
    with warnings.catch_warnings():  # where all or none have recovered the interval has no width
        warnings.filterwarnings("ignore", "The confidence interval is undefined")
        interval = curve.confidence_interval(paired.LEVEL, method="log-log")
    at = np.asarray(curve.quantiles)
    frame = pd.DataFrame(
        {"years": at, "not_recovered": curve.probabilities, "low": interval.low.probabilities,
         "high": interval.high.probabilities, "at_risk": [(years >= each).sum() for each in at],
         "recovered": [((years == each) & recovered).sum() for each in at]}
    )  # fmt: skip
    if not len(frame) or at[0] > 0:
        start = pd.DataFrame({"years": [0.0], "not_recovered": [1.0], "low": [1.0], "high": [1.0],
                              "at_risk": [len(years)], "recovered": [0]})  # fmt: skip
        frame = pd.concat([start, frame], ignore_index=True)
    edge = frame["not_recovered"].isin((0.0, 1.0))  # where log-log says nothing
    return frame.assign(**{name: frame[name].where(~edge | frame[name].notna(), frame["not_recovered"])
                           for name in ("low", "high")})  # fmt: skip


def median_years(years: np.ndarray, recovered: np.ndarray) -> float:
    """Years after which half of the runs have recovered; infinite when less than half do in the run."""
    table = kaplan_meier(years, recovered)
    back = table[table["not_recovered"] <= 0.5]
    return float(back["years"].iloc[0]) if len(back) else math.inf


def recovery(findings: Findings) -> pd.DataFrame:
    """Kaplan-Meier's curve of every single loss and indicator, a row a step."""
    import pandas as pd

    parts = []
    for name in INDICATORS:
        years, back = (findings.differences(f"{name}_{each}") for each in ("years", "recovered"))
        for key in years.columns:
            curve = kaplan_meier(years[key].to_numpy(), back[key].to_numpy() > 0)
            lead = {"contingency": findings.label(key), "indicator": name}
            parts.append(pd.concat([pd.DataFrame(lead, index=curve.index), curve], axis=1))
    return pd.concat(parts, ignore_index=True)


def medians(findings: Findings, name: str) -> dict[str, float]:
    """Median years to recovery by single loss."""
    years, back = (findings.differences(f"{name}_{each}") for each in ("years", "recovered"))
    return {key: median_years(years[key].to_numpy(), back[key].to_numpy() > 0) for key in years.columns}


def curves(findings: Findings) -> pd.DataFrame:
    """Indicators by years since the loss as a share of the twin's: median over the runs, bands of 50 and 90 %.

    A year in which the twin has nothing counts as 1. Year 0 is the first year with the loss.
    """
    import pandas as pd

    frame = findings.rows["curves"]
    frame = frame[frame["arm"] == 0]
    parts = []
    for name in INDICATORS:
        twin = frame[f"{name}_twin"].to_numpy(float)
        share = np.divide(frame[name].to_numpy(float), twin, out=np.ones(len(frame)), where=twin > 0)
        groups = pd.DataFrame({"loss": frame["loss"], "since": frame["since"], "share": share}).groupby(
            ["loss", "since"]
        )["share"]
        bands = pd.DataFrame({band: groups.quantile(level) for band, level in BANDS.items()}).reset_index()
        bands.insert(0, "contingency", [findings.label(key) for key in bands["loss"]])
        bands.insert(1, "indicator", name)
        parts.append(bands)
    return pd.concat(parts, ignore_index=True)

"""Scores of runs against the record: a row a run, a column a score, and their means and intervals.

In operation at a date: a simulated stream (supplier, receiver, residue) that is on record in operation is a hit,
one that is not is false, and a recorded one that is not simulated is missed. Recall is hits/(hits + missed),
precision hits/(hits + false), F1 their harmonic mean. In a period they are pooled over its years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .record import Key, Period, Record, first_starts, key_list, keys, simulated
from .runs import RunNumbers

if TYPE_CHECKING:
    import pandas as pd

BAND = (5.0, 95.0)
"""Per cent of runs between which an interval lies."""
SUBSTANCE = ("recall", "precision", "F1")
BESIDE = {"savings": ("savings_on_map",)}
"""Published totals held against a second number of ours as well."""


def scores(runs: Iterable[RunNumbers], record: Record) -> pd.DataFrame:
    """Every score of every run; the index is the seed. A score that cannot be taken is NaN."""
    import pandas as pd

    rows = {run.seed: scores_of(run, record) for run in runs}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("seed")


def scores_of(run: RunNumbers, record: Record) -> dict[str, float]:
    """The scores of one run, named "what, when": "F1, 1995", "timing, to 1995", "co2_avoided, 2008"."""
    found: dict[str, float] = {}
    starts = first_starts(run)
    tallies = {year: tally(simulated(run, year), record, year) for year in record.years}
    for year, counted in tallies.items():
        found |= _named(substance(*counted), str(year))
    for period in record.periods:
        own = [counted for year, counted in tallies.items() if period.holds(year)]
        if own:
            found |= _named(substance(*np.sum(own, axis=0)), period.name)
        begun = substance(*_tally_of_starts(starts, record, period))
        found |= _named({f"{name} of starts": value for name, value in begun.items()}, period.name)
        found |= _named(timing(starts, record, period.name), period.name)
        found |= _named(_by_then(starts, record, period), period.name)
    return found | totals(run, record)


def _named(values: dict[str, float], when: str) -> dict[str, float]:
    return {f"{name}, {when}": value for name, value in values.items()}


def tally(made: set[Key], record: Record, year: int) -> tuple[int, int, int]:
    """Hits, false and missed of streams in operation."""
    asked = record.operating[year]
    return len(made & asked), len(made - asked - record.unsure[year]), len(asked - made)


def timing(starts: dict[Key, float], record: Record, period: str) -> dict[str, float]:
    """Of the recorded streams that began in a period and form in the run: how their starts compare.

    `timing`: median absolute difference of starts, years; `free timing` the same of streams that the dates of the
    scenario leave free. `order`: rank correlation (Spearman). `formed`: share that form at all.
    NaN where none (for the order, fewer than three) form.
    """
    from pandas import Series

    begun = record.begun[period]
    when = np.array([starts.get(key, np.nan) for key in key_list(begun)], float)
    recorded, free = begun["starts"].to_numpy(float), begun["free"].to_numpy(bool)
    there = ~np.isnan(when)
    away = np.abs(np.floor(when) - recorded)
    ranked = there.sum() >= 3 and np.ptp(when[there]) > 0 and np.ptp(recorded[there]) > 0
    return {
        "timing": _median(away[there]),
        "free timing": _median(away[there & free]),
        "order": float(Series(when[there]).rank().corr(Series(recorded[there]).rank())) if ranked else np.nan,
        "formed": float(there.mean()) if len(there) else np.nan,
    }


def _median(values: np.ndarray) -> float:
    return float(np.median(values)) if len(values) else np.nan


def substance(hits: float, false: float, missed: float) -> dict[str, float]:
    """Recall, precision and F1; NaN where nothing is asked for, 0 where nothing is made."""
    asked, made = hits + missed, hits + false
    if asked == 0:
        return dict.fromkeys(SUBSTANCE, np.nan)
    return {
        "recall": hits / asked,
        "precision": hits / made if made else 0.0,
        "F1": 2 * hits / (asked + made),
    }


def totals(run: RunNumbers, record: Record) -> dict[str, float]:
    """Simulated over published for every published total, low confidence left out.

    Published savings are compared twice: with those of all companies, and of the companies on the map only.
    """
    found = {}
    for total in record.scenario.history.totals:
        if total.confidence != "low" and total.year in run.yearly.index and total.value:
            beside = [name for name in BESIDE.get(total.indicator, ()) if name in run.yearly]
            for indicator in (total.indicator, *beside):
                found[f"{indicator}, {total.year:.0f}"] = run.at(indicator, int(total.year)) / total.value
    return found


def published(record: Record) -> dict[str, str]:
    """What was printed, by the names of `totals`."""
    return {
        f"{indicator}, {total.year:.0f}": total.published
        for total in record.scenario.history.totals
        for indicator in (total.indicator, *BESIDE.get(total.indicator, ()))
    }


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """Mean over runs and the 90 % interval of runs (`low`, `high`) of each score, a row a score."""
    import pandas as pd

    values = table.to_numpy(float)
    low, high = _percentiles(values)
    with np.errstate(invalid="ignore"):
        means = np.array([_mean(column) for column in values.T])
    return pd.DataFrame({"mean": means, "low": low, "high": high}, index=table.columns)


def inside_band(runs: Sequence[RunNumbers], recorded: dict[int, float]) -> tuple[int, int]:
    """How many recorded counts lie within the 90 % band of runs, and how many there are."""
    inside = 0
    for year, value in recorded.items():
        low, high = np.percentile([run.at("streams", year) for run in runs], BAND)
        inside += bool(low <= value <= high)
    return inside, len(recorded)


def formation(runs: Sequence[RunNumbers], record: Record) -> pd.DataFrame:
    """Recorded streams with the share of runs in which they form and when: median, 5 and 95 % of starts.

    A stream that a company took over counts from the day on which it held it.
    """
    table = record.streams.copy()
    firsts = [
        dict(zip(reversed(key_list(run.spans)), reversed(run.spans["starts"].tolist()))) for run in runs
    ]
    when = np.array([[first.get(key, np.nan) for key in key_list(table)] for first in firsts])
    table["probability"] = (~np.isnan(when)).mean(axis=0)
    for name, share in (("early", 5), ("lower", 25), ("median", 50), ("upper", 75), ("late", 95)):
        table[name] = [
            np.percentile(c[~np.isnan(c)], share) if (~np.isnan(c)).any() else np.nan for c in when.T
        ]
    return table


def false_streams(runs: Sequence[RunNumbers], record: Record) -> pd.DataFrame:
    """Simulated streams that are not on record at all, with the share of runs and years of score in which they operate.

    Most frequent first, with input and class of the residue.
    """
    import pandas as pd

    seen: dict[Key, tuple[int, tuple[str, ...]]] = {}
    for run in runs:
        kinds = dict(
            zip(key_list(run.spans), zip(run.spans["input"], run.spans["class"], strict=True), strict=True)
        )
        for year in record.years:
            for key in simulated(run, year) - record.known:
                times, _kind = seen.get(key, (0, ()))
                seen[key] = (times + 1, kinds[key])
    rows = [(*key, *kind, times / (len(runs) * len(record.years))) for key, (times, kind) in seen.items()]
    table = pd.DataFrame(rows, columns=["supplier", "receiver", "residue", "input", "class", "share"])
    return table.sort_values(
        ["share", "supplier", "receiver", "residue"], ascending=[False, True, True, True]
    ).reset_index(drop=True)


def _tally_of_starts(starts: dict[Key, float], record: Record, period: Period) -> tuple[int, int, int]:
    """Hits, false and missed of streams that began in a period: the test of what is new in it."""
    made = {key for key, start in starts.items() if period.holds(start)}
    asked = keys(record.begun[period.name])
    return len(made & asked), len(made - asked - record.not_asked), len(asked - made)


def _by_then(starts: dict[Key, float], record: Record, period: Period) -> dict[str, float]:
    """Streams begun by the end of a period, on record at any time and not; and the recorded ones formed by then."""
    begun = {key for key, start in starts.items() if start < period.last + 1}
    asked = keys(record.begun[period.name])
    on_record = len(begun & record.known)
    return {
        "formed in time": len(begun & asked) / len(asked) if asked else np.nan,
        "on record": float(on_record),
        "not on record": float(len(begun) - on_record),
    }


def _percentiles(values: np.ndarray) -> tuple[list[float], list[float]]:
    columns = [column[~np.isnan(column)] for column in values.T]
    pairs = [np.percentile(column, BAND) if len(column) else (np.nan, np.nan) for column in columns]
    return [float(pair[0]) for pair in pairs], [float(pair[1]) for pair in pairs]


def _mean(column: np.ndarray) -> float:
    there = column[~np.isnan(column)]
    return float(there.mean()) if len(there) else np.nan

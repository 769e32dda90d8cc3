"""Tables of a validation: names of the columns and rows of text, for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..look import NOTHING, count, fixed, number, share
from .skill import SCORES

if TYPE_CHECKING:
    from .study import Validation

Row = tuple[str, ...]
Table = tuple[Row, list[Row]]
HARDLY = 0.005
"""A share below this is not listed."""
OF_TIME = ("timing", "free timing")


def tables(found: Validation) -> Iterator[tuple[str, Row, list[Row]]]:
    """Every table: heading, names of the columns, rows of text."""
    yield "Streams in operation", *_counts(found)
    yield "Which streams: recall, precision and F1 by year", *_substance(found)
    yield "By period, beside the null models", *_periods(found)
    if found.nulls:
        yield "Verdicts", *_verdicts(found)
        yield "Skill against the null models", *_skill(found)
    if len(found.totals):
        yield "Published totals", *_totals(found)
    yield "Patterns", *_patterns(found)
    if len(found.formation):
        yield "Each recorded stream", *_streams(found)
        yield "Streams that nobody reported", *_false(found)


def _counts(found: Validation) -> Table:
    record, runs = found.ensemble.record, found.ensemble.runs
    reported, nulls = record.counts("reported"), found.nulls
    rows: list[Row] = []
    for year, value in record.counts().items():
        own = [run.at("streams", year) for run in runs]
        low, high = np.percentile(own, (5, 95))
        others = (
            number(float(np.mean([run.at("streams", year) for run in each]))) for each in nulls.values()
        )
        rows.append((str(year), number(value), number(reported.get(year, np.nan)), number(float(np.mean(own))),
                     f"{count(low)} to {count(high)}", fixed(float(np.mean(own)) / value, 2), *others))  # fmt: skip
    names = ("year", "recorded", "reported then", "simulated", "90 % of runs", "ratio", *nulls)
    return names, rows


def _substance(found: Validation) -> Table:
    rows: list[Row] = []
    for year in found.ensemble.record.years:
        asked = number(len(found.ensemble.record.operating[year]))
        own = (interval(found.summary, f"{name}, {year}") for name in ("recall", "precision", "F1"))
        nulls = (_mean(table, f"F1, {year}") for table in found.null_summaries.values())
        rows.append((str(year), asked, *own, *nulls))
    return ("year", "on record", "recall", "precision", "F1", *(f"F1 {name}" for name in found.nulls)), rows


def _periods(found: Validation) -> Table:
    of_starts = ("recall of starts", "precision of starts", "F1 of starts")
    names = ("recall", "precision", "F1", *of_starts, "timing", "free timing", "order", "formed in time", "formed",
             "on record", "not on record")  # fmt: skip
    rows: list[Row] = []
    for period in found.ensemble.record.periods:
        for name in names:
            key = f"{name}, {period.name}"
            if key in found.summary.index:
                nulls = (_mean(table, key) for table in found.null_summaries.values())
                unit = ", years" if name in OF_TIME else ""
                rows.append((period.name, name + unit, interval(found.summary, key), *nulls))
    return ("period", "score", "model", *found.nulls), rows


def _skill(found: Validation) -> Table:
    rows: list[Row] = []
    for row in found.skill.to_dict("records"):
        ahead = f"{fixed(row['advantage'], 2)} ({fixed(row['low'], 2)} to {fixed(row['high'], 2)})"
        rows.append(
            (
                row["null"],
                row["period"],
                row["score"],
                fixed(row["model"], 2),
                fixed(row["null_model"], 2),
                ahead,
                row["verdict"],
            )
        )
    return ("null model", "period", "score", "model", "null", "advantage of the model", "the model is"), rows


def _verdicts(found: Validation) -> Table:
    grid = found.skill.set_index(["null", "period", "score"])["verdict"]
    rows: list[Row] = [
        (null, period, *(grid.get((null, period, score), "–") for score in SCORES))
        for null, period in dict.fromkeys(zip(found.skill["null"], found.skill["period"], strict=True))
    ]
    return ("than", "period", *SCORES), rows


def _totals(found: Validation) -> Table:
    rows: list[Row] = []
    for name, row in found.totals.iterrows():
        indicator, year = str(name).split(", ")
        nulls = (_mean(table, str(name)) for table in found.null_summaries.values())
        said = f"{fixed(row['mean'], 2)} ({fixed(row['low'], 2)} to {fixed(row['high'], 2)})"
        rows.append((indicator.replace("_", " "), year, row["published"], said, *nulls))
    return ("total", "year", "published", "simulated/published", *found.nulls), rows


def _patterns(found: Validation) -> Table:
    rows: list[Row] = [
        (str(each.number), each.tested, found_.verdict, found_.simulated, found_.recorded)
        for each, found_ in found.patterns
    ]
    return ("", "tested", "verdict", "simulated", "recorded"), rows


def _streams(found: Validation) -> Table:
    rows: list[Row] = []
    for row in found.formation.sort_values(["starts", "supplier", "receiver"]).to_dict("records"):
        when = (
            "–"
            if np.isnan(row["median"])
            else f"{int(row['median'])} ({int(row['early'])} to {int(row['late'])})"
        )
        kind = "handed on" if row["handed_on"] else "free" if row["free"] else "dated"
        rows.append((f"{row['starts']:.0f}", row["supplier"], row["receiver"], row["residue"].replace("_", " "),
                     row["confidence"], kind, share(row["probability"]), when))  # fmt: skip
    return (
        "recorded",
        "supplier",
        "receiver",
        "residue",
        "confidence",
        "start",
        "runs",
        "simulated start",
    ), rows


def _false(found: Validation) -> Table:
    table = found.false[found.false["share"] >= HARDLY].head(20)
    rows: list[Row] = [
        (
            row["supplier"],
            row["receiver"],
            row["residue"].replace("_", " "),
            row["input"].replace("_", " "),
            row["class"],
            share(row["share"]),
        )
        for row in table.to_dict("records")
    ]
    return ("supplier", "receiver", "residue", "as", "class", "runs and years"), rows


def interval(table: pd.DataFrame, name: str) -> str:
    """A score as mean and 90 % of runs: 0.71 (0.65 to 0.75)."""
    if name not in table.index:
        return NOTHING
    values = table[["mean", "low", "high"]].loc[name].to_numpy(float)
    mean, low, high = (fixed(float(each), _places(name)) for each in values)
    return NOTHING if mean == NOTHING else f"{mean} ({low} to {high})"


def _mean(table: pd.DataFrame, name: str) -> str:
    return fixed(float(table["mean"].get(name, np.nan)), _places(name))


def _places(name: str) -> int:
    return 0 if "on record" in name else 1 if name.startswith(OF_TIME) else 2

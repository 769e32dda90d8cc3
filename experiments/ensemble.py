"""Many seeds of one scenario beside its record: counts with their band, and which streams form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.reading import load_scenario
from simulation.run import Source, simulate

from . import funnel
from .record import KEY, formed, recorded_streams, recorded_values

FORMED_BEFORE = 1996
"""Streams recorded before this year are the first test: 1996 and later are for validation."""


@dataclass(frozen=True)
class Ensemble:
    """What many runs of a scenario say together.

    `counts`: streams at the end of each recorded year, a row a run. `streams`: a row a recorded
    stream with the share of runs in which it formed and the median year. `early`: a row a run, with
    the share of the streams recorded before 1996 that formed by then and in the whole run, and the
    numbers of streams on record and not on record that had started by then. `funnels`: a row a run, from
    talk to stream (`experiments.funnel`). `totals`: a row a run, simulated over recorded value of every
    published total.
    """

    runs: int
    recorded: dict[int, float]
    counts: pd.DataFrame
    streams: pd.DataFrame
    early: pd.DataFrame
    funnels: pd.DataFrame
    totals: pd.DataFrame


def ensemble(
    scenario: Source,
    runs: int = 200,
    seed: int = 1,
    tell: Callable[[int], None] | None = None,
    set: Mapping[str, Any] | None = None,
) -> Ensemble:
    """Run `runs` seeds, `seed` being the first; `tell` is called with the number done after each.

    `set` gives fields by dotted path, as for `simulate`. Raises ScenarioError.
    """
    scenario = load_scenario(scenario, set)
    counts, early, starts, funnels, totals = [], [], [], [], []
    recorded: dict[int, float] = {}
    for done in range(runs):
        result = simulate(scenario, seed + done)
        recorded = recorded_values(result.scenario.history, "streams")
        series = result.indicators.groupby(result.indicators["year"].astype(int))["streams"].last()
        counts.append([float(series.get(year, np.nan)) for year in recorded])
        table = formed(result)
        starts.append(table["simulated"].to_numpy())
        early.append(_early(result, table))
        funnels.append(funnel.funnel(result))
        totals.append(_totals(result))
        if tell is not None:
            tell(done + 1)
    streams = recorded_streams(result.scenario.history)
    when = np.array(starts)
    streams["share"] = (~np.isnan(when)).mean(axis=0)
    streams["median_start"] = pd.DataFrame(when).median().to_numpy()
    columns = ["formed_by_then", "formed_ever", "on_record", "not_on_record"]
    return Ensemble(
        runs,
        recorded,
        pd.DataFrame(counts, columns=list(recorded)),
        streams,
        pd.DataFrame(early, columns=columns),
        pd.DataFrame(funnels),
        pd.DataFrame(totals),
    )


def _early(result: Any, table: pd.DataFrame) -> tuple[float, float, int, int]:
    """Of the streams recorded before 1996: share formed by then and ever; streams on and off the record by then."""
    sure = table[(table["starts"] < FORMED_BEFORE) & (table["confidence"] != "low")]
    known = {tuple(row) for row in table[KEY].to_numpy()}
    contracts = result.contracts[result.contracts["starts"] < FORMED_BEFORE]
    made = {tuple(row) for row in contracts[["begun_by_supplier", "begun_by_receiver", "residue"]].to_numpy()}
    hits = len(made & known)
    by_then = (sure["simulated"] < FORMED_BEFORE).mean()
    return float(by_then), float(sure["simulated"].notna().mean()), hits, len(made) - hits


def _totals(result: Any) -> dict[str, float]:
    """Simulated over recorded value of the published totals, by year and indicator."""
    yearly = result.yearly()
    return {
        f"{total.year:.0f}  {total.indicator}": float(yearly.at[int(total.year), total.indicator])
        / total.value
        for total in result.scenario.history.totals
        if int(total.year) in yearly.index and total.indicator in yearly and total.value != 0
    }


def text(found: Ensemble) -> str:
    """The ensemble as plain lines."""
    lines = [f"Streams in operation at the end of the year, {found.runs} runs (model result):", ""]
    lines.append("year  recorded   mean  ratio   5 %  median  95 %")
    for year, recorded in found.recorded.items():
        values = found.counts[year]
        low, middle, high = np.percentile(values, [5, 50, 95])
        lines.append(
            f"{year}  {recorded:>8.0f}  {values.mean():>5.1f}  {values.mean() / recorded:>5.2f}"
            f"  {low:>4.0f}  {middle:>6.0f}  {high:>4.0f}"
        )
    lines += _early_lines(found)
    lines += ["", funnel.text(found.funnels)]
    if len(found.totals.columns):
        lines += ["", "Published totals, simulated over recorded, median run (middle nine tenths):", ""]
    for name in found.totals:
        low, middle, high = np.percentile(found.totals[name], [5, 50, 95])
        lines.append(f"  {name:<22}{middle:>6.2f}  ({low:.2f} to {high:.2f})")
    if found.streams.empty:
        return "\n".join(lines)
    lines += ["", "Share of runs in which each recorded stream forms, and the median year:"]
    for row in found.streams.sort_values("starts").to_dict("records"):
        when = "   –" if np.isnan(row["median_start"]) else f"{row['median_start']:.0f}"
        name = f"{row['supplier']} -> {row['receiver']}: {row['residue'].replace('_', ' ')}"
        lines.append(
            f"  {row['starts']:.0f}  {100 * row['share']:>3.0f} %  {when}  {name} ({row['confidence']})"
        )
    return "\n".join(lines)


def _early_lines(found: Ensemble) -> list[str]:
    """The first test, where the record reaches back that far."""
    early = found.early.median()
    if np.isnan(early["formed_by_then"]):
        return []
    return [
        "",
        f"Of the streams recorded before {FORMED_BEFORE} (low confidence left out), in the median run:",
        f"  formed by {FORMED_BEFORE}: {100 * early['formed_by_then']:.0f} %",
        f"  formed in the whole run: {100 * early['formed_ever']:.0f} %",
        f"Streams started by {FORMED_BEFORE} in the median run: {early['on_record']:.0f} on record, "
        f"{early['not_on_record']:.0f} not",
    ]

"""Patterns of money and rules: paybacks and totals, CO2, what a rule starts and what a levy strengthens."""

from __future__ import annotations

import numpy as np

from ..look import number
from .ensemble import Ensemble, WithoutResidue, no_landfill_levy
from .patterns import (
    Finding,
    NotTestable,
    Pattern,
    interval,
    mean_of,
    recorded_streams_of,
    stream_starts,
    total,
    values_of,
)
from .runs import RunNumbers

RULED = ("fgd_gypsum", "sulphur")
"""Residues that exist because a rule asks to take sulphur out of flue gas and fuels."""
LEVIED = ("fly_ash", "fgd_gypsum")
RULES_HOUR = 3.0
"""Years within which a rule should make its streams."""


def money(ensemble: Ensemble) -> Finding:
    """5: paybacks, investment and savings, those of the companies on the map as in the published totals."""
    invested, saved = total(ensemble, "investment", 1995), total(ensemble, "savings", 1995)
    saved_later = total(ensemble, "savings", 2018)
    early = [
        run.contracts[(run.contracts["signed"] < 1996) & (run.contracts["capex"] > 0)]
        for run in ensemble.runs
    ]
    paybacks = [float(table["payback"].mean()) for table in early]
    within = [float(table["payback"].between(2, 8).mean()) for table in early]
    runs = ensemble.runs
    now = [
        mean_of(runs, name, year) / 1e6
        for name, year in (("investment", 1995), ("savings_on_map", 1995), ("savings_on_map", 2018))
    ]
    published = [each / 1e6 for each in (invested, saved, saved_later)]
    checks = {
        "mean payback 4.5-6.5 years": 4.5 <= float(np.nanmean(paybacks)) <= 6.5,
        "most paybacks 2-8 years": float(np.nanmean(within)) > 0.5,
        **{
            f"{name} within a factor of two": 0.5 <= ours / theirs <= 2
            for name, ours, theirs in zip(
                ("investment", "savings of 1995", "savings of 2018"), now, published, strict=True
            )
        },
    }
    said = "invested {} M EUR by 1995, saved {} M EUR/yr on the map in 1995 and {} in 2018"
    simulated = f"mean payback {interval(paybacks)} years, {round(100 * float(np.nanmean(within)))} % between 2 and 8; "
    recorded = "mean payback 4.5-6.5 years; " + said.format(*map(number, published))
    return Finding.of(checks, simulated + said.format(*map(number, now)), recorded)


def carbon(ensemble: Ensemble) -> Finding:
    """6: CO2 avoided in years with a published value."""
    published = {
        t.year: t.value
        for t in ensemble.scenario.history.totals
        if t.indicator == "co2_avoided" and t.year >= 2008
    }
    if not published or max(published) > ensemble.runs[0].yearly.index[-1]:
        raise NotTestable("no CO2 avoided is published from 2008 on")
    low, high = 0.8 * min(published.values()), 1.1 * max(published.values())
    means = {int(year): mean_of(ensemble.runs, "co2_avoided", int(year)) for year in published}
    checks = {str(year): low <= value <= high for year, value in means.items()}
    simulated = ", ".join(f"{number(value / 1e6, 2)} in {year}" for year, value in means.items())
    return Finding.of(
        checks,
        f"{simulated} Mt/yr",
        f"{number(low / 1e6, 2)} to {number(high / 1e6, 2)} Mt/yr, {min(published):.0f}-{max(published):.0f}",
    )


def rules(ensemble: Ensemble) -> Finding:
    """7: starts of streams that a rule made possible, and the same without the rule."""
    checks, simulated, recorded = {}, [], []
    without = ensemble.without("sulphur rules", WithoutResidue(RULED))
    for residue in RULED:
        began = float(recorded_streams_of(ensemble, residue=residue)["starts"].min())
        starts = np.array(stream_starts(ensemble.runs, residue=residue))
        off = np.array(stream_starts(without, residue=residue))
        name = residue.replace("_", " ")
        formed = starts[~np.isnan(starts)]
        checks[f"{name} not before {began:.0f}"] = bool((formed >= began).all())
        checks[f"{name} within {RULES_HOUR:.0f} years in most runs"] = bool(
            len(formed) > len(starts) / 2 and np.median(formed) <= began + 1 + RULES_HOUR
        )
        checks[f"no {name} without the rule"] = bool(np.isnan(off).all())
        simulated.append(f"{name} {_years(formed)} in {round(100 * len(formed) / len(starts))} % of runs")
        recorded.append(f"{name} {began:.0f}")
    return Finding.of(checks, "; ".join(simulated) + "; none with the rule off", ", ".join(recorded))


def _years(starts: np.ndarray) -> str:
    """Median and 90 % interval of dates, in whole years."""
    if not len(starts):
        return "never"
    low, middle, high = (int(each) for each in np.percentile(starts, (5, 50, 95)))
    return f"{middle} ({low} to {high})"


def levy(ensemble: Ensemble) -> Finding:
    """12: ash and gypsum with and without the landfill levy."""
    if not any(ensemble.scenario.policy.landfill_levy.by_year.values()):
        raise NotTestable("there is no landfill levy")
    without = ensemble.without("levy", no_landfill_levy)
    runs = ensemble.runs[: len(without)]
    checks, simulated = {}, []
    for residue in LEVIED:
        recorded_streams_of(ensemble, residue=residue)
        on, off = (np.array(stream_starts(each, residue=residue)) for each in (runs, without))
        share_on, share_off = (float((~np.isnan(each)).mean()) for each in (on, off))
        name = residue.replace("_", " ")
        checks[f"{name} forms without the levy"] = share_off >= 0.8 * share_on and share_on > 0
        simulated.append(f"{name} {round(100 * share_on)} % of runs with, {round(100 * share_off)} % without")
    saved = [np.mean(values_of(each, "savings", _last_year(each))) for each in (runs, without)]
    checks["savings are higher with the levy"] = bool(saved[0] > saved[1])
    return Finding.of(
        checks, "; ".join(simulated), "the levy strengthens ash and gypsum links and does not start them"
    )


def _last_year(runs: list[RunNumbers]) -> int:
    return int(runs[0].yearly.index[-1])


MONEY = (
    Pattern(5, "Mean payback to 1995 is 4.5-6.5 years; investment and savings are within a factor of two", money),
    Pattern(6, "CO2 avoided from 2008 lies in the published range", carbon),
    Pattern(7, "Gypsum and sulphur are traded soon after the rule that makes them, and not without it", rules),
    Pattern(12, "The landfill levy strengthens ash and gypsum links but does not start them", levy),
)  # fmt: skip

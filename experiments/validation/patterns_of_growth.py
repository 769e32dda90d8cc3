"""Patterns of growth: how many streams when, between how many partners, with and without a facilitator."""

from __future__ import annotations

import numpy as np

from ..look import number
from .ensemble import Ensemble, no_association
from .patterns import Finding, NotTestable, Pattern, interval, mean_of, recorded_at, values_of

NEAR = 0.2
FACILITATOR_WEAK_UNTIL = 2016


def counts(ensemble: Ensemble) -> Finding:
    """1: means against recorded counts."""
    recorded = ensemble.record.counts()
    means = {year: mean_of(ensemble.runs, "streams", year) for year in recorded}
    checks = {f"{year}": abs(means[year] / value - 1) <= NEAR for year, value in recorded.items() if value}
    simulated = ", ".join(f"{number(value)} in {year}" for year, value in means.items())
    return Finding.of(checks, simulated, ", ".join(f"{number(v)} in {year}" for year, v in recorded.items()))


def waves(ensemble: Ensemble) -> Finding:
    """2: streams added a year in four periods, of the runs' mean."""
    years = (1961, 1979, 1995, 2005, 2011)
    recorded = _slopes(recorded_at(ensemble, "reported", years), years)
    simulated = _slopes([mean_of(ensemble.runs, "streams", year) for year in years], years)
    slow, fast, flat, second = simulated
    checks = {
        "acceleration after 1979": fast > 1.5 * max(slow, 0.0),
        "plateau 1995-2005": flat < 0.5 * fast,
        "second wave after 2005": second > 1.5 * max(flat, 0.0),
    }
    return Finding.of(checks, _said(simulated), _said(recorded))


def _slopes(values: list[float], years: tuple[int, ...]) -> list[float]:
    return [float(each) for each in np.diff(values) / np.diff(years)]


def _said(slopes: list[float]) -> str:
    return ", ".join(number(each, 2) for each in slopes) + " streams a year to 1979, 1995, 2005, 2011"


def density(ensemble: Ensemble) -> Finding:
    """3: partners and streams of 1976 and 1995."""
    before, after = 1976, 1995
    partners = recorded_at(ensemble, "partners", (before, after))
    streams = recorded_at(ensemble, "reported", (before, after))
    runs = ensemble.runs
    now = [mean_of(runs, name, year) for name in ("partners", "streams") for year in (before, after)]
    more_partners, more_streams = now[1] / max(now[0], 1e-9), now[3] / max(now[2], 1e-9)
    checks = {
        "streams at least double": more_streams >= 2,
        "streams grow at least twice as much as partners": more_streams >= 2 * more_partners,
    }
    said = "partners {} to {}, streams {} to {}"
    return Finding.of(
        checks,
        said.format(*(number(each, 2) for each in now)) + " (1976 to 1995)",
        said.format(*(number(each) for each in (*partners, *streams))),
    )


def facilitator(ensemble: Ensemble) -> Finding:
    """4: streams without an association, and what it adds."""
    starts = ensemble.scenario.association.starts
    recorded = ensemble.record.counts("reported")
    alone = [year for year in recorded if year < starts]
    if starts >= 9999 or not alone or FACILITATOR_WEAK_UNTIL not in ensemble.runs[0].yearly.index:
        raise NotTestable("no association with years of the record before it")
    year = 1989 if 1989 in alone else max(alone)
    without = ensemble.without("association", no_association)
    runs = ensemble.runs[: len(without)]
    pairs = zip(
        values_of(runs, "streams", FACILITATOR_WEAK_UNTIL),
        values_of(without, "streams", FACILITATOR_WEAK_UNTIL),
        strict=True,
    )
    effect = [(on - off) / max(off, 1.0) for on, off in pairs]
    spontaneous = mean_of(ensemble.runs, "streams", year)
    checks = {
        f"at least {number(recorded[year])} in {year}": spontaneous >= recorded[year],
        "the facilitator adds less than a fifth": float(np.mean(effect)) < NEAR,
    }
    added = f"the facilitator adds {interval([100 * e for e in effect])} % by {FACILITATOR_WEAK_UNTIL}"
    simulated = f"{number(spontaneous)} in {year}; {added}"
    return Finding.of(checks, simulated, f"{number(recorded[year])} in {year}; effect weak before 2017")


GROWTH = (
    Pattern(1, "The mean number of streams is within 20 % of the record at every recorded year", counts),
    Pattern(2, "Slow start, acceleration after 1979, plateau after 1995, second wave after 2005", waves),
    Pattern(3, "From 1976 to 1995 streams multiply and partners hardly: density, not entry, carries growth", density),
    Pattern(4, "As many streams as recorded come without a facilitator, whose effect alone stays below a fifth", facilitator),
)  # fmt: skip

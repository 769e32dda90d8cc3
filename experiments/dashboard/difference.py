"""What an action has changed: the park beside its twin that went on without it, in words and numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments import look

from .course import Course
from .frame import operating
from .series import MEASURES, curve, difference_told

MOST_NAMED = 6
SMALL = 0.01
"""Of the largest gain or loss of a company: what is below is not worth a name."""
Stream = tuple[str, str, str]


def difference(park: Course, twin: Course) -> dict[str, Any]:
    """A headline, a line for each measure, what it has summed up to, who lost and won, streams apart.

    Both stand at the same quarter and have the same luck, so all of it is due to the action.
    """
    gone, new = streams_apart(park, twin)
    gains = gains_apart(park, twin)
    least = SMALL * max((abs(value) for _, value in gains), default=0.0)
    gains = [(name, value) for name, value in gains if abs(value) >= least]
    lines = []
    for measure in MEASURES:
        mine, theirs = (curve(each, measure)[-1] if each.quarter else 0.0 for each in (park, twin))
        lines.append(
            [
                measure.name,
                measure.told(float(mine)),
                measure.told(float(theirs)),
                difference_told(measure, float(mine - theirs), float(mine)),
                measure.unit,
            ]
        )
    return {
        "headline": headline(park, twin),
        "lines": lines,
        "losers": [[name, look.money(value)] for name, value in gains[:MOST_NAMED] if value < 0],
        "winners": [[name, f"+{look.money(value)}"] for name, value in gains[::-1][:MOST_NAMED] if value > 0],
        "gone": [told(stream) for stream in gone],
        "new": [told(stream) for stream in new],
        "none": not gone and not new and same(park, twin),
    }


def same(park: Course, twin: Course) -> bool:
    """Whether every indicator of every quarter is equal, bit for bit."""
    one, other = (each.tables.indicators[: each.quarter].tobytes() for each in (park, twin))
    return one == other


def headline(park: Course, twin: Course) -> str:
    """The main difference in a sentence."""
    if same(park, twin):
        return "No difference so far: both parks are the same to the last digit."
    saved, co2 = total(park, twin, "savings"), total(park, twin, "co2_avoided")
    here, there = (int(each.tables.indicators[each.quarter - 1]["streams"]) for each in (park, twin))
    verb = "is" if here == 1 else "are"
    without = "as many" if here == there else look.count(there)
    return (
        f"In {look.date(park.shown_year)} there {verb} {look.plural(here, 'stream')}; without the change there would be "
        f"{without}. The companies have saved {_more(saved, 'EUR')} since, and {_more(co2, 't of CO₂')} was avoided."
    )


def _more(value: float, unit: str) -> str:
    """An amount as more, less, or the same."""
    if abs(value) < 0.5:
        return "just as much" if unit == "EUR" else "as much CO₂"
    return f"{look.amount(abs(value), unit)} {'less' if value < 0 else 'more'}"


def total(park: Course, twin: Course, indicator: str) -> float:
    """Sum of the difference of a flow over all quarters so far."""
    mine, theirs = (each.tables.indicators[: each.quarter][indicator].sum() for each in (park, twin))
    return float(mine - theirs)


def gains_apart(park: Course, twin: Course) -> list[tuple[str, float]]:
    """Gain from streams of every company since the start, park less twin, EUR; the hardest hit first."""
    count = len(park.tables.companies)
    mine, theirs = (
        np.asarray(each.tables.accounts["savings"]).reshape(-1, count).sum(axis=0) for each in (park, twin)
    )
    pairs = zip(park.foundation.names.companies, (mine - theirs).tolist(), strict=True)
    return sorted(((name, value) for name, value in pairs if abs(value) >= 1.0), key=lambda item: item[1])


def streams_apart(park: Course, twin: Course) -> tuple[list[Stream], list[Stream]]:
    """Streams in operation in the twin only, and in the park only."""
    mine, theirs = streams_now(park), streams_now(twin)
    return sorted(theirs - mine), sorted(mine - theirs)


def streams_now(course: Course) -> set[Stream]:
    """Supplier, receiver and residue of the streams in operation."""
    tables, names = course.tables, course.foundation.names
    table = tables.contracts[operating(course)]
    residues = tables.residues["resource"][table["residue"]]
    return {
        (names.companies[a], names.companies[b], look.words(names.resources[r]))
        for a, b, r in zip(table["supplier"].tolist(), table["receiver"].tolist(), residues.tolist())
    }


def told(stream: Stream) -> str:
    """A stream in words."""
    return f"{stream[2]} from {stream[0]} to {stream[1]}"

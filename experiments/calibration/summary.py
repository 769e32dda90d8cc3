"""A run in a few numbers, the same as those taken from the record."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.journal import SPLITS, SUCCEEDS
from simulation.result import Result

from ..record import KEY
from ..sweeping import runs
from ..sweeping.jobs import Job, Record
from ..sweeping.outcomes import Yearly, parsed


def done(context: Any, job: Job) -> Record:
    """Statistics of a run, as the runner calls it."""
    return Record(summary(runs.result_of(context, job), context["record"]))


def summary(result: Result, record: dict[str, Any]) -> dict[str, float]:
    """The statistics of a run by name; a run without any stream has the worst timing that there is."""
    yearly = Yearly(result)
    values = _of_streams(result, record) if record["sure"] else {}
    for each in record["statistics"]:
        if each["name"] not in values:
            values[each["name"]] = parsed(each["name"]).value(yearly)
    return {each["name"]: values[each["name"]] for each in record["statistics"]}


def _of_streams(result: Result, record: dict[str, Any]) -> dict[str, float]:
    """Which recorded streams formed, when, and what formed beside them."""
    starts = first_starts(result)
    known = {tuple(each) for each in record["known"]}
    recorded = {tuple(row[:3]): row[3] for row in record["sure"]}
    end = result.foundation.calendar.year(result.foundation.calendar.quarters)
    late = _late(starts, recorded, end)
    free = _late(starts, {tuple(row[:3]): row[3] for row in record["free"]}, end)
    return {
        "formed": sum(key in starts for key in recorded) / len(recorded),
        "not_on_record": float(sum(key not in known for key in starts)),
        "delay": float(np.median(late)),
        "misdated": float(np.median(np.abs(late))),
        "free_delay": float(np.median(free)) if free.size else 0.0,
    }


def _late(starts: dict[Any, float], recorded: dict[Any, float], end: float) -> np.ndarray:
    """Starts less recorded starts of the streams that formed; where none did, from the first of them to the end."""
    late = [starts[key] - year for key, year in recorded.items() if key in starts]
    return np.array(late or [end - year for year in sorted(recorded.values())[:1]])


def first_starts(result: Result) -> dict[tuple[str, str, str], float]:
    """First start (decimal year) of each supplier, receiver and residue that ever held a stream.

    The same as `result.holders` says, from the tables where no succession has passed a stream on: frames
    would take four times as long as the run.
    """
    park, names = result.park, result.foundation.names
    now = int(park.clock[0]["quarter"])
    kinds = np.asarray(park.journal["kind"][: int(park.clock[0]["events"])])
    if np.isin(kinds, (SUCCEEDS, SPLITS)).any():
        first = result.holders.groupby(KEY)["starts"].min()
        found: dict[Any, float] = first.to_dict()
        return found
    table = np.asarray(park.contracts[: int(park.clock[0]["contracts"])]).view(np.ndarray)
    table = table[(table["starts"] < now) & (table["starts"] < table["ends"])]
    residue = park.residues["resource"][table["residue"]]
    earliest: dict[tuple[str, str, str], float] = {}
    for supplier, receiver, resource, starts in zip(
        table["begun_by_supplier"], table["begun_by_receiver"], residue, table["starts"], strict=True
    ):
        key = (names.companies[supplier], names.companies[receiver], names.resources[resource])
        year = result.foundation.calendar.year(int(starts))
        earliest[key] = min(year, earliest.get(key, year))
    return earliest

"""How time and memory grow: in companies, in quarters and in runs.

Each size runs in a process of its own (`python -m experiments.benchmarking.growth PARK RUNS UNTIL FIELD=VALUE ...`),
which prints seconds of processor time, MB of the tables and the most MB held. Founding is not counted in seconds.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from simulation.run import advanced, foundation_of, simulate, started

from ..look import count, number
from .figure import Figure
from .timing import apart, exponent, once, peak_megabytes

SIZES, MORE_SIZES = (30, 100, 300, 1000), (3000, 10_000)
LENGTHS, CROWD = (40, 80, 200), 300
RUNS = (30, 100, 300)
GOAL_EXPONENT, LARGEST, GOAL_SECONDS = 1.2, 10_000, 60.0
STARTS = 1975


def in_companies(sizes: Sequence[int]) -> list[Figure]:
    """Exponents in companies, over parks drawn at random, and the largest of them."""
    found = [grown("synthetic", **{"synthetic.companies": size}) for size in sizes]
    span, biggest, last = f"{count(min(sizes))} to {count(max(sizes))} companies", max(sizes), found[-1]
    largest = Figure(
        "seconds_of_the_largest", f"{count(biggest)} companies, 200 quarters", last["seconds"], "s",
        GOAL_SECONDS if biggest == LARGEST else None, limit=f"one core; at most {number(last['peak'])} MB",
    )  # fmt: skip
    if len(sizes) == 1:
        return [largest]
    kilobytes = number(1000 * last["tables"] / biggest)
    return [
        _exponent(
            "seconds", "companies", span, sizes, found, "more to meet, up to ten for each good", GOAL_EXPONENT
        ),
        _exponent("tables", "companies", span, sizes, found, f"{kilobytes} kB a company"),
        largest,
    ]


def in_quarters() -> list[Figure]:
    """Exponents in the length of a run, all companies there from the start."""
    fields = {"synthetic.companies": CROWD, "synthetic.arrivals_over": 0}
    found = [grown("synthetic", until=STARTS + length / 4, **fields) for length in LENGTHS]
    span = f"{LENGTHS[0]} to {LENGTHS[-1]} quarters, {CROWD} companies"
    return [
        _exponent("seconds", "quarters", span, LENGTHS, found, "ties form over decades"),
        _exponent("tables", "quarters", span, LENGTHS, found, "records of talks and events"),
    ]


def in_runs() -> list[Figure]:
    """Exponents in the number of runs of one process, which keeps nothing of them."""
    found = [grown("kalundborg", runs) for runs in RUNS]
    span, most = f"{RUNS[0]} to {RUNS[-1]} runs of Kalundborg", number(found[-1]["peak"])
    return [
        _exponent("seconds", "runs", span, RUNS, found, "runs share nothing but their founding"),
        _exponent("peak", "runs", span, RUNS, found, f"{most} MB, most of it Numba"),
    ]


MEASURES = {"seconds": "time", "tables": "memory", "peak": "memory"}


def _exponent(
    measure: str, axis: str, span: str, sizes: Sequence[int], found: Sequence[dict[str, float]], limit: str,
    goal: float | None = None,
) -> Figure:  # fmt: skip
    power = exponent(sizes, [each[measure] for each in found])
    return Figure(
        f"exponent_of_{measure}_in_{axis}",
        f"exponent of {MEASURES[measure]}, {span}",
        power,
        "",
        goal,
        limit=limit,
    )


def grown(park: str, runs: int = 1, until: float = 0.0, **fields: float) -> dict[str, float]:
    """Measured in a process of its own: `seconds` of all runs, MB of the `tables`, `peak` MB."""
    said = [f"{name}={value}" for name, value in fields.items()]
    found: dict[str, float] = apart("experiments.benchmarking.growth", park, str(runs), str(until), *said)
    return found


def _measured(park: str, runs: int, until: float, fields: dict[str, Any]) -> dict[str, float]:
    simulate("classroom", 0)  # loads the rules
    foundation = foundation_of(park, until or None, fields)

    def work() -> Any:
        for seed in range(runs):
            last = advanced(started(foundation, seed), foundation.calendar.quarters)
        return last

    seconds, last = once(work)
    tables = sum(getattr(last, name).nbytes for name in last._fields if not name.endswith("_flat"))
    return {"seconds": seconds, "tables": tables / 1e6, "peak": peak_megabytes()}


if __name__ == "__main__":
    park, runs, until, *fields = sys.argv[1:]
    pairs = {name: json.loads(value) for name, value in (each.split("=") for each in fields)}
    print(json.dumps(_measured(park, int(runs), float(until), pairs)))

"""The runs of a calibration as studies for the runner: the prior sample, and the check of what it found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from simulation.scenario import Scenario

from ..sweeping.jobs import Job, Study, digest, model_version
from ..sweeping.ledger import Ledger
from . import summary
from .prior import Free, points
from .record import Statistic, plain

Point = dict[str, Any]


class Runs:
    """Jobs of points, each with the replicates whose luck it has; all runs of a point stand together."""

    def __init__(self, chosen: Sequence[tuple[Point, Sequence[int]]]) -> None:
        self.points = [point for point, _ in chosen]
        self.order = [(at, luck) for at, (_, replicates) in enumerate(chosen) for luck in replicates]

    def __len__(self) -> int:
        return len(self.order)

    def __call__(self, ledger: Ledger) -> Iterator[list[Job]]:
        yield [Job(run, at, luck, self.points[at]) for run, (at, luck) in enumerate(self.order)]


def prior_study(
    scenario: Scenario,
    statistics: Sequence[Statistic],
    free: Sequence[Free],
    values: np.ndarray,
    until: int,
    replicates: int,
    seed: int,
) -> Study:
    """The runs of the prior sample. `scenario` must hold the record to `until` only.

    Every run has luck of its own: rejection needs independent runs, and a few shared seeds would make
    the posterior one of these seeds.
    """
    identity = {
        "over": {each.path: [each.low, each.high] for each in free},
        "until": until,
        "samples": len(values),
        "replicates": replicates,
        "seed": seed,
    }
    chosen = [
        (point, range(replicates * at, replicates * (at + 1)))
        for at, point in enumerate(points(free, values))
    ]
    return _study("calibration", scenario, statistics, until, seed, identity, Runs(chosen))


def check_study(
    scenario: Scenario,
    statistics: Sequence[Statistic],
    chosen: Sequence[tuple[Point, Sequence[int]]],
    until: int,
    seed: int,
) -> Study:
    """Runs of points with the luck of the replicates named."""
    told = [[point, list(replicates)] for point, replicates in chosen]
    identity = {"points": digest(told), "until": until, "seed": seed}
    return _study("check of a calibration", scenario, statistics, until, seed, identity, Runs(chosen))


def _study(
    kind: str,
    scenario: Scenario,
    statistics: Sequence[Statistic],
    until: int,
    seed: int,
    identity: dict[str, Any],
    runs: Runs,
) -> Study:
    raw = scenario.model_dump(mode="json", by_alias=True)
    context = {
        "scenario": raw,
        "digest": digest(raw),
        "seed": seed,
        "events": [],
        "until": until + 1.0,
        "uncertain": False,
        "kept": [],
        "record": plain(scenario, list(statistics)),
    }
    identity = {**identity, "scenario": digest(raw), "model": model_version()}
    names = tuple(each.name for each in statistics)
    return Study(kind, identity, context, summary.done, names, runs, len(runs), runs.points)

"""What comes of the posterior when it is run: beside the record, and beside the present values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .distance import distances
from .identified import NOT, Estimate
from .posterior import Posterior
from .prior import Free, points
from .record import Statistic

PRESENT, PROPOSED = 0, 1
"""Points of the check: the scenario as it is, and with the medians of what is identified."""


@dataclass(frozen=True)
class Check:
    """Statistics of runs at the present values, at the proposed ones, and at draws of the posterior.

    Present and proposed runs share their luck, row by row.
    """

    present: np.ndarray
    proposed: np.ndarray
    drawn: np.ndarray


def proposed(found: Sequence[Estimate]) -> dict[str, Any]:
    """Settings worth adopting: the posterior medians of parameters that the record says something about."""
    return {each.free.path: each.free.setting(each.median) for each in found if each.verdict != NOT}


def to_run(
    free: Sequence[Free],
    posterior: Posterior,
    found: Sequence[Estimate],
    runs: int,
    first: int,
    seed: int,
) -> list[tuple[dict[str, Any], list[int]]]:
    """Points and their replicates: present and proposed values with all luck, draws with one each."""
    chosen = np.random.default_rng([seed, 3]).choice(len(posterior.rows), runs, p=posterior.weights)
    values = np.column_stack([each.value(posterior.shares[chosen, at]) for at, each in enumerate(free)])
    luck = list(range(first, first + runs))
    draws = [(point, [replicate]) for point, replicate in zip(points(free, values), luck, strict=True)]
    return [({}, luck), (proposed(found), luck), *draws]


@dataclass(frozen=True)
class Gain:
    """Mean distance to the record at the present and at the proposed values, and their difference.

    The interval is a 95 % bootstrap interval of the mean difference over pairs of the same luck.
    `subjects` has the distances within each subject of the record, present and proposed: where the gain is.
    """

    present: float
    proposed: float
    drawn: float
    difference: float
    interval: tuple[float, float]
    subjects: dict[str, tuple[float, float]]

    @property
    def better(self) -> bool:
        """Whether the proposed values are nearer to the record beyond chance."""
        return self.interval[1] < 0


def gain(
    check: Check, statistics: Sequence[Statistic], scale: np.ndarray, weight: np.ndarray, seed: int
) -> Gain:
    """What the proposed values gain over the present ones."""
    target = np.array([each.recorded for each in statistics])
    present, new, drawn = (
        distances(runs, target, scale, weight) for runs in (check.present, check.proposed, check.drawn)
    )
    differences = new - present
    generator = np.random.default_rng([seed, 4])
    means = differences[generator.integers(len(differences), size=(2000, len(differences)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Gain(
        float(present.mean()), float(new.mean()), float(drawn.mean()),
        float(differences.mean()), (float(low), float(high)), _by_subject(check, statistics, scale),
    )  # fmt: skip


def _by_subject(
    check: Check, statistics: Sequence[Statistic], scale: np.ndarray
) -> dict[str, tuple[float, float]]:
    """Mean distance within each subject, at the present and at the proposed values."""
    told: dict[str, tuple[float, float]] = {}
    for subject in dict.fromkeys(each.subject for each in statistics):
        own = np.array([each.subject == subject for each in statistics])
        target = np.array([each.recorded for each in statistics])[own]
        weight = np.full(own.sum(), 1 / own.sum())
        present, new = (
            float(distances(runs[:, own], target, scale[own], weight).mean())
            for runs in (check.present, check.proposed)
        )
        told[subject] = (present, new)
    return told

"""Arms that are run on the same parks with the same luck, and their outcomes pair by pair.

A pair is a replicate of one real park (same seeds in all arms), or one park drawn at random (the same
park in all arms): the unit over which means and intervals are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..sweeping.design import Design, load_design
from ..sweeping.sweep import sweep

if TYPE_CHECKING:
    import pandas as pd

Fields = dict[str, Any]


def no_events(_pair: int) -> Sequence[str]:
    """Nothing happens but what the scenario says."""
    return ()


@dataclass(frozen=True)
class Arm:
    """One setting: a key, what it is in words, fields that it sets, events in words (by pair where drawn)."""

    key: str
    says: str
    set: Fields = field(default_factory=dict)
    events: Callable[[int], Sequence[str]] = no_events


def always(*events: str) -> Callable[[int], Sequence[str]]:
    """The same events in every pair."""
    return lambda _pair: events


@dataclass(frozen=True)
class Experiment:
    """Arms of one scenario, what every run is asked for, and whether pairs are parks drawn at random."""

    scenario: str
    arms: tuple[Arm, ...]
    outcomes: tuple[str, ...]
    set: Fields = field(default_factory=dict)
    series: tuple[str, ...] = ()
    until: float | None = None
    drawn: bool = False

    def design(self, runs: int, seed: int) -> Design:
        """The design of so many pairs: a list of points, pair by pair where parks are drawn, else arm by arm."""
        return load_design(
            {
                "scenario": self.scenario, "design": "list", "points": [dict(each) for _, each in self._points(runs)],
                "replicates": 1 if self.drawn else runs, "seed": seed, "outcomes": list(self.outcomes),
                "series": list(self.series), "set": dict(self.set), "until": self.until,
            }
        )  # fmt: skip

    def _points(self, runs: int) -> list[tuple[tuple[str, int], Fields]]:
        """Arm, pair and fields of each point."""
        from simulation.reading import load_scenario

        own = [] if self.drawn else list(load_scenario(self.scenario).events)
        found = []
        for pair in range(runs if self.drawn else 1):
            for arm in self.arms:
                fields = dict(arm.set)
                if self.drawn:
                    fields["synthetic.seed"] = pair + 1
                if added := list(arm.events(pair)):
                    fields["events"] = own + added
                found.append(((arm.key, pair), fields))
        return found

    def run(self, folder: Path, runs: int, seed: int, **how: Any) -> pd.DataFrame:
        """Sweep it and return a row a run with `arm` and `pair`; the folder goes on where it stopped."""
        table = sweep(self.design(runs, seed), folder, **how)
        return self._named(table, runs)

    def series_of(self, folder: Path, runs: int) -> pd.DataFrame:
        """Yearly series of a finished folder: arm, pair, year and the series."""
        from ..sweeping.parts import table

        return self._named(table(folder, "runs"), runs)

    def _named(self, table: pd.DataFrame, runs: int) -> pd.DataFrame:
        known = [key for key, _ in self._points(runs)]
        point = table["point"].to_numpy()
        arms = np.array([arm for arm, _ in known], object)[point]
        pairs = np.array([pair for _, pair in known])[point] if self.drawn else table["replicate"].to_numpy()
        kept = [name for name in table if name not in ("events", "arm", "pair")]
        return table[kept].assign(arm=arms, pair=pairs)


def by_pair(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """An outcome, a row a pair and a column an arm; pairs in which a run failed have NaN there."""
    return table.pivot(index="pair", columns="arm", values=outcome)


def difference(table: pd.DataFrame, outcome: str, arm: str, base: str) -> np.ndarray:
    """Outcome of an arm less that of another, pair by pair."""
    wide = by_pair(table, outcome)
    return (wide[arm] - wide[base]).to_numpy(float)

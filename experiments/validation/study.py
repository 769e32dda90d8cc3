"""`validate`: a scenario held against its record, over an ensemble of runs and beside three null models."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.arguments import checked_seed
from simulation.reading import load_scenario
from simulation.result import versions
from simulation.run import Source
from simulation.writing import write_text

from ..sweeping.executors import chosen
from .ensemble import Ensemble
from .nulls import NAMES
from .patterns import Finding, Pattern
from .patterns_of_contracts import CONTRACTS
from .patterns_of_growth import GROWTH
from .patterns_of_money import MONEY
from .runs import RunNumbers
from .scores import false_streams, formation, inside_band, published, scores, summary, totals
from .skill import skill

PATTERNS: tuple[Pattern, ...] = tuple(sorted((*GROWTH, *MONEY, *CONTRACTS), key=lambda each: each.number))
FILES = frozenset(
    {"validation.json", "validation.md", "scores.csv", "streams.csv", "false-streams.csv", "figures"}
)
"""What a validation leaves in its folder."""


def validate(
    scenario: Source,
    runs: int = 200,
    seed: int = 1,
    *,
    uncertain: bool = False,
    nulls: bool = True,
    executor: Executor | None = None,
    workers: int | None = 1,
    cluster: str | None = None,
    tell: Callable[[int], None] | None = None,
    set: Mapping[str, Any] | None = None,
) -> Validation:
    """Run `runs` seeds of a scenario, `seed` being the first, and as many of each null model; score all.

    `uncertain` draws every estimate of the scenario anew in each run; without `nulls` there are no null models.
    `set` gives fields by dotted path, as for `simulate`. Runs are done here with one worker, by so many
    processes (None: all cores), by an `executor` that is handed in, or on the Dask cluster at an
    address. `tell` is called with the number of runs done
    since it was called last. Raises ScenarioError, also where the scenario has no record.
    """
    seed, loaded = checked_seed(seed), load_scenario(scenario, set)
    here = executor is None and cluster is None and workers == 1
    pool = None if here else chosen(executor, workers, cluster)
    ensemble = Ensemble(loaded, range(seed, seed + runs), uncertain, pool, tell)
    return Validation(ensemble, NAMES if nulls else ())


@dataclass
class Validation:
    """What a validation found. Everything is worked out when it is asked for, and kept."""

    ensemble: Ensemble
    of_nulls: tuple[str, ...] = NAMES

    def close(self) -> None:
        """End the processes that runs were made in; what was found stays."""
        if self.ensemble.pool is not None:
            self.ensemble.pool.kill()

    @property
    def title(self) -> str:
        """The scenario, as figures name it."""
        return self.ensemble.scenario.title or self.ensemble.scenario.name

    @property
    def said_runs(self) -> str:
        """How many runs with which seeds."""
        seeds = self.ensemble.seeds
        drawn = ", estimates drawn anew in each" if self.ensemble.uncertain else ""
        return f"{len(seeds)} runs (seeds {seeds[0]} to {seeds[-1]}{drawn})"

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Every score of every run of the model."""
        return scores(self.ensemble.runs, self.ensemble.record)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """Mean and interval of each score."""
        return summary(self.scores)

    @cached_property
    def nulls(self) -> dict[str, list[RunNumbers]]:
        """Runs of the null models by name."""
        return {name: self.ensemble.null(name) for name in self.of_nulls}

    @cached_property
    def null_scores(self) -> dict[str, pd.DataFrame]:
        """Scores of the null models, run by run."""
        return {name: scores(runs, self.ensemble.record) for name, runs in self.nulls.items()}

    @cached_property
    def null_summaries(self) -> dict[str, pd.DataFrame]:
        """Mean and interval of each score of the null models."""
        return {name: summary(table) for name, table in self.null_scores.items()}

    @cached_property
    def skill(self) -> pd.DataFrame:
        """The model against each null model, with a verdict."""
        return skill(self.scores, self.null_scores, self.ensemble.record)

    @cached_property
    def inside(self) -> tuple[int, int]:
        """Recorded counts inside the 90 % band of runs, and how many there are."""
        return inside_band(self.ensemble.runs, self.ensemble.record.counts())

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Simulated over published totals: mean, interval, and the total as published."""
        names = list(totals(self.ensemble.runs[0], self.ensemble.record))
        said = published(self.ensemble.record)
        return self.summary.reindex(names).assign(published=[said[name] for name in names])

    @cached_property
    def formation(self) -> pd.DataFrame:
        """Recorded streams with the probability that they form and when."""
        return formation(self.ensemble.runs, self.ensemble.record)

    @cached_property
    def false(self) -> pd.DataFrame:
        """Streams that the model forms and nobody reported."""
        return false_streams(self.ensemble.runs, self.ensemble.record)

    @cached_property
    def patterns(self) -> list[tuple[Pattern, Finding]]:
        """Every pattern with what came of it."""
        return [(pattern, pattern.finding(self.ensemble)) for pattern in PATTERNS]

    def text(self) -> str:
        """The whole in plain lines."""
        from .words import text

        return text(self)

    def as_json(self) -> dict[str, Any]:
        """Everything found, as plain numbers; what cannot be taken is null."""
        from .tables import tables
        from .words import headline

        ensemble = self.ensemble
        return {
            "symbiopark": 1,
            "scenario": ensemble.scenario.name,
            "seeds": [ensemble.seeds[0], ensemble.seeds[-1]],
            "uncertain": ensemble.uncertain,
            "versions": versions(),
            "title": self.title,
            "headline": headline(self),
            "tables": [
                [heading, list(names), [list(row) for row in rows]] for heading, names, rows in tables(self)
            ],
            "calibrated_to": ensemble.scenario.history.calibrated_to,
            "counts_inside_band": list(self.inside),
            "scores": _plain(self.summary),
            "nulls": {name: _plain(table) for name, table in self.null_summaries.items()},
            "delay_years": None if np.isnan(ensemble.delay) else ensemble.delay,
            "skill": json.loads(self.skill.to_json(orient="records")),
            "totals": _plain(self.totals),
            "patterns": [
                {"number": each.number, "tested": each.tested, **dataclasses.asdict(finding)}
                for each, finding in self.patterns
            ],
            "streams": json.loads(self.formation.to_json(orient="records")),
            "not_on_record": json.loads(self.false.to_json(orient="records")),
        }

    def save(self, folder: Path, figures: bool = True) -> Path:
        """Write tables, figures and the page's part in Markdown; `validation.json` last. Raises OSError."""
        from .words import markdown

        report = self.as_json()
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / "scores.csv", self.scores.to_csv())
        write_text(folder / "streams.csv", self.formation.to_csv(index=False))
        write_text(folder / "false-streams.csv", self.false.to_csv(index=False))
        write_text(folder / "validation.md", markdown(self))
        if figures:
            from ..canvas import save_for_pages
            from .figures import figures_of

            for name, draw in figures_of(self).items():
                save_for_pages(partial(draw, self), folder / "figures" / f"{name}.png")
        write_text(folder / "validation.json", json.dumps(report, indent=1, ensure_ascii=False))
        return folder


def _plain(table: pd.DataFrame) -> dict[str, Any]:
    return dict(json.loads(table.to_json(orient="index")))

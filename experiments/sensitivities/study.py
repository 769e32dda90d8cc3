"""A sensitivity study: a sweep by the design of its method, then the indices of every outcome."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

from simulation.events import parse_event
from simulation.problems import Problem, ScenarioError
from simulation.reading import load_scenario
from simulation.result import versions, write_frame
from simulation.scenario import Scenario
from simulation.writing import write_text

from ..sweeping.design import Design, load_design
from ..sweeping.outcomes import parsed
from ..sweeping.sweep import sweep
from .convergence import MAIN, steps, with_verdict
from .indices import indices

Method = Literal["sobol", "morris"]


@dataclass(frozen=True)
class Sensitivity:
    """Indices by outcome, how they settled, and how much of the spread is luck.

    `table`: outcome, index, field, other, value, half_width, converged. `settling`: the main indices at
    growing numbers of `blocks`. `luck`: by outcome, the share of the variance of single runs that lies
    between replicates of one point (none with one replicate). `failed`: runs that gave no outcome.
    `never`: by outcome that is a time, runs that do not come to it; they count as the end of the run
    (a restricted mean).
    """

    scenario: Scenario
    design: Design
    table: pd.DataFrame
    settling: pd.DataFrame
    luck: dict[str, float]
    runs: int
    failed: int
    never: dict[str, int]

    def of(self, outcome: str, index: str) -> pd.DataFrame:
        """One index of an outcome by field, largest first."""
        chosen = (self.table["outcome"] == outcome) & (self.table["index"] == index)
        return self.table[chosen].sort_values("value", ascending=False, kind="stable").set_index("field")

    @property
    def main(self) -> str:
        """The index that ranks fields: `total` or `mu_star`."""
        return MAIN[self.design.design][-1]


def sensitivity(
    scenario: str,
    *,
    method: Method = "sobol",
    over: Mapping[str, tuple[float, float]],
    of: Sequence[str],
    samples: int,
    out: str | os.PathLike[str],
    replicates: int = 1,
    second_order: bool = True,
    set: Mapping[str, Any] | None = None,
    events: Sequence[str] = (),
    executor: Executor | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    seed: int = 1,
    quiet: bool = True,
) -> Sensitivity:
    """How outcomes depend on fields over their ranges; the folder goes on where it stopped.

    `samples` are base points (sobol, a power of 2) or trajectories (morris). All points share the same
    `replicates` seeds, so that differences between points are of the fields alone; outcomes are
    averaged over them. Raises ScenarioError before anything runs.
    """
    design = designed(scenario, method, over, of, samples, replicates, second_order, set or {}, events, seed)
    table = sweep(design, out, executor=executor, workers=workers, cluster=cluster, quiet=quiet)
    found = analysed(design, table)
    _write(found, Path(out))
    return found


def designed(
    scenario: str,
    method: Method,
    over: Mapping[str, tuple[float, float]],
    of: Sequence[str],
    samples: int,
    replicates: int,
    second_order: bool,
    set: Mapping[str, Any],
    events: Sequence[str],
    seed: int,
) -> Design:
    """The design of the sweep. Raises ScenarioError."""
    if len(over) < 2:
        raise ScenarioError([Problem("--over", found=f"{len(over)} of them", allowed="at least two fields")])
    axes = {field: {"low": low, "high": high} for field, (low, high) in over.items()}
    return load_design(
        {
            "scenario": scenario, "design": method, "axes": axes, "samples": samples, "outcomes": list(of),
            "replicates": replicates, "second_order": second_order, "seed": seed, "series": [],
            "set": dict(set), "events": list(events),
        }
    )  # fmt: skip


def analysed(design: Design, runs: pd.DataFrame) -> Sensitivity:
    """The indices of a finished sweep of a sobol or morris design."""
    scenario = load_scenario(design.scenario)
    runs, never = _ended(design, scenario, runs)
    tables, settling, luck = [], [], {}
    for outcome in design.outcomes:
        by_point = runs.groupby("point")[outcome]
        values = by_point.mean().to_numpy(float)
        tables.append(with_verdict(design, indices(design, values)).assign(outcome=outcome))
        settling.append(steps(design, values).assign(outcome=outcome))
        if runs["replicate"].max() > 0:
            luck[outcome] = _luck(runs, outcome)
    failed = int((runs["status"] != "done").sum())
    columns = ["outcome", "index", "field", "other", "value", "half_width", "converged"]
    table = pd.concat(tables, ignore_index=True)[columns]
    steps_taken = pd.concat(settling, ignore_index=True)
    return Sensitivity(scenario, design, table, steps_taken, luck, len(runs), failed, never)


def _ended(design: Design, scenario: Scenario, runs: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """The runs with the end of the run where a time never came, and how many runs of each time that were."""
    ends = scenario.time.ends if design.until is None else design.until
    done, never, runs = runs["status"] == "done", {}, runs.copy()
    for name in design.outcomes:
        outcome = parsed(name)
        if not outcome.may_never:
            continue
        since = 0.0
        if outcome.against_twin:
            since = min(parse_event(each).year for each in [*scenario.events, *design.events])
        missing = done & runs[name].isna()
        runs.loc[missing, name] = ends - since
        never[name] = int(missing.sum())
    return runs, never


def read(folder: Path) -> Sensitivity:
    """The study in a folder. Raises ScenarioError where there is none, or it has not finished."""
    from ..sweeping.folder import table_of

    if not (folder / "sensitivity.json").is_file():
        hint = "give the command that made it again: it goes on where it stopped"
        raise ScenarioError([Problem(str(folder), found="no finished sensitivity study", hint=hint)])
    return analysed(load_design(folder / "design.toml"), table_of(folder))


def _luck(runs: pd.DataFrame, outcome: str) -> float:
    """Variance between replicates of one point over the variance of all runs."""
    whole = float(runs[outcome].var())
    within = float(runs.groupby("point")[outcome].var().mean())
    return within / whole if whole > 0 else 0.0


def _write(found: Sensitivity, folder: Path) -> None:
    write_frame(found.table, folder / "indices.parquet", {"value": "1", "half_width": "1"})
    write_frame(found.settling, folder / "settling.parquet", {"value": "1", "half_width": "1"})
    record = {
        "symbiopark": 1, "kind": "sensitivity", "scenario": found.scenario.name, "method": found.design.design,
        "over": {name: axis.model_dump() for name, axis in found.design.axes.items()},  # type: ignore[union-attr]
        "of": found.design.outcomes, "samples": found.design.samples, "replicates": found.design.replicates,
        "seed": found.design.seed, "runs": found.runs, "failed": found.failed, "never": found.never, "luck": found.luck,
        "ended": datetime.now(UTC).isoformat(timespec="seconds"), "versions": versions(),
    }  # fmt: skip
    text = json.dumps(record, indent=1, ensure_ascii=False, default=_plain)
    write_text(folder / "sensitivity.json", text)


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else str(value)

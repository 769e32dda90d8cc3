"""One run of a sweep again, bit for bit, with everything recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulation.problems import Problem, ScenarioError, shown
from simulation.result import Result

from .jobs import Job, digest, job_numbered, model_version
from .ledger import FAILED, NAME, Ledger, Row
from .parts import table
from .runs import done, result_of


@dataclass(frozen=True)
class Recorded:
    """A run as its sweep kept it, with what is needed to do it again."""

    folder: Path
    context: Any
    job: Job
    row: Row


@dataclass(frozen=True)
class Rerun:
    """A run of a sweep done once more. `differences` is empty where outcomes and series are the same bits."""

    job: Job
    recorded: Row
    result: Result
    differences: list[str]


def rerun(folder: Path, run: int) -> Rerun:
    """Repeat a run of the sweep in a folder and compare it with what the sweep kept.

    A run that failed fails again here: its exception is raised as it was. Raises as `recorded` does.
    """
    kept = recorded(folder, run)
    return compared(kept, repeated(kept))


def repeated(kept: Recorded) -> Result:
    """Do a recorded run again; what it raises is raised."""
    return result_of(kept.context, kept.job)


def compared(kept: Recorded, result: Result) -> Rerun:
    """A run done again beside what its sweep kept. Raises ScenarioError where that cannot be read."""
    return Rerun(kept.job, kept.row, result, list(_differences(kept)))


def recorded(folder: Path, run: int) -> Recorded:
    """A run as its sweep kept it.

    Raises ScenarioError for a folder or number that is not there, or a model that has changed since.
    """
    ledger = Ledger.reading(folder)
    try:
        kind, identity, context = (ledger.meta(key) for key in ("kind", "identity", "context"))
        points, total = ledger.meta("points"), ledger.meta("total")
        row = next(ledger.rows("run = ?", (run,)), None)
    finally:
        ledger.close()
    if kind != "sweep":
        raise ScenarioError(
            [Problem(str(folder), found=f"the folder of a {kind}", allowed="the folder of a sweep")]
        )
    if identity.get("model") != model_version():
        found = f"{shown(identity.get('model'))} when the sweep ran, now {model_version()}"
        raise ScenarioError(
            [Problem(str(folder), field="model", found=found, hint="install that version to repeat it")]
        )
    if digest(context.get("scenario")) != context.get("digest"):
        found = "another scenario than the one that was run"
        raise ScenarioError([Problem(str(folder / NAME), field="context", found=found)])
    if row is None:
        allowed = f"a run that has finished, of 0 to {total - 1}"
        raise ScenarioError([Problem("--run", found=shown(run), allowed=allowed)])
    return Recorded(folder, context, job_numbered(points, run), row)


def _differences(kept: Recorded) -> Iterator[str]:
    """What is not the same, in words: outcomes by name, series by name."""
    if kept.row.status == FAILED:
        yield "the run failed in the sweep and does not now"
        return
    again = done(kept.context, kept.job)
    for name, value in again.outcomes.items():
        before = kept.row.outcomes.get(name, np.nan)
        if not np.array_equal(value, before, equal_nan=True):
            yield f"{name}: {before!r} in the sweep, now {value!r}"
    series = table(kept.folder, "runs") if again.tables else None
    for name, values in again.tables.get("runs", {}).items():
        assert series is not None
        own = series.loc[series["run"] == kept.job.run, name].to_numpy()
        if not np.array_equal(own, np.asarray(values), equal_nan=True):
            yield f"the series of {name}"

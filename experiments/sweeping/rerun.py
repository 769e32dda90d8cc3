"""One run of a sweep again, bit for bit, with everything recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulation.problems import Problem, ScenarioError, shown
from simulation.result import Result

from .design import load_design
from .jobs import Job, Study
from .ledger import FAILED, Ledger, Row
from .parts import table
from .runs import done, result_of
from .sweep import job_of, study_of


@dataclass(frozen=True)
class Rerun:
    """A run of a sweep done once more. `differences` is empty where outcomes and series are the same bits."""

    job: Job
    recorded: Row
    result: Result
    differences: list[str]


def rerun(folder: Path, run: int) -> Rerun:
    """Repeat a run of the sweep in a folder and compare it with what the sweep kept.

    A run that failed fails again here: its exception is raised as it was. Raises ScenarioError for a
    folder or number that is not there, or a model that has changed since.
    """
    ledger = Ledger.reading(folder)
    try:
        kind, identity = ledger.meta("kind"), ledger.meta("identity")
        recorded = next(ledger.rows("run = ?", (run,)), None)
    finally:
        ledger.close()
    if kind != "sweep":
        raise ScenarioError(
            [Problem(str(folder), found=f"the folder of a {kind}", allowed="the folder of a sweep")]
        )
    study = study_of(load_design(folder / "design.toml"))
    if study.identity["model"] != identity["model"] or study.identity["scenario"] != identity["scenario"]:
        which = "model" if study.identity["model"] != identity["model"] else "scenario"
        found = f"{identity[which]} when the sweep ran, now {study.identity[which]}"
        raise ScenarioError(
            [Problem(str(folder), field=which, found=found, hint="install that version to repeat it")]
        )
    job = job_of(study, run)
    if recorded is None:
        raise ScenarioError([Problem("--run", found=shown(run), allowed="a run that has finished")])
    result = result_of(study.context, job)
    return Rerun(job, recorded, result, list(_differences(study, folder, job, recorded)))


def _differences(study: Study, folder: Path, job: Job, recorded: Row) -> Any:
    """What is not the same, in words: outcomes by name, series by name."""
    if recorded.status == FAILED:
        yield "the run failed in the sweep and does not now"
        return
    again = done(study.context, job)
    for name, value in again.outcomes.items():
        before = recorded.outcomes.get(name, np.nan)
        if not np.array_equal(value, before, equal_nan=True):
            yield f"{name}: {before!r} in the sweep, now {value!r}"
    kept = table(folder, "runs") if again.tables else None
    for name, values in again.tables.get("runs", {}).items():
        assert kept is not None
        if not np.array_equal(
            kept.loc[kept["run"] == job.run, name].to_numpy(), np.asarray(values), equal_nan=True
        ):
            yield f"the series of {name}"

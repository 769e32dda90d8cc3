"""A stress test from its question to its folder: `stress` in Python, `quick` for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from os import PathLike
from pathlib import Path
from typing import Any

from simulation.founding import Foundation
from simulation.problems import Problem, ScenarioError
from simulation.run import Source

from ..sweeping.folder import performed
from ..sweeping.jobs import Job
from ..sweeping.ledger import DONE, Row
from ..sweeping.status import status
from ..sweeping.sweep import SCENARIO, scenario_text
from . import work
from .findings import TABLES, Findings, complete, from_folder
from .question import Question, asked
from .results import written
from .study import Rounds, study_of


class Cancelled(Exception):
    """A quick test was given up."""


def stress(
    scenario: Source,
    year: float | None = None,
    remove: str | Sequence[str] = (),
    *,
    out: str | PathLike[str],
    order: int = 1,
    mode: str | Sequence[str] = "exit",
    events: Sequence[str] = (),
    runs: int = 100,
    seed: int = 1,
    until: float | None = None,
    set: Mapping[str, Any] | None = None,
    against: Mapping[str, Any] | None = None,
    within: float = 5.0,
    by: str = "savings",
    limit: str | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    retry_failed: bool = False,
    figures: bool = True,
    quiet: bool = True,
) -> Findings:
    """Take partners out of a park at a date, each loss against its exact twin run, and write what is found.

    Parameters
    ----------
    scenario, set, until
        As for `simulate`.
    year, remove, mode
        The date, the companies (`all`: every company there by its dates; the default), and how they are
        lost: `exit`, `stop-trading`, `shrink:SHARE`, `process:NAME`, `announced:YEARS`, `temporary:YEARS`;
        several modes are compared with the first.
    order
        1: every loss alone; 2: every pair too.
    events
        Further losses in words, `"1998 facilitator off"`; parts split by ";" happen as one.
    runs, seed
        Replicates 0 to runs - 1 of the seed, the same for every loss.
    against
        Fields of a second setting: every loss is taken there too, and the difference compared.
    within
        Years in which replacements and the limit are looked for.
    by, limit
        The indicator of the headline; a level such as `"streams < 10"`, for the smallest set of losses
        that takes the park there.
    out
        The folder; the same call goes on where it stopped. `executor`, `workers`, `cluster` as for `sweep`.

    Returns the findings. Raises ScenarioError with every problem before anything is run or written.
    """
    remove = [remove] if isinstance(remove, str) else remove
    question = asked(scenario, year=year, remove=remove, order=order, mode=mode, events=events, runs=runs,
                     seed=seed, until=until, set=set, against=against, within=within, by=by,
                     limit=limit)  # fmt: skip
    return answered(question, Path(out), executor=executor, workers=workers, cluster=cluster,
                    retry_failed=retry_failed, figures=figures, quiet=quiet)  # fmt: skip


def answered(question: Question, out: Path, *, figures: bool = True, **how: Any) -> Findings:
    """Do what is left of a question in its folder, and write the answer there. Raises ScenarioError."""
    performed(study_of(question), out, files={SCENARIO: scenario_text(question.scenario)}, **how)
    findings = from_folder(question, out)
    _refuse_nothing(findings, out)
    written(findings, out, figures)
    return findings


def _refuse_nothing(findings: Findings, out: Path) -> None:
    """No answer from runs that failed: say so, with the first error."""
    if not findings.rows["contingencies"].empty and findings.replicates >= 2:
        return
    told = status(out)
    found = f"{told.failed} of {told.planned} jobs failed; {told.example}"
    raise ScenarioError([Problem(str(out), found=found, hint="--retry-failed does them again")])


def quick(
    scenario: Source | Foundation,
    year: float | None = None,
    remove: str | Sequence[str] = (),
    runs: int = 10,
    tell: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    **asked_for: Any,
) -> Findings:
    """The same findings from a few replicates in this process, without a folder.

    `tell(done, total)` is called after every job, `cancelled()` before it; when it says so, `Cancelled`
    is raised. Further keywords are those of `stress` that belong to the question. Raises ScenarioError.
    """
    source = scenario.scenario if isinstance(scenario, Foundation) else scenario
    remove = [remove] if isinstance(remove, str) else remove
    question = asked(source, year=year, remove=remove, runs=runs, **asked_for)
    return in_memory(question, tell, cancelled)


def in_memory(
    question: Question,
    tell: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Findings:
    """The findings of a question, worked out in this process job by job."""
    import pandas as pd

    context, rounds = question.context(), Rounds(question)
    rows: list[Row] = []
    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    try:
        for jobs in rounds(rows):
            for job in jobs:
                if cancelled is not None and cancelled():
                    raise Cancelled
                record = work.done(context, job)
                rows.append(Row(job.run, job.point, job.replicate, DONE, 0.0, "", record.outcomes))
                for name, columns in record.tables.items():
                    frames[name.removeprefix("runs/")].append(_frame(columns, job))
                if tell is not None:
                    tell(len(rows), rounds.most)
    finally:
        work.forget()
    nothing = pd.DataFrame({"run": [], "point": [], "replicate": []})
    tables = {name: pd.concat(each, ignore_index=True) if each else nothing for name, each in frames.items()}
    return Findings(question, {name: complete(name, frame.copy()) for name, frame in tables.items()})


def _frame(columns: Mapping[str, Any], job: Job) -> Any:
    import pandas as pd

    own = {"run": job.run, "point": job.point, "replicate": job.replicate}
    return pd.DataFrame(own | dict(columns))

"""A finding from its runs to its folder: what was run, what it comes to, its figures."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.problems import Problem, ScenarioError, shown
from simulation.result import versions
from simulation.writing import write_text

from .. import canvas
from ..look import LIGHT, Style
from ..sweeping.jobs import model_version
from ..sweeping.ledger import NAME
from ..sweeping.status import status
from .answer import Answer, Data, Finding
from .verdict import RULE

RECORD = "finding.json"


@dataclass(frozen=True)
class Answered:
    """A finding with its answer, the tables it came from, and the folder where they are."""

    finding: Finding
    answer: Answer
    data: Data
    folder: Path
    seed: int


def answered(
    findings: Sequence[Finding],
    out: Path,
    *,
    runs: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    executor: Executor | None = None,
    quiet: bool = True,
    figures: bool = True,
) -> Iterator[Answered]:
    """Run findings one by one into `out`/NAME, each gone on with where it stopped, and write what they come to.

    `runs` are pairs: replicates, or parks drawn at random; None means the finding's own number. Raises
    ScenarioError for fewer than two, or for a folder that holds something else.
    """
    if runs is not None and runs < 2:
        raise ScenarioError(
            [Problem("--runs", found=str(runs), allowed="2 or more: an interval needs two pairs")]
        )
    for finding in findings:
        _refuse_other_things(out / finding.name)
    for finding in findings:
        folder = out / finding.name
        pairs = finding.runs if runs is None else runs
        data = finding.perform(folder, pairs, seed, executor=executor, workers=workers, quiet=quiet)
        done = _analysed(finding, data, folder, pairs, seed)
        if figures:
            draw(done, folder / "figures")
        yield done


def _refuse_other_things(folder: Path) -> None:
    """Only a new folder, an empty one, or one in which a finding was begun is written to. Raises ScenarioError."""
    allowed = "a folder that is new or empty, or the one of the same finding"
    try:
        names = [each.name for each in folder.iterdir()]
    except FileNotFoundError:
        return
    except OSError as error:
        found = f"a place that cannot be written ({(error.strerror or str(error)).lower()})"
        raise ScenarioError([Problem("--out", str(folder), found=found, allowed=allowed)]) from None
    if names and RECORD not in names and next(folder.rglob(NAME), None) is None:
        found = f"a folder with other files ({shown(sorted(names)[0])})"
        raise ScenarioError([Problem("--out", str(folder), found=found, allowed=allowed)])


def draw(done: Answered, folder: Path, prefix: str = "", style: Style = LIGHT) -> list[Path]:
    """The figures of an answer as PNG; returns their paths, the leading one first."""
    return [
        canvas.save(figure(done.finding, done.data, done.answer, style), folder / f"{prefix}{name}.png")
        for name, figure in done.finding.draw.items()
    ]


def record(done: Answered) -> dict[str, Any]:
    """Question, verdict, checks and effects as plain data."""
    finding, answer = done.finding, done.answer
    return {
        "symbiopark": 1, "kind": "finding", "name": finding.name, "question": finding.question, "claim": finding.claim,
        "source": finding.source, "verdict": answer.verdict, "headline": answer.headline, "model_result": True,
        "rule": RULE if answer.checks else "", "checks": [check.plain() for check in answer.checks],
        "effects": answer.matrix.plain(), "pairs": answer.pairs, "of": finding.pair,
        "jobs": answer.jobs, "failed": answer.failed, "seed": done.seed, "model": model_version(),
        "versions": versions(),
    }  # fmt: skip


def _analysed(finding: Finding, data: Data, folder: Path, pairs: int, seed: int) -> Answered:
    counts = [status(ledger.parent) for ledger in sorted(folder.rglob(NAME))]
    jobs, failed = sum(each.done for each in counts), sum(each.failed for each in counts)
    answer = dataclasses.replace(finding.analyse(data), pairs=pairs, jobs=jobs, failed=failed)
    done = Answered(finding, answer, data, folder, seed)
    write_text(folder / RECORD, json.dumps(record(done), indent=1, ensure_ascii=False))
    return done

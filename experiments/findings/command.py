"""What the command `finding` does and says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from simulation.problems import Problem, ScenarioError

from .said import text
from .study import Answered, answered, record
from .table import chosen


def found(
    name: str,
    out: Path,
    *,
    runs: int | None = None,
    workers: int | None = None,
    seed: int | None = None,
    pages: Path | None = None,
    as_json: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Run one finding or all, say each as it is done, and write pages where they are wanted.

    Raises ScenarioError.
    """
    findings = chosen(name)
    if pages is not None and not pages.is_dir():
        raise ScenarioError(
            [Problem("--pages", found=f"no folder {pages}", allowed="the folder of the docs")]
        )
    done: list[Answered] = []
    for each in answered(
        findings, out, runs=runs, seed=1 if seed is None else seed, workers=workers, quiet=as_json
    ):
        done.append(each)
        if not as_json:
            say(text(each))
    if pages is not None:
        from .pages import write_pages

        written = write_pages(done, pages)
        if not as_json:
            say(f"Pages: {written[-1]}, and {len(written) - 1} more files")
    if as_json:
        records = [record(each) for each in done]
        say(json.dumps({"model_result": True, "findings": records}, ensure_ascii=False, allow_nan=False))

"""What the command `stress` says."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .question import asked
from .results import record
from .stress import answered
from .terminal import text


def stressed(
    scenario: str,
    out: Path | None,
    as_json: bool,
    *,
    modes: Sequence[str],
    settings: Sequence[tuple[str, str]],
    against: Sequence[tuple[str, str]],
    seed: int | None,
    workers: int | None,
    cluster: str | None,
    retry_failed: bool,
    no_figures: bool,
    **asked_for: Any,
) -> str:
    """Ask, answer into a folder (one that is thrown away without `out`), and return the text or JSON."""
    question = asked(scenario, mode=modes or "exit", set=dict(settings), against=dict(against),
                     seed=1 if seed is None else seed, **asked_for)  # fmt: skip
    how: dict[str, Any] = {
        "workers": workers,
        "cluster": cluster,
        "retry_failed": retry_failed,
        "quiet": False,
    }
    if out is None:
        with tempfile.TemporaryDirectory(prefix="symbiopark-") as folder:
            findings = answered(question, Path(folder) / "stress", figures=False, **how)
        where = "Nothing is kept; give --out DIR to keep tables and figures."
    else:
        findings = answered(question, out, figures=not no_figures, **how)
        where = f"Written to {out}: stress.json, ranking.parquet and other tables"
        where += "" if no_figures else ", figures"
    if as_json:
        return json.dumps(record(findings), ensure_ascii=False)
    return f"{text(findings)}\n\n{where}"

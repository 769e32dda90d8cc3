"""What the command `sensitivity` does and says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from simulation.problems import Problem, ScenarioError

from .said import headline, text
from .study import Method, Sensitivity, sensitivity


def performed(
    scenario: str,
    *,
    method: Method,
    over: Sequence[tuple[str, float, float]],
    outcomes: Sequence[str],
    samples: int,
    replicates: int,
    no_second_order: bool,
    out: Path,
    settings: Sequence[tuple[str, str]],
    events: Sequence[str],
    workers: int | None,
    cluster: str | None,
    seed: int | None,
    no_figures: bool,
    as_json: bool,
) -> str:
    """Run the study, write its tables and figures, and say what it found."""
    names = [field for field, _, _ in over]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ScenarioError(
            [Problem("--over", field=name, found="given twice", allowed="once") for name in twice]
        )
    found = sensitivity(
        scenario, method=method, over={field: (low, high) for field, low, high in over}, of=outcomes,
        samples=samples, out=out, replicates=replicates, second_order=not no_second_order, set=dict(settings),
        events=events, workers=workers, cluster=cluster, seed=1 if seed is None else seed, quiet=False,
    )  # fmt: skip
    figures: list[Path] = []
    if not no_figures:
        from .figures import save_figures

        figures = save_figures(found, out / "figures")
    if as_json:
        return json.dumps(_as_object(found, out, figures), ensure_ascii=False, allow_nan=False)
    files = "sensitivity.json, indices.parquet, settling.parquet" + (", figures/" if figures else "")
    return f"{text(found)}\n\nWritten to {out}: {files}"


def _as_object(found: Sensitivity, folder: Path, figures: list[Path]) -> dict[str, object]:
    rows = found.table.astype(object).where(found.table.notna(), None).to_dict("records")
    return {
        "headlines": [headline(found, outcome) for outcome in found.design.outcomes],
        "model_result": True,
        "runs": found.runs,
        "failed": found.failed,
        "luck": found.luck,
        "indices": rows,
        "folder": str(folder),
        "figures": [str(path) for path in figures],
    }

"""A run from request to folder: simulated, saved, drawn, and said."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulation.result import Result

from . import folders, summary
from .request import differences, requested


def performed(
    scenario: str | None,
    *,
    command: str = "",
    out: Path | None = None,
    force: bool = False,
    no_figures: bool = False,
    as_json: bool = False,
    **asked: Any,
) -> tuple[str, list[str]]:
    """Do what `symbiopark run` is asked to do; returns what to print and what to note beside it.

    Everything typed is checked before the run, and the run is over before anything is written.
    """
    folders.checked(out, force)
    request = requested(scenario, **asked)
    started = datetime.now(UTC)
    result = request.result()
    record = result.record(command, started)
    notes = differences(request.repeats, record) if request.repeats else []
    with contextlib.nullcontext() if out is None else _alone(out, force):
        folder, figures = saved(result, out, command, started, not no_figures)
    if as_json:
        return json.dumps(_as_object(result, folder, figures), ensure_ascii=False, allow_nan=False), notes
    return f"{summary.text(result)}\n\n{_files_said(folder, figures)}", notes


@contextlib.contextmanager
def _alone(out: Path, force: bool) -> Iterator[None]:
    """The folder is ours while we write, and still one that we may write to. Raises ScenarioError."""
    try:
        with folders.alone(out):
            folders.checked(out, force)
            yield
    except OSError as error:
        raise folders.unwritable(out, error) from None


def saved(
    result: Result, out: Path | None, command: str, started: datetime, draw: bool
) -> tuple[Path, list[Path]]:
    """Write a result, and its figures, to a folder; returns the folder and the figures."""
    folder = folders.made(out, result.scenario.name, result.seed)
    try:
        result.save(folder, command, started)
        if not draw:
            return folder, []
        from .figures import save_figures

        return folder, save_figures(result, folder / "figures")
    except OSError as error:
        raise folders.unwritable(folder, error) from None


def _files_said(folder: Path, figures: list[Path]) -> str:
    lines = [f"Written to {folder}: run.json, {len(folders.TABLES)} tables (.parquet)"]
    if figures:
        lines[0] += ","
        lines.append(f"and figures/ with {', '.join(path.name for path in figures)}")
    return "\n".join(lines)


def _as_object(result: Result, folder: Path, figures: list[Path]) -> dict[str, Any]:
    """The summary as one JSON object: values in the units of the indicators, null where there is none."""
    from simulation.frames import UNITS

    rows = [
        {"year": row["year"]}
        | {name: {kind: _plain(value) for kind, value in row[name].items()} for name in row if name != "year"}
        for row in summary.values(result)
    ]
    names = [column.indicator for column in summary.COLUMNS]
    return {
        "headline": summary.headline(result),
        "scenario": result.scenario.name,
        "seed": result.seed,
        "replicate": result.replicate,
        "until": result.until,
        "model_result": True,
        "years": rows,
        "units": {name: UNITS["indicators"][name].replace("/quarter", "/year") for name in names},
        "recorded_streams": _recorded(result),
        "folder": str(folder),
        "figures": [str(path) for path in figures],
    }


def _recorded(result: Result) -> list[dict[str, Any]]:
    from .record import formed

    columns = ["supplier", "receiver", "residue", "confidence", "starts", "simulated"]
    if not result.scenario.history.streams:
        return []
    rows = formed(result)[columns].rename(columns={"starts": "recorded"}).to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value

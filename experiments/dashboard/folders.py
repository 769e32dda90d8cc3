"""Result folders made on the command line, opened for reading: only those under one folder, never a pickle."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from experiments import folders as run_folders
from experiments import look
from experiments.record import recorded_values
from experiments.sweeping.ledger import NAME as LEDGER
from simulation.problems import Problem, ScenarioError, shown
from simulation.result import load_result

from .series import MEASURES

MOST_FOLDERS, MOST_ROWS, MOST_COLUMNS = 200, 100, 24
LARGEST_TABLE = 50_000_000
OF_LEDGER = "runs of the ledger"
"""Name under which the finished runs of a study are shown as a table."""


def root() -> Path:
    """Where result folders are looked for: `runs` in the folder that the server was started in."""
    return Path(run_folders.RUNS).resolve()


def listed() -> list[dict[str, str]]:
    """Folders with a result, the latest first: `name`, and what is in it."""
    base = root()
    if not base.is_dir():
        return []
    found = [path for path in base.iterdir() if path.is_dir() and _kind(path)]
    found.sort(key=lambda path: -path.stat().st_mtime)
    return [{"name": each.name, "kind": _kind(each)} for each in found[:MOST_FOLDERS]]


def _kind(folder: Path) -> str:
    """What a folder holds: a run, a study of many runs, other tables, or nothing."""
    if (folder / "run.json").is_file():
        return "run"
    if (folder / LEDGER).is_file():
        return "study"
    return "tables" if any(folder.glob("*.parquet")) else ""


def opened(name: str) -> dict[str, Any]:
    """A folder for the page: curves of a run, or the names of its tables. Raises ScenarioError."""
    folder = _inside(name)
    tables = sorted(path.stem for path in folder.glob("*.parquet") if not path.is_symlink())
    pictures = sorted(
        path.name for path in [*folder.glob("*.png"), *folder.glob("figures/*.png")] if not path.is_symlink()
    )
    found: dict[str, Any] = {
        "name": name,
        "tables": tables,
        "pictures": pictures,
        "headline": "",
        "cards": None,
    }
    if (folder / "run.json").is_file():
        from experiments.summary import headline

        try:
            result = load_result(folder)
            found["headline"] = headline(result)
            found["cards"] = _cards(result)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ScenarioError(
                [Problem(name, found=f"a folder that cannot be read ({error})"[:300], allowed="a run folder")]
            ) from None
    if (folder / LEDGER).is_file():
        from experiments.sweeping.status import status

        found["tables"].insert(0, OF_LEDGER)
        found["headline"] = " ".join(status(folder).text().removeprefix(f"{folder}: ").splitlines())
    return found


def table(name: str, which: str) -> dict[str, Any]:
    """The first rows of a table of a folder. Raises ScenarioError."""
    path = _inside(name) / f"{which}.parquet"
    if which == OF_LEDGER:
        return _of_ledger(_inside(name))
    if which not in opened(name)["tables"]:
        raise ScenarioError([Problem(name, found=f"no table {shown(which)}", allowed="one of its tables")])
    if path.stat().st_size > LARGEST_TABLE:
        raise ScenarioError(
            [
                Problem(
                    name,
                    which,
                    found=f"{path.stat().st_size / 1e6:.0f} MB",
                    allowed="open it with a program of your own",
                )
            ]
        )
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    columns = file.schema_arrow.names[:MOST_COLUMNS]
    batch = next(file.iter_batches(MOST_ROWS, columns=columns), None)
    rows = [] if batch is None else batch.to_pylist()
    return {
        "name": which,
        "rows": file.metadata.num_rows,
        "columns": columns,
        "cells": [[_cell(row[column]) for column in columns] for row in rows],
    }


def _of_ledger(folder: Path) -> dict[str, Any]:
    """The first finished runs of a study with their outcomes; another process may be writing it."""
    from experiments.sweeping.ledger import Ledger

    ledger = Ledger.reading(folder)
    try:
        count = sum(ledger.counts().values())
        rows = list(islice(ledger.rows(), MOST_ROWS))
    finally:
        ledger.close()
    outcomes = list(dict.fromkeys(name for row in rows for name in row.outcomes))[:MOST_COLUMNS]
    cells = [
        [
            str(row.point),
            str(row.replicate),
            row.status,
            *(_cell(row.outcomes.get(name)) for name in outcomes),
        ]
        for row in rows
    ]
    columns = ["point", "replicate", "status", *outcomes]
    return {"name": OF_LEDGER, "rows": count, "columns": columns, "cells": cells}


def picture(name: str, which: str) -> bytes:
    """A figure of a folder. Raises ScenarioError."""
    folder = _inside(name)
    for path in (folder / which, folder / "figures" / which):
        if which in opened(name)["pictures"] and path.is_file():
            return path.read_bytes()
    raise ScenarioError([Problem(name, found=f"no figure {shown(which)}", allowed="one of its figures")])


def _inside(name: str) -> Path:
    """A folder by its name, and by nothing else: no path leads out of the result folder."""
    if name not in {each["name"] for each in listed()}:
        raise ScenarioError(
            [Problem("folder", found=shown(name), allowed=f"a folder with a result under {root().name}")]
        )
    folder = (root() / name).resolve()
    if folder.parent != root():
        raise ScenarioError([Problem("folder", found=shown(name), allowed="a folder, no link")])
    return folder


def _cards(result: Any) -> dict[str, Any]:
    """Curves of a saved run in the form of the counters."""
    frame = result.indicators
    first = float(frame["year"].iloc[0])
    last = float(frame["year"].iloc[-1]) + 0.25
    cards = []
    for measure in MEASURES:
        if measure.indicator not in frame:
            continue
        values = frame[measure.indicator]
        values = values.rolling(4, min_periods=1).sum() if measure.flow else values
        recorded = recorded_values(result.scenario.history, measure.indicator)
        recorded = {year: value for year, value in recorded.items() if first <= year < last}
        top = 1.0 if measure.unit == "0 to 1" else max([float(values.max()), *recorded.values(), 1e-9])
        cards.append(
            {
                "key": f"saved-{measure.indicator}",
                "name": measure.name,
                "unit": measure.unit,
                "value": measure.told(float(values.iloc[-1])),
                "top": top,
                "top_told": measure.told(top),
                "park": [float(f"{value:.4g}") for value in values],
                "twin": None,
                "recorded": [[year + 0.5, value] for year, value in recorded.items()],
                "beside": f"at the end, {look.year(last - 0.25)}",
                "difference": "",
            }
        )
    return {"first": int(first), "last": round(last), "now": last, "acted": None, "cards": cards}


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return look.number(value, 5)
    return look.NOTHING if value is None else str(value)[:80]

"""Result folders made on the command line, opened for reading: only those under one folder, no link, no pickle.

A folder may come from somebody else: what it holds may lead out of it, or be larger than it looks.
"""

from __future__ import annotations

import json
import math
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from experiments import folders as run_folders
from experiments import look
from experiments.record import recorded_values
from experiments.stressing.results import RECORD
from experiments.sweeping.ledger import NAME as LEDGER
from simulation.frames import UNITS
from simulation.problems import Problem, ScenarioError, shown
from simulation.result import load_result

from .series import FLAT, MEASURES, told_top

MOST_FOLDERS, MOST_ROWS, MOST_COLUMNS = 200, 100, 24
LARGEST_TABLE = 50_000_000
"""Bytes of a table as a file, and of the tables of a run together."""
LARGEST_OPEN = 500_000_000
"""Bytes of a table in memory."""
LARGEST_PICTURE = 5_000_000
LARGEST_RECORD, LONGEST, MOST_NOTES = 1_000_000, 2000, 20
"""Bytes of what a stress test wrote about itself; letters of a note, and notes, that are shown."""
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
    found = []
    for path in base.iterdir():
        with suppress(OSError):  # it may go while we look
            kind = "" if path.is_symlink() or not path.is_dir() else _kind(path)
            if kind:
                found.append((path.stat().st_mtime, {"name": path.name, "kind": kind}))
    found.sort(key=lambda each: -each[0])
    return [each for _, each in found[:MOST_FOLDERS]]


def _kind(folder: Path) -> str:
    """What a folder holds: a run, a study of many runs, other tables, or nothing."""
    if _own(folder, "run.json"):
        return "run"
    if _own(folder, LEDGER):
        return "study"
    return "tables" if _own(folder, "*.parquet") else ""


def _own(folder: Path, pattern: str) -> list[Path]:
    """Files of a folder that lie in it, and are no links to others."""
    return sorted(path for path in folder.glob(pattern) if path.is_file() and path.resolve() == path)


def opened(name: str) -> dict[str, Any]:
    """A folder for the page: curves of a run, or the names of its tables. Raises ScenarioError."""
    folder = _inside(name)
    tables = [path.stem for path in _own(folder, "*.parquet")]
    pictures = [path.name for path in [*_own(folder, "*.png"), *_own(folder, "figures/*.png")]]
    said, notes = _said(name, folder)
    found: dict[str, Any] = {
        "name": name,
        "tables": tables,
        "pictures": pictures,
        "headline": said,
        "notes": notes,
        "cards": None,
    }
    if _own(folder, "run.json"):
        _bearable(name, _own(folder, "*.parquet"))
        from experiments.summary import headline

        try:
            result = load_result(folder)
            found["headline"] = headline(result)
            found["cards"] = _cards(result)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ScenarioError(
                [Problem(name, found=f"a folder that cannot be read ({error})"[:300], allowed="a run folder")]
            ) from None
    if _own(folder, LEDGER):
        from experiments.sweeping.status import status

        found["tables"].insert(0, OF_LEDGER)
        lines = status(folder).text().removeprefix(f"{folder}: ").splitlines()
        state = look.sentence(". ".join(line.rstrip(".") for line in lines) + ".")
        found["headline"], *found["notes"] = filter(None, [said, state, *notes])
    return found


def _said(name: str, folder: Path) -> tuple[str, list[str]]:
    """Headline and notes that a stress test has written down, empty where there are none. Raises ScenarioError."""
    for path in _own(folder, RECORD):
        try:
            if path.stat().st_size > LARGEST_RECORD:
                raise ValueError(f"larger than {LARGEST_RECORD / 1e6:.0f} MB")
            raw = json.loads(path.read_bytes())
            return str(raw["headline"])[:LONGEST], [str(each)[:LONGEST] for each in raw["notes"][:MOST_NOTES]]
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            found = f"a {RECORD} that cannot be read ({error})"[:300]
            raise ScenarioError([Problem(name, found=found, allowed="the folder of a stress test")]) from None
    return "", []


def table(name: str, which: str) -> dict[str, Any]:
    """The first rows of a table of a folder. Raises ScenarioError."""
    folder = _inside(name)
    if which == OF_LEDGER and _own(folder, LEDGER):
        return _of_ledger(folder)
    path = {each.stem: each for each in _own(folder, "*.parquet")}.get(which)
    if path is None:
        raise ScenarioError([Problem(name, found=f"no table {shown(which)}", allowed="one of its tables")])
    _bearable(name, [path])
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    columns = file.schema_arrow.names[:MOST_COLUMNS]
    known = UNITS.get(which, {}) if _own(folder, "run.json") else {}
    units = [known.get(column, "") for column in columns]
    batch = next(file.iter_batches(MOST_ROWS, columns=columns), None)
    rows = [] if batch is None else batch.to_pylist()
    return {
        "name": which,
        "rows": file.metadata.num_rows,
        "columns": columns,
        "units": ["" if unit in ("", "1") else look.unit(unit) for unit in units],
        "cells": [
            [_cell(row[column], unit) for column, unit in zip(columns, units, strict=True)] for row in rows
        ],
    }


def _bearable(name: str, tables: list[Path]) -> None:
    """Refuse tables that are large, or would be when they are open. Raises ScenarioError."""
    import pyarrow.parquet as pq

    size = sum(path.stat().st_size for path in tables)
    if size <= LARGEST_TABLE:
        try:
            size = sum(_opened_bytes(pq.read_metadata(path)) for path in tables)
        except (OSError, ValueError) as error:
            found = f"a table that cannot be read ({error})"[:300]
            raise ScenarioError([Problem(name, found=found, allowed="Parquet files")]) from None
        if size <= LARGEST_OPEN:
            return
    found, allowed = f"{size / 1e6:.0f} MB of tables", f"at most {LARGEST_TABLE / 1e6:.0f} MB on this page"
    raise ScenarioError(
        [Problem(name, found=found, allowed=allowed, hint="open them with a program of your own")]
    )


def _opened_bytes(metadata: Any) -> int:
    return sum(metadata.row_group(k).total_byte_size for k in range(metadata.num_row_groups))


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
    return {
        "name": OF_LEDGER,
        "rows": count,
        "columns": columns,
        "units": [""] * len(columns),
        "cells": cells,
    }


def picture(name: str, which: str) -> bytes:
    """A figure of a folder. Raises ScenarioError."""
    folder = _inside(name)
    for path in [*_own(folder, "*.png"), *_own(folder, "figures/*.png")]:
        if path.name == which and path.stat().st_size <= LARGEST_PICTURE:
            return path.read_bytes()
    allowed = f"one of its figures, of at most {LARGEST_PICTURE / 1e6:.0f} MB"
    raise ScenarioError([Problem(name, found=f"no figure {shown(which)}", allowed=allowed)])


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
        top = 1.0 if measure.unit == "0 to 1" else max([float(values.max()), *recorded.values(), FLAT])
        cards.append(
            {
                "key": f"saved-{measure.indicator}",
                "name": measure.name,
                "unit": measure.unit,
                "value": measure.told(float(values.iloc[-1])),
                "top": top,
                "top_told": told_top(measure, top),
                "park": [float(f"{value:.4g}") for value in values],
                "twin": None,
                "recorded": [[year + 0.5, value] for year, value in recorded.items()],
                "beside": f"at the end, {look.year(last - 0.25)}",
                "difference": "",
            }
        )
    return {"first": int(first), "last": round(last), "now": last, "acted": None, "cards": cards}


def _cell(value: Any, unit: str = "") -> str:
    """A value as text; a date as a plain decimal year."""
    if isinstance(value, float):
        return f"{value:.10g}" if unit == "year" and math.isfinite(value) else look.number(value, 5)
    return look.NOTHING if value is None else str(value)[:80]

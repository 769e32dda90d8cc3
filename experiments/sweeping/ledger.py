"""The ledger of a study: an SQLite file in WAL mode with a row a run; one writer, any number of readers.

A run counts as done when its transaction is committed. Tables of finished runs wait in the ledger
until they are rolled into Parquet parts (`experiments.sweeping.parts`).
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.problems import Problem, ScenarioError

NAME = "ledger.sqlite"
FORMAT = 1
DONE, FAILED = "done", "failed"
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, point INTEGER NOT NULL, replicate INTEGER NOT NULL,
    status TEXT NOT NULL, seconds REAL, finished REAL, error TEXT, outcomes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY, name TEXT NOT NULL, runs INTEGER NOT NULL, arrow BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS parts (name TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (name, file));
"""


@dataclass(frozen=True)
class Row:
    """A finished run as the ledger keeps it: outcomes by name, or the error with its traceback."""

    run: int
    point: int
    replicate: int
    status: str
    seconds: float
    error: str
    outcomes: dict[str, float]


class Ledger:
    """The open ledger of a folder. `Ledger.reading` opens one that another process may be writing."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder, self.connection = folder, connection

    @classmethod
    def writing(cls, folder: Path) -> Ledger:
        """Open or make the ledger of a folder, to write to it."""
        connection = sqlite3.connect(folder / NAME, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(SCHEMA)
        return cls(folder, connection)

    @classmethod
    def reading(cls, folder: Path) -> Ledger:
        """Open the ledger of a folder to read. Raises ScenarioError where there is none, or it is damaged."""
        path = folder / NAME
        if not path.is_file():
            hint = "name the folder that was given as --out"
            raise ScenarioError(
                [Problem(str(folder), found=f"no {NAME}", allowed="the folder of a sweep", hint=hint)]
            )
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
            )
            ledger = cls(folder, connection)
            if ledger.meta("format") != FORMAT:
                found = f"a ledger of format {ledger.meta('format')}"
                raise ScenarioError([Problem(str(path), found=found, allowed=f"format {FORMAT}")])
            return ledger
        except (sqlite3.Error, ValueError) as error:
            found = f"a ledger that cannot be read ({error})"
            raise ScenarioError([Problem(str(path), found=found)]) from None

    def close(self) -> None:
        """Close the file; the log is written back into it."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is there after a kill, or none of it."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def meta(self, key: str) -> Any:
        """What was noted under a key; None if nothing."""
        found = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else json.loads(found[0])

    def note(self, **values: Any) -> None:
        """Note plain data under keys."""
        rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in values.items()]
        with self.transaction():
            self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    def finished(self) -> set[int]:
        """Numbers of the runs that are done or failed."""
        return {run for (run,) in self.connection.execute("SELECT run FROM runs")}

    def counts(self) -> dict[str, int]:
        """Runs by status."""
        return dict(self.connection.execute("SELECT status, COUNT(*) FROM runs GROUP BY status").fetchall())

    def rows(self, where: str = "1", values: tuple[Any, ...] = ()) -> Iterator[Row]:
        """Finished runs in order of their numbers."""
        columns = "run, point, replicate, status, seconds, error, outcomes"
        query = f"SELECT {columns} FROM runs WHERE {where} ORDER BY run"
        for run, point, replicate, status, seconds, error, outcomes in self.connection.execute(query, values):
            yield Row(run, point, replicate, status, seconds, error or "", _numbers(outcomes))

    def add(self, rows: Iterable[Row], tables: Iterable[tuple[str, int, bytes]]) -> None:
        """Finished runs and their tables (name, number of runs, Arrow stream), in one transaction."""
        now = time.time()
        with self.transaction():
            self.connection.executemany(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (each.run, each.point, each.replicate, each.status, each.seconds, now, each.error or None,
                     json.dumps(_plain(each.outcomes)))
                    for each in rows
                ],
            )  # fmt: skip
            self.connection.executemany("INSERT INTO waiting (name, runs, arrow) VALUES (?, ?, ?)", tables)

    def forget_failed(self) -> int:
        """Drop failed runs, so that they are done again; returns how many."""
        with self.transaction():
            return self.connection.execute("DELETE FROM runs WHERE status = ?", (FAILED,)).rowcount

    def rate(self, seconds: float = 60.0) -> float:
        """Runs finished a second over the last `seconds` in which any finished; 0 when none has."""
        (last,) = self.connection.execute("SELECT MAX(finished) FROM runs").fetchone()
        if last is None:
            return 0.0
        since = max(last - seconds, self.meta("session") or 0.0)
        (count,) = self.connection.execute(
            "SELECT COUNT(*) FROM runs WHERE finished > ?", (since,)
        ).fetchone()
        return float(count / max(last - since, 1e-3))


def _plain(outcomes: dict[str, float]) -> dict[str, float | None]:
    """JSON knows no NaN: what is not there is null."""
    return {name: None if value != value else value for name, value in outcomes.items()}


def _numbers(text: str) -> dict[str, float]:
    return {name: math.nan if value is None else value for name, value in json.loads(text).items()}

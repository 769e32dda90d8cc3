"""The ledger of a study: an SQLite file in WAL mode with a row a run; one writer, any number of readers.

A run counts as done when its transaction is committed. Tables of finished runs wait in the ledger
until they are rolled into Parquet parts (`experiments.sweeping.parts`).
"""

from __future__ import annotations

import json
import math
import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.problems import Problem, ScenarioError, shown

NAME = "ledger.sqlite"
FORMAT = 1
DONE, FAILED = "done", "failed"
PART = re.compile(r"part-\d+\.parquet")
NOTED: dict[str, type] = {
    "kind": str, "identity": dict, "context": dict, "total": int, "outcomes": list, "points": list,
}  # fmt: skip
"""What every ledger says of its study."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS runs (run INTEGER PRIMARY KEY, point INTEGER NOT NULL, replicate INTEGER NOT NULL,
    status TEXT NOT NULL, seconds REAL, finished REAL, error TEXT, outcomes TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY, name TEXT NOT NULL, runs INTEGER NOT NULL, arrow BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS parts (name TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (name, file));
"""
COLUMNS = {
    "meta": "key, value",
    "runs": "run, point, replicate, status, seconds, finished, error, outcomes",
    "waiting": "id, name, runs, arrow",
    "parts": "name, file",
}
TABLES = frozenset(COLUMNS)


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
    """The open ledger of a folder. `Ledger.reading` opens one that another process may be writing.

    What is asked of one that was opened to read raises ScenarioError where the file is damaged.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, reads: bool = False) -> None:
        self.folder, self.connection, self.reads = folder, connection, reads

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
            ledger = cls(folder, _to_read(path), reads=True)
        except sqlite3.Error as error:
            raise _damaged(path, error) from None
        try:
            ledger._check()
        except ScenarioError:
            ledger.close()
            raise
        return ledger

    @staticmethod
    def is_new(folder: Path) -> bool:
        """Whether no study was noted yet: a kill may have come before. Another program's file is not new."""
        path = folder / NAME
        if path.stat().st_size == 0:
            return True
        try:
            connection = _to_read(path)
        except sqlite3.Error:
            return False
        try:
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            rows = [connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone() for name in TABLES & tables]
            return tables <= TABLES and not any(count for (count,) in rows)
        except sqlite3.Error:
            return False
        finally:
            connection.close()

    def _check(self) -> None:
        path, form = str(self.folder / NAME), self.meta("format")
        if form != FORMAT:
            found = f"a ledger of format {shown(form)}"
            raise ScenarioError([Problem(path, found=found, allowed=f"format {FORMAT}")])
        for name, kind in NOTED.items():
            if not isinstance(value := self.meta(name), kind):
                raise ScenarioError([Problem(path, field=name, found=f"a ledger with {shown(value)} there")])
        with self._sound():
            for table, columns in COLUMNS.items():
                self.connection.execute(f"SELECT {columns} FROM {table} LIMIT 1").fetchone()

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
        with self._sound():
            found = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
            return None if found is None else json.loads(found[0])

    def moment(self, key: str) -> float:
        """A time that was noted under a key, in seconds since 1970; 0 if none was."""
        with self._sound():
            return float(self.meta(key) or 0.0)

    def note(self, **values: Any) -> None:
        """Note plain data under keys."""
        rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in values.items()]
        with self.transaction():
            self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    def finished(self) -> set[int]:
        """Numbers of the runs that are done or failed."""
        with self._sound():
            return {run for (run,) in self.connection.execute("SELECT run FROM runs")}

    def counts(self) -> dict[str, int]:
        """Runs by status."""
        with self._sound():
            return dict(
                self.connection.execute("SELECT status, COUNT(*) FROM runs GROUP BY status").fetchall()
            )

    def rows(self, where: str = "1", values: tuple[Any, ...] = ()) -> Iterator[Row]:
        """Finished runs in order of their numbers."""
        columns = "run, point, replicate, status, seconds, error, outcomes"
        query = f"SELECT {columns} FROM runs WHERE {where} ORDER BY run"
        with self._sound():
            for columns in self.connection.execute(query, values):
                yield _row(*columns)

    def parts(self, name: str) -> tuple[list[str], list[bytes]]:
        """Of a table of one moment: the files of its parts, and what still waits to be written, as Arrow streams."""
        with self._sound():
            self.connection.execute("BEGIN")
            files = self.connection.execute(
                "SELECT file FROM parts WHERE name = ? ORDER BY file", (name,)
            ).fetchall()
            waiting = self.connection.execute(
                "SELECT arrow FROM waiting WHERE name = ? ORDER BY id", (name,)
            ).fetchall()
            self.connection.execute("COMMIT")
            for (file,) in files:
                if not isinstance(file, str) or PART.fullmatch(file) is None:
                    raise ValueError(f"{shown(file)} for the name of a part")
        return [file for (file,) in files], [arrow for (arrow,) in waiting]

    def last_finished(self) -> float | None:
        """When the last run finished, in seconds since 1970; None before the first."""
        with self._sound():
            (last,) = self.connection.execute("SELECT MAX(finished) FROM runs").fetchone()
        return None if last is None else float(last)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Say of a ledger that is read that it is damaged; a writer's troubles go to whoever writes."""
        try:
            yield
        except (sqlite3.Error, ValueError, OverflowError, TypeError, AttributeError) as error:
            if not self.reads or isinstance(error, ScenarioError):
                raise
            raise _damaged(self.folder / NAME, error) from None

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
        last = self.last_finished()
        if last is None:
            return 0.0
        with self._sound():
            since = max(last - seconds, self.moment("session"))
            (count,) = self.connection.execute(
                "SELECT COUNT(*) FROM runs WHERE finished > ?", (since,)
            ).fetchone()
            return float(count / max(last - since, 1e-3))


def _to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing and leaves nothing beside the file.

    One that may write tidies its log away when it closes; where nothing can be written, and so nobody
    writes, the file is read as it lies. So it is on a full disk, if no log waits there.
    """
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return _connected(path, "immutable=1")
    connection = _connected(path, "mode=rw")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        log = path.with_name(f"{NAME}-wal")
        held = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
        if not held and (not log.exists() or not log.stat().st_size):
            connection.close()
            return _connected(path, "immutable=1")
    except sqlite3.DatabaseError:
        pass  # what is asked next says how it is damaged
    return connection


def _connected(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=2
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


def _damaged(path: Path, error: Exception) -> ScenarioError:
    found = f"a ledger that cannot be read ({' '.join(str(error).split())[:160]})"
    return ScenarioError([Problem(str(path), found=found, allowed="the ledger of a study")])


def _plain(outcomes: dict[str, float]) -> dict[str, float | None]:
    """JSON knows no NaN: what is not there is null."""
    return {name: None if value != value else value for name, value in outcomes.items()}


def _numbers(text: str) -> dict[str, float]:
    return {name: math.nan if value is None else float(value) for name, value in json.loads(text).items()}


def _row(run: Any, point: Any, replicate: Any, status: Any, seconds: Any, error: Any, outcomes: Any) -> Row:
    """A finished run from its columns, in which SQLite keeps whatever was put there. Raises ValueError."""
    numbers = (type(run), type(point), type(replicate)) == (int, int, int)
    words = isinstance(status, str) and isinstance(error, str | None) and isinstance(outcomes, str)
    if not numbers or not words or not isinstance(seconds, int | float | None):
        raise ValueError(f"run {shown(run)} with columns of other types")
    return Row(run, point, replicate, status, seconds or 0.0, error or "", _numbers(outcomes))

"""Ledgers of studies that are damaged, of another version, of something else, or held by another program."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from .results import Damage, a, cut, instead, sensitivity, stress, sweep, told, torn
from .row import Bad, folder, pipe, without_pipes

READERS = {
    "status": "status swept",
    "rerun": "rerun swept --run 0 --out again",
    "discover": "discover swept --bad 'streams_1995 < 3'",
    "report": "report swept",
    "sweep": "sweep swept/design.toml --out swept --workers 1",
}
"""Commands that open the ledger of a sweep."""


def every(what: str, damage: Damage, says: str) -> tuple[Bad, ...]:
    """What each command says of a ledger that was damaged."""
    return tuple(
        Bad(f"{name}: {what}", line, f"swept ... {says}", {"swept": a(sweep, damage)})
        for name, line in READERS.items()
    )


def settled(column: str, value: str) -> Damage:
    """A note of the ledger says something else."""
    return told(f"UPDATE meta SET value = '{value}' WHERE key = '{column}'")


HOLDERS: list[sqlite3.Connection] = []


def held(folder: Path) -> None:
    """Another program holds the ledger, until the next row that needs one."""
    while HOLDERS:
        HOLDERS.pop().close()
    holder = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
    holder.execute("PRAGMA journal_mode = DELETE")
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    HOLDERS.append(holder)


ROWS = (
    *every("cut in the middle", cut("ledger.sqlite"), "a ledger that cannot be read"),
    *every("cut to a page", cut("ledger.sqlite", 0.1), "a ledger that cannot be read"),
    *(row for row in every("empty", instead("ledger.sqlite", b""), "a ledger") if row.command != "sweep"),
    *every("text", instead("ledger.sqlite", "a ledger\n" * 100), "a ledger that cannot be read (file is not a database)"),
    *every("a torn head", torn("ledger.sqlite", 0, b"JUNK"), "a ledger that cannot be read"),
    *every("torn pages", torn("ledger.sqlite", 4096, b"\xff" * 12_000), "a ledger that cannot be read"),
    *every("another program's database", told("DROP TABLE meta"), "a ledger that cannot be read"),
    *every("no table of runs", told("DROP TABLE runs"), "a ledger that cannot be read"),
    *every("a table of runs with other columns", told("ALTER TABLE runs RENAME COLUMN outcomes TO results"), "a ledger that cannot be read"),
    *every("held by another program", held, "a ledger that cannot be read (database is locked)"),
    *every("a later version", settled("format", "2"), "found a ledger of format 2, allowed format 1"),
    *every("no version", told("DELETE FROM meta WHERE key = 'format'"), "a ledger of format"),
    *every("a version in words", settled("format", '"one"'), "a ledger of format 'one', allowed format 1"),
    *every("a version that is no JSON", settled("format", "{"), "a ledger that cannot be read"),
    Bad("status: no JSON in the outcomes", "status swept", "", {"swept": a(sweep, told("UPDATE runs SET outcomes = '{', status = 'failed'"))}),
    Bad("report: no JSON in the outcomes", "report swept", "swept ... cannot be read", {"swept": a(sweep, told("UPDATE runs SET outcomes = '{'"))}),
    Bad("report: words in the outcomes", "report swept", "swept ... cannot be read", {"swept": a(sweep, told("UPDATE runs SET outcomes = '{\"streams_1995\": \"few\"}'"))}),
    Bad("report: no points", "report swept", "swept ... cannot be read", {"swept": a(sweep, settled("points", "3"))}),
    Bad("status: words for a time", "status swept", "swept/ledger.sqlite: found a ledger that cannot be read", {"swept": a(sweep, settled("session", '"soon"'))}),
    Bad("report: bytes for a status", "report swept", "swept/ledger.sqlite: found a ledger that cannot be read", {"swept": a(sweep, told("UPDATE runs SET status = x'00' WHERE run = 1"))}),
    Bad("report: words for the number of a point", "report swept", "swept/ledger.sqlite: found a ledger that cannot be read", {"swept": a(sweep, told("UPDATE runs SET point = 'first' WHERE run = 1"))}),
    Bad("rerun: bytes for the name of a part", "rerun swept --run 0 --out again", "swept/ledger.sqlite: found a ledger that cannot be read", {"swept": a(sweep, told("UPDATE parts SET file = x'00ff'"))}),
    Bad("rerun: a part outside the folder", "rerun swept --run 0 --out again", "swept/ledger.sqlite: found a ledger that cannot be read ('../../secret.parquet'", {"swept": a(sweep, told("UPDATE parts SET file = '../../secret.parquet'"))}),
    Bad("report: a list for the scenario", "report swept", "swept", {"swept": a(sweep, settled("context", '{"scenario": []}'))}),
    Bad("status: no total", "status swept", "swept ... a ledger", {"swept": a(sweep, told("DELETE FROM meta WHERE key = 'total'"))}),
    Bad("rerun: no context", "rerun swept --run 0 --out again", "swept/ledger.sqlite: context: found another scenario than the one that was run", {"swept": a(sweep, settled("context", "{}"))}),
    Bad("rerun: no identity", "rerun swept --run 0 --out again", "swept ... a ledger", {"swept": a(sweep, settled("identity", "null"))}),
    Bad("rerun: a scenario that was changed", "rerun swept --run 0 --out again", "context: found another scenario than the one that was run",
        {"swept": a(sweep, told("UPDATE meta SET value = replace(value, '\"prior\"', '\"priro\"') WHERE key = 'context'"))}),
    Bad("rerun: another model", "rerun swept --run 0 --out again", "swept: model: found 'old' when the sweep ran",
        {"swept": a(sweep, told("UPDATE meta SET value = json_set(value, '$.model', 'old') WHERE key = 'identity'"))}),
    Bad("rerun: a run that is not there", "rerun swept --run 24 --out again", "--run: found 24, allowed a run that has finished, of 0 to 23", {"swept": a(sweep)}),
    Bad("rerun: a run beyond all integers", f"rerun swept --run {'9' * 30} --out again", "--run", {"swept": a(sweep)}),
    Bad("status: a folder for the ledger", "status swept", "swept: found no ledger.sqlite", {"swept/ledger.sqlite": folder}),
    Bad("status: a pipe for the ledger", "status swept", "swept: found no ledger.sqlite", {"swept/ledger.sqlite": pipe}, missing=without_pipes),
    Bad("discover: of a stress test", "discover swept --bad 'streams_1995 < 3'", "swept: found the folder of a stress, allowed the folder of a sweep", {"swept": a(stress)}),
    Bad("rerun: of a stress test", "rerun swept --run 0", "swept: found the folder of a stress, allowed the folder of a sweep", {"swept": a(stress)}),
    Bad("discover: an unknown outcome", "discover swept --bad 'strems_1995 < 3'", "--bad: found 'strems_1995'; did you mean 'streams_1995'", {"swept": a(sweep)}),
    Bad("discover: no condition", "discover swept --bad few", "--bad: found 'few', allowed OUTCOME < NUMBER", {"swept": a(sweep)}),
    Bad("discover: two points", "discover swept --bad 'streams_1995 < 1.2.3'", "--bad: found '1.2.3', allowed a number", {"swept": a(sweep)}),
    Bad("discover: no run", "discover swept --bad 'streams_1995 < -3'", "--bad: found no run with", {"swept": a(sweep)}),
    Bad("discover: every run", "discover swept --bad 'streams_1995 > -3'", "--bad: found every run with", {"swept": a(sweep)}),
    Bad("discover: code for a condition", "discover swept --bad '__import__(1) < 3'", "--bad: found", {"swept": a(sweep)}),
    Bad("discover: an infinite limit", "discover swept --bad 'streams_1995 < 1e999'", "--bad: found", {"swept": a(sweep)}),
    Bad("sensitivity: a ledger that is damaged", "report studied", "studied ... cannot be read", {"studied": a(sensitivity, cut("ledger.sqlite"))}),
)  # fmt: skip

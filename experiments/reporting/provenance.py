"""How to repeat a result: command, seed, versions, and the sums of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import look
from .document import Block, Code, Column, Facts, Note, Prose, Table, words


def of_run(folder: Path, record: Mapping[str, Any]) -> list[Block]:
    """What repeats a run bit for bit, from its record."""
    parts: list[Block] = []
    if record.get("command"):
        parts.append(Code("The command that made this result:", [str(record["command"])]))
    parts.append(
        Code(
            "The same run again, bit for bit, from its record:",
            [f"symbiopark run --set-from {folder.name}/run.json"],
        )
    )
    parts.append(Code("This page again:", [f"symbiopark report {folder.name}"]))
    stated = str(record.get("scenario_sha256", ""))
    if stated != scenario_sum(record["scenario"]):
        parts.append(
            Note(
                "The scenario in run.json is not the one that was run: its SHA-256 differs from the recorded one."
            )
        )
    facts = [("Seed", str(record["seed"])), ("Replicate", str(record.get("replicate", 0)))]
    if record.get("until") is not None:
        facts.append(("Until", look.year(float(record["until"]))))
    facts += [("Started", str(record.get("started", ""))), ("Ended", str(record.get("ended", "")))]
    facts.append(("SHA-256 of the scenario", stated))
    versions = [(str(name), str(version)) for name, version in record.get("versions", {}).items()]
    said = "Versions. Equal bits need equal ones of numpy and numba; others may differ in the last digits."
    tables = files(sorted(folder.glob("*.parquet")))
    return [*parts, Facts(facts, code=True), Prose(said), Facts(versions, code=True), tables]


def scenario_sum(scenario: Any) -> str:
    """SHA-256 of a scenario as `simulation.result` takes it."""
    return hashlib.sha256(json.dumps(scenario, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def files(paths: Iterable[Path]) -> Table:
    """The tables of a result: rows, size and SHA-256."""
    import pyarrow.parquet as pq

    rows = [
        [
            path.name, look.count(pq.read_metadata(path).num_rows), look.number(path.stat().st_size / 1e3),
            hashlib.sha256(path.read_bytes()).hexdigest(),
        ]
        for path in paths
    ]  # fmt: skip
    columns = (
        words("File"),
        Column("Rows"),
        Column("Size", "kB"),
        words("SHA-256"),
    )
    return Table("Tables of this result", columns, rows)

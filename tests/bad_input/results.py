"""Sound result folders for rows to damage, each made once in a session, and ways to damage them."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from .row import Maker

SMALL_PARK = Path(__file__).parents[1] / "data" / "small_park.toml"
Damage = Callable[[Path], object]
OUTCOMES = ["streams_1995", "savings_sum_1990_1999"]


def a(kind: Callable[[Path], object], *damages: Damage) -> Maker:
    """A sound result of a kind, and then what is done to it."""

    def made(path: Path) -> None:
        shutil.copytree(kept(kind), path, dirs_exist_ok=True)
        for damage in damages:
            damage(path)

    return made


@cache
def kept(kind: Callable[[Path], object]) -> Path:
    """The folder of a sound result, made once; nobody may change it."""
    import atexit

    folder = Path(tempfile.mkdtemp(prefix="symbiopark-sound-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kind(folder / "result")
    return folder / "result"


# --- kinds of results


def run(folder: Path) -> None:
    from simulation import simulate

    simulate(SMALL_PARK, 1).save(folder)


def sweep(folder: Path) -> None:
    from experiments import sweep as swept

    with ThreadPoolExecutor(1) as executor:
        swept(_design({"trust.prior": [0.2, 0.4, 0.6]}, replicates=8), folder, executor=executor)


def sensitivity(folder: Path) -> None:
    from experiments.sensitivities.study import sensitivity as studied

    over = {"trust.prior": (0.2, 0.6), "trust.spread": (0.1, 0.3)}
    with ThreadPoolExecutor(1) as executor:
        studied(str(SMALL_PARK), method="morris", over=over, of=OUTCOMES, samples=2, out=folder,
                executor=executor)  # fmt: skip


def stress(folder: Path) -> None:
    from experiments.stressing.question import asked
    from experiments.stressing.stress import answered

    question = asked(SMALL_PARK, year=1995, remove=["Mill"], runs=2)
    with ThreadPoolExecutor(1) as executor:
        answered(question, folder, figures=False, executor=executor)


def _design(axes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"scenario": str(SMALL_PARK), "outcomes": OUTCOMES, "axes": axes, **more}


# --- damages


def cut(name: str, share: float = 0.5) -> Damage:
    """Only the first part of a file is left, as after a full disk."""

    def done(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(len(content) * share)])

    return done


def instead(name: str, content: str | bytes) -> Damage:
    """Something else stands in a file."""
    raw = content.encode() if isinstance(content, str) else content
    return lambda folder: (folder / name).write_bytes(raw)


def without(name: str) -> Damage:
    """A file is gone."""
    return lambda folder: (folder / name).unlink()


def torn(name: str, at: int, content: bytes) -> Damage:
    """Some bytes of a file are others, from a place counted from the front, or below 0 from the end."""

    def done(folder: Path) -> None:
        with (folder / name).open("r+b") as file:
            file.seek(at, os.SEEK_SET if at >= 0 else os.SEEK_END)
            file.write(content)

    return done


def edited(name: str, **fields: Any) -> Damage:
    """Fields of a JSON file are others; `...` takes one out."""

    def done(folder: Path) -> None:
        record = json.loads((folder / name).read_text(encoding="utf-8")) | fields
        kept = {key: value for key, value in record.items() if value is not ...}
        (folder / name).write_text(json.dumps(kept), encoding="utf-8")

    return done


def told(statement: str) -> Damage:
    """The ledger is changed by a statement of SQL."""

    def done(folder: Path) -> None:
        connection = sqlite3.connect(folder / "ledger.sqlite", isolation_level=None)
        connection.execute(statement)
        connection.close()

    return done

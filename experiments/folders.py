"""Folders of results: where a run goes, and what it may write over."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from simulation.frames import FRAMES
from simulation.problems import Problem, ScenarioError, shown

RUNS = Path("runs")
LOCK = "writing.part"
TABLES = tuple(f"{name}.parquet" for name in FRAMES)
RUN = frozenset({"run.json", "figures", "report.html", *TABLES})
"""What a run leaves in its folder, and the page that may be made of it."""


def checked(out: Path | None, force: bool, ours: frozenset[str] = RUN) -> None:
    """Raise ScenarioError where a result may not be written to a folder; nothing is written.

    `ours` are the names that the result has; a folder with others is never written to.
    """
    if out is None or not _exists(out):
        return
    if not out.is_dir():
        raise _refused(out, "which is a file", "a folder that is new or empty")
    names = [each.name for each in out.iterdir() if each.name != LOCK]
    if not names:
        return
    if not (is_run_folder(out) if ours is RUN else _holds_only(out, ours)):
        hint = f"it holds {shown(sorted(names)[0])}; choose another"
        raise _refused(out, "a folder with other files", "a folder that is new or empty", hint)
    if not force:
        hint = "add --force to write over it"
        raise _refused(out, "the folder of an earlier result", "a folder that is new or empty", hint)


def made(out: Path | None, name: str, seed: int) -> Path:
    """The folder to write to: `out`, cleared of an earlier run, or a new runs/NAME-SEED-DATE.

    Raises ScenarioError where it cannot be made.
    """
    try:
        if out is None:
            return _new_folder(name, seed)
        out.mkdir(parents=True, exist_ok=True)
        _clear(out)
        return out
    except OSError as error:
        raise unwritable(out or RUNS, error) from None


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other command writes a result to the folder meanwhile; the lock dies with its process.

    Raises ScenarioError where another one does, OSError where no lock can be made.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        found = "a folder that another command is writing to"
        raise _refused(folder, found, "a folder of its own for each command") from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink()
        lock.release()


def is_run_folder(folder: Path) -> bool:
    """Whether a folder holds a run, finished or not."""
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        return isinstance(record, dict) and "symbiopark" in record
    except FileNotFoundError:
        return _holds_only(folder, RUN)
    except (OSError, ValueError):
        return False


def _holds_only(folder: Path, names: frozenset[str]) -> bool:
    return all(each.name in names or each.suffix == ".part" for each in folder.iterdir())


def unwritable(out: Path, error: OSError) -> ScenarioError:
    """The message for a folder in which nothing can be written."""
    reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
    return _refused(out, f"a place that cannot be written ({reason})", "a folder that can be written")


def _new_folder(name: str, seed: int) -> Path:
    """A folder that did not exist: NAME-SEED-DATE, with a number behind it from the second on."""
    plain = "".join(each if each.isalnum() or each in "-_." else "-" for each in name).strip(".") or "run"
    stem = f"{plain[:60]}-{seed}-{date.today().isoformat()}"
    number = 1
    while True:
        folder = RUNS / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
            return folder
        except FileExistsError:
            number += 1


def _clear(folder: Path) -> None:
    """Remove an earlier run, its record first, so that no folder mixes two runs."""
    for name in ("run.json", "report.html", *TABLES):
        (folder / name).unlink(missing_ok=True)
    for figure in sorted((folder / "figures").glob("*.png")):
        figure.unlink()


def _exists(path: Path) -> bool:
    try:
        path.stat()
        return True
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unwritable(path, error) from None


def _refused(out: Path, found: str, allowed: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem("--out", str(out), found=found, allowed=allowed, hint=hint)])

"""The folder of a study: begun, gone on with, and refused when it holds something else."""

from __future__ import annotations

import contextlib
import errno
import math
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.problems import Problem, ScenarioError, shown
from simulation.writing import write_text

from ..progress import Progress
from . import executors, parts
from .jobs import Study
from .ledger import FORMAT, NAME, Ledger
from .runner import Runner
from .status import A_LOOK, LOCK

if TYPE_CHECKING:
    import pandas as pd

LEAST = 64_000  # bytes that a ledger wants for its log
OURS = (NAME, f"{NAME}-wal", f"{NAME}-shm", LOCK)


def performed(
    study: Study,
    folder: Path,
    *,
    files: Mapping[str, str],
    executor: Executor | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    retry_failed: bool = False,
    quiet: bool = True,
    limit: float = 3600.0,
) -> None:
    """Do what is left of a study in its folder; `files` are texts that stand beside the ledger.

    Raises ScenarioError for a folder with something else or another study in it, and for a disk that
    is full or cannot be written; what is finished is kept in every case.
    """
    _refuse_other_things(folder)
    _refuse_earlier(study, folder)
    pool = executors.chosen(executor, workers, cluster)
    try:
        with _locked(folder):
            ledger = _begun(study, folder, files)
            try:
                if retry_failed:
                    ledger.forget_failed()
                parts.clear_strays(ledger)
                progress = Progress(study.total, len(ledger.finished()), quiet=quiet)
                ledger.note(session=time.time(), ended=None, workers=pool.workers)
                try:
                    Runner(study, ledger, pool, progress, limit).run()
                    progress.finished()
                finally:
                    progress.close()
                ledger.note(ended=time.time())
                _tables(folder)
                ledger.connection.execute("VACUUM")  # what waited for its part has left room behind
            finally:
                ledger.close()
    except (OSError, sqlite3.OperationalError) as error:
        raise _said(error, folder) from None
    finally:
        pool.kill()


def _tables(folder: Path) -> None:
    """At the end: the table of runs as outcomes.parquet, for tools that read no ledger."""
    from simulation.result import write_frame

    write_frame(table_of(folder), folder / "outcomes.parquet", {"seconds": "s"})


def table_of(folder: Path) -> pd.DataFrame:
    """A row a finished run: run, point, replicate, the fields of its point, status, seconds, outcomes, error."""
    import pandas as pd

    ledger = Ledger.reading(folder)
    try:
        settings, names = ledger.meta("points") or [], ledger.meta("outcomes")
        rows = []
        for row in ledger.rows():
            own: dict[str, Any] = {"run": row.run, "point": row.point, "replicate": row.replicate}
            own |= settings[row.point] if 0 <= row.point < len(settings) else {}
            own |= {"status": row.status, "seconds": row.seconds}
            rows.append(
                own | {name: row.outcomes.get(name, math.nan) for name in names} | {"error": row.error}
            )
    finally:
        ledger.close()
    return pd.DataFrame(rows)


def _begun(study: Study, folder: Path, files: Mapping[str, str]) -> Ledger:
    """The ledger of the study: a new one, or that of an earlier session of the same study."""
    if _refuse_earlier(study, folder):
        return Ledger.writing(folder)
    ledger = Ledger.writing(folder)
    for name, text in files.items():
        write_text(folder / name, text)
    ledger.note(
        format=FORMAT, kind=study.kind, identity=study.identity, context=study.context, total=study.total,
        outcomes=list(study.outcomes), points=study.points, began=time.time(),
    )  # fmt: skip
    return ledger


def _refuse_earlier(study: Study, folder: Path) -> bool:
    """Whether an earlier session of this study is in the folder. Raises ScenarioError for another study."""
    if not (folder / NAME).exists() or Ledger.is_new(folder):
        return False
    earlier = Ledger.reading(folder)
    try:
        _refuse_another(study, folder, earlier.meta("kind"), earlier.meta("identity"))
    finally:
        earlier.close()
    return True


def _refuse_another(study: Study, folder: Path, kind: str, identity: dict[str, Any]) -> None:
    """A changed design, scenario or model never mixes with what is there: say what differs."""
    if kind != study.kind:
        raise _refused(folder, f"the folder of another kind of study ({kind})")
    differing = list(_differences(identity, study.identity))
    if differing:
        hint = "choose a new folder, or restore what was changed"
        raise ScenarioError(
            Problem(
                str(folder), field=where, found=f"{shown(then)} in the folder, now {shown(now)}", hint=hint
            )
            for where, then, now in differing
        )


def _differences(then: Any, now: Any, where: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(then, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*then, *now)):
            yield from _differences(then.get(key), now.get(key), f"{where}.{key}" if where else str(key))
    elif then != now:
        yield where, then, now


def _refuse_other_things(folder: Path) -> None:
    """Only a new folder, an empty one, or one with a ledger is written to."""
    try:
        if not folder.exists() or (folder.is_dir() and (folder / NAME).is_file()):
            return
        if not folder.is_dir():
            raise _refused(folder, "a file")
        others = sorted(each.name for each in folder.iterdir() if each.name not in OURS)
    except OSError as error:
        raise _said(error, folder) from None
    if others:
        raise _refused(folder, f"a folder with other files ({shown(others[0])})")


def _refused(folder: Path, found: str) -> ScenarioError:
    allowed = "a folder that is new or empty, or the one of the same study"
    return ScenarioError([Problem("--out", str(folder), found=found, allowed=allowed)])


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One command at a time writes to a folder; the lock dies with its process."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=A_LOOK)
    try:
        lock.acquire()
    except Timeout:
        hint = f"wait for it, or look at it with: symbiopark status {folder}"
        raise _another_command(folder, hint) from None
    try:
        yield
    finally:
        lock.release()


def _another_command(folder: Path, hint: str) -> ScenarioError:
    return ScenarioError(
        [Problem(str(folder), found="a folder that another command is writing to", hint=hint)]
    )


def _full(folder: Path) -> bool:
    """Whether the disk of a folder has no room left: SQLite calls some of that an I/O error."""
    try:
        return shutil.disk_usage(folder).free < LEAST
    except OSError:
        return False


def _said(error: Exception, folder: Path) -> ScenarioError:
    """The message for a disk that is full, or a folder that cannot be written."""
    full = (
        getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "full" in str(error) or _full(folder)
    )
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    what = "no space left on the disk" if full else f"a folder that cannot be written ({reason})"
    hint = "finished runs are kept; make room and give the same command again" if full else ""
    return ScenarioError([Problem("--out", str(folder), found=what, hint=hint)])

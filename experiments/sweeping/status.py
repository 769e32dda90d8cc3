"""How far a study has come, read from its ledger while another process may be writing."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from ..progress import duration
from .ledger import DONE, FAILED, Ledger

LOCK = ".lock"
"""Held by the command that writes to a folder; the lock dies with its process."""
A_LOOK = 0.5
"""Seconds for which a command that begins waits for the lock, as `status` may be looking at it."""
SILENT = 120.0
"""Seconds without a finished run, beyond what ten runs take, after which work seems to have stopped."""


@dataclass(frozen=True)
class Status:
    """Runs done, failed and planned, and the pace. `planned` is the most there can be with a stopping rule."""

    folder: Path
    kind: str
    planned: int
    done: int
    failed: int
    rate: float
    ended: bool
    left_alone: bool
    quiet_for: float
    example: str

    @property
    def left(self) -> int:
        return self.planned - self.done - self.failed

    def text(self) -> str:
        """The status as plain lines."""
        lines = [
            f"{self.folder}: {self.kind}, {self.done:,} of {self.planned:,} runs done, {self.failed:,} failed"
        ]
        if self.ended:
            lines.append("Finished; no more were needed." if self.left > 0 else "Finished.")
        elif self.left_alone:
            lines.append("Nobody is at work on it; the same command goes on where it stopped.")
        elif self.rate > 0 and self.quiet_for < SILENT + 10 / self.rate:
            lines.append(f"{self.rate:.3g} runs a second, about {duration(self.left / self.rate)} left")
        else:
            lines.append(
                f"Nothing finished for {duration(self.quiet_for)}; the same command goes on where it stopped."
            )
        if self.example:
            lines.append(f"First failure: {self.example}")
        return "\n".join(lines)


def status(folder: Path) -> Status:
    """The status of a folder. Raises ScenarioError where no study is in it."""
    ledger = Ledger.reading(folder)
    try:
        counts = ledger.counts()
        last = ledger.last_finished()
        first = next(ledger.rows("status = 'failed'"), None)
        session, ended = ledger.moment("session"), ledger.meta("ended") is not None
        said = "" if first is None else f"run {first.run}, {(first.error.strip().splitlines() or [''])[-1]}"
        return Status(
            folder, ledger.meta("kind"), ledger.meta("total"), counts.get(DONE, 0), counts.get(FAILED, 0),
            ledger.rate(), ended, _left_alone(folder), max(0.0, time.time() - (last or session)), said,
        )  # fmt: skip
    finally:
        ledger.close()


def _left_alone(folder: Path) -> bool:
    """Whether no command of this machine writes to the folder; False where that cannot be told."""
    try:
        import fcntl

        lock = os.open(folder / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return True
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return True
    except OSError:
        return False
    finally:
        os.close(lock)

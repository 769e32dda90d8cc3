"""How long work is told: a bar with count, rate and time left on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Any

from . import terminal

EVERY = 10.0  # seconds between plain lines


class Progress:
    """Progress of `total` runs on standard error; `quiet` says nothing."""

    def __init__(self, total: int, done: int = 0, unit: str = "runs", quiet: bool = False) -> None:
        self.total, self.done, self.unit, self.quiet = total, done, unit, quiet
        self.first, self.began, self.told = done, time.monotonic(), time.monotonic()
        self.bar: Any = None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=total, initial=done, unit=f" {unit}", file=sys.stderr, dynamic_ncols=True)

    def advance(self, count: int) -> None:
        """Some more are done."""
        self.done += count
        if self.bar is not None:
            with contextlib.suppress(OSError):  # the terminal has gone: the work goes on
                self.bar.update(count)
        elif not self.quiet and time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            self.say(self.text())

    def text(self) -> str:
        """Count, rate and time left in words."""
        rate = (self.done - self.first) / max(time.monotonic() - self.began, 1e-9)
        left = f", {duration((self.total - self.done) / rate)} left" if rate > 0 else ""
        return f"{self.done:,} of {self.total:,} {self.unit}, {rate:.3g} a second{left}"

    def say(self, text: str) -> None:
        """A line beside the bar."""
        if self.quiet:
            return
        if self.bar is not None:
            with contextlib.suppress(OSError):
                self.bar.write(text, file=sys.stderr)
        else:
            terminal.say(text)

    def finished(self) -> None:
        """All that was needed is done, which may be less than was planned at most."""
        self.total = self.done
        if self.bar is not None:
            self.bar.total = self.done

    def close(self) -> None:
        """The last line."""
        if self.bar is not None:
            with contextlib.suppress(OSError):
                self.bar.close()
        elif not self.quiet and self.done > self.first:
            self.say(self.text().split(", ")[0])


def duration(seconds: float) -> str:
    """Seconds as a reader says them: 40 s, 12 min, 3.5 h, 2 days."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} days"

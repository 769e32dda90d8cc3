"""Work in the background of a page: a thread with progress and a way to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from .limits import limits

SLOTS = threading.BoundedSemaphore(limits().jobs_at_once)
"""Jobs of all visitors together that may compute at the same time; the others wait for their turn."""


class Cancelled(Exception):
    """The visitor asked to stop, or has gone."""


class Job:
    """One piece of work.

    Parameters
    ----------
    work
        Takes a function to be called with (done, total) after every part, which raises `Cancelled` when
        it is time to stop; returns the result.
    told
        Called when something has changed that a page may want to draw; at most some times a second.
    """

    def __init__(self, work: Callable[[Callable[[int, int], None]], Any], told: Callable[[], None]) -> None:
        self._work, self._told = work, told
        self._stop = threading.Event()
        self.done, self.total = 0, 0
        self.result: Any = None
        self.state, self.error = "waiting", ""
        self._began, self._said = time.monotonic(), 0.0

    def start(self) -> Job:
        """Begin in a thread of its own."""
        threading.Thread(target=self._run, name="job", daemon=True).start()
        return self

    def cancel(self) -> None:
        """Stop after the part that is being computed; what was done is thrown away."""
        self._stop.set()

    @property
    def running(self) -> bool:
        """Whether it waits or computes."""
        return self.state in ("waiting", "running")

    @property
    def seconds_left(self) -> float:
        """A guess from the rate so far; infinite before the first part."""
        spent = time.monotonic() - self._began
        return spent / self.done * (self.total - self.done) if self.done else float("inf")

    def _progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.done, self.total = done, total
        if time.monotonic() - self._said > 0.2:
            self._said = time.monotonic()
            self._told()

    def _run(self) -> None:
        try:
            while not SLOTS.acquire(timeout=0.2):
                if self._stop.is_set():
                    raise Cancelled
            try:
                self.state, self._began = "running", time.monotonic()
                self.result = self._work(self._progress)
                self.state = "done"
            finally:
                SLOTS.release()
        except Cancelled:
            self.state = "cancelled"
        except Exception as error:
            self.state, self.error = "failed", str(error) or type(error).__name__
        self._told()

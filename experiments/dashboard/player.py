"""The thread that lets the years pass: as fast as asked, never faster than the page can draw."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

SLOWEST_PAGE = 1.0
"""Seconds after which the next quarter is run although the page has not said that it drew the last."""

PLAYING = threading.BoundedSemaphore(2)
"""Parks of all visitors that run and draw a quarter at the same moment; who clicks does not stand in that queue."""
TURN = 0.5
"""Seconds after which one plays out of turn: a page that takes its drawing slowly holds nobody up for long."""


class Player:
    """Steps something until it ends or is paused, and waits for the page after every step.

    Parameters
    ----------
    step
        Runs one quarter; returns whether there was one.
    drawn
        Called after every step, to let the page draw.
    failed
        Called with an exception that a step raised; playing is over then.
    """

    def __init__(
        self, step: Callable[[], bool], drawn: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self._step, self._drawn, self._failed = step, drawn, failed
        self.speed = 4.0
        self._ready = threading.Event()
        self._stop: threading.Event | None = None

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._stop is not None and not self._stop.is_set()

    def play(self) -> None:
        """Start, unless it runs already."""
        if not self.playing:
            self._stop = threading.Event()
            threading.Thread(target=self._run, args=(self._stop,), name="player", daemon=True).start()

    def pause(self) -> None:
        """Stop after the quarter that is being run."""
        if self._stop is not None:
            self._stop.set()
        self._ready.set()

    def page_is_ready(self) -> None:
        """The page has drawn the last quarter."""
        self._ready.set()

    def _run(self, stop: threading.Event) -> None:
        due = time.monotonic()
        try:
            while not stop.is_set():
                self._ready.clear()
                with _turn():
                    if not self._step():
                        stop.set()
                    self._drawn()
                if stop.is_set():
                    return
                self._ready.wait(SLOWEST_PAGE)
                due = max(due + 1.0 / max(self.speed, 0.1), time.monotonic() - 0.05)
                stop.wait(max(0.0, due - time.monotonic()))
        except Exception as error:
            stop.set()
            self._failed(error)


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    mine = PLAYING.acquire(timeout=TURN)
    try:
        yield
    finally:
        if mine:
            PLAYING.release()

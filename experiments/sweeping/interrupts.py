"""Ctrl-C and its like, kept while something must not be left half done."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
"""Signals that ask a command to end, where a system has them."""


@contextlib.contextmanager
def held() -> Iterator[None]:
    """What asks us to end is heard when the block is through.

    Executors of the standard library do not bear an exception between any two of their lines: a worker
    that starts just then is one that nobody knows, and that nobody ends. Blocks within blocks are heard
    at the end of the outermost; threads other than the main one are never interrupted.
    """
    heard: list[tuple[int, FrameType | None]] = []
    before: dict[int, Any] = {}

    def note(number: int, frame: FrameType | None) -> None:
        heard.append((number, frame))

    try:
        for number in _numbers():
            before[number] = signal.getsignal(number)
            signal.signal(number, note)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number, frame in heard[:1]:
            before[number](number, frame)


def _numbers() -> list[int]:
    """The signals that somebody in Python listens to: the others end us or are ignored, as they should."""
    if threading.current_thread() is not threading.main_thread():
        return []
    numbers = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    return [number for number in numbers if callable(signal.getsignal(number))]

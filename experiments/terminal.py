"""What surrounds a command: letters that a terminal lacks, a reader that has gone, an end from outside."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import signal
import sys
import threading
import unicodedata
from types import FrameType
from typing import Any

PLAIN = {
    "\u2009": " ", "\u2212": "-", "\u2013": "-", "\u2014": "-", "\u2019": "'", "\u201c": '"', "\u201d": '"',
    "\u00d7": "x", "\u2192": "->", "\u20ac": "EUR", "\u00b1": "+-", "\u2264": "<=", "\u2265": ">=",
    "\u00e6": "ae", "\u00c6": "Ae", "\u00f8": "oe", "\u00d8": "Oe", "\u00e5": "aa", "\u00c5": "Aa", "\u00df": "ss",
}  # fmt: skip
"""What stands for a letter where it cannot be written; others lose their accents."""


GRACE = 10.0
"""Seconds that a command has to end after a signal."""


class Stopped(Exception):
    """A command that is at its end: what to say on standard error, if anything, and the exit status."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status

    def told(self) -> int:
        """Say it; returns the exit status."""
        if str(self):
            say(str(self))
        return self.status


class Ended(KeyboardInterrupt):
    """A signal asks the command to end; its argument is the number of the signal."""


class Output(io.TextIOWrapper):
    """Standard output that knows why it could not be written: a second attempt may not fail again."""

    failure: OSError | None = None

    def __init__(self, stream: Any) -> None:
        self.under = stream  # it would close the file when it goes
        lines = stream.line_buffering
        super().__init__(
            stream.buffer, encoding=stream.encoding, errors="plain letters", line_buffering=lines
        )

    def write(self, text: str) -> int:
        """Write, and keep the error."""
        try:
            return super().write(text)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Flush, and keep the error."""
        try:
            super().flush()
        except OSError as error:
            self.failure = error
            raise


def prepare() -> None:
    """Streams that take any text, and signals that end a command as tidily as Ctrl-C does."""
    _open_closed_streams()
    codecs.register_error("plain letters", _plain)
    sys.stdout = Output(sys.stdout)
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="plain letters")
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)


def stopped(interrupt: KeyboardInterrupt) -> Stopped:
    """How a command ends that was interrupted: 128 and the number of the signal."""
    number = interrupt.args[0] if isinstance(interrupt, Ended) else signal.SIGINT
    words = "Interrupted." if number == signal.SIGINT else f"Ended by {signal.Signals(number).name}."
    return Stopped(words, 128 + number)


def unheard() -> Stopped | None:
    """How a command ends whose standard output cannot be written; None where it can.

    A reader that wants no more, as in `symbiopark run kalundborg | head -1`, is no fault.
    """
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    error = getattr(sys.stdout, "failure", None)
    if error is None:
        return None
    _forget_output()
    if error.errno == errno.EPIPE:
        return Stopped("", 0)
    return Stopped(f"Standard output cannot be written ({(error.strerror or str(error)).lower()}).", 1)


def say(text: str) -> None:
    """A line on standard error, if anybody is there; work never ends because nobody listens."""
    with contextlib.suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _end(number: int, _frame: FrameType | None) -> None:
    """End; a second signal, or ten seconds in which Python lost the exception, end without a word."""
    signal.signal(number, signal.SIG_DFL)
    last = threading.Timer(GRACE, os.kill, (os.getpid(), number))
    last.daemon = True
    last.start()
    raise Ended(number)


def _open_closed_streams() -> None:
    """Where a standard stream is closed, open nothing in its place: no file of ours may get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened == number and number:
                setattr(sys, name, os.fdopen(number, "w", encoding="utf-8"))


def _forget_output() -> None:
    """Point standard output at nothing, so that Python does not complain when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(error: UnicodeError) -> tuple[str, int]:
    """What a terminal that lacks our letters gets instead; a question mark where nothing is like it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(map(_like, text)), error.end


def _like(letter: str) -> str:
    if letter in PLAIN:
        return PLAIN[letter]
    bare = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return bare or ("" if unicodedata.combining(letter) else "?")

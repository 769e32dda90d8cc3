"""Imported once by the server that workers are forked from: the model is loaded and compiled then."""

import contextlib
import sys
import traceback
from types import TracebackType

from simulation.run import simulate


def _said(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A worker whose command ended while it started finds no work or no semaphores: nobody waits for a word."""
    frames = traceback.extract_tb(trace)
    where = frames[-1].name if frames else ""
    if (kind, where) not in ((FileNotFoundError, "__setstate__"), (EOFError, "_main")):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _said
with contextlib.suppress(Exception):  # what is wrong here, a worker says as the error of its run
    simulate("classroom")

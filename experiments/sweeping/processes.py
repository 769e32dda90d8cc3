"""Processes of this machine that do runs: started without hearing a terminal, ended with their command."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from simulation.problems import Problem, ScenarioError, shown

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
PRELOADED = ["__main__", "experiments.sweeping.preload"]
SERVED: Final = "forkserver"
START = "SYMBIOPARK_START"
"""Environment variable: how processes are started, forkserver (where there is fork) or spawn."""


def processes(workers: int) -> ProcessPoolExecutor:
    """Processes forked from a server that has the model loaded and compiled, or spawned (see `START`).

    Raises ScenarioError for a way of starting that is not there.
    """
    main = sys.modules["__main__"]
    if not Path(getattr(main, "__file__", None) or ".").exists():
        del main.__file__  # a script on standard input: workers would look for the file "<stdin>"
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context(_way())
    if context.get_start_method() == SERVED:
        context.set_forkserver_preload(PRELOADED)
    with deaf():
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_worker)


def server_runs() -> bool:
    """Start the server that workers are forked from, where there is to be one and it does not run yet."""
    if _way() != SERVED:
        return False
    from multiprocessing import forkserver

    with deaf():
        forkserver.ensure_running()
    return True


def wait_for_server() -> None:
    """Until the server has the model compiled: a minute the first time, in which Ctrl-C is heard at once.

    It forks nobody before; afterwards a worker starts within milliseconds, which nothing may interrupt.
    """
    first = multiprocessing.get_context(SERVED).Process(target=os.getpid)
    first.start()
    first.join()


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """What is started here never gets the signals of the terminal; for us they wait until the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _way() -> str:
    ways = [way for way in (SERVED, "spawn") if way in multiprocessing.get_all_start_methods()]
    chosen = os.environ.get(START) or ways[0]
    if chosen not in ways:
        raise ScenarioError([Problem(START, found=shown(chosen), allowed=" or ".join(ways))])
    return chosen


def _worker() -> None:
    """A worker leaves Ctrl-C to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

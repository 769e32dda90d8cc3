"""Where runs are done: processes of this machine, a Dask cluster, or an executor that is handed in."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from simulation.problems import Problem, ScenarioError, shown

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
PATIENCE = 1.0  # seconds between looks at runs that take too long and at workers that are gone
PRELOADED = ["__main__", "experiments.sweeping.preload"]
SERVED = "forkserver"
START = "SYMBIOPARK_START"
"""Environment variable: how processes are started, forkserver (where there is fork) or spawn."""


@dataclass
class Pool:
    """An executor and what may be done with it.

    Processes of our `own` are replaced when one dies and ended at the end; an executor that was handed in
    is neither.
    """

    executor: Executor
    workers: int
    own: bool

    def submit[T](self, work: Callable[..., T], *given: Any) -> Future[T]:
        """A call to be done. Processes that start for it leave Ctrl-C and a lost terminal to this one."""
        with contextlib.nullcontext() if not self.own or _server_started() else _deaf():
            return self.executor.submit(work, *given)

    def rebuild(self, workers: int | None = None) -> None:
        """New processes of our own, `workers` of them, in place of those there are."""
        self.kill()
        self.workers = workers or self.workers
        self.executor = local(self.workers).executor

    def kill(self) -> None:
        """End the processes of a pool of our own, whatever they do, and with them its managing thread.

        That thread reads on for ever where a worker was killed while it wrote a result: only when no
        writer is left does the pipe end. A polite shutdown would wait for the same dead worker.
        """
        if not self.own:
            return
        results = getattr(self.executor, "_result_queue", None)
        for process in self._processes():
            process.kill()
        self.executor.shutdown(wait=False, cancel_futures=True)
        if results is not None and not results._writer.closed:
            results._writer.close()

    def has_lost_a_worker(self) -> bool:
        """Whether a process of our own has ended; the executor itself may never notice (see `kill`)."""
        sentinels = [process.sentinel for process in self._processes()] if self.own else []
        return bool(sentinels and connection.wait(sentinels, timeout=0))

    def answer[T](self, future: Future[T], limit: float) -> T:
        """Result of the one open future, within `limit` seconds.

        Raises TimeoutError after that, BrokenExecutor when its worker died, said by the executor or not.
        """
        end = time.monotonic() + limit
        while True:
            left = end - time.monotonic()
            done, _ = wait([future], timeout=min(PATIENCE, max(left, 0.0)))
            if done:
                return future.result()
            if left <= 0.0:
                raise TimeoutError
            if self.has_lost_a_worker():
                raise BrokenExecutor

    def _processes(self) -> list[BaseProcess]:
        return list((getattr(self.executor, "_processes", None) or {}).values())


def chosen(executor: Executor | None, workers: int | None, cluster: str | None) -> Pool:
    """The pool for a study. Raises ScenarioError for a cluster that does not answer."""
    if executor is not None:
        return Pool(executor, _size(executor), own=False)
    if cluster is not None:
        return _dask(cluster)
    return local(workers or usable_cores())


def usable_cores() -> int:
    """Cores that this process may use."""
    return os.process_cpu_count() or 1 if hasattr(os, "process_cpu_count") else len(os.sched_getaffinity(0))


def local(workers: int) -> Pool:
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
    with _deaf():
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_worker)
    return Pool(executor, workers, own=True)


def _way() -> str:
    ways = [way for way in (SERVED, "spawn") if way in multiprocessing.get_all_start_methods()]
    chosen = os.environ.get(START) or ways[0]
    if chosen not in ways:
        raise ScenarioError([Problem(START, found=shown(chosen), allowed=" or ".join(ways))])
    return chosen


def _server_started() -> bool:
    """Start the server that workers are forked from, where there is to be one and it does not run yet."""
    if _way() != SERVED:
        return False
    from multiprocessing import forkserver

    with _deaf():
        forkserver.ensure_running()
    return True


def _worker() -> None:
    """A worker leaves Ctrl-C to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """What is started here never gets the signals of the terminal; for us they wait until the end."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _dask(address: str) -> Pool:
    try:
        from distributed import Client
    except ImportError:
        hint = "install symbiopark with its extra: symbiopark[cluster]"
        raise ScenarioError([Problem("--cluster", found="no package distributed", hint=hint)]) from None
    try:
        client = Client(address, timeout=5, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        found = f"no Dask scheduler at {address!r} ({error})"
        raise ScenarioError(
            [Problem("--cluster", found=found, allowed="an address such as tcp://host:8786")]
        ) from None
    threads = sum(client.nthreads().values()) or 1
    return Pool(client.get_executor(pure=False, retries=0), threads, own=False)


def _size(executor: Executor) -> int:
    """Workers of an executor that was handed in, as far as it tells."""
    for name in ("_max_workers", "max_workers"):
        if isinstance(size := getattr(executor, name, None), int):
            return size
    client = getattr(executor, "_client", None)
    return max(1, sum(client.nthreads().values())) if client is not None else usable_cores()

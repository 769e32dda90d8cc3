"""Where runs are done: processes of this machine, a Dask cluster, or an executor that is handed in."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from typing import Any

from simulation.problems import Problem, ScenarioError

from .interrupts import held
from .processes import deaf, processes, server_runs, wait_for_server

PATIENCE = 1.0
"""Seconds between looks at runs that take too long, at workers that are gone, and at Ctrl-C."""

LONGEST_END = 10.0
"""Seconds in which the managing thread of killed processes is at its end."""


@dataclass
class Pool:
    """An executor and what may be done with it.

    Processes of our `own` are replaced when one dies and ended at the end; an executor that was handed in
    is neither.
    """

    executor: Executor
    workers: int
    own: bool
    ready: bool = False
    """Whether its processes are known to start at once."""

    def submit[T](self, work: Callable[..., T], *given: Any) -> Future[T]:
        """A call to be done. Processes that start for it leave Ctrl-C and a lost terminal to this one.

        Raises BrokenExecutor where an executor that was handed in is broken; processes of our own are
        rebuilt then. Calls that went down with them tell so by their futures.
        """
        if not self.own:
            return self.executor.submit(work, *given)
        try:
            return self._submit(work, *given)
        except BrokenExecutor:
            self.rebuild()
            return self._submit(work, *given)

    def _submit[T](self, work: Callable[..., T], *given: Any) -> Future[T]:
        served = server_runs()
        if served and not self.ready:
            wait_for_server()
            self.ready = True
        with held(), contextlib.nullcontext() if served else deaf():
            return self.executor.submit(work, *given)

    def done[T](self, futures: Collection[Future[T]], limit: float = PATIENCE) -> set[Future[T]]:
        """Those of the futures that are done, as soon as one is, or none after `limit` seconds, at most PATIENCE."""
        with held():
            return wait(futures, timeout=min(limit, PATIENCE), return_when=FIRST_COMPLETED).done

    def rebuild(self, workers: int | None = None) -> None:
        """New processes of our own, `workers` of them, in place of those there are."""
        self.kill()
        self.workers = workers or self.workers
        self.executor, self.ready = local(self.workers).executor, False

    def kill(self) -> None:
        """End the processes of a pool of our own, whatever they do, and with them its managing thread.

        That thread reads on for ever where a worker was killed while it wrote a result: only when no
        writer is left does the pipe end. A polite shutdown would wait for the same dead worker.
        """
        if not self.own:
            return
        with held():
            results = getattr(self.executor, "_result_queue", None)
            thread = getattr(self.executor, "_executor_manager_thread", None)
            for process in self._processes():
                process.kill()
            self.executor.shutdown(wait=False, cancel_futures=True)
            if results is not None and not results._writer.closed:
                results._writer.close()
            if thread is not None:  # Python at its end would wake it by a pipe that it is just closing
                thread.join(LONGEST_END)

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
            if self.done([future], max(left, 0.0)):
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
    """A pool of processes of this machine. Raises ScenarioError for a way of starting that is not there."""
    return Pool(processes(workers), workers, own=True)


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

"""The runner: chunks of jobs to an executor, finished ones to the ledger, until every round is done.

Whatever happens to parent or workers, what the ledger has acknowledged stays; a chunk that went down
with a worker is done again, run by run in a pool of one, and a run that kills that pool twice is
recorded as failed.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor, CancelledError, Future

from simulation.problems import Problem, ScenarioError, number

from ..progress import Progress
from . import parts
from .chunks import Finished, chunk_done, failed
from .executors import Pool
from .jobs import Job, Study, packed
from .ledger import Ledger

CHUNK_SECONDS = 0.3
LARGEST_CHUNK = 2_000


class ExecutorBroke(RuntimeError):
    """An executor that was handed in is broken; what is finished is kept."""


class Runner:
    """Does the jobs of a study. `limit` is the longest that one run may take, in seconds."""

    def __init__(
        self, study: Study, ledger: Ledger, pool: Pool, progress: Progress, limit: float = 3600.0
    ) -> None:
        self.study, self.ledger, self.pool, self.progress, self.limit = study, ledger, pool, progress, limit
        self.context = packed(study.context)
        self.seconds_a_run = 0.0
        self.open: dict[Future[Finished], tuple[list[Job], float]] = {}
        self.rolled, self.since_roll = time.monotonic(), 0

    def run(self) -> None:
        """Every round to its end; then what still waits is rolled. The pool is closed, whatever happens."""
        try:
            for jobs in self.study.rounds(self.ledger):
                self._round(jobs)
        except BaseException:
            self._keep_what_is_done()
            raise
        finally:
            self.pool.kill()
        parts.roll(self.ledger, self.study.units)

    def _round(self, jobs: Iterable[Job]) -> None:
        done = self.ledger.finished()
        waiting = deque(job for job in jobs if job.run not in done)
        while waiting or self.open:
            while waiting and len(self.open) < 2 * self.pool.workers:
                self._submit(_taken(waiting, self._chunk_size(len(waiting))))
            finished = self.pool.done(self.open)
            sound_first = sorted(
                finished, key=lambda future: future.cancelled() or future.exception() is not None
            )
            suspects = [job for future in sound_first for job in self._collected(future)]
            suspects += self._overdue(heard=bool(finished))
            if suspects:
                self._one_by_one(suspects)

    def _chunk_size(self, left: int) -> int:
        """Runs in a third of a second of work, fewer near the end so that all workers have some."""
        if self.seconds_a_run == 0.0:
            return 1
        fair = max(1, left // (2 * self.pool.workers))
        return int(max(1, min(CHUNK_SECONDS / self.seconds_a_run, LARGEST_CHUNK, fair)))

    def _submit(self, jobs: list[Job]) -> None:
        try:
            future = self.pool.submit(chunk_done, self.study.work, self.context, jobs)
        except BrokenExecutor:
            self._refuse_if_handed_in()
            raise
        self.open[future] = (jobs, time.monotonic())

    def _collected(self, future: Future[Finished]) -> list[Job]:
        """Acknowledge a chunk; the jobs of one that went down with a worker come back as suspects."""
        if future not in self.open:
            return []
        jobs, _ = self.open.pop(future)
        try:
            self._acknowledge(future.result())
        except (BrokenExecutor, CancelledError):
            self._refuse_if_handed_in()
            return jobs + self._given_up()
        except Exception as error:  # a result or a chunk that cannot travel; a cluster that gave up
            if len(jobs) == 1:
                self._acknowledge(failed(jobs, f"{type(error).__name__}: {error}"))
            return jobs if len(jobs) > 1 else []
        return []

    def _refuse_if_handed_in(self) -> None:
        if not self.pool.own:
            raise ExecutorBroke(
                "The executor broke. Finished runs are kept; the same call goes on from there."
            )

    def _given_up(self) -> list[Job]:
        """Jobs of all open chunks, which nobody waits for any more."""
        jobs = [job for chunk, _ in self.open.values() for job in chunk]
        self.open.clear()
        return jobs

    def _overdue(self, heard: bool) -> list[Job]:
        """Suspects when a chunk has taken longer than all its runs may, or a worker went without a word."""
        if not self.pool.own:
            return []
        if not heard and self.pool.has_lost_a_worker():
            return self._given_up()
        now = time.monotonic()
        late = [future for future, (jobs, since) in self.open.items()
                if future.running() and now - since > self.limit * (1 + len(jobs))]  # fmt: skip
        return self._given_up() if late else []

    def _one_by_one(self, suspects: list[Job]) -> None:
        """Each suspect alone: in a pool of one of our own, or as a chunk of one elsewhere."""
        if not self.pool.own:
            for job in suspects:
                self._submit([job])
            return
        workers = self.pool.workers
        self._alone()
        for job in suspects:
            reason = ""
            for _ in range(2):
                try:
                    future = self.pool.submit(chunk_done, self.study.work, self.context, [job])
                    self._acknowledge(self.pool.answer(future, self.limit))
                    break
                except BrokenExecutor:
                    reason = "The worker died in this run, twice."
                except TimeoutError:
                    reason = f"The run took longer than {number(self.limit)} s, twice."
                self._alone()
            else:
                self._acknowledge(failed([job], reason))
        self.pool.rebuild(workers)

    def _alone(self) -> None:
        """A pool of one whose worker has all it needs, so that a run's time is its own.

        Raises ScenarioError where workers end as they start, as under a script that calls us when it is imported.
        """
        self.pool.rebuild(workers=1)
        try:
            self.pool.answer(self.pool.submit(chunk_done, self.study.work, self.context, []), self.limit)
        except BrokenExecutor:
            hint = 'in a script of your own, put the call under: if __name__ == "__main__":'
            raise ScenarioError(
                [Problem("workers", found="processes that end as they start", hint=hint)]
            ) from None

    def _acknowledge(self, finished: Finished) -> None:
        self.ledger.add(finished.rows, finished.tables)
        each = finished.seconds / max(len(finished.rows), 1)
        if finished.seconds:
            self.seconds_a_run = each if self.seconds_a_run == 0.0 else 0.7 * self.seconds_a_run + 0.3 * each
        self.progress.advance(len(finished.rows))
        self.since_roll += len(finished.rows)
        if self.since_roll >= parts.ROLL_RUNS or time.monotonic() - self.rolled > parts.ROLL_SECONDS:
            parts.roll(self.ledger, self.study.units)
            self.rolled, self.since_roll = time.monotonic(), 0

    def _keep_what_is_done(self) -> None:
        """After an interrupt: chunks that are back already are acknowledged, the others given up."""
        for future, (jobs, _) in list(self.open.items()):
            if future.done() and not future.cancelled() and future.exception() is None:
                finished = future.result()
                self.ledger.add(finished.rows, finished.tables)
                self.progress.advance(len(jobs))
            else:
                future.cancel()
        self.open.clear()


def _taken(waiting: deque[Job], count: int) -> list[Job]:
    return [waiting.popleft() for _ in range(count)]

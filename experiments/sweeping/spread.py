"""Calls spread over a pool without a folder: results in order, and a worker that dies costs nothing but time."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from typing import Any

from .executors import Pool

TRIES = 3


class WorkerDied(RuntimeError):
    """A part of the work ended its process each time."""


def spread[T](pool: Pool, work: Callable[..., T], parts: Sequence[tuple[Any, ...]]) -> Iterator[T]:
    """`work(*part)` for each of `parts`, in order; what went down with a process of our own is done again.

    Raises what a call raises, BrokenExecutor where an executor that was handed in breaks, and WorkerDied
    when a part was in hand `TRIES` times as a process ended.
    """
    found: dict[int, T] = {}
    waiting, at_work = deque(range(len(parts))), dict[Future[T], int]()
    tried: Counter[int] = Counter()
    for place in range(len(parts)):
        while place not in found:
            while waiting and len(at_work) < 2 * pool.workers:
                at_work[pool.submit(work, *parts[waiting[0]])] = waiting[0]
                waiting.popleft()
            done = pool.done(at_work)
            lost = _collected(pool, done, at_work, found)
            if lost or (not done and pool.has_lost_a_worker()):
                lost += at_work.values()
                at_work.clear()
                tried.update(lost)
                if max(tried.values()) >= TRIES:
                    raise WorkerDied(f"A worker died {TRIES} times in the same work; is there memory enough?")
                waiting.extendleft(sorted(lost, reverse=True))
                pool.rebuild()
        yield found.pop(place)


def _collected[T](
    pool: Pool, done: set[Future[T]], at_work: dict[Future[T], int], found: dict[int, T]
) -> list[int]:
    """Keep the results of finished calls; returns the places of those that went down with their process."""
    lost = []
    for future in done:
        place = at_work.pop(future)
        try:
            found[place] = future.result()
        except (BrokenExecutor, CancelledError):
            if not pool.own:
                raise
            lost.append(place)
    return lost

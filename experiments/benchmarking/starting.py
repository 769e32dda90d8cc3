"""Start-up as a user waits for it: help, a warm run, and the first compilation on a machine."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from .figure import Figure

GOAL_HELP, GOAL_RUN = 0.3, 2.5
REPEATS = 5


def waited(*arguments: str, cache: str | None = None) -> float:
    """Seconds on the clock until a command has ended."""
    environment = os.environ if cache is None else {**os.environ, "SYMBIOPARK_CACHE": cache}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "experiments", *arguments], env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def start_up() -> list[Figure]:
    """`--help` and a warm run of Kalundborg without figures."""
    with tempfile.TemporaryDirectory() as place:
        helped = _median(lambda _nth: waited("--help"))
        run = _median(
            lambda nth: waited("run", "kalundborg", "--no-figures", "--out", str(Path(place) / str(nth)))
        )
    return [
        Figure("seconds_of_help", "symbiopark --help", helped, "s", GOAL_HELP, limit="start of Python"),
        Figure(
            "seconds_of_run", "symbiopark run kalundborg --no-figures, warm", run, "s", GOAL_RUN,
            limit="imports of Numba, pandas and pyarrow",
        ),
    ]  # fmt: skip


def first_compilation() -> list[Figure]:
    """The first run on a machine: all rules are compiled into an empty folder."""
    with tempfile.TemporaryDirectory() as place:
        cache, out = str(Path(place) / "cache"), str(Path(place) / "run")
        first = waited("run", "classroom", "--no-figures", "--out", out, cache=cache)
    return [
        Figure(
            "seconds_of_first_run", "first run on a machine, nothing compiled", first, "s",
            limit="LLVM, on one core; once for every version of the rules",
        )
    ]  # fmt: skip


def _median(work: Callable[[int], float]) -> float:
    work(REPEATS)
    return statistics.median(work(nth) for nth in range(REPEATS))

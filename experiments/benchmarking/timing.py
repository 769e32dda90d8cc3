"""Time and memory of a piece of work, and how they grow.

Work of one thread is timed by the processor's clock, so that what else the machine does changes little.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def seconds(work: Callable[[], Any], repeats: int = 5) -> float:
    """Median seconds of processor time of repeated work, after once to warm up."""
    work()
    return statistics.median(timeit.repeat(work, timer=time.process_time, repeat=repeats, number=1))


def once(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time of work that is done once, and what it returned."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The power with which values grow in sizes: slope of the logarithms by least squares."""
    import numpy as np

    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def apart(module: str, *arguments: str) -> Any:
    """What a module prints as JSON in a process of its own, so that its memory is only its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def peak_megabytes() -> float:
    """The most memory that this process has held, MB; NaN where the system does not tell.

    Linux has it in the status of the process. Its `ru_maxrss` begins with what the parent held.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return math.nan
    return (
        next(float(each.split()[1]) for each in status.splitlines() if each.startswith("VmHWM")) * 1024 / 1e6
    )

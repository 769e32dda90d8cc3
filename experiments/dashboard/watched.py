"""The server with somebody beside it who writes down what it holds: `python -m experiments.dashboard.watched PORT FILE`."""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

EVERY = 5.0
"""Seconds between two lines."""
COUNTED = ("Course", "Visitor", "VirtualKernelContext")


def main(port: int, file: Path) -> None:
    """Serve this machine, and write a line of JSON every few seconds."""
    from .server import serve

    threading.Thread(target=_watch, args=(file,), name="watch", daemon=True).start()
    serve("127.0.0.1", port)


def held() -> dict[str, Any]:
    """What this process holds now: MB, kernels, threads, open files, and live objects of a visitor by kind."""
    import psutil
    from solara.server import kernel_context

    kernels = len(kernel_context.contexts)
    # to look at all objects while others make some would break theirs
    kinds = [] if kernels else [type(each).__name__ for each in gc.get_objects()]
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "time": time.time(),
        "mb": pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
        "cpu": time.process_time(),
        "load": os.getloadavg()[0],
        "files_mb": psutil.Process().memory_info().shared / 2**20,
        "objects": sys.getallocatedblocks() / 1000,
        "kernels": kernels,
        "threads": threading.active_count(),
        "files": len(os.listdir("/proc/self/fd")),
        **{name: kinds.count(name) for name in COUNTED},
    }


def _watch(file: Path) -> None:
    while "solara.server.kernel_context" not in sys.modules:
        time.sleep(0.5)
    while True:
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(held()) + "\n")
        time.sleep(EVERY)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

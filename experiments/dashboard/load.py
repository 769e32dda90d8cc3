"""How the page bears up: `python -m experiments.dashboard.load` starts a server, visits it, and prints figures.

Needs the packages of the extras `dashboard` and `dev`, and Chromium. Memory is read from /proc (Linux).
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from experiments import look

from .borne import table
from .chromium import chromium

PLAYED = 8.0
"""Seconds over which playing is measured."""
FASTEST = "16"
QUARTER = "Number(document.querySelector('input[type=range]').value)"


def main(visits: int = 50, together: int = 5) -> None:
    """Measure, and print a table of Markdown; what to think of it is left to the reader."""
    with chromium() as browser:
        _shut(browser.new_context().new_page())  # a browser that is open, as a visitor's is
        with served() as (address, server, began):
            print(table(_measured(browser, address, server.pid, began, visits, together)))


def _measured(
    browser: Any, address: str, server: int, began: float, visits: int, together: int
) -> list[tuple[str, str]]:
    page = _opened(browser, address)
    first, alone = time.monotonic() - began, memory(server)
    _shut(page)
    start = time.monotonic()
    page = _opened(browser, address)
    again = time.monotonic() - start
    one = _rate([page])
    _shut(page)
    pages = [_opened(browser, address) for _ in range(together)]
    each, more = _rate(pages), (memory(server) - alone) / (together - 1)
    for page in pages:
        _shut(page)
    _wait_for_memory()
    before = memory(server)
    for _ in range(visits):
        page = _opened(browser, address)
        page.click("[data-test=play]")
        page.wait_for_function(f"{QUARTER} >= 2")
        _shut(page)
    _wait_for_memory()
    after = memory(server)
    return [
        ("from the command to a usable page", f"{first:.1f} s"),
        ("from the address to a usable page", f"{again:.1f} s"),
        ("playing, one visitor", f"{look.number(one)} quarters a second"),
        (f"playing, {together} visitors at once", f"{look.number(each)} quarters a second each"),
        ("memory with one visitor, each visitor more", f"{alone:.0f} MB, {more:.0f} MB"),
        (f"memory when all had left, and after {visits} more visits", f"{before:.0f} MB, {after:.0f} MB"),
    ]


@contextlib.contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen, float]]:
    """The command that users type, on a free port: address, process, and when it was started."""
    port, began = free_port(), time.monotonic()
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-m", "experiments", "dashboard", "--port", str(port)]) as server:
        try:
            wait_until_ready(address)
            yield address, server, began
        finally:
            server.terminate()
            server.wait(10)


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str) -> None:
    """Wait until a server answers, at most two minutes."""
    for _ in range(1200):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/readyz", timeout=1).close()
            return
        time.sleep(0.1)
    raise TimeoutError(f"no answer from {address}")


def memory(process: int) -> float:
    """Resident memory of a process, MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def _opened(browser: Any, address: str) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address)
    page.wait_for_selector("[data-test=play]:enabled")
    page.wait_for_selector(".sp-map .company")
    return page


def _shut(page: Any) -> None:
    page.goto("about:blank")
    page.context.close()


def _rate(pages: list[Any]) -> float:
    """Mean quarters a second that the visitors see, all playing at the same time."""
    for page in pages:
        page.select_option("select[aria-label='Quarters a second']", FASTEST)
        page.click("[data-test=play]")
    first = [(page.evaluate(QUARTER), time.monotonic()) for page in pages]
    pages[0].wait_for_timeout(PLAYED * 1000)
    last = [(page.evaluate(QUARTER), time.monotonic()) for page in pages]
    for page in pages:
        page.click("[data-test=play]")
    return sum((b[0] - a[0]) / (b[1] - a[1]) for a, b in zip(first, last, strict=True)) / len(pages)


def _wait_for_memory() -> None:
    """Give the server the time to forget those who have left."""
    time.sleep(8)


if __name__ == "__main__":
    main()

"""How the page bears up: `python -m experiments.dashboard.load` starts a server, visits it, and prints figures.

Needs the packages of the extras `dashboard` and `dev`, and Chromium. Memory is read from /proc (Linux).
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PLAYED = 8.0
"""Seconds over which playing is measured."""
FASTEST = "16"
QUARTER = "Number(document.querySelector('input[type=range]').value)"


def main(visits: int = 50, together: int = 5) -> None:
    """Measure and print; an assertion is left to the reader."""
    from playwright.sync_api import sync_playwright

    with served() as (address, server, began), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = _opened(chromium, address)
        print(f"from the command to a usable page   {time.monotonic() - began:6.1f} s")
        empty = memory(server.pid)
        _shut(page)
        start = time.monotonic()
        page = _opened(chromium, address)
        print(f"from the address to a usable page   {time.monotonic() - start:6.1f} s")
        print(f"playing, one visitor                {_rate([page]):6.1f} quarters/s")
        _shut(page)
        pages = [_opened(chromium, address) for _ in range(together)]
        print(f"playing, each of {together} visitors         {_rate(pages):6.1f} quarters/s")
        print(f"memory with one visitor             {empty:6.0f} MB")
        print(f"memory a visitor more               {(memory(server.pid) - empty) / (together - 1):6.1f} MB")
        for each in pages:
            _shut(each)
        _wait_for_memory()
        before = memory(server.pid)
        for _ in range(visits):
            page = _opened(chromium, address)
            page.click("[data-test=play]")
            page.wait_for_function(f"{QUARTER} >= 2")
            _shut(page)
        _wait_for_memory()
        after = memory(server.pid)
        print(f"memory when all had left            {before:6.0f} MB")
        print(
            f"memory after {visits} more visits       {after:6.0f} MB ({(after - before) / visits:.2f} MB a visit)"
        )
        chromium.close()


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


def _opened(chromium: Any, address: str) -> Any:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
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

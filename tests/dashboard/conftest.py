"""A server of the page in a process of its own, a headless browser, and tabs that are watched."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

import experiments
from experiments.dashboard.load import free_port

PATIENCE = 60_000
"""Milliseconds that a page has for anything: a slow machine is no fault."""
OF_SOLARA = "Failed to evaluate Vue script and find module.exports"
"""Its `navigator.vue` writes `modules.export`; a warning a visit, the page works."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page is served; the server is the command that users type."""
    with served(Path.cwd()) as url:
        yield url


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The page, started in a folder."""
    port = free_port()
    command = [sys.executable, "-m", "experiments", "dashboard", "--port", str(port)]
    paths = os.pathsep.join([str(Path(experiments.__path__[0]).parent), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=env, cwd=folder) as server:
        try:
            _wait_until_ready(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def _wait_until_ready(url: str, server: subprocess.Popen) -> None:
    for _ in range(600):
        if server.poll() is not None:
            assert server.stderr is not None
            pytest.fail(f"the server ended: {server.stderr.read().decode()}")
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not get ready in two minutes")


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page as a new visitor; at the end nothing may have gone wrong or been asked of another host."""
    contexts: list[Any] = []
    faults: list[str] = []

    def watch(request: Any) -> None:
        if not request.url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:")):
            faults.append(f"request to another host: {request.url}")

    def hear(message: Any) -> None:
        if message.type in ("error", "warning") and OF_SOLARA not in message.text:
            faults.append(f"console: {message.text}")

    def opened(path: str = "/", **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error on the page: {error}"))
        page.on("console", hear)
        page.on("request", watch)
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.goto(address + path)
        page.wait_for_selector(".sp-bar")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert page.locator("text=Traceback").count() == 0
            page.goto("about:blank")
        context.close()
    assert faults == []

"""The system's Chromium without a window: which program, and how it is started. For pictures, measurements and tests."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
"""Under which it is installed, the first that is there is taken."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""As root, without a screen, and asking nothing of any other machine."""
MISSING = f"no {', '.join(NAMES[:-1])} or {NAMES[-1]} is installed: nothing to open the page with"


def program() -> str | None:
    """Path of the browser, None where none is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser of Playwright, closed at the end. Raises FileNotFoundError where none is installed."""
    path = program()
    if path is None:
        raise FileNotFoundError(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()

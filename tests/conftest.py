"""Compile the rules once, before the tests are dealt out to workers; one browser for all tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from experiments.dashboard.chromium import MISSING, chromium, program
from simulation import simulate

settings.register_profile("shrink")  # laws over random parks make what breaks them small


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        simulate("classroom", 0)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, headless."""
    if program() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    with chromium() as opened:
        yield opened

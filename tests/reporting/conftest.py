"""A run of Kalundborg with changes, its page and its result, for all tests of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from experiments.reporting import PAGE, report
from simulation.result import load_result

from .parts_of_a_page import CHANGED, Page, made


@pytest.fixture(scope="session")
def kalundborg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "kalundborg"
    made(folder, "kalundborg", set=CHANGED, events=["1998 withdraw Gyproc"])
    report(folder)
    return folder


@pytest.fixture(scope="session")
def shown(kalundborg: Path) -> Page:
    return Page((kalundborg / PAGE).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def result(kalundborg: Path) -> Any:
    return load_result(kalundborg)

"""The wheel: everything that the packages have travels with it, and nothing else."""

import subprocess
import zipfile
from pathlib import Path

import pytest

from .versions import ROOT, Failed, built

PACKAGES = ("agents", "simulation", "experiments")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    try:
        wheel = built(tmp_path_factory.mktemp("wheel"))
    except (Failed, subprocess.TimeoutExpired) as failed:
        pytest.skip(f"no wheel can be built here, pip says: {str(failed)[-300:]}")
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_data_pages_and_code_travel_with_the_wheel(names: set[str]) -> None:
    there = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert there - names == set()
    assert {Path(name).suffix for name in there} >= {".py", ".toml", ".csv", ".html", ".css"}


def test_nothing_else_does(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)

"""The matrix of versions: the wheel, installed away from the checkout, under each Python and set of dependencies.

    python -m tests.versions [--python PATH]... [--with pinned]... [--with newest]...

builds the wheel and makes a fresh venv for every Python and for dependencies both pinned
(constraints.txt) and the newest that pyproject.toml allows. In each it runs what `CHECKS` lists and
prints a row. It needs a package index, and some minutes for every row.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYENV = Path.home() / ".pyenv" / "versions"
WANTED = ("3.12", "3.13", "3.14")
SETS = ("pinned", "newest")
DESIGN = 'scenario = "classroom"\nreplicates = 20\noutcomes = ["streams_2020"]\naxes = {"trust.prior" = [0.2, 0.5]}'
BASELINE = """
import json
import numpy as np
from tests.rewrite_baseline import BASELINE, RUNS, YEARLY, measured
known, same = json.loads(BASELINE.read_text())["runs"], True
for name in RUNS:
    now, then = measured(name), known[name]
    assert all(now[count] == then[count] for count in ("contracts", "negotiations", "events")), name
    for column in YEARLY:
        np.testing.assert_allclose(now["yearly"][column], then["yearly"][column], rtol=1e-9)
    same &= now["indicators"] == then["indicators"]
print("same bits" if same else "to 9 digits")
"""
TABLE = """
import sys
import pandas as pd
one, other = (pd.read_parquet(f"{each}/outcomes.parquet").drop(columns="seconds") for each in sys.argv[1:])
pd.testing.assert_frame_equal(one, other, check_exact=True)
print(f"same {len(one)} rows")
"""
ABOUT = """
import json
from simulation.result import versions
print(json.dumps({name: versions()[name] for name in ("python", "numpy", "numba", "pandas", "pyarrow", "mesa")}))
"""


class Failed(Exception):
    """A check did not pass; its argument is what was printed."""


@dataclass(frozen=True)
class Place:
    """A fresh venv, and a folder to work in that is not the checkout."""

    venv: Path
    folder: Path

    def said(self, command: str, *words: str, **variables: str) -> str:
        """What a command of the venv prints. Raises Failed."""
        return said([str(self.venv / "bin" / command), *words], self.folder, **variables)


def said(line: list[str], folder: Path, **variables: str) -> str:
    """What a command prints, run without anything of the checkout. Raises Failed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    environment = kept | {"SYMBIOPARK_CACHE": str(folder / "cache")} | variables
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, timeout=1800)
    if done.returncode:
        raise Failed(f"{' '.join(line)}\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return done.stdout.strip()


def checked_by_pip(place: Place) -> str:
    """No package misses what it needs."""
    place.said("python", "-m", "pip", "check")
    return "yes"


def ran(place: Place) -> str:
    """The command explains itself, and the main job leaves its record, tables and figures."""
    place.said("symbiopark", "--help")
    place.said("symbiopark", "run", "kalundborg", "--out", "run")
    left = {each.name for each in (place.folder / "run").iterdir()}
    if not {"run.json", "indicators.parquet", "figures"} <= left:
        raise Failed(f"the main job left {sorted(left)}")
    return "yes"


def as_the_baseline(place: Place) -> str:
    """Seeded numbers are those that `tests.test_baseline` knows."""
    own = place.folder / "tests"
    own.mkdir()
    for name in ("__init__.py", "rewrite_baseline.py"):
        shutil.copy(ROOT / "tests" / name, own)
    shutil.copytree(ROOT / "tests" / "data", own / "data")
    return place.said("python", "-c", BASELINE)


def swept_alike(place: Place) -> str:
    """Workers that are forked and workers that are spawned give the same table."""
    (place.folder / "design.toml").write_text(DESIGN, encoding="utf-8")
    for way in ("forkserver", "spawn"):
        words = ("sweep", "design.toml", "--out", way, "--workers", "2")
        place.said("symbiopark", *words, SYMBIOPARK_START=way)
    return place.said("python", "-c", TABLE, "forkserver", "spawn")


def shown(place: Place) -> str:
    """The page answers, and ends when it is told to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [str(place.venv / "bin" / "symbiopark"), "dashboard", "--port", str(port)]
    cache = os.environ | {"SYMBIOPARK_CACHE": str(place.folder / "cache")}
    with subprocess.Popen(line, cwd=place.folder, env=cache, stderr=subprocess.PIPE, text=True) as server:
        end = time.monotonic() + 300
        while server.poll() is None and time.monotonic() < end:
            with contextlib.suppress(OSError):
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
                server.terminate()
                return "yes" if answer.status == 200 and server.wait(60) == 143 else "no"
            time.sleep(0.5)
        server.kill()
        raise Failed(f"the page did not start: {server.communicate()[1][-1500:]}")


CHECKS: dict[str, Callable[[Place], str]] = {
    "pip check": checked_by_pip, "help, run": ran, "baseline": as_the_baseline,
    "forkserver, spawn": swept_alike, "page": shown,
}  # fmt: skip


def row(python: str, dependencies: str, wheel: Path, folder: Path) -> list[str]:
    """Install and check; the cells of a row. What fails is printed in full below."""
    place = Place(folder / "venv", folder / "work")
    place.folder.mkdir(parents=True)
    said([python, "-m", "venv", str(place.venv)], folder)
    pins = ["-c", str(ROOT / "constraints.txt")] if dependencies == "pinned" else []
    place.said("python", "-m", "pip", "install", "-q", *pins, f"symbiopark[dashboard] @ {wheel.as_uri()}")
    about = json.loads(place.said("python", "-c", ABOUT))
    cells = [about.pop("python"), dependencies, ", ".join(map(" ".join, about.items()))]
    for name, check in CHECKS.items():
        try:
            cells.append(check(place))
        except Failed as failed:
            cells.append("NO")
            print(f"\n{cells[0]}, {dependencies}, {name}: {failed}\n", flush=True)
    return cells


def built(folder: Path) -> Path:
    """The wheel of this checkout."""
    said([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], folder)
    return next(folder.glob("*.whl"))


def pythons() -> list[str]:
    """Interpreters of the wanted versions, on the path or of pyenv."""
    found = []
    for version in WANTED:
        there = [shutil.which(f"python{version}"), *sorted(map(str, PYENV.glob(f"{version}.*/bin/python")))]
        for each in filter(None, there):
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                asked = [each, "-c", "import ensurepip, sys, venv; print(sys.executable)"]
                found.append(subprocess.check_output(asked, text=True, stderr=subprocess.DEVNULL).strip())
                break
    return found


def main() -> None:
    """Print the matrix as a table in Markdown."""
    asked = argparse.ArgumentParser(prog="python -m tests.versions")
    asked.add_argument("--python", action="append", metavar="PATH")
    asked.add_argument("--with", dest="sets", action="append", choices=SETS)
    given = asked.parse_args()
    heads = ["Python", "dependencies", "of them", *CHECKS]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="symbiopark-versions-") as name:
        wheel = built(Path(name))
        for number, python in enumerate(given.python or pythons()):
            for dependencies in given.sets or SETS:
                folder = Path(name) / f"{number}-{dependencies}"
                print(f"| {' | '.join(row(python, dependencies, wheel, folder))} |", flush=True)
                shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""The compile cache follows the sources: edit a rule, see the new result."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from agents.compiled import source_digest

ROOT = Path(__file__).parents[1]
ASK = """
from agents.compiled import CACHE_FOLDER
from agents.fields import CLOCK
from simulation.draws import normal, uniform
clock = CLOCK.rows(1)[0]
print(normal(clock, 1, 2, 3, 4) / uniform(clock, 1, 2, 3, 4), len(list(CACHE_FOLDER.rglob("*.nbi"))))
"""


def copy_of_the_rules(folder: Path) -> Path:
    for package in ("agents", "simulation"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def answer(folder: Path) -> tuple[float, int]:
    """A number from a rule that calls a rule of another file, and how many rules are in the cache."""
    run = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=folder,
        env={**os.environ, "SYMBIOPARK_CACHE": str(folder / "cache"), "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    number, cached = run.stdout.split()
    return float(number), int(cached)


def test_an_edited_rule_of_another_file_is_seen_at_once(tmp_path: Path) -> None:
    folder = copy_of_the_rules(tmp_path)
    before, cached = answer(folder)
    assert cached > 0
    source = folder / "agents" / "production.py"
    text = source.read_text(encoding="utf-8")
    assert text.count("    q = u - 0.5\n") == 1
    text = text.replace("    q = u - 0.5\n", "    return 2.0 * u\n    q = u - 0.5\n")
    source.write_text(text, encoding="utf-8")
    after, _ = answer(folder)
    assert after == 2.0 != before


def test_the_digest_changes_with_every_source_that_has_a_rule_and_with_no_other(tmp_path: Path) -> None:
    folder = copy_of_the_rules(tmp_path)
    digest = source_digest(folder)
    assert digest == source_digest(ROOT)
    for name in ("agents/trust.py", "simulation/market.py", "simulation/quarter.py"):
        with (folder / name).open("a", encoding="utf-8") as source:
            source.write("\n# another rule\n")
        assert source_digest(folder) != digest
        digest = source_digest(folder)
    with (folder / "simulation" / "frames.py").open("a", encoding="utf-8") as source:
        source.write("\n# no rule\n")
    assert source_digest(folder) == digest

"""The compile cache follows the sources: edit a rule, see the new result."""

from __future__ import annotations

import ast
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec, resolve_name
from pathlib import Path

from agents.compiled import CODES, SOURCES, source_digest

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


def test_the_digest_changes_with_every_source_of_the_rules_and_with_no_other(tmp_path: Path) -> None:
    folder = copy_of_the_rules(tmp_path)
    digest = source_digest(folder)
    assert digest == source_digest(ROOT)
    for name in ("agents/trust.py", "simulation/market.py", "simulation/quarter.py", CODES):
        with (folder / name).open("a", encoding="utf-8") as source:
            source.write("\n# another rule\n")
        assert source_digest(folder) != digest
        digest = source_digest(folder)
    with (folder / "simulation" / "frames.py").open("a", encoding="utf-8") as source:
        source.write("\n# no rule\n")
    assert source_digest(folder) == digest


def test_rules_take_constants_only_from_sources_that_the_digest_watches() -> None:
    codes, seen = vars(importlib.import_module("agents.fields.codes")), set()
    for package in SOURCES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "@rule" in path.read_text(encoding="utf-8") and path.stem != "compiled":
                for module, name in imported(path):
                    rules = "@rule" in Path(str(find_spec(module).origin)).read_text(encoding="utf-8")  # type: ignore[union-attr]
                    assert rules or (module == "agents.fields" and name in codes), (path, module, name)
                    seen.add(name)
    assert {"NEVER", "ENDED", "AGREED"} <= seen


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of whatever a source takes from the model."""
    here = ".".join(path.parent.relative_to(ROOT).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), here)
            if module.startswith(SOURCES):
                yield from (
                    (f"{module}.{a.name}" if node.module is None else module, a.name) for a in node.names
                )

"""A scenario that a visitor dropped on the page: read within bounds, nothing else opened on its behalf."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulation.files import Document, bundled_names
from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .limits import Limits, limits

SIZED = ("synthetic", "grid", "time", "format", "name")
"""Sections that make a park what it is and how large; they are set in its file only."""


def dropped(name: str, text: str) -> Scenario:
    """The scenario in the text of a TOML file. Raises ScenarioError with every problem, under the file's name."""
    most = limits()
    label = Path(name).name[:80] or "file"
    content = text.encode()
    if len(content) > most.upload:
        raise too_large(label, len(content))
    if label.endswith(".json"):
        raise _refused(label, "a JSON file", "a TOML file")
    raw = Document(label, Path(), content).raw
    base = raw.get("base")
    if base is not None and base not in bundled_names():
        hint = nearest(base, bundled_names()) if isinstance(base, str) else ""
        problem = Problem(
            label, "", "base", shown(base), f"a bundled park: {', '.join(bundled_names())}", hint
        )
        raise ScenarioError([problem])
    small_enough(label, raw, most)
    try:
        scenario = load_scenario(raw)
    except ScenarioError as error:
        raise ScenarioError(
            dataclasses.replace(each, file=label if each.file == "scenario" else each.file)
            for each in error.problems
        ) from None
    small_enough(label, scenario.model_dump(include={"grid", "time", "companies", "prospects"}), most)
    return scenario


def too_large(label: str, size: float) -> ScenarioError:
    """The problem of a file of so many bytes."""
    return _refused(label[:80], f"{size / 1e6:.2f} MB", f"at most {limits().upload / 1e6:.1f} MB")


def small_enough(label: str, raw: Mapping[str, Any], most: Limits) -> None:
    """Refuse a park that is larger than a visitor may have, before it is drawn. Raises ScenarioError."""
    drawn, grid, time = (_table(raw, name) for name in ("synthetic", "grid", "time"))
    sizes = {
        "synthetic.companies": (_number(drawn, "companies"), most.companies),
        "synthetic.prospects": (_number(drawn, "prospects"), most.companies),
        "companies": (len(_table(raw, "companies")) + len(_table(raw, "prospects")), most.companies),
        "grid.width": (_number(grid, "width"), most.cells**0.5 * 2),
        "grid.height": (_number(grid, "height"), most.cells**0.5 * 2),
        "grid": (_number(grid, "width") * _number(grid, "height"), most.cells),
        "time": (_number(time, "ends") - _number(time, "starts") if len(time) > 1 else 0, most.years),
    }
    problems = [
        Problem(label, entry, "", f"{size:g}", f"at most {limit:g} on this page")
        for entry, (size, limit) in sizes.items()
        if size > limit
    ]
    if problems:
        raise ScenarioError(problems)


def may_be_set(path: str) -> bool:
    """Whether a visitor may set a field from the start: the size of a park stays as its author made it."""
    return path.split(".", 1)[0].strip().strip('"') not in SIZED


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, Mapping) else {}


def _number(table: Mapping[str, Any], name: str) -> float:
    value = table.get(name, 0)
    return float(value) if isinstance(value, int | float) else 0.0


def _refused(label: str, found: str, allowed: str) -> ScenarioError:
    return ScenarioError([Problem(label, "", "", found, allowed)])

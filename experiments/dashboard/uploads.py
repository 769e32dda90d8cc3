"""A scenario that a visitor dropped on the page: read within bounds, nothing else opened on its behalf."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments import look
from simulation.dotted import parse_path
from simulation.files import Document, bundled_names
from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .limits import Limits, company_years, limits

SIZED = ("synthetic", "grid", "time", "format", "name")
"""Sections that make a park what it is and how large; they are set in its file only."""
MOST_TOLD = 20
"""Problems of a file that are told; whoever has more mends these first."""
FAR = 10**15
ONE_AT_A_TIME = threading.Lock()
"""Reading a file takes some hundred times its size while it lasts: one visitor after the other."""


def dropped(name: str, text: str) -> Scenario:
    """The scenario in the text of a TOML file. Raises ScenarioError with every problem, under the file's name."""
    most = limits()
    label = Path(name).name[:80] or "file"
    content = text.encode(errors="replace")
    if len(content) > most.upload:
        raise too_large(label, len(content))
    if label.endswith(".json"):
        raise _refused(label, "a JSON file", "a TOML file")
    with ONE_AT_A_TIME:
        return _read(label, content, most)


def _read(label: str, content: bytes, most: Limits) -> Scenario:
    raw = Document(label, Path(), content).raw
    _based_on_a_bundled_park(label, raw)
    small_enough(label, raw, most)
    try:
        scenario = load_scenario(raw)
    except ScenarioError as error:
        raise ScenarioError(_told(label, error.problems)) from None
    small_enough(label, scenario.model_dump(include={"grid", "time", "companies", "prospects"}), most)
    short_enough(label, scenario, most)
    return scenario


def _based_on_a_bundled_park(label: str, raw: Mapping[str, Any]) -> None:
    base = raw.get("base")
    if base is not None and base not in bundled_names():
        hint = nearest(base, bundled_names()) if isinstance(base, str) else ""
        problem = Problem(
            label, "", "base", shown(base), f"a bundled park: {', '.join(bundled_names())}", hint
        )
        raise ScenarioError([problem])


def _told(label: str, problems: Sequence[Problem]) -> Iterator[Problem]:
    """The first problems, under the name of the file, and how many more there are."""
    for each in problems[:MOST_TOLD]:
        yield dataclasses.replace(each, file=label if each.file == "scenario" else each.file)
    if len(problems) > MOST_TOLD:
        yield Problem(label, found=f"{len(problems) - MOST_TOLD} problems more")


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


def short_enough(label: str, scenario: Scenario, most: Limits) -> None:
    """Refuse a park of many companies over many years together. Raises ScenarioError."""
    if company_years(scenario) > most.company_years:
        found = f"{look.count(company_years(scenario))} companies times years"
        allowed = f"at most {look.count(most.company_years)} on this page"
        hint = "the command line has no such limit"
        raise ScenarioError([Problem(label, "time", "", found, allowed, hint)])


def may_be_set(path: str) -> bool:
    """Whether a visitor may set a field from the start: the size of a park stays as its author made it."""
    try:
        return parse_path(path)[0] not in SIZED
    except ScenarioError:
        return False


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = raw.get(name)
    return table if isinstance(table, Mapping) else {}


def _number(table: Mapping[str, Any], name: str) -> float:
    value = table.get(name, 0)
    if isinstance(value, int):
        return float(min(abs(value), FAR))
    return abs(value) if isinstance(value, float) else 0.0


def _refused(label: str, found: str, allowed: str) -> ScenarioError:
    return ScenarioError([Problem(label, "", "", found, allowed)])

"""The result as a scenario: a TOML file that lies over the calibrated one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.dotted import parse_path
from simulation.fieldpaths import describe
from simulation.files import bundled_names
from simulation.scenario import Scenario

from .identified import NOT, Estimate

HEADER = """\
# {title}, calibrated against its record to {until}.
# Written by: {command}
# Values are posterior medians; low and high bound the 90 % interval of the posterior.
# Not moved, for the record says nothing about them: {left}.

"""


def variant(
    scenario: Scenario,
    source: str | os.PathLike[str],
    folder: Path,
    found: Sequence[Estimate],
    until: int,
    command: str,
) -> str:
    """The text of calibrated.toml: the parameters that the record says something about, with intervals."""
    import tomli_w

    told = [each for each in found if each.verdict != NOT]
    document: dict[str, Any] = {"base": _base(source, folder), "name": f"{scenario.name}-calibrated"}
    for each in told:
        *above, last = parse_path(each.free.path)
        table = document
        for key in above:
            table = table.setdefault(key, {})
        table[last] = _annotated(scenario, each, until, command)
    left = ", ".join(each.free.path for each in found if each.verdict == NOT) or "none"
    title = scenario.title or scenario.name
    return HEADER.format(title=title, until=until, command=command, left=left) + tomli_w.dumps(document)


def _annotated(scenario: Scenario, each: Estimate, until: int, command: str) -> Any:
    """The number with its provenance; the scale of a dated path, which has none of its own, as it is."""
    value = _rounded(each, each.median)
    if each.free.path.endswith(".scale"):
        return value
    low, high = (_rounded(each, end) for end in each.interval)
    source = f"posterior median and 90 % interval, {each.verdict} by the record to {until}: {command}"
    unit = describe(scenario, each.free.path).unit
    return {"value": value, "low": low, "high": high, "unit": unit, "source": source, "estimate": True}


def _rounded(each: Estimate, value: float) -> float | int:
    """Three significant digits: no interval is known better."""
    return each.free.setting(float(f"{value:.3g}"))


def _base(source: str | os.PathLike[str], folder: Path) -> str:
    """How a file in the folder names the scenario: a bundled name, or a path from there."""
    if isinstance(source, str) and source in bundled_names():
        return source
    return os.path.relpath(source, folder)

"""Which results can be reported, by the files that mark their folder.

To add a kind: write a module `of_NAME.py` with two functions and give it a line in `KINDS`.
`opened(folder)` reads the files, never anything else, and raises ScenarioError, or OSError, ValueError,
KeyError, TypeError or AttributeError, for files that are damaged: a reader is told so in one message.
`report_of(what_was_opened, folder)` makes the `Report`; what it raises is a fault of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from simulation.problems import Problem, ScenarioError

from .document import Report


@dataclass(frozen=True)
class Kind:
    """A kind of result: what it is called, the files that mark its folder, the module that reports it."""

    name: str
    marks: tuple[str, ...]
    module: str


KINDS = (
    Kind("a run", ("run.json",), "of_run"),
    Kind("a validation", ("validation.json",), "of_validation"),
    Kind("a stress test", ("stress.json", "ranking.parquet"), "of_stress"),
    Kind("a sensitivity study", ("sensitivity.json", "ledger.sqlite"), "of_sensitivity"),
    Kind("a sweep", ("design.toml", "ledger.sqlite"), "of_sweep"),
)
"""The first kind whose marks are all there is the kind of a folder."""


def kind_of(folder: Path) -> Kind:
    """The kind of a result folder. Raises ScenarioError for a folder that is no result."""
    if not folder.is_dir():
        raise refused(folder, "a file" if folder.is_file() else "nothing of that name")
    for kind in KINDS:
        if all((folder / mark).is_file() for mark in kind.marks):
            return kind
    raise refused(folder, "a folder that holds no finished result")


def report_of(folder: Path) -> Report:
    """The report of a result folder. Raises ScenarioError where it cannot be read."""
    kind = kind_of(folder)
    module = import_module(f".{kind.module}", __package__)
    try:
        opened = module.opened(folder)
    except ScenarioError as error:
        raise damaged(folder, kind, str(error.problems[0])) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(folder, kind, " ".join(str(error).split())[:160] or type(error).__name__) from None
    report: Report = module.report_of(opened, folder)
    return report


def damaged(folder: Path, kind: Kind, said: str) -> ScenarioError:
    """The message for a folder whose kind is known and whose files are not sound."""
    found = f"the folder of {kind.name} that cannot be read ({said})"
    return ScenarioError([Problem("report", "", str(folder), found=found)])


def refused(folder: Path, found: str) -> ScenarioError:
    """The one message for a folder that cannot be reported."""
    known = "; ".join(f"the folder of {kind.name} ({' and '.join(kind.marks)})" for kind in KINDS)
    return ScenarioError([Problem("report", "", str(folder), found=found, allowed=known)])

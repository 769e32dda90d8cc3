"""Reports: one HTML page about a result folder, for people who were not there.

`report(folder)` writes `report.html` into the folder. `document` says what a report is made of,
`kinds` which folders can be reported, `of_run` what the report of a run says, `page` how it looks.
"""

from __future__ import annotations

from pathlib import Path

from simulation.problems import Problem, ScenarioError
from simulation.writing import write_text

from .document import Report
from .kinds import report_of
from .page import page

__all__ = ["Report", "page", "report", "report_of"]

PAGE = "report.html"


def report(folder: str | Path) -> Path:
    """Write the report of a result folder into it; returns the path of the page.

    The page is written aside and renamed. Raises ScenarioError, with nothing written, for a folder
    that is no result or cannot be read or written.
    """
    folder = Path(folder)
    text = page(report_of(folder))
    target = folder / PAGE
    try:
        write_text(target, text)
    except OSError as error:
        found = f"a place that cannot be written ({(error.strerror or str(error)).lower()})"
        raise ScenarioError([Problem("report", "", str(target), found)]) from None
    return target

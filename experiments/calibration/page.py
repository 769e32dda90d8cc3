"""The numbers of docs/calibration.md, put between its markers from the folder of a calibration.

symbiopark calibrate kalundborg --until 1995 --out DIR
python -m experiments.calibration.page DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .. import look
from ..marked import copied, renew

DOCS = Path(__file__).parents[2] / "docs"
PAGE, IMAGES = DOCS / "calibration.md", DOCS / "images"
MARKS = "<!-- numbers: written by python -m experiments.calibration.page -->", "<!-- end of numbers -->"
SHOWN = ("parameters", "statistics", "corner", "convergence", "coverage")


def numbers(told: dict[str, Any]) -> str:
    """The record of a calibration (calibration.json) as Markdown."""
    return "\n\n".join(
        [_made(told), _parameters(told), _statistics(told), _gain(told), _subjects(told), _coverage(told)]
    )


def _made(told: dict[str, Any]) -> str:
    kept = f"{look.count(told['kept'])} kept (effective {look.count(told['effective'])})"
    runs = f"{look.count(told['points'])} points, {look.count(told['runs'])} runs, {told['failed']} failed, {kept}"
    how = "adjusted by regression" if told["adjusted"] else "not adjusted"
    return f"    {told['command']}\n\n{runs}; distance up to {look.number(told['tolerance'])}, {how}."


def _parameters(told: dict[str, Any]) -> str:
    rows = [
        [f"`{each['field']}`", each["unit"], look.number(each["present"]), _span((each["low"], each["high"])),
         each["prior"], look.number(each["mean"]), look.number(each["median"]), _span(each["interval_90"]),
         f"{each['ratio']:.2f} ({each['ratio_interval'][0]:.2f} to {each['ratio_interval'][1]:.2f})",
         each["verdict"]]
        for each in told["parameters"]
    ]  # fmt: skip
    head = [
        "Field",
        "Unit",
        "Present",
        "Range",
        "Prior",
        "Mean",
        "Median",
        "90 % interval",
        "sd, posterior over prior",
        "Verdict",
    ]
    return "### Parameters\n\n" + _table(head, rows)


def _statistics(told: dict[str, Any]) -> str:
    rows = []
    for each in told["statistics"]:
        factor, unit = (1e6, f"M {each['unit']}") if abs(each["recorded"]) >= 1e6 else (1.0, each["unit"])
        cells = [
            f"{look.number(each[name]['median'] / factor)} ({_span([end / factor for end in each[name]['interval_90']])})"
            for name in ("prior", "present", "proposed", "posterior")
        ]
        reached = "yes" if each["reached"] else "no"
        rows.append(
            [each["meaning"], unit, look.number(each["recorded"] / factor), look.number(each["scale"] / factor),
             f"{each['weight']:.3f}", *cells, reached]
        )  # fmt: skip
    head = [
        "Statistic",
        "Unit",
        "Recorded",
        "Scale",
        "Weight",
        "Prior",
        "Present",
        "Proposed",
        "Posterior",
        "Within reach",
    ]
    return "### Statistics: medians of runs, with 90 % of them\n\n" + _table(head, rows)


def _gain(told: dict[str, Any]) -> str:
    far = told["distance"]
    low, high = (look.number(end) for end in far["difference_interval"])
    rows = [
        [subject, look.fixed(each["present"], 2), look.fixed(each["proposed"], 2)]
        for subject, each in far["subjects"].items()
    ]
    return (
        f"Mean distance to the record: {look.number(far['present'])} at the present values, "
        f"{look.number(far['proposed'])} at the proposed ones, {look.number(far['posterior'])} over the posterior. "
        f"Proposed less present, runs of the same luck: {look.number(far['difference'])} "
        f"(95 % interval {low} to {high}).\n\n"
        + _table(["Subject", "Distance at present values", "At proposed values"], rows)
    )


def _subjects(told: dict[str, Any]) -> str:
    subjects = list(dict.fromkeys(each["without"] for each in told["without_subject"]))
    rows = []
    for free in told["parameters"]:
        own = [each for each in told["without_subject"] if each["field"] == free["field"]]
        cells = [
            f"{look.number(each['median'])} ({_span((each['low'], each['high']))})"
            for subject in subjects
            for each in own
            if each["without"] == subject
        ]
        rows.append([f"`{free['field']}`", *cells])
    head = ["Field", "Whole record", *(f"Without {subject}" for subject in subjects if subject)]
    return "### Which subject moves which parameter: medians with 90 % intervals\n\n" + _table(head, rows)


def _coverage(told: dict[str, Any]) -> str:
    rows = [
        [f"`{each['field']}`", look.share(each["in_50"]), look.share(each["in_90"]), look.fixed(each["recovered"], 2),
         look.fixed(each["uniform"], 2)]
        for each in told["coverage"]
    ]  # fmt: skip
    head = ["Field", "Inside 50 %", "Inside 90 %", "Rank correlation, truth and median", "Uniform ranks, p"]
    cases = told["coverage"][0]["cases"]
    return f"### Known parameters found again: {cases} simulated records\n\n" + _table(head, rows)


def _span(ends: Any) -> str:
    return f"{look.number(ends[0])} to {look.number(ends[1])}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write(folder: Path, page: Path = PAGE, images: Path = IMAGES) -> list[Path]:
    """Put numbers and figures of a calibration into the docs; returns what was written."""
    told = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    figures = (folder / "figures" / f"{name}.png" for name in SHOWN)
    return [renew(page, numbers(told), MARKS), *copied(figures, images, "calibration")]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(f"Written: {path}" for path in write(Path(sys.argv[1]))))

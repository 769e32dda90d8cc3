"""What a crowd found, as tables of Markdown for `docs/dashboard.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments import look

Line = dict[str, Any]


@dataclass(frozen=True)
class Watch:
    """What somebody beside the server wrote down (`watched`): all lines, and where each crowd began, ended, was forgotten."""

    lines: list[Line]
    crowds: list[tuple[int, int, int]]

    @property
    def start(self) -> Line:
        """Before the first crowd."""
        return self.lines[self.crowds[0][0] - 1]

    @property
    def busy(self) -> list[Line]:
        """While crowds were there."""
        return [line for began, left, _ in self.crowds for line in self.lines[began:left]]

    @property
    def ends(self) -> list[Line]:
        """When all had left and were forgotten, after each crowd."""
        return [self.lines[forgotten - 1] for *_, forgotten in self.crowds]


def table(rows: list[tuple[str, str]]) -> str:
    """Rows of two cells as a table without heads."""
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {found} |" for what, found in rows)])


def seconds(times: list[float]) -> str:
    """Median, and within which 95 % were."""
    if not times:
        return look.NOTHING
    middle, most = np.percentile(times, [50, 95])
    return f"{look.number(middle, 2)} s, {look.number(most, 2)} s"


def at_times(watch: Watch, name: str, unit: str = "") -> str:
    """A number before, at most, and when all had left, after each crowd."""
    most = max(line[name] for line in [watch.start, *watch.busy])
    found = [watch.start[name], most, *(line[name] for line in watch.ends)]
    return ", ".join(look.count(each) for each in found) + unit


def rows(crowd: Any, watch: Watch, log: str, crashed: int | None) -> list[tuple[str, str]]:
    """The rows of the table on a crowd."""
    times, last = crowd.times, watch.ends[-1]
    spent = sum(
        watch.lines[left - 1]["cpu"] - watch.lines[began - 1]["cpu"] for began, left, _ in watch.crowds
    )
    busy = watch.busy or [last]
    left = "when all had left" + (", after each crowd" if len(watch.crowds) > 1 else "")
    return [
        ("processes that wanted to compute, mean", look.number(float(np.mean([line["load"] for line in busy])), 2)),
        ("visits, refused because all places were taken", f"{crowd.visits}, {crowd.refused}"),
        ("left without a word", f"{crowd.silent}"),
        ("visits that failed", f"{len(crowd.errors)}"),
        ("crashes, tracebacks in the log", f"{int(crashed is not None)}, {log.count('Traceback')}"),
        ("a page, median and within which 95 %", seconds(times["open"])),
        ("a click, median and within which 95 %", seconds(times["click"])),
        ("a stress test of three losses, median and within which 95 %", seconds(times["job"])),
        ("computed for one visit", f"{look.number(spent / max(crowd.visits, 1), 2)} s"),
        (f"memory before, at most, {left}", at_times(watch, "mb", " MB")),
        ("of it files of libraries", at_times(watch, "files_mb", " MB")),
        ("objects of Python, thousands", at_times(watch, "objects")),
        (f"threads before, at most, {left}", at_times(watch, "threads")),
        ("tabs, visitors and parks when all had left",
         ", ".join(look.count(last[name]) for name in ("kernels", "Visitor", "Course"))),
    ]  # fmt: skip

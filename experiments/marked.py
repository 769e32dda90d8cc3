"""Pages whose numbers a command writes: what stands between two marks is made anew, the text around it stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

Marks = tuple[str, str]


def between(page: str, text: str, marks: Marks) -> str:
    """A page with another text between its marks. Raises ValueError where it lacks one."""
    before, begin, rest = page.partition(marks[0])
    _old, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise ValueError(f"the page lacks the lines {marks[0]!r} and {marks[1]!r}")
    return f"{before}{begin}\n\n{text.strip(chr(10))}\n\n{end}{after}"


def renew(page: Path, text: str, marks: Marks) -> Path:
    """Put another text between the marks of a page; returns the page. Raises ValueError where it lacks one."""
    page.write_text(between(page.read_text(encoding="utf-8"), text, marks), encoding="utf-8")
    return page


def copied(figures: Iterable[Path], images: Path, prefix: str) -> list[Path]:
    """Figures of a study among the images of the docs, each as PREFIX-NAME; returns the copies."""
    return [Path(shutil.copyfile(each, images / f"{prefix}-{each.name}")) for each in figures]

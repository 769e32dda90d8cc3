"""Pages whose numbers a command writes: what stands between two marks is made anew, the text around it stays."""

from __future__ import annotations

Marks = tuple[str, str]


def between(page: str, text: str, marks: Marks) -> str:
    """A page with another text between its marks. Raises ValueError where it lacks one."""
    before, begin, rest = page.partition(marks[0])
    _old, end, after = rest.partition(marks[1])
    if not begin or not end:
        raise ValueError(f"the page lacks the lines {marks[0]!r} and {marks[1]!r}")
    return f"{before}{begin}\n\n{text.strip(chr(10))}\n\n{end}{after}"

"""The numbers of docs/validation.md, put between its markers from the folder of a validation.

symbiopark validate kalundborg --runs 200 --out DIR
python -m experiments.validation.page DIR
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "validation.md"
IMAGES = DOCS / "images"
BEGIN, END = "<!-- numbers: written by python -m experiments.validation.page -->", "<!-- end of numbers -->"


def with_numbers(page: str, numbers: str) -> str:
    """A page with other numbers between its markers. Raises ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks the lines {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{numbers.strip()}\n\n{END}{after}"


def write(folder: Path, page: Path = PAGE, images: Path = IMAGES) -> list[Path]:
    """Put numbers and figures of a validation into the docs; returns what was written."""
    numbers = (folder / "validation.md").read_text(encoding="utf-8")
    page.write_text(with_numbers(page.read_text(encoding="utf-8"), numbers), encoding="utf-8")
    written = [page]
    for figure in sorted((folder / "figures").glob("*.png")):
        target = images / f"validation-{figure.name}"
        shutil.copyfile(figure, target)
        written.append(target)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(f"Written: {path}" for path in write(Path(sys.argv[1]))))

"""The numbers of docs/validation.md, put between its markers from the folder of a validation.

symbiopark validate kalundborg --runs 200 --out DIR
python -m experiments.validation.page DIR
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ..canvas import dark_beside
from ..marked import copied, renew

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "validation.md"
IMAGES = DOCS / "images"
README = DOCS.parent / "README.md"
COUNTS = "Streams in operation"
MARKS = "<!-- numbers: written by python -m experiments.validation.page -->", "<!-- end of numbers -->"
OF_README = "<!-- counts: written by python -m experiments.validation.page -->", "<!-- end of counts -->"


def counts(record: dict[str, Any]) -> str:
    """The table of counts for the README, and what stands beside it, from validation.json."""
    _heading, names, rows = next(each for each in record["tables"] if each[0] == COUNTS)
    shown = [names.index(name) for name in ("year", "recorded", "simulated", "90 % of runs")]
    lines = ["| year | recorded | simulated mean | 90 % of runs |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row[at] for at in shown)} |" for row in rows]
    scores = {period: record["scores"].get(f"F1, {period}") for period in ("to 1995", "from 1996")}
    said = ", ".join(f"{score['mean']:.2f} {period}" for period, score in scores.items() if score)
    first, last = record["seeds"]
    return "\n".join(
        [*lines, "", f"{last - first + 1} runs. Which streams: F1 {said} (1: exactly those on record)."]
    )


def write(folder: Path, page: Path = PAGE, images: Path = IMAGES, readme: Path = README) -> list[Path]:
    """Put numbers and figures of a validation into the docs; returns what was written."""
    numbers = (folder / "validation.md").read_text(encoding="utf-8")
    record = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    pages = [renew(page, numbers, MARKS), renew(readme, counts(record), OF_README)]
    light = [each for each in sorted((folder / "figures").glob("*.png")) if dark_beside(each).is_file()]
    return [*pages, *copied(light, images, "validation")]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(f"Written: {path}" for path in write(Path(sys.argv[1]))))

"""The numbers of docs/performance.md: the whole benchmark, some minutes on a quiet machine.

python -m experiments.benchmarking.page
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..marked import renew
from .benchmark import machine, measured
from .figure import Figure, line, markdown

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
MARKS = "<!-- numbers: written by python -m experiments.benchmarking.page -->", "<!-- end of numbers -->"


def written(figures: Sequence[Figure], page: Path = PAGE) -> Path:
    """Put the table into the page."""
    numbers = f"Measured in {datetime.now(UTC):%B %Y} on: {machine()}.\n\n{markdown(figures)}"
    return renew(page, numbers, MARKS)


def main() -> None:
    """Measure everything and write the page."""
    figures = []
    for figure in measured(full=True):
        figures.append(figure)
        print(line(figure.cells()), flush=True)
    print(f"Written: {written(figures)}")


if __name__ == "__main__":
    main()

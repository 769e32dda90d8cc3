"""The numbers of docs/sensitivity.md, put between its marks from the folder of a study.

python -m experiments.sensitivities.page DIR
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from .. import look
from ..canvas import save
from ..marked import renew
from . import figures
from .said import asked, headline
from .study import Sensitivity, read

DOCS = Path(__file__).parents[2] / "docs"
PAGE, IMAGES = DOCS / "sensitivity.md", DOCS / "images"
MARKS = "<!-- numbers: written by python -m experiments.sensitivities.page -->", "<!-- end of numbers -->"


def numbers(found: Sensitivity) -> str:
    """Headline, command and table of the first outcome, as Markdown."""
    design, outcome = found.design, found.design.outcomes[0]
    alone = found.of(outcome, "first")[["value", "half_width"]]
    both = found.of(outcome, "total").merge(alone, on="field", suffixes=("", "_alone"))
    lines = [
        f"{headline(found, outcome)}. Model result, {look.count(found.runs)} runs, seed {design.seed}:",
        "",
        *(f"    {line}" for line in command(found)),
        "",
        "| field | range | total index | first order | settled |",
        "|---|---|---|---|---|",
    ]
    for name, row in both.iterrows():
        axis = design.axes[str(name)]
        reach = f"{look.number(axis.low)} to {look.number(axis.high)}"  # type: ignore[union-attr]
        total = f"{look.fixed(row['value'], 2)} ± {look.fixed(row['half_width'], 2)}"
        first = f"{look.fixed(row['value_alone'], 2)} ± {look.fixed(row['half_width_alone'], 2)}"
        lines.append(f"| `{name}` | {reach} | {total} | {first} | {'yes' if row['converged'] else 'no'} |")
    return "\n".join(lines)


def command(found: Sensitivity) -> list[str]:
    """The command that makes the study, a field a line."""
    options = asked(found.design)
    settings = [f"--set {shlex.quote(f'{path}={value}')}" for path, value in found.design.set.items()]
    over = [each for each in options if each.startswith("--over ")]
    rest = [each for each in options if each not in over]
    lines = [*settings, *over, " ".join([*rest, "--out DIR"])]
    parts = [f"symbiopark sensitivity {found.scenario.name}", *(f"    {each}" for each in lines)]
    return [*(f"{part} \\" for part in parts[:-1]), parts[-1]]


def write(folder: Path, page: Path = PAGE, images: Path = IMAGES) -> list[Path]:
    """Put numbers and figures of a study into the docs; returns what was written."""
    found = read(folder)
    outcome = found.design.outcomes[0]
    written = [renew(page, numbers(found), MARKS)]
    for kind in ("ranking", "settling"):
        figure = figures.KINDS[kind](found, outcome, look.LIGHT)
        written.append(save(figure, images / f"sensitivity-{kind}.png"))
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print("\n".join(f"Written: {path}" for path in write(Path(sys.argv[1]))))

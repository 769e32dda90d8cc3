"""The numbers and figures of docs/stress.md: four stress tests of Kalundborg, gone on with where they stopped.

python -m experiments.stressing.page DIR [WORKERS]
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulation.problems import ScenarioError

from .. import look
from ..marked import copied, renew
from ..progress import duration
from ..sweeping.ledger import Ledger
from .findings import Findings
from .page_numbers import STATION, numbers
from .stress import stress

DOCS = Path(__file__).parents[2] / "docs"
PAGE, IMAGES = DOCS / "stress.md", DOCS / "images"
MARKS = "<!-- numbers: written by python -m experiments.stressing.page -->", "<!-- end of numbers -->"
FIGURES = ("ranking", "losers", "recovery", "damage", "pairs")
YEAR, RUNS = 1998, 100

TESTS: dict[str, dict[str, Any]] = {
    "pairs": {"year": YEAR, "order": 2, "limit": "streams < 10"},
    "modes": {"year": YEAR, "remove": [STATION, "Refinery", "Gyproc", "Novo Nordisk"],
              "mode": ["exit", "announced:3", "temporary:3", "stop-trading", "shrink:0.5"]},
    "events": {"events": [f'{YEAR} close "{STATION}/unit 5 on orimulsion"', f'{YEAR} close "{STATION}/flue gas cleaning"',
                          f"{YEAR} facilitator off", f"{YEAR} set policy.landfill_levy.scale 0",
                          f"{YEAR} price natural_gypsum 2", f"{YEAR} price natural_gas 2"]},
    "facilitator": {"year": YEAR, "against": {"association.starts": 9999}},
}  # fmt: skip
"""The tests of the page by the name of their folder."""


def remade(folder: Path, workers: int | None = None, runs: int = RUNS) -> dict[str, Findings]:
    """The tests of the page, done in folders below this one."""
    found = {}
    for name, asked_for in TESTS.items():
        began = time.monotonic()
        found[name] = stress(
            "kalundborg", out=folder / name, runs=runs, workers=workers, quiet=False, **asked_for
        )
        print(f"{name}: {len(found[name].contingencies):,} losses, {time.monotonic() - began:.0f} s")
    return found


def took(folder: Path) -> str:
    """How much the losses one by one and in pairs took, and when it was."""
    import pandas as pd

    ledger = Ledger.reading(folder / "pairs")
    try:
        ended = datetime.fromtimestamp(ledger.last_finished() or 0.0, UTC)
    finally:
        ledger.close()
    jobs = pd.read_parquet(folder / "pairs" / "outcomes.parquet", columns=["losses", "seconds"])
    size = f"{look.count(jobs['losses'].sum())} sets of losses in {look.plural(len(jobs), 'replicate')}"
    return (
        f"Single losses and pairs: {size}, {duration(float(jobs['seconds'].sum()))} of one core in all, "
        f"or {look.number(1e3 * jobs['seconds'].sum() / jobs['losses'].sum())} ms each; {ended:%B %Y}."
    )


def write(folder: Path, found: dict[str, Findings], page: Path = PAGE, images: Path = IMAGES) -> list[Path]:
    """Put numbers and figures into the docs; returns what was written."""
    figures = (folder / "pairs" / "figures" / f"{name}.png" for name in FIGURES)
    return [renew(page, f"{numbers(found)}\n\n{took(folder)}", MARKS), *copied(figures, images, "stress")]


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        made = remade(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) == 3 else None)
    except ScenarioError as error:
        sys.exit(str(error))
    print("\n".join(f"Written: {path}" for path in write(Path(sys.argv[1]), made)))

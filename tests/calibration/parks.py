"""A made-up record: what one run of the classroom park left, with a cost factor that is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli_w

from simulation import simulate

TRUE = 2.5
UNTIL = 2011
LATER = 2020


def record(last: int = LATER) -> dict[str, Any]:
    """Counts, streams and totals of the run, to the end of a year."""
    result = simulate("classroom", seed=99, set={"investment.cost_factor": TRUE})
    yearly = result.yearly()
    held = result.holders[result.holders["starts"] < last + 1]
    first = held.groupby(["supplier", "receiver", "residue"])["starts"].min()
    return {
        "counts": {
            str(year): float(yearly.at[year, "streams"]) for year in (2003, 2007, 2011, 2018) if year <= last
        },
        "streams": [
            {"supplier": s, "receiver": r, "residue": what, "starts": float(start), "confidence": "high"}
            for (s, r, what), start in first.items()
        ],
        "totals": [
            {"year": year, "indicator": name, "value": float(yearly.at[year, name]), "confidence": "high"}
            for year in (2011, 2018)
            for name in ("investment", "savings")
            if year <= last
        ],
    }


def park(folder: Path, history: dict[str, Any] | None) -> str:
    """The classroom park with a record, as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {"base": "classroom", "name": "lesson"}
    if history is not None:
        document["history"] = history
    path = folder / "lesson.toml"
    path.write_text(tomli_w.dumps(document), encoding="utf-8")
    return str(path)

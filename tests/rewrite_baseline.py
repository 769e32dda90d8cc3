"""Rewrite the seeded numbers that `test_baseline` compares with: `python -m tests.rewrite_baseline`.

To be run when a change of the rules is meant to move results; the changelog then says why.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from simulation import simulate
from simulation.result import versions

BASELINE = Path(__file__).parent / "data" / "baseline.json"
RUNS: dict[str, dict[str, Any]] = {
    "classroom": {"seed": 1},
    "kalundborg": {"seed": 1},
    "synthetic, 60 companies": {"seed": 1, "set": {"synthetic.companies": 60}},
}
YEARLY = ("streams", "partners", "savings", "trust_mean", "investment", "co2_avoided")


def measured(name: str) -> dict[str, Any]:
    """The numbers of one run: some indicators by year, counts, and a digest of all indicator bytes."""
    result = simulate(name.split(",")[0], **RUNS[name])
    yearly = result.yearly()
    numbers: dict[str, Any] = {column: yearly[column].tolist() for column in YEARLY}
    return {
        "contracts": len(result.contracts),
        "negotiations": len(result.negotiations),
        "events": len(result.events),
        "indicators": hashlib.sha256(result.park.indicators.tobytes()).hexdigest(),
        "yearly": numbers,
    }


def machine() -> dict[str, str]:
    """What the bits of a run may depend on beside the rules."""
    found = versions()
    return {key: found[key] for key in ("python", "platform", "machine", "numpy", "numba")}


def main() -> None:
    """Write the file anew and say how far the numbers moved."""
    old = json.loads(BASELINE.read_text(encoding="utf-8"))["runs"] if BASELINE.exists() else {}
    runs = {name: measured(name) for name in RUNS}
    text = json.dumps({"versions": machine(), "runs": runs}, indent=1)
    BASELINE.write_text(text + "\n", encoding="utf-8")
    for name, run in runs.items():
        before = old.get(name, {}).get("yearly", {}).get("streams", [float("nan")])
        now = run["yearly"]["streams"]
        print(f"{name}: {before[-1]:g} -> {now[-1]:g} streams in the last year")


if __name__ == "__main__":
    main()

"""Scenarios that make no sense: each block of scenarios.txt lies over the small park."""

from __future__ import annotations

from pathlib import Path

from .row import Bad, variant

BLOCKS = (Path(__file__).parent / "scenarios.txt").read_text("utf-8").split("\n\n")
CASES = [block.partition("\n#> ") for block in BLOCKS if "\n#> " in block]
ROWS = tuple(
    Bad(
        text.strip().replace("\n", " "),
        "check a.toml",
        f"a.toml: ... {says.strip()}",
        {"a.toml": variant(text)},
    )
    for text, _, says in CASES
)

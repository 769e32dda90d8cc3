"""Bounds of what one visitor may ask for: generous at home, tight when the page is served to others."""

from __future__ import annotations

import os
from dataclasses import dataclass

SERVED = "SYMBIOPARK_SERVED"
"""Set to 1 by the server when it listens to more than this machine."""


@dataclass(frozen=True)
class Limits:
    """The most that is allowed of each.

    `stress_runs` are runs of a stress test or sweep, all of which are kept until its tables are worked out;
    `stress_pairs` the partners of whom every two are lost together.
    """

    visitors: int
    companies: int
    cells: int
    years: int
    upload: int
    stress_runs: int
    stress_pairs: int
    jobs_at_once: int


HOME = Limits(50, 2000, 40_000, 500, 5_000_000, 20_000, 12, 2)
PUBLIC = Limits(40, 300, 10_000, 150, 500_000, 2_000, 8, 2)


def limits() -> Limits:
    """Those in force: `PUBLIC` when the page is served to others."""
    return PUBLIC if os.environ.get(SERVED) == "1" else HOME

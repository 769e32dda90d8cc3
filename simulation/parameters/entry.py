"""Section `entry` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Newcomers(Entry):
    """Arrival of prospects that no date fixes."""

    base: float = parameter(
        0.0,
        "newcomers a year when nothing attracts",
        unit="1/year",
        plausible=(0, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    attraction: float = parameter(
        0.5,
        "exponent of unused residue value",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 5),
        source=ESTIMATE,
        live=True,
    )
    trust_effect: float = parameter(
        1.0,
        "effect of mean trust above the prior (b2)",
        unit="1",
        plausible=(0, 4),
        allowed=(-10, 10),
        source=ESTIMATE,
        live=True,
    )
    association_effect: float = parameter(
        0.3,
        "effect of a working association (b3)",
        unit="1",
        plausible=(0, 1),
        allowed=(-10, 10),
        source=ESTIMATE,
        live=True,
    )
    most_a_year: float = parameter(
        2, "newcomers a year, at most", unit="1/year", plausible=(0, 10), allowed=(0, 100), source=ESTIMATE
    )

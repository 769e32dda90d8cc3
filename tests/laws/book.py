"""All laws by what they are asked of; the tests and `python -m tests.soak` read them here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import mass, money, prices, room, tables, trust, twins, whole_runs

Law = Callable[[Any], None]

OF_A_QUARTER: dict[str, tuple[Law, ...]] = {
    "mass": mass.LAWS,
    "money": money.LAWS,
    "prices": prices.LAWS,
    "trust": trust.LAWS,
    "room": room.LAWS,
}
"""Asked of every `quarter.Quarter` of a run."""
OF_TABLES: tuple[Law, ...] = tables.LAWS
"""Asked of a `Result`."""
OF_SCENARIOS: tuple[Law, ...] = whole_runs.LAWS
"""Asked of a `Scenario`; they run it themselves, some of them in other ways."""
OF_TWINS: tuple[Law, ...] = twins.LAWS + twins.LAWS_OF_ABSENCE
"""Asked of `twins.Twins`: a park, and the same with a sequence of interventions."""


def sentence(law: Law) -> str:
    """A law as it is told."""
    return law.__name__.replace("_", " ")

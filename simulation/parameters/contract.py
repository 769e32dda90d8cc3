"""Section `contract` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Contract(Entry):
    """Clauses of a contract; each may be switched off by 0."""

    term_pipe: float = parameter(
        20,
        "term of a contract over a pipe",
        unit="year",
        plausible=(10, 25),
        allowed=(0.25, 100),
        source="Kalundborg: heat and steam 20 years (State of Green 2017)",
    )
    term_truck: float = parameter(
        5,
        "term of a contract by truck or ship",
        unit="year",
        plausible=(1, 10),
        allowed=(0.25, 100),
        source=ESTIMATE,
    )
    term_renewal: float = parameter(
        5,
        "term of a renewal that needs no new capital",
        unit="year",
        plausible=(1, 20),
        allowed=(0.25, 100),
        source="estimate; long terms protect capital that is still to be earned (Joskow 1987)",
    )
    indexation: float = parameter(
        0.5,
        "share of a move of the virgin price that the contract price follows",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Ulsan: indexed to bunker oil",
        live=True,
    )
    take_or_pay: float = parameter(
        0.5,
        "share of the price due on what was agreed but not taken",
        unit="1",
        plausible=(0, 0.9),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    penalty: float = parameter(
        0.5,
        "years of the partner's benefit due at early termination",
        unit="year",
        plausible=(0, 2),
        allowed=(0, 20),
        source=ESTIMATE,
        live=True,
    )
    guarantee: float = parameter(
        0.0,
        "1: the winner makes the loser whole while the joint benefit is positive",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Albino, Fraccascia & Giannoccaro (2016)",
        live=True,
    )
    enlargement: bool = True
    tendering: bool = True
    notice: float = parameter(
        2.0,
        "time in which a contract may lose before it is re-priced or ended",
        unit="year",
        plausible=(0.5, 5),
        allowed=(0.25, 20),
        source=ESTIMATE,
    )

"""Section `bargaining` of a scenario."""

from __future__ import annotations

from agents.choices import Protocol, Style

from ..quantities import ESTIMATE, Entry, parameter


class Bargaining(Entry):
    """Protocol of a negotiation and its pace."""

    protocol: Protocol = "concession"
    style: Style = "linear"
    rounds: float = parameter(
        20,
        "rounds of a negotiation (N)",
        unit="1",
        plausible=(10, 40),
        allowed=(2, 200),
        source="estimate; Faratin, Sierra & Jennings (1998) give the tactics, not the number",
    )
    deadline_shortest: float = parameter(
        8, "shortest private deadline", unit="round", plausible=(4, 20), allowed=(1, 200), source=ESTIMATE
    )
    guard: float = parameter(
        1.0,
        "how much mistrust hides of the public range",
        unit="1",
        plausible=(0, 2),
        allowed=(0, 8),
        source="Chatterjee & Samuelson (1983): at 1 and no trust a quarter of the range is lost",
        live=True,
    )
    round_cost: float = parameter(
        1000,
        "cost of a round to each side",
        unit="EUR",
        plausible=(100, 10e3),
        allowed=(0, 1e7),
        source=ESTIMATE,
        live=True,
    )
    round_years: float = parameter(
        0.02,
        "time between two offers under the nash protocol (0: patience alone)",
        unit="year",
        plausible=(0, 0.25),
        allowed=(0, 5),
        source="estimate; Rubinstein (1982) gives the first mover's share",
    )
    fixed_split: float = parameter(
        0.5,
        "supplier's share of the surplus under the fixed protocol",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Ulsan: the seller keeps 54-56 % (data/parks)",
    )

"""Section `trust` of a scenario."""

from __future__ import annotations

from agents.choices import Mode

from ..quantities import ESTIMATE, Entry, parameter


class Trust(Entry):
    """Trust as a beta reputation (Josang & Ismail 2002)."""

    mode: Mode = "beta"
    prior: float = parameter(
        0.5,
        "mean prior trust between two companies that have met (a)",
        unit="1",
        plausible=(0.2, 0.8),
        allowed=(0.01, 0.99),
        source="estimate; to be calibrated",
        live=True,
    )
    spread: float = parameter(
        0.5,
        "spread of prior trust on the logit scale (sigma)",
        unit="1",
        plausible=(0, 1.5),
        allowed=(0, 5),
        source=ESTIMATE,
    )
    membership: float = parameter(
        0.2,
        "share of the gap to full trust that common membership closes",
        unit="1",
        plausible=(0, 0.5),
        allowed=(0, 0.99),
        source=ESTIMATE,
        live=True,
    )
    evidence: float = parameter(
        0.25,
        "weight of a quarter's deliveries (w)",
        unit="1",
        plausible=(0.05, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    memory: float = parameter(
        0.98,
        "share of evidence kept from quarter to quarter (lambda)",
        unit="1",
        plausible=(0.9, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    loss_weight: float = parameter(
        2.0,
        "weight of a disappointment against a success (eta)",
        unit="1",
        plausible=(1, 4),
        allowed=(0, 20),
        source="Slovic (1993): loss weighs more than gain",
        live=True,
    )
    tolerance: float = parameter(
        0.9,
        "delivered share that counts as fully kept",
        unit="1",
        plausible=(0.8, 1),
        allowed=(0.1, 1),
        source=ESTIMATE,
    )
    talk: float = parameter(
        0.02,
        "good evidence a quarter from talk among members",
        unit="1",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    opinions: float = parameter(
        5,
        "shared partners whose opinion is heard, at most",
        unit="1",
        plausible=(0, 5),
        allowed=(0, 50),
        source="Josang & Ismail (2002) give the discounting",
        live=True,
    )
    exposure: float = parameter(
        0.25,
        "share of a year's benefit at risk beside the capital",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 10),
        source="estimate; Coleman (1990) gives the threshold",
        live=True,
    )
    breach_cap: float = parameter(
        8,
        "remaining quarters of a broken contract that count, at most",
        unit="quarter",
        plausible=(0, 40),
        allowed=(0, 400),
        source=ESTIMATE,
    )
    learning: bool = True

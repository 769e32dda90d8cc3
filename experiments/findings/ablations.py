"""Which mechanism carries what: Kalundborg with one mechanism switched off at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from .answer import Answer, Column, Data, Finding, amount
from .arms import Arm, Experiment
from .figure_of_effects import effects
from .kalundborg import compared

ARMS = (
    Arm("base", "the model as it is"),
    Arm("learning", "nobody learns from deliveries", {"trust.learning": False}),
    Arm("opinions", "opinions are not heard", {"trust.opinions": 0}),
    Arm("trusting", "everyone trusts wholly", {"trust.mode": "off"}),
    Arm("guard", "mistrust hides nothing in talks", {"bargaining.guard": 0.0}),
    Arm("association", "no association", {"association.starts": 9999.0}),
    Arm("club", "no club", {"meeting.club_from": 9999.0}),
    Arm("attention", "attention without limit", {"trade.attention": 50.0}),
    Arm("siting", "no talks with neighbours before building", {"meeting.siting_chance": 0.0}),
    Arm("mains", "no shared mains", {"investment.mains": False}),
    Arm("ahead", "no public building ahead", {"investment.uptake": 0.0}),
    Arm("taste", "no lasting taste for a payback", {"economy.payback_taste": 0.01}),
    Arm("reductions", "no cuts at the origin", {"investment.reductions": False}),
)
YEARS = (1979, 1995, 2018)
TENTH = "streams_first_above_9"
EXPERIMENT = Experiment(
    "kalundborg",
    ARMS,
    (*(f"streams_{year}" for year in YEARS), "savings_2018", "savings_sum_1960_2024", TENTH),
)


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """The sweep of all ablations."""
    return {"runs": EXPERIMENT.run(folder / "sweep", runs, seed, **how)}


def analyse(data: Data) -> Answer:
    """Differences to the model as it is, replicate by replicate."""
    columns = (*(Column("streams", str(year)) for year in YEARS), Column("savings 2018", "M EUR/yr"),
               Column("tenth stream", "years later"))  # fmt: skip
    outcomes = (*(f"streams_{year}" for year in YEARS), "savings_2018", TENTH)
    matrix = compared(data, ARMS, columns, outcomes, (1.0, 1.0, 1.0, 1e6, 1.0))
    assert matrix.base is not None
    matrix = replace(matrix, base=(matrix.base[0], (*matrix.base[1][:-1], None)))  # a year is no level
    rows = matrix.rows
    clear = [
        (says, found) for says, cells in rows if (found := cells[1]) and (found.low > 0 or found.high < 0)
    ]
    if not clear:
        return Answer("No single mechanism changes the number of streams of 1995", matrix)
    strongest, effect = max(clear, key=lambda each: abs(each[1].mean))
    headline = f"What moves the streams of 1995 most: {strongest}, {amount(effect, 'streams')}"
    return Answer(headline, matrix)


FINDING = Finding(
    name="ablations",
    title="Kalundborg with one mechanism off",
    question="Which mechanism carries what in the model of Kalundborg?",
    method="The Kalundborg scenario, each time with one mechanism switched off, all else and all luck the same. The tenth "
    "stream counts in replicates in which both runs reach it. Without learning there is no evidence for opinions either.",
    limits="An ablation tells what a mechanism does with the other parameters as they are. Had the rest been calibrated "
    "without it, others would carry more. Cells are many, and one in twenty intervals misses by chance.",
    runs=100,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
)

"""Do contracts help most where uncertainty is low and turbulence high? (Albino, Fraccascia & Giannoccaro 2016)"""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from .answer import Answer, Column, Data, Finding, Matrix, amount
from .arms import Arm, Experiment, by_pair, difference
from .estimate import mean_of
from .figure_of_effects import effects
from .parks import PARK, calm, jumping
from .verdict import checked

NONE = {"contract.take_or_pay": 0.0, "contract.penalty": 0.0, "contract.guarantee": 0.0}
CLAUSES = {"contract.take_or_pay": 0.5, "contract.penalty": 0.5, "contract.guarantee": 1.0}
SHORT = {"contract.term_pipe": 2.0, "contract.term_truck": 2.0}
KINDS = {"none": NONE, "clauses": CLAUSES, "short": NONE | SHORT}
UNCERTAINTY = {"low": 0.05, "high": 0.3}
TURBULENCE = {"low": calm, "high": jumping}
LEAST = 0.01
"""Share of the streams without contracts; a smaller effect does not matter."""
STREAMS = "streams_mean_1985_2009"


def key(kind: str, uncertainty: str, turbulence: str) -> str:
    """The arm of a kind of contract in a cell."""
    return f"{kind} {uncertainty} {turbulence}"


CELLS = tuple(product(UNCERTAINTY, TURBULENCE))
EXPERIMENT = Experiment(
    "synthetic",
    tuple(
        Arm(key(kind, u, v), f"{kind}, uncertainty {u}, turbulence {v}", fields | {"activity.spread": UNCERTAINTY[u]},
            TURBULENCE[v])
        for kind, fields in KINDS.items()
        for u, v in CELLS
    ),
    (STREAMS, "ended_sum_1985_2009", "savings_mean_1985_2009"),
    set=PARK,
    until=2010,
    drawn=True,
)  # fmt: skip


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """The sweep of all cells."""
    return {"runs": EXPERIMENT.run(folder / "sweep", runs, seed, **how)}


def effect(data: Data, cell: tuple[str, str], kind: str = "clauses", base: str = "none") -> np.ndarray:
    """Streams with a kind of contract less without, park by park, in a cell."""
    return difference(data["runs"], STREAMS, key(kind, *cell), key(base, *cell))


def analyse(data: Data) -> Answer:
    """The effect in the cell of the claim is above 0, and above that in the three other cells."""
    best = ("low", "high")
    here = effect(data, best)
    least = LEAST * float(by_pair(data["runs"], STREAMS)[key("none", *best)].mean())
    parts = [
        ("guarantee and clauses add streams at low uncertainty and high turbulence", here, least, "streams")
    ]
    for cell in CELLS:
        if cell != best:
            says = f"they add more there than at {cell[0]} uncertainty and {cell[1]} turbulence"
            parts.append((says, here - effect(data, cell), least, "streams"))
    rows = []
    for cell in CELLS:
        long_term = effect(data, cell, "none", "short")
        ended = difference(data["runs"], "ended_sum_1985_2009", key("clauses", *cell), key("none", *cell))
        rows.append((f"uncertainty {cell[0]}, turbulence {cell[1]}",
                     (mean_of(effect(data, cell)), mean_of(ended), mean_of(long_term))))  # fmt: skip
    headline = (
        "Where turbulence is high, guarantee and clauses change the number of streams by "
        f"{amount(mean_of(here), '')} at low and {amount(mean_of(effect(data, ('high', 'high'))), '')} at high uncertainty"
    )
    columns = (Column("clauses: streams", "1985-2009"), Column("clauses: contracts ended", "1985-2009"),
               Column("20 and 5 years, not 2: streams", "1985-2009"))  # fmt: skip
    return Answer(headline, Matrix(columns, tuple(rows)), checked(parts))


FINDING = Finding(
    name="contracts",
    title="Contracts under uncertainty and turbulence",
    question="Do contracts help most where uncertainty is low and turbulence is high?",
    claim="A contract that makes both sides gain fosters symbiotic relationships, most of all at low environmental "
    "uncertainty and high turbulence.",
    source="Albino, Fraccascia & Giannoccaro 2016, Journal of Cleaner Production 112, 4353-4366 (abstract)",
    method="Parks of 30 companies drawn at random, nobody recruits or facilitates. The contract of the claim is "
    "`contract.guarantee` = 1 (who wins makes the loser whole) with take-or-pay and a penalty for breaking, against "
    "none of the three. Uncertainty is the spread of activity (`activity.spread` 0.05 or 0.3). Turbulence is "
    "in prices: every three years each virgin price takes a new level around its path (log-normal, spread 0.5), or "
    "stays. Beside it, without clauses, terms of 20 years (pipes) and 5 years (trucks) against 2 years.",
    limits="Uncertainty and turbulence are translated: the study had its own case and its own process. Here a deal is "
    "already priced so that both gain when it is signed, is indexed by half to the virgin price, and is re-priced before "
    "it is broken, so that less is left for a guarantee to do than in a model without bargaining.",
    runs=40,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
    pair="parks",
    reasons={
        "replicates": "Prices that jump make one side lose while the two together gain, which is when a guarantee pays.",
        "does not replicate": "The part on turbulence can be told from that on uncertainty above. Prices that jump make one "
        "side lose while the two together gain, which is when a guarantee keeps a stream. Uncertainty of activity hardly "
        "enters decisions in this model: companies sign for a fixed share of what they expect on average, and a shortfall "
        "lowers the gain of both sides alike, so that there is nothing for a guarantee to shift.",
        "undecided": "The effect of the clauses is small beside the differences between parks.",
    },
)

"""Do levy and subsidy both raise the number of links, and what does each cost the state? (Fraccascia et al. 2017)"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from .answer import Answer, Column, Data, Finding, Matrix, amount
from .arms import Arm, Experiment, by_pair, difference
from .estimate import Estimate, mean_of, ratio_of
from .figure_of_effects import effects
from .parks import PARK
from .verdict import checked

LEVY, SUBSIDY = "policy.landfill_levy.scale", "policy.subsidy"
ARMS = (
    Arm("none", "neither", {LEVY: 0.0, SUBSIDY: 0.0}),
    Arm("levy", "levy up to 50 EUR/t", {LEVY: 1.0, SUBSIDY: 0.0}),
    Arm("levy twice", "levy up to 100 EUR/t", {LEVY: 2.0, SUBSIDY: 0.0}),
    Arm("subsidy", "subsidy of 20 %", {LEVY: 0.0, SUBSIDY: 0.2}),
    Arm("subsidy twice", "subsidy of 40 %", {LEVY: 0.0, SUBSIDY: 0.4}),
    Arm("both", "levy up to 50 EUR/t and subsidy of 40 %", {LEVY: 1.0, SUBSIDY: 0.4}),
)
STREAMS, DIVERTED = "streams_mean_2005_2024", "waste_diverted_sum_1985_2024"
PAID, LEVIED = "subsidies_2024", "levy_paid_sum_1985_2024"
EXPERIMENT = Experiment("synthetic", ARMS, (STREAMS, DIVERTED, PAID, LEVIED), set=PARK, drawn=True)
LEAST = 0.01
"""Share of the streams without policy; a smaller gain does not matter."""


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """The sweep of all policies."""
    return {"runs": EXPERIMENT.run(folder / "sweep", runs, seed, **how)}


def gain(data: Data, arm: str, outcome: str) -> np.ndarray:
    """What an arm has more than the one without policy, park by park."""
    return difference(data["runs"], outcome, arm, "none")


def cost(data: Data, arm: str) -> Estimate:
    """Subsidies less levy, EUR, for a further tonne diverted: above 0 the state pays, below it earns."""
    return ratio_of(gain(data, arm, PAID) - gain(data, arm, LEVIED), gain(data, arm, DIVERTED))


def analyse(data: Data) -> Answer:
    """Every policy has more streams than none."""
    least = LEAST * float(by_pair(data["runs"], STREAMS)["none"].mean())
    parts = [
        (f"{arm.says}: more streams", gain(data, arm.key, STREAMS), least, "streams") for arm in ARMS[1:5]
    ]
    rows = tuple(
        (arm.says, (mean_of(gain(data, arm.key, STREAMS)), mean_of(gain(data, arm.key, DIVERTED)).over(40e3),
                    cost(data, arm.key)))
        for arm in ARMS[1:]
    )  # fmt: skip
    one, other = mean_of(gain(data, "levy", STREAMS)), mean_of(gain(data, "subsidy twice", STREAMS))
    headline = f"The levy changes the number of streams by {amount(one, '')}, a subsidy of 40\u00a0% by {amount(other, '')}"
    columns = (Column("streams gained", "2005-2024"), Column("waste diverted", "kt/yr, 1985-2024"),
               Column("cost to the state", "EUR/t diverted"))  # fmt: skip
    levels = (mean_of(by_pair(data["runs"], STREAMS)["none"]), mean_of(by_pair(data["runs"], DIVERTED)["none"]).over(40e3),
              None)  # fmt: skip
    return Answer(headline, Matrix(columns, rows, base=("neither levy nor subsidy", levels)), checked(parts))


FINDING = Finding(
    name="policies",
    title="Landfill levy and subsidy",
    question="Do a landfill levy and a subsidy both raise the number of links, and what does each cost the state for a "
    "tonne diverted?",
    claim="Landfill tax and subsidy for exchanges both have a positive effect on the emergence of a network, in all "
    "scenarios.",
    source="Fraccascia, Giannoccaro & Albino 2017, Sustainability 9(4), 521 (abstract)",
    method="Parks of 30 companies drawn at random, nobody facilitates. The levy of the scenario rises from 0 in 1985 to "
    "50 EUR/t in 2015, or twice that; the subsidy is a share of the cost of every connection. The cost to the state is "
    "subsidies paid less levy received, over the tonnes diverted beyond those without policy (ratio of sums, bootstrap "
    "interval); where the gain of tonnes cannot be told from 0 it is not defined. Below 0 the state earns: companies pay.",
    limits="The subsidy here is on capital, that of the study on exchanges. Levy received is a transfer and no cost to the "
    "park as a whole; who pays it is not in this number. Nobody evades a levy, or takes waste elsewhere.",
    runs=40,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
    pair="parks",
    reasons={
        "replicates": "Both act where the model lets policy act: the levy through the cost of disposal, the subsidy "
        "through capital. The subsidy reaches every stream that needs a pipe or a plant, the levy only residues that "
        "would be landfilled.",
        "does not replicate": "The levy reaches only residues that would be landfilled, and of these most are worth "
        "trading without it; water and heat, the greater part of streams, bear none.",
        "undecided": "The levy reaches only residues that would be landfilled, few of the streams of a park; its effect is "
        "of the size of the differences between parks.",
    },
)

"""Does the cost of entering an exchange weigh more than turbulence?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .answer import Answer, Column, Data, Finding, Matrix, amount
from .arms import Arm, Experiment, by_pair, difference
from .estimate import mean_of
from .figure_of_effects import effects
from .parks import PARK, jumping
from .verdict import checked

CALM = {"activity.outage_hazard": 0.0, "activity.spread": 0.05}
ROUGH = {"activity.outage_hazard": 0.1, "activity.spread": 0.3}
ARMS = (
    Arm("base", "as in the scenario"),
    Arm("cheap", "connections at half the cost", {"investment.cost_factor": 0.5}),
    Arm("dear", "connections at three times the cost", {"investment.cost_factor": 3.0}),
    Arm("light", "2 000 EUR a year to look after a stream", {"trade.transaction": 2e3}),
    Arm("heavy", "100 000 EUR a year to look after a stream", {"trade.transaction": 1e5}),
    Arm("calm", "steady activity, no outages", CALM),
    Arm("rough", "unsteady activity, many outages", ROUGH),
    Arm("jumping", "prices that jump", {}, jumping),
    Arm("rough and jumping", "all three kinds of turbulence", ROUGH, jumping),
)
STREAMS = "streams_mean_1985_2009"
EXPERIMENT = Experiment(
    "synthetic", ARMS, (STREAMS, "savings_mean_1985_2009"), set=PARK, until=2010, drawn=True
)
LEAST = 0.01


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """The sweep of costs and turbulence."""
    return {"runs": EXPERIMENT.run(folder / "sweep", runs, seed, **how)}


def analyse(data: Data) -> Answer:
    """From one end of its range to the other, the cost of connections takes more streams than turbulence does."""
    table = data["runs"]
    least = LEAST * float(by_pair(table, STREAMS)["base"].mean())
    by_cost = difference(table, STREAMS, "cheap", "dear")
    by_turbulence = difference(table, STREAMS, "calm", "rough and jumping")
    parts = [
        ("dear connections cost streams", by_cost, least, "streams"),
        ("they cost more streams than turbulence does", by_cost - abs(by_turbulence), least, "streams"),
    ]
    rows = tuple(
        (arm.says, (mean_of(difference(table, STREAMS, arm.key, "base")),
                    mean_of(difference(table, "savings_mean_1985_2009", arm.key, "base")).over(1e6)))
        for arm in ARMS[1:]
    )  # fmt: skip
    headline = (
        f"From half to three times the cost of connections a park has {amount(mean_of(-by_cost), 'streams')}, from calm to "
        f"turbulent {amount(mean_of(-by_turbulence), 'streams')}"
    )
    columns = (Column("streams", "1985-2009"), Column("savings", "M EUR/yr, 1985-2009"))
    levels = (mean_of(by_pair(table, STREAMS)["base"]),
              mean_of(by_pair(table, "savings_mean_1985_2009")["base"]).over(1e6))  # fmt: skip
    return Answer(headline, Matrix(columns, rows, base=(ARMS[0].says, levels)), checked(parts))


FINDING = Finding(
    name="entry-cost",
    title="Cost of entry and turbulence",
    question="Does the cost of entering an exchange weigh more on the number of streams than turbulence?",
    claim="The cost of entry dominates turbulence.",
    source="asked of the model as a pattern of agent-based studies of industrial symbiosis; the study that says it could "
    "not be found again, so this is a test of the sentence and of no paper",
    method="Parks of 30 companies drawn at random. Entry cost: `investment.cost_factor` from 0.5 to 3, its default being 1. "
    "Turbulence: from hardly any spread of activity and no outages to a spread of 0.3, an outage in every tenth quarter, "
    "and virgin prices that jump every three years. The two ranges are what is compared, so the answer depends on them.",
    limits="Effects over a range compare the ranges as much as the mechanisms.",
    runs=40,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
    pair="parks",
    reasons={
        "replicates": "A stream is decided on once, by its payback, and cost stands in the payback; turbulence acts later, "
        "on streams that already have their connection.",
        "does not replicate": "Prices that jump open and close opportunities, which is as much as cost does.",
    },
)

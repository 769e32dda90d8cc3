"""How resilient is Kalundborg to the loss of each partner now?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import look
from .answer import Answer, Column, Data, Finding, Matrix, amount
from .estimate import Estimate, mean_of
from .figure_of_effects import effects
from .losses import losses

NOW = 2025.0
MOST = 14


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """Every partner out at the beginning of 2025, in the scenario that goes on to 2050."""
    return {"losses": losses("kalundborg-2050", NOW, folder / "stress", max(2, runs), seed, **how)}


def analyse(data: Data) -> Answer:
    """Losses a year over ten years by partner, the largest first."""
    table = data["losses"]
    means = table.groupby("company")["lost"].mean().sort_values(ascending=False, kind="stable")
    rows: list[tuple[str, tuple[Estimate, ...]]] = []
    for company in means.index[:MOST]:
        own = table[table["company"] == company]
        rows.append((company, (mean_of(own["lost"]).over(1e6), mean_of(100 * own["share"]), mean_of(own["others"]).over(1e6),
                               mean_of(own["streams"]))))  # fmt: skip
    worst, cells = rows[0]
    least = sum(cell[1].high < 1 for _, cell in rows)
    headline = (
        f"The loss of {worst} costs most, {amount(cells[0], 'M EUR a year', False)}; of {look.count(len(means))} partners "
        f"{look.count(least + max(0, len(means) - MOST))} cost less than 1 %"
    )
    columns = (Column("savings lost", "M EUR/yr"), Column("of all savings", "%"),
               Column("lost by the others", "M EUR/yr"), Column("streams lost", "mean of ten years"))  # fmt: skip
    return Answer(headline, Matrix(columns, tuple(rows), of="level"))


FINDING = Finding(
    name="partners",
    title="Kalundborg without one partner, 2025-2034",
    question="How resilient is Kalundborg to the loss of each partner now?",
    method="Each company that is there at the beginning of 2025 leaves, alone, in the scenario `kalundborg-2050`; the next "
    "ten years are compared with the exact twin run. `symbiopark stress kalundborg-2050 --year 2025` gives the same losses "
    "with ranks, recovery, cascades and pairs.",
    limits="What happens after 2025 rests on the assumptions of that scenario. A partner leaves with all it does here, at "
    "once, and nobody takes over its plant.",
    runs=50,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
)

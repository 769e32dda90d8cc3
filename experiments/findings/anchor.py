"""Does the loss of the anchor hurt most, and vulnerability fall as the network grows? (Chopra & Khanna 2014)"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answer import Answer, Column, Data, Finding, Matrix, amount
from .estimate import mean_of
from .figure_of_effects import effects
from .losses import at_anchor, losses
from .parks import PARK
from .verdict import checked

if TYPE_CHECKING:
    import pandas as pd

DATES = (1979, 1998, 2015)
SIZES = (8, 16, 32)
LEAST = 0.01
"""Share of the park's savings; less does not matter."""


def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """Every company out alone: Kalundborg at three dates, parks drawn at random of three sizes."""
    import pandas as pd

    data = {
        f"Kalundborg {date}": losses(
            "kalundborg", float(date), folder / f"kalundborg-{date}", runs, seed, **how
        )
        for date in DATES
    }
    for size in SIZES:
        parks = []
        for park in range(1, runs + 1):
            fields = PARK | {
                "synthetic.companies": size,
                "synthetic.seed": park,
                "synthetic.arrivals_over": 10,
            }
            found = losses("synthetic", 2000.0, folder / f"drawn-{size}-{park}", 2, seed, fields, **how)
            own = at_anchor(found)
            parks.append(own.assign(pair=park).reset_index(drop=True))
        data[f"{size} companies"] = pd.concat(parks, ignore_index=True)
    return data


def parks_of(data: Data, case: str) -> pd.DataFrame:
    """A row a pair: replicate of Kalundborg, or park drawn (mean of its two replicates)."""
    if case.startswith("Kalundborg"):
        return at_anchor(data[case])[["anchor", "others", "mean", "partners"]]
    return data[case].groupby("pair")[["anchor", "others", "mean", "partners"]].mean()


def cases() -> list[str]:
    """Kalundborg at its dates, then parks by size."""
    return [f"Kalundborg {date}" for date in DATES] + [f"{size} companies" for size in SIZES]


def analyse(data: Data) -> Answer:
    """The anchor's loss above the mean of the others', and the mean loss falling from smaller to larger."""
    found = {case: parks_of(data, case) for case in cases()}
    parts: list[Any] = [
        (f"{case}: the anchor's loss is above that of the other partners", table["anchor"] - table["others"], LEAST,
         "of savings")
        for case, table in found.items()
    ]  # fmt: skip
    for before, after in (cases()[0:2], cases()[1:3], cases()[3:5], cases()[4:6]):
        fall = (found[before]["mean"] - found[after]["mean"]).dropna()
        parts.append((f"mean loss for a partner falls from {before} to {after}", fall, LEAST, "of savings"))
    rows = tuple(
        (case, (mean_of(table["partners"]), mean_of(100 * table["anchor"]), mean_of(100 * table["others"]),
                mean_of(table["mean"] * table["partners"])))
        for case, table in found.items()
    )  # fmt: skip
    who = at_anchor(data["Kalundborg 1998"])["who"].value_counts()
    here = rows[1][1]
    headline = (
        f"Kalundborg 1998: without its anchor, mostly {who.index[0]}, {amount(here[1], '%', False)} of ten years' savings "
        f"are lost, without another partner {amount(here[2], '%', False)}"
    )
    columns = (
        Column("partners", "companies"),
        Column("loss at the anchor", "% of savings"),
        Column("loss at another", "% of savings, mean"),
        Column("all losses", "sum over savings"),
    )
    return Answer(headline, Matrix(columns, rows, of="level"), checked(parts))


FINDING = Finding(
    name="anchor",
    title="Loss of the anchor, and growth",
    question="Does the loss of a partner hurt most at the anchor, and does vulnerability fall as the network grows?",
    claim="The network depends most on its anchor; as it grows and gains redundancy, it is less vulnerable to the loss of "
    "a partner.",
    source="Chopra & Khanna 2014, Journal of Environmental Management 141, 86-94 (network analysis of Kalundborg by year)",
    method="Every company is taken out alone, against the exact twin run without the loss (`symbiopark stress`), and the "
    "park's savings of the next ten years are compared. The anchor is the company with most partners at the date. "
    "Kalundborg in 1979, 1998 and 2015; parks of 8, 16 and 32 companies drawn at random, in 2000. Vulnerability is the mean "
    "share of savings lost over all partners.",
    limits="The study removes nodes from a network that stands still; here partners search anew, so a loss is what is left "
    "after ten years of repair. That a mean share falls when there are more partners is partly arithmetic: the last column, "
    "the sum of all losses over savings, shows what is not (2 if each stream is lost with either of its two ends and "
    "nothing is replaced; less with replacement).",
    runs=30,
    perform=perform,
    analyse=analyse,
    draw={"effects": effects},
    pair="both",
    reasons={
        "replicates": "Streams hang on the company that has most of them, and with more partners each holds less.",
        "does not replicate": "What a partner is worth is the worth of its streams, not their number: one large stream of "
        "heat or water can outweigh many small ones, and a network can grow around the same few.",
        "undecided": "What a partner is worth is the worth of its streams, not their number, and that differs much from "
        "park to park.",
    },
)

"""Losses of partners from stress tests as tables: share of a park's savings that goes with each, and how linked it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..stressing.stress import stress

if TYPE_CHECKING:
    import pandas as pd

AHEAD = 10.0
"""Years after the loss over which it is counted."""


def losses(
    scenario: str,
    year: float,
    folder: Path,
    runs: int,
    seed: int,
    fields: dict[str, Any] | None = None,
    **how: Any,
) -> pd.DataFrame:
    """A row a company and replicate: every company there is taken out alone, against the exact twin.

    `share`: savings that the park lost in the ten years from the date over those of the twin (NaN where
    the twin has none); `lost` EUR a year; `streams` fewer on average; `partners` before.
    """
    found = stress(scenario, year, "all", out=folder, runs=runs, seed=seed, until=year + AHEAD, set=fields,
                   figures=False, **how)  # fmt: skip
    rows = found.contingencies.rename(columns={"contingency": "company"})
    network = found.rows["network"][["replicate", "company", "partners", "value"]]
    parks = found.rows["parks"][["replicate", "savings_ahead"]]
    table = rows.merge(network, on=["replicate", "company"], how="left").merge(parks, on="replicate")
    ahead = table["savings_ahead"].where(table["savings_ahead"] > 0)
    return table[["replicate", "company"]].assign(
        partners=table["partners"].fillna(0).astype(int), value=table["value"].fillna(0.0),
        share=table["savings_lost"] / ahead, lost=table["savings_lost"] / AHEAD, streams=table["streams_lost"] / AHEAD,
        followed=table["companies_followed"], others=table["others_lost"] / AHEAD,
    )  # fmt: skip


def at_anchor(table: pd.DataFrame, by: str = "replicate") -> pd.DataFrame:
    """A row a park: `anchor`, its loss, the mean loss of the other partners, the mean of all, and who it is.

    The anchor is the company with most partners, of equals the one with streams of most worth. Companies
    without a partner do not count. A park with fewer than three partners has NaN.
    """
    import pandas as pd

    rows = []
    for pair, park in table[table["partners"] > 0].groupby(by):
        if len(park) < 3 or park["share"].isna().any():
            rows.append(
                {
                    "pair": pair,
                    "anchor": np.nan,
                    "others": np.nan,
                    "mean": np.nan,
                    "partners": len(park),
                    "who": "",
                }
            )
            continue
        ranked = park.sort_values(["partners", "value"], ascending=False, kind="stable")
        rest = ranked["share"].iloc[1:]
        rows.append({
            "pair": pair, "anchor": ranked["share"].iloc[0], "others": rest.mean(), "mean": ranked["share"].mean(),
            "partners": len(park), "who": ranked["company"].iloc[0],
        })  # fmt: skip
    columns = ["pair", "anchor", "others", "mean", "partners", "who"]
    return pd.DataFrame(rows, columns=columns).set_index("pair")

"""Tables on the page of a stress test: losses in order, who is hurt, what followed, what was compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd

from .. import look
from ..stressing import words as stress_words
from .document import Block, Cell, Column, Prose, Table, words

MOST_ROWS, MOST_PAIRS = 40, 8
SURE = 0.05
"""Adjusted p below which a difference is told."""
SELDOM = 0.05
"""Share of runs below which what followed a loss is left to the file."""

Rows = list[list[Cell]]

ESTIMATE = ("low", "high", "p_adjusted")
COLUMNS = {
    "company_loss": ("contingency", "company", "hit", "savings", "share_losing", *ESTIMATE),
    "recovery": ("contingency", "indicator", "years", "not_recovered"),
    "cascade": ("contingency", "what", "company", "supplier", "receiver", "residue", "share_of_runs", "year",
                "value", "reason"),
    "replaced": ("contingency", "supplier", "receiver", "residue", "partner", "runs", "value", "share", "years", "by"),
    "pairs": ("contingency", "both", "loss_one", "loss_other", "interaction", *ESTIMATE),
    "differences": ("contingency", "against", "measure", "loss", "loss_against", "difference", "unit", *ESTIMATE),
    "smallest_sets": ("contingency", "order", "share", "lowest", "reached", "share_without"),
    "network": ("company", "rank_by_loss", "rank_by_efficiency_loss", "loss", "efficiency_loss", "partners", "value"),
}  # fmt: skip
"""Columns of the tables that the page reads; the first two tables are always there."""
ALWAYS = ("company_loss", "recovery")


def scaled(unit: str, values: pd.Series | pd.DataFrame) -> tuple[str, Callable[[float], str]]:
    """The unit that columns of these amounts have in their heads, and how an amount is written under it."""
    largest = float(values.abs().to_numpy().max()) if len(values) else 0.0
    divisor, head = stress_words.scaled(largest, unit)
    places = 0 if head.startswith("t") else 2
    return head.replace("/yr", "/year"), lambda value: look.fixed(value / divisor, places)


def ranking(losses: pd.DataFrame, recovery: pd.DataFrame, by: str, years: float) -> Table:
    """Every loss with its cost, own and others' part, interval, rank interval, tie group, and time to recovery."""
    unit, written = scaled(str(losses["unit"].iloc[0]), losses[["mean", "low", "high"]])
    money, paid = scaled("EUR/year", losses[["own_lost", "others_lost"]] / years)
    rows: Rows = [
        [
            str(row["contingency"]), look.count(row["rank"]), f"{row['rank_low']:.0f}–{row['rank_high']:.0f}",
            look.count(row["group"]), written(row["mean"]), f"{written(row['low'])} to {written(row['high'])}",
            *(paid(row[name] / years) for name in ("own_lost", "others_lost")),
            look.fixed(row["streams_at_once"], 1), look.fixed(row["streams_followed"], 1),
            _median_years(recovery, row["contingency"], by, years), look.share(row["replaced"]),
        ]
        for row in losses.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    columns = (
        words("Loss of"), Column("Rank"), Column("95 %"), Column("Group"), Column("Costs the park", unit),
        Column("95 %", unit),
        Column("Own", money), Column("Others", money), Column("at once", group="Streams lost"),
        Column("later", group="Streams lost"), Column("Years to 95 %"), Column("Replaced"),
    )  # fmt: skip
    note = (
        "Group: losses that cannot be told apart from the first of the group. Own, others: savings lost by the company and "
        "by all the rest, net of the cost of streams. Years: median until the park is at 95 % of its twin for good "
        "(Kaplan-Meier). Replaced: share of the lost volume within the time allowed."
    )
    return Table("Losses, the costliest first", columns, rows, note)


def _median_years(recovery: pd.DataFrame, loss: str, by: str, years: float) -> str:
    own = recovery[(recovery["contingency"] == loss) & (recovery["indicator"] == by)]
    back = own.loc[own["not_recovered"] <= 0.5, "years"]
    return look.number(float(back.iloc[0])) if len(back) else f"> {look.number(years)}"


def hurt(table: pd.DataFrame, losses: pd.DataFrame) -> Table:
    """Companies that lose or gain by the loss of another, the largest first; only what is beyond chance."""
    sure = table[
        ~table["hit"] & (table["p_adjusted"] < SURE) & table["contingency"].isin(losses["contingency"])
    ]
    sure = sure.reindex(sure["savings"].abs().sort_values(ascending=False).index)
    unit, written = scaled("EUR/year", sure["savings"])
    rows: Rows = [
        [row["contingency"], row["company"], written(-row["savings"]),
         f"{written(-row['high'])} to {written(-row['low'])}", look.share(row["share_losing"])]
        for row in sure.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    columns = (
        words("Loss of"), words("Who"), Column("Change of its savings", unit), Column("95 %", unit),
        Column("Runs in which it loses"),
    )  # fmt: skip
    note = f"Beyond chance, adjusted for many tests.{_rest(len(sure) - len(rows), 'company_loss.parquet')}"
    return Table("Others that lose (−) or gain", columns, rows, note)


def cascade(table: pd.DataFrame | None) -> list[Block]:
    """Companies that leave after another, through which lost stream; and streams of others that end."""
    if table is None or table.empty:
        return [Prose("No other company left because of a loss in any run, and no stream of others ended.")]
    left = table[table["what"] == "company leaves"]
    often = table[(table["what"] != "company leaves") & (table["share_of_runs"] >= SELDOM)]
    seldom = len(table) - len(left) - len(often)
    parts: list[Block] = []
    if left.empty:
        parts.append(Prose("No other company left because of a loss in any run."))
    else:
        columns = (
            words("Loss of"),
            words("Then leaves"),
            Column("Runs"),
            Column("Year"),
            words("It had lost"),
            words("Why"),
        )
        rows: Rows = [
            [str(row["contingency"]), str(row["company"]), look.share(row["share_of_runs"]), look.year(row["year"]),
             stream(row) if row["supplier"] else look.NOTHING, look.words(row["reason"])]
            for row in left.head(MOST_ROWS).to_dict("records")
        ]  # fmt: skip
        parts.append(
            Table("Companies that leave after another", columns, rows, "Year: median of those runs.")
        )
    if len(often):
        columns = (words("Loss of"), words("Stream of others that ends"), Column("Runs"), Column("Year"),
                   Column("Worth", "1000 EUR/year"), words("Why"))  # fmt: skip
        rows = [
            [str(row["contingency"]), stream(row), look.share(row["share_of_runs"]), look.year(row["year"]),
             look.count(row["value"] / 1e3), look.words(row["reason"])]
            for row in often.head(MOST_ROWS).to_dict("records")
        ]  # fmt: skip
        note = f"Earlier than in the twin, in {look.share(SELDOM)} of runs or more.{_rest(seldom, 'cascade.parquet')}"
        parts.append(Table("Streams of others that end", columns, rows, note))
    return parts


def replaced(table: pd.DataFrame | None, runs: int) -> list[Block]:
    """Lost streams by worth: how much of each the partner that is left replaced, how soon, by whom."""
    if table is None or table.empty:
        return []
    worth = table["value"] * table["runs"] / runs
    ordered = table.assign(worth=worth).sort_values("worth", ascending=False, kind="stable")
    rows: Rows = [
        [str(row["contingency"]), stream(row), str(row["partner"]), look.fixed(row["worth"] / 1e6, 2),
         look.share(row["share"]), look.number(row["years"]), row["by"] or "nobody"]
        for row in ordered.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    columns = (
        words("Loss of"), words("Lost stream"), words("Who is left without"), Column("Worth", "M EUR/year"),
        Column("Replaced"), Column("Years"), words("Most often by"),
    )  # fmt: skip
    note = (
        "Worth: a year, mean of all runs. Years: median until the first new stream, where there is one."
        f"{_rest(len(table) - len(rows), 'replaced.parquet')}"
    )
    return [Table("What stood in for lost streams", columns, rows, note)]


def pairs(table: pd.DataFrame | None, unit: str) -> list[Block]:
    """Pairs that cost more, or less, than their parts, beyond chance."""
    if table is None or table.empty:
        return []
    sure = table[table["p_adjusted"] < SURE]
    more, less = sure[sure["interaction"] > 0], sure[sure["interaction"] < 0]
    head, written = scaled(unit, table[["both", "interaction"]])
    rows: Rows = [
        [str(row["contingency"]), *(written(row[name]) for name in ("both", "loss_one", "loss_other", "interaction")),
         f"{written(row['low'])} to {written(row['high'])}"]
        for row in [*more.head(MOST_PAIRS).to_dict("records"), *less.head(MOST_PAIRS).to_dict("records")]
    ]  # fmt: skip
    columns = (
        words("Pair"),
        *(Column(name, head) for name in ("Both", "First", "Second", "Beyond the parts", "95 %")),
    )
    note = f"Beyond chance, adjusted for many tests: {len(more)} cost more, {len(less)} less, of {len(table)} pairs."
    return [Table("Pairs against their parts", columns, rows, note)]


def differences(table: pd.DataFrame | None, by: str) -> list[Block]:
    """Each loss in another setting or mode beside the loss as it is: the difference of differences."""
    if table is None or table.empty:
        return []
    parts: list[Block] = []
    own = table[table["measure"] == by]
    for against, chosen in own.groupby("against", sort=False):
        head, written = scaled(str(chosen["unit"].iloc[0]), chosen[["loss", "loss_against"]])
        ordered = chosen.reindex(chosen["difference"].abs().sort_values(ascending=False).index)
        rows: Rows = [
            [str(row["contingency"]), *(written(row[name]) for name in ("loss", "loss_against", "difference")),
             f"{written(row['low'])} to {written(row['high'])}", look.number(row["p_adjusted"], 2)]
            for row in ordered.head(MOST_ROWS).to_dict("records")
        ]  # fmt: skip
        columns = (words("Loss of"), Column("As it is", head), Column("Against it", head), Column("Difference", head),
                   Column("95 %", head), Column("p, adjusted"))  # fmt: skip
        note = "The same seeds, each setting with twins of its own. Below zero: the loss costs less there."
        parts.append(Table(str(against), columns, rows, note))
    return parts


def smallest_sets(table: pd.DataFrame | None, limit: str | None) -> list[Block]:
    """The sets of losses that take the park to the limit most often, the smallest first."""
    if table is None or table.empty or not limit:
        return []
    rows: Rows = [
        [str(row["contingency"]), look.count(row["order"]), look.share(row["share"]), look.number(row["lowest"]),
         "yes" if row["reached"] else "no"]
        for row in table.head(2 * MOST_PAIRS).to_dict("records")
    ]  # fmt: skip
    columns = (words("Losses"), Column("How many"), Column("Runs beyond the limit"), Column("Lowest, median"),
               words("At least half"))  # fmt: skip
    without = float(table["share_without"].iloc[0])
    note = f"Without any loss {look.share(without)} of runs.{_rest(len(table) - len(rows), 'smallest_sets.parquet')}"
    return [Table(f"Sets of losses that take the park to {limit}", columns, rows, note)]


def network(table: pd.DataFrame | None, unit: str) -> list[Block]:
    """Rank by what a loss costs beside the rank by the network efficiency that goes with the company."""
    if table is None or len(table) < 3:
        return []
    head, written = scaled(unit, table["loss"])
    rows: Rows = [
        [str(row["company"]), look.count(row["rank_by_loss"]), look.count(row["rank_by_efficiency_loss"]),
         written(row["loss"]),
         look.share(row["efficiency_loss"]), look.fixed(row["partners"], 1), look.fixed(row["value"] / 1e6, 2)]
        for row in table.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    columns = (
        words("Company"), Column("by cost", group="Rank"), Column("by efficiency", group="Rank"), Column("Cost", head),
        Column("Efficiency lost"), Column("Partners"), Column("Worth of its streams", "M EUR/year"),
    )  # fmt: skip
    note = "Efficiency of the network of streams (Latora and Marchiori 2001) that is lost when the company is cut out of it."
    return [Table("Beside the network of streams", columns, rows, note)]


def stream(row: Mapping[Hashable, Any]) -> str:
    """A stream in words: FGD gypsum, Power station to Plasterboard works."""
    return f"{look.words(row['residue'])}, {row['supplier']} to {row['receiver']}"


def _rest(count: int, file: str) -> str:
    return f" {look.count(count)} more: {file}." if count > 0 else ""

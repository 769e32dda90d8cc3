"""Who held each contract when: a succession passes it on, and it keeps its row.

The frame of contracts has the last holders; this has those of every date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def holders(contracts: pd.DataFrame, events: pd.DataFrame, last: float) -> pd.DataFrame:
    """A row for every pair of companies that held a contract in operation: `starts`, `ends` (decimal years).

    Without a succession that is a row a contract. Contracts that did not come into operation before
    `last`, the end of the run, are left out; `contract` is the row in the frame of contracts.
    """
    table = contracts[contracts["starts"] < last]
    whole = table[["residue", "input", "class", "quantity", "starts"]].assign(
        contract=table.index,
        supplier=table["begun_by_supplier"],
        receiver=table["begun_by_receiver"],
        ends=table["ends"].clip(upper=last),
    )
    turns = events[(events["contract"] >= 0) & events["what"].isin(["takes over", "stream is divided"])]
    moved = turns[turns["contract"].isin(whole.index)]
    if moved.empty:
        held = whole
    else:
        rows = [
            row
            for contract, own in moved.groupby("contract")
            for row in _turns(whole.loc[contract].to_dict(), own.to_dict("records"))
        ]
        rest = whole[~whole.index.isin(moved["contract"])].to_dict("records")
        held = whole.iloc[:0].reset_index(drop=True)
        held = type(held)([*rest, *rows], columns=whole.columns).astype(whole.dtypes.to_dict())
    held = held[held["starts"] < held["ends"]].sort_values(["contract", "starts"], kind="stable")
    first = ["contract", "supplier", "receiver", "residue", "input", "class", "quantity", "starts", "ends"]
    return held[first].reset_index(drop=True)


def _turns(whole: dict, turns: list[dict]) -> list[dict]:
    """The spans of one contract: the first pair until it was passed on, and every pair after that.

    The part of a divided contract begins with the pair that it was made for.
    """
    spans = [dict(whole)]
    for turn in turns:
        pair = {"supplier": turn["company"], "receiver": turn["partner"]}
        if turn["what"] == "stream is divided":
            spans[0] |= pair
            continue
        when = max(turn["year"], whole["starts"])
        spans[-1]["ends"] = when
        spans.append({**whole, **pair, "starts": when})
    return spans

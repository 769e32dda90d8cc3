"""Offers of a negotiation round by round, recomputed from its row with the rule of the bargaining."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from agents.bargaining import offer
from simulation.scenario import Scenario

from . import look

Row = Mapping[Any, Any]
PER_LINE = 10
"""Rounds in a line of the table of offers."""


def offers(scenario: Scenario, talk: Row) -> pd.DataFrame:
    """What either side offers in each round that was played: `round`, `ask`, `bid` (EUR a unit)."""
    rounds = scenario.bargaining.rounds
    ask_from = max(talk["opening_supplier"], talk["stated_min"])
    bid_from = min(talk["opening_receiver"], talk["stated_max"])
    rows = []
    for n in range(1, int(talk["rounds"]) + 1):
        ask = offer(ask_from, talk["stated_min"], n, rounds, talk["pace_supplier"])
        bid = offer(bid_from, talk["stated_max"], n, rounds, talk["pace_receiver"])
        rows.append((n, ask, bid))
    return pd.DataFrame(rows, columns=["round", "ask", "bid"])


def offers_table(scenario: Scenario, talk: Row) -> list[str]:
    """The offers as lines of text, ten rounds in each."""
    table, lines = offers(scenario, talk), []
    largest = table[["ask", "bid"]].abs().max().max()
    places = 1 if largest >= 10 else 2 if largest >= 1 else 3
    for start in range(0, len(table), PER_LINE):
        part = table.iloc[start : start + PER_LINE]
        cells = {
            "round": [look.count(n) for n in part["round"]],
            "asks": [look.fixed(price, places) for price in part["ask"]],
            "bids": [look.fixed(price, places) for price in part["bid"]],
        }
        width = max(len(cell) for row in cells.values() for cell in row)
        lines += [f"  {name:6}" + "".join(f" {cell:>{width}}" for cell in row) for name, row in cells.items()]
    return lines

"""Why two companies did not talk in a quarter, use by use: the reasons counted and put into words."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from . import look
from .pair import Pair
from .watch import STATES

WIDTH = 80
REASONS = {
    "not met": "they had not met",
    "supplier absent": "{supplier} was not there",
    "receiver absent": "{receiver} was not there",
    "stopped trading": "one of them had stopped trading",
    "not practised": "nobody practised this use yet",
    "no gain": "a unit was worth less than its treatment",
    "no residue": "{supplier} had none to leave",
    "no need": "{receiver} had no need",
    "taken": "it was promised to others, or too little was left",
    "not worth a talk": "it did not pay",
    "cooling off": "they let a failed talk rest",
    "others first": "one of them had better offers to talk about",
}
WITH_VALUE = ("not worth a talk", "cooling off", "others first")
"""States in which there was something on offer."""


def told(pair: Pair, residue: str | None = None) -> list[str]:
    """A paragraph for each use: how many quarters passed without a talk, and why."""
    watched = watched_of(pair, residue)
    parts = []
    groups: Any = watched.groupby(["residue", "input"])
    for (left, used), quarters in groups:
        lines = [f"Quarters without a talk on {look.words(left)} for {look.words(used)}:"]
        for state in STATES:
            own = quarters[quarters["state"] == state]
            if len(own) and state in REASONS:
                lines.append(f"{len(own):6d}  {_said(pair, state, own)}")
        if len(lines) > 1:
            parts.append("\n".join(lines))
    return parts


def main_reason(pair: Pair, residue: str | None = None) -> str:
    """In a clause, what stood between them: the reason nearest to a talk that held in any quarter."""
    if pair.met is None:
        return "they never met"
    watched = watched_of(pair, residue)
    if watched.empty:
        return f"{look.number(pair.distance)} km are too far for every carrier"
    states = set(watched["state"])
    nearest = next(state for state in reversed(STATES) if state in states)
    return reason(pair, nearest)


def watched_of(pair: Pair, residue: str | None) -> pd.DataFrame:
    """The watched quarters, of one residue where it is named."""
    watched = pair.watched
    return watched if residue is None else watched[watched["residue"] == residue]


def reason(pair: Pair, state: str) -> str:
    """A state in words."""
    return REASONS[state].format(supplier=pair.supplier, receiver=pair.receiver)


def _said(pair: Pair, state: str, own: pd.DataFrame) -> str:
    first, last = look.date(own["year"].iloc[0]), look.date(own["year"].iloc[-1])
    words = f"{reason(pair, state)} ({first if first == last else f'{first} to {last}'})"
    if state in WITH_VALUE:
        best: Any = own.sort_values("value", kind="stable").iloc[-1]
        words += f"; at best, in {look.date(best['year'])}, {look.money(best['value'])} a year"
        words += f" for {look.money(best['capital'])} of capital"
    return textwrap.fill(words, WIDTH - 8, subsequent_indent=" " * 8)

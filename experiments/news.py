"""News of a park: what the journal of a run holds, in sentences by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from simulation.events import Event, parse_event

from . import look

Row = Mapping[Any, Any]
MOST_NAMED = 6
FIELD_VERBS = ("price", "levy", "set")
"""Verbs that the journal knows as one: they set a field."""


@dataclass(frozen=True)
class News:
    """Sentences of one year, the ones that change who is there or what rules before the rest."""

    year: int
    turning: list[str]
    daily: list[str]


def news(result: Any) -> list[News]:
    """What happened in a run, a year at a time; years without any news are left out."""
    table = result.events
    first = float(result.indicators["year"].iloc[0])
    scheduled = [parse_event(words) for words in result.scenario.events]
    found = []
    for year, own in table.groupby(table["year"].astype(int)):
        rows = own.to_dict("records")
        turning = [_from_outside(row, scheduled) for row in rows if row["what"] == "intervention"]
        turning += _comings(rows, first)
        turning += [_leaving(row) for row in rows if row["what"] == "leaves" and row["reason"] != "withdrawn"]
        turning += _successions(rows)
        daily = [said(row, result.contracts) for row in rows if (said := SENTENCES.get(row["what"]))]
        found.append(News(int(year), turning, daily + _counted(rows)))
    return [each for each in found if each.turning or each.daily]


def event_in_words(event: Event, when: str) -> str:
    """An event from outside as a clause: Gyproc leaves in 1998."""
    value = event.value if event.value is not None else 0.0
    clauses = {
        "withdraw": f"{event.object} leaves",
        "stop-trading": f"{event.object} stops trading",
        "resume-trading": f"{event.object} trades again",
        "shrink": f"{event.object} shrinks by {look.share(value)}",
        "close": f"{event.process} of {event.company} closes",
        "invite": f"{event.object} is invited",
        "facilitator": f"the association {'begins' if value else 'stops'} its work",
        "set": f"{event.object} becomes {look.number(value)}",
        "price": f"the price of {look.words(event.object)} is {look.number(value)} times what it was",
        "levy": f"the landfill levy is {look.number(value)} times what it was",
    }
    announced = f", announced {look.span(value)} ahead" if event.verb == "withdraw" and value else ""
    return f"{clauses[event.verb]} {when}{announced}"


def _from_outside(row: Row, scheduled: list[Event]) -> str:
    """An intervention in the words of the event that the scenario holds, else in those of the journal."""
    for event in scheduled:
        verb = "set" if event.verb in FIELD_VERBS else event.verb
        about = verb == "set" or row["company"] in ("", event.company)
        if event.quarter == round(4 * row["year"]) and verb == row["reason"] and about:
            scheduled.remove(event)
            return f"From outside: {event_in_words(event, f'in {look.date(row["year"])}')}."
    whom = f" {row['company']}" if row["company"] and row["reason"] != "set" else ""
    return f"From outside: {row['reason']}{whom}."


def _comings(rows: Sequence[Row], first: float) -> list[str]:
    here = [row["company"] for row in rows if row["what"] == "arrives" and row["year"] == first]
    said = [f"At the start: {_named(here)}."] if here else []
    come = [row["company"] for row in rows if row["what"] == "arrives" and row["year"] > first]
    return said + ([f"{_named(come)} {_verb(come, 'arrives', 'arrive')}."] if come else [])


def _leaving(row: Row) -> str:
    return f"{row['company']} {'fails and leaves' if row['reason'] == 'failed' else 'leaves'}."


def _successions(rows: Sequence[Row]) -> list[str]:
    handed = [row for row in rows if row["what"] == "takes over" and row["contract"] < 0]
    return [f"{row['company']} takes over part of {row['partner']}." for row in handed]


def _begins(row: Row, contracts: pd.DataFrame) -> str:
    price = f"{look.number(row['value'])} EUR/{contracts['unit'].iat[row['contract']]}"
    return f"{row['company']} begins to send {look.words(row['residue'])} to {row['partner']}, signed at {price}."


def _ends(row: Row, _contracts: pd.DataFrame) -> str:
    why = f": {row['reason']}" if row["reason"] else ""
    return f"{look.sentence(look.words(row['residue']))} from {row['company']} to {row['partner']} ends{why}."


def _reduces(row: Row, _contracts: pd.DataFrame) -> str:
    goods = look.words(row["residue"])
    return f"{row['company']} cuts {goods} at its origin instead of trading it."


def _process(verb: str) -> Callable[[Row, pd.DataFrame], str]:
    return lambda row, _contracts: f"{row['company']}: {row['process']} {verb}."


SENTENCES: dict[str, Callable[[Row, pd.DataFrame], str]] = {
    "stream starts": _begins,
    "stream ends": _ends,
    "reduces at the origin": _reduces,
    "process starts": _process("starts"),
    "process ends": _process("ends"),
}


def _counted(rows: Sequence[Row]) -> list[str]:
    """What happens too often to be told one by one."""
    joined = [row["company"] for row in rows if row["what"] == "joins the association"]
    said = [f"{_named(joined)} {_verb(joined, 'joins', 'join')} the association."] if joined else []
    for what, many in (
        ("renews", ("contract is renewed", "contracts are renewed")),
        ("re-prices", ("contract gets a new price", "contracts get a new price")),
        (
            "is introduced",
            ("pair is introduced by the association", "pairs are introduced by the association"),
        ),
    ):
        count = sum(row["what"] == what for row in rows)
        if count:
            said.append(f"{look.plural(count, *many)}.")
    return said


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def _named(names: Sequence[str]) -> str:
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown.append(f"{look.count(len(names) - MOST_NAMED)} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"

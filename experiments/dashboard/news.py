"""What happened, in sentences: the journal of a park from its tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments import look
from simulation import journal
from simulation.frames import REASONS
from simulation.happenings import VERB_WORDS

from .changes import change
from .course import Course

SMALL_TALK = (
    journal.RENEWS,
    journal.REPRICES,
    journal.ENLARGES,
    journal.INTRODUCES,
    journal.PROCESS_STARTS,
    journal.PROCESS_ENDS,
)
"""What happens often and matters less; told only where all is asked for."""


def news(course: Course, most: int = 40, everything: bool = False, company: int = -1) -> list[dict[str, Any]]:
    """The latest events, newest first: `date`, `text`, `kind`, and the `contract` and `company` to click.

    What the park began with is left out. `company` asks for one company's own story.
    """
    table = course.tables.journal
    found: list[dict[str, Any]] = []
    for row in range(int(course.tables.clock[0]["events"]) - 1, -1, -1):
        line = table[row]
        if company >= 0 and company not in (int(line["company"]), int(line["partner"])):
            continue
        if not everything and int(line["kind"]) in SMALL_TALK:
            continue
        if int(line["quarter"]) == 0 and int(line["kind"]) == journal.ARRIVES:
            continue
        text = sentence(course, row)
        if text:
            found.append(
                {
                    "key": row,
                    "date": look.date(course.foundation.calendar.year(int(line["quarter"]))),
                    "text": text,
                    "kind": _tone(int(line["kind"])),
                    "contract": int(line["contract"]),
                    "company": int(line["company"]),
                }
            )
        if len(found) >= most:
            break
    return found


def _tone(kind: int) -> str:
    """Gain, loss, or neither: what the mark before a sentence says."""
    if kind in (journal.ARRIVES, journal.STARTS, journal.SIGNS, journal.JOINS):
        return "gain"
    if kind in (journal.LEAVES, journal.ENDS):
        return "loss"
    return "act" if kind == journal.INTERVENES else "other"


def sentence(course: Course, row: int) -> str:
    """One line of the journal in words, without its date."""
    line = course.tables.journal[row]
    names = course.foundation.names
    who = names.companies[int(line["company"])] if line["company"] >= 0 else "the park"
    other = names.companies[int(line["partner"])] if line["partner"] >= 0 else ""
    reason = REASONS.get(int(line["reason"]), "")
    kind = int(line["kind"])
    if kind in (journal.SIGNS, journal.STARTS, journal.ENLARGES):
        return _stream(course, line, who, other)
    if kind == journal.INTERVENES:
        return change(course, row) or _intervention(line, who)
    good = look.words(names.resources[int(line["resource"])]) if line["resource"] >= 0 else "its streams"
    if kind == journal.SUCCEEDS:
        own = "part of the business" if line["contract"] < 0 else f"the stream of {good}"
        return f"{who} takes over {own} {'from' if line['contract'] < 0 else 'to'} {other}"
    process = (
        names.processes[int(line["value"])][1]
        if kind in (journal.PROCESS_STARTS, journal.PROCESS_ENDS)
        else ""
    )
    said = {
        journal.PLANS: f"{who} plans to come",
        journal.ARRIVES: f"{who} moves in",
        journal.LEAVES: f"{who} leaves" + (f" ({reason})" if reason else ""),
        journal.ENDS: f"{who} no longer supplies {good} to {other}" + (f" ({reason})" if reason else ""),
        journal.RENEWS: f"{who} and {other} renew their contract on {good}",
        journal.REPRICES: f"{who} and {other} agree on a new price for {good}",
        journal.JOINS: f"{who} joins the association",
        journal.INTRODUCES: f"the association introduces {who} to {other}",
        journal.REDUCES: f"{who} cuts its {good} at the origin",
        journal.PROCESS_STARTS: f"{who} starts {process}",
        journal.PROCESS_ENDS: f"{who} ends {process}",
        journal.BUILDS_AHEAD: f"{who} builds a larger pipe than it needs today",
        journal.SPLITS: f"the stream of {good} from {who} is divided, a part goes to {other}",
    }
    return look.sentence(said.get(kind, ""))


def price_told(price: float, unit: str) -> str:
    """A price from the supplier's side: at 3 EUR/t, for nothing, or with a gate fee that it pays."""
    if abs(price) < 0.005:
        return "for nothing"
    return (
        f"at {look.number(price)} EUR/{look.unit(unit)}"
        if price > 0
        else f"with a gate fee of {look.number(-price)} EUR/{look.unit(unit)}"
    )


def _stream(course: Course, line: Any, who: str, other: str) -> str:
    """A stream that is agreed on, begins, or grows, with the amounts of that time."""
    contract, names = course.tables.contracts[int(line["contract"])], course.foundation.names
    resource, kind, value = int(line["resource"]), int(line["kind"]), float(line["value"])
    good, unit = look.words(names.resources[resource]), names.units[resource]
    if kind == journal.ENLARGES:
        more = look.amount(value, f"{look.unit(unit)} a year")
        return f"{who} and {other} agree on {more} more of {good}"
    quantity, rounds = float(contract["quantity"].sum()), ""
    talk = signing(course, int(line["contract"]))
    if talk >= 0:
        held = course.tables.negotiations[talk]
        quantity, rounds = float(held["quantity"]), f", agreed in round {int(held['rounds'])}"
    amount = look.amount(quantity, f"{look.unit(unit)} a year")
    what = f"{good} to {other}, {amount}, {price_told(value, unit)}{rounds}"
    if kind == journal.STARTS:
        return f"{who} supplies {what}"
    starts = look.date(course.foundation.calendar.year(int(contract["starts"])))
    return f"{who} will supply {what}; deliveries begin in {starts}"


def signing(course: Course, row: int) -> int:
    """Row of the negotiation that began a contract, which renewals have had others since; -1 if there was none."""
    tables = course.tables
    contract, talks = tables.contracts[row], tables.negotiations[: int(tables.clock[0]["negotiations"])]
    held = talks["quarter"] == contract["signed"]
    held &= (talks["opportunity"] == contract["opportunity"]) & (talks["outcome"] == 1)
    return int(np.flatnonzero(held)[-1]) if held.any() else -1


def _intervention(line: Any, who: str) -> str:
    verb = VERB_WORDS.get(int(line["reason"]), "")
    said = {
        "withdraw": f"{who} is withdrawn",
        "withdrawal announced": f"{who} announces that it will leave",
        "stop-trading": f"{who} stops trading",
        "resume-trading": f"{who} may trade again",
        "shrink": f"{who} shrinks by {look.share(float(line['value']))}",
        "close": f"{who} closes a process",
        "invite": f"{who} is invited",
        "facilitator": f"The association {'begins' if line['value'] else 'stops'} its work",
        "set": "A rule or a price is changed",
    }
    return said.get(verb, verb)

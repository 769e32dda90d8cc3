"""A stream as a click tells it: the contract in facts, and its negotiation to be drawn."""

from __future__ import annotations

from typing import Any

from agents.fields import ENDED, NEVER
from experiments import look
from experiments.offers import offers
from experiments.pair import Pair
from experiments.talk import told
from simulation.founding_rows import CLASSES
from simulation.frames import REASONS

from .course import Course
from .news import price_told


def stream(course: Course, row: int) -> dict[str, Any]:
    """A contract in facts, and the negotiation that made it."""
    tables, names, calendar = course.tables, course.foundation.names, course.foundation.calendar
    contract = tables.contracts[row]
    resource = int(tables.residues["resource"][contract["residue"]])
    unit = names.units[resource]
    supplier, receiver = (int(contract[side]) for side in ("supplier", "receiver"))
    used = names.resources[int(tables.substitutions["input"][contract["substitution"]])]
    pipe = bool(tables.connections["pipe"][contract["connection"]])
    distance = float(tables.opportunities["distance"][contract["opportunity"]])
    facts = [
        ["replaces", look.words(used)],
        ["quantity", look.amount(float(contract["quantity"].sum()), f"{look.unit(unit)}/yr")],
        *_signed(course, row, unit),
        ["price now", price_told(float(contract["price"]), unit)],
        ["delivers since", look.date(calendar.year(int(contract["starts"])))],
        ["carried", f"{'by pipe' if pipe else 'by truck or ship'} over {look.number(distance)} km"],
        [
            "built for",
            look.money(float(contract["capex"])) if contract["capex"] else "nothing had to be built",
        ],
        ["renewed", look.plural(int(contract["renewals"]), "time")],
        ["introduced by the association", "yes" if contract["facilitated"] else "no"],
    ]
    if contract["status"] == ENDED and contract["ends"] < NEVER:
        facts.append(
            [
                "ended",
                f"{look.date(calendar.year(int(contract['ends'])))}, {REASONS.get(int(contract['reason']), '')}",
            ]
        )
    talk = int(contract["negotiation"])
    return {
        "id": row,
        "supplier": names.companies[supplier],
        "supplier_row": supplier,
        "receiver": names.companies[receiver],
        "receiver_row": receiver,
        "residue": look.words(names.resources[resource]),
        "class": CLASSES[int(tables.resources["class_"][resource])],
        "over": bool(contract["status"] == ENDED),
        "facts": facts,
        "talk": negotiation(course, talk) if talk >= 0 else None,
    }


def _signed(course: Course, row: int, unit: str) -> list[list[str]]:
    """The price in the contract, where it is not the one of the last round: that one is for equal shares of the capital."""
    contract = course.tables.contracts[row]
    if contract["negotiation"] < 0:
        return []
    bargained = float(course.tables.negotiations[contract["negotiation"]]["price"])
    signed, share = float(contract["signed_price"]), float(contract["capital_share"])
    if abs(signed - bargained) < 0.002 * abs(bargained):
        return []
    because = f"the supplier pays {look.share(share)} of the connection; bargained for half of it"
    return [["price as signed", f"{price_told(signed, unit)} ({because})"]]


def negotiation(course: Course, row: int) -> dict[str, Any]:
    """One negotiation to be drawn: limits of both, offers by round, outcome; and the same in sentences."""
    result = course.result
    talk = {str(key): value for key, value in result.negotiations.iloc[row].to_dict().items()}
    pair = Pair.of(result, talk["supplier"], talk["receiver"])
    table = offers(course.scenario, talk) if course.scenario.bargaining.protocol == "concession" else None
    played = [] if table is None else table.to_numpy().tolist()
    signed = talk["outcome"] == "signed"
    return {
        "id": row,
        "supplier": talk["supplier"],
        "receiver": talk["receiver"],
        "residue": look.words(talk["residue"]),
        "unit": f"EUR/{look.unit(talk['unit'])}",
        "date": look.date(talk["year"]),
        "least": float(talk["p_min"]),
        "most": float(talk["p_max"]),
        "offers": [[int(n), round(ask, 4), round(bid, 4)] for n, ask, bid in played],
        "price": float(talk["price"]) if signed else None,
        "price_told": price_told(float(talk["price"]), talk["unit"]) if signed else "",
        "signed": signed,
        "outcome": f"agreed in round {int(talk['rounds'])}"
        if signed
        else f"failed: {talk['reason'] or 'no agreement'}",
        "lines": [line for line in told(pair, talk, row) if not line.startswith("  ")],
    }

"""What a click on a company tells: accounts, processes, streams, trust, talks, its story."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.fields import OPERATING, PRESENT
from experiments import look
from simulation.founding_rows import CLASSES
from simulation.frames import REASONS
from simulation.judging import direct_trust
from simulation.state import for_rules

from .course import Course
from .news import news, price_told
from .sectors import group_of

MOST_TALKS = 12


def company(course: Course, row: int) -> dict[str, Any]:
    """Everything about one company: `facts`, `accounts`, `processes`, `streams`, `unused`, `unmet`, `trust`, `story`."""
    tables, names = course.tables, course.foundation.names
    own = tables.companies[row]
    stated = {**course.scenario.companies, **course.scenario.prospects}[names.companies[row]]
    here = int(own["status"]) == PRESENT
    facts = [
        stated.kind,
        group_of(stated.sector).name,
        f"{look.count(float(own['jobs']))} jobs" if here else "not in the park",
    ]
    if own["external"]:
        facts.append(f"{look.number(float(own['distance']))} km away")
    if own["member"]:
        facts.append("member of the association")
    return {
        "row": row,
        "name": names.companies[row],
        "facts": [each for each in facts if each],
        "here": here,
        "accounts": _accounts(course, row),
        "processes": _processes(course, row),
        "streams": _streams(course, row),
        "unused": _balances(course, row, "residues"),
        "unmet": _balances(course, row, "needs"),
        "trust": trust_of(course, row),
        "talks": _talks(course, row),
        "story": news(course, 12, everything=True, company=row),
    }


def _accounts(course: Course, row: int) -> list[list[str]]:
    """The last whole year in words and money; the current cash."""
    tables, calendar = course.tables, course.foundation.calendar
    first = int(np.floor(calendar.first_year))
    year = int(np.floor(course.year - 1e-9)) - (0 if (course.year % 1 == 0) else 1)
    place = (year - first) * len(tables.companies) + row
    rows: list[list[str]] = []
    if year >= first and place < len(tables.accounts):
        books = tables.accounts[place]
        for name, label in (
            ("sales", "sales"),
            ("virgin", "inputs bought"),
            ("disposal", "disposal and levies"),
            ("stream_income", "received for residues"),
            ("stream_payments", "paid for residues"),
            ("savings", "gain from streams, before capital"),
            ("profit", "profit before tax"),
        ):
            value = float(books[name])
            if name == "stream_payments" and value < 0:
                label, value = "received for taking residues", -value
            if value:
                rows.append([f"{label}, {year}", look.money(value)])
    return [*rows, ["cash now", look.money(float(tables.companies[row]["cash"]))]]


def _processes(course: Course, row: int) -> list[list[str]]:
    tables, names = course.tables, course.foundation.names
    everyone = {**course.scenario.companies, **course.scenario.prospects}
    found = []
    for place in range(
        int(tables.companies[row]["processes_from"]), int(tables.companies[row]["processes_to"])
    ):
        process = tables.processes[place]
        if process["activity"] <= 0:
            continue
        owner, name = names.processes[place]
        stated = everyone[owner].processes.get(name)
        kind = course.scenario.archetypes.get(stated.archetype or "") if stated else None
        unit = (stated.unit if stated else "") or (kind.unit if kind else "")
        product = (stated.product if stated else "") or (kind.product if kind else "")
        said = f"{look.number(4 * float(process['activity']))} {unit}/yr of {product}".strip()
        found.append([name, said])
    return found


def _balances(course: Course, row: int, kind: str) -> list[list[str]]:
    """Residues that nobody takes, or needs bought virgin, in the last quarter as yearly amounts; the dearest first."""
    tables, names = course.tables, course.foundation.names
    table = getattr(tables, kind)
    own, price = tables.companies[row], "disposal" if kind == "residues" else "price"
    found = []
    for place in range(int(own[f"{kind}_from"]), int(own[f"{kind}_to"])):
        rest, resource = 4 * float(table[place]["rest"]), int(table[place]["resource"])
        if rest <= 0:
            continue
        unit = look.unit(names.units[resource])
        each = float(tables.resources[resource][price])
        what = "to dispose of" if kind == "residues" else "to buy"
        cost = (
            f"{look.number(each)} EUR/{unit} {what}"
            if each >= 0
            else f"worth {look.number(-each)} EUR/{unit}"
        )
        found.append(
            (abs(each * rest), [look.words(names.resources[resource]), look.amount(rest, f"{unit}/yr"), cost])
        )
    return [line for _, line in sorted(found, key=lambda item: -item[0])]


def _streams(course: Course, row: int) -> list[dict[str, Any]]:
    tables, names = course.tables, course.foundation.names
    found = []
    for place in np.sort(tables.open_contracts[: int(tables.clock[0]["open_contracts"])]).tolist():
        contract = tables.contracts[place]
        if row not in (int(contract["supplier"]), int(contract["receiver"])):
            continue
        gives = int(contract["supplier"]) == row
        partner = int(contract["receiver" if gives else "supplier"])
        age = (course.quarter - int(contract["starts"])) / 4
        resource = int(tables.residues["resource"][contract["residue"]])
        unit = names.units[resource]
        found.append(
            {
                "id": place,
                "partner": names.companies[partner],
                "partner_row": partner,
                "gives": gives,
                "class": CLASSES[int(tables.resources["class_"][resource])],
                "residue": look.words(names.resources[resource]),
                "quantity": look.amount(float(contract["quantity"].sum()), f"{look.unit(unit)}/yr"),
                "price": price_told(float(contract["price"]), unit),
                "age": look.span(age, 2) if contract["status"] == OPERATING else "not yet delivering",
            }
        )
    return found


def trust_of(course: Course, row: int) -> list[dict[str, Any]]:
    """Trust given to and received from everyone it has met, 0 to 1, the most trusted first."""
    tables = course.tables
    rules = for_rules(tables)
    found = []
    for tie in tables.ties[: int(tables.clock[0]["ties"])]:
        pair = (int(tie["a"]), int(tie["b"]))
        if row not in pair or tie["since"] >= course.quarter or tie["gone"]:
            continue
        other = pair[1] if pair[0] == row else pair[0]
        found.append(
            {
                "row": other,
                "name": course.foundation.names.companies[other],
                "given": round(float(direct_trust(rules, tie, row)), 2),
                "received": round(float(direct_trust(rules, tie, other)), 2),
                "streams": int(tie["streams"]),
            }
        )
    return sorted(found, key=lambda each: (-each["given"], each["name"]))


def _talks(course: Course, row: int) -> list[dict[str, Any]]:
    """Its latest negotiation with each partner on each residue, signed or not, newest first."""
    tables, names = course.tables, course.foundation.names
    table = tables.negotiations[: int(tables.clock[0]["negotiations"])]
    mine = np.flatnonzero((table["supplier"] == row) | (table["receiver"] == row))
    on = np.stack([table[mine][each] for each in ("supplier", "receiver", "substitution")], axis=1)
    _, last, times = np.unique(on[::-1], axis=0, return_index=True, return_counts=True)
    newest = np.argsort(last)[:MOST_TALKS]
    found = []
    for place, held in zip(mine[::-1][last[newest]].tolist(), times[newest].tolist(), strict=True):
        talk = table[place]
        other = int(talk["receiver"] if talk["supplier"] == row else talk["supplier"])
        residue = names.resources[int(tables.substitutions["residue"][talk["substitution"]])]
        outcome = "agreed" if talk["outcome"] else REASONS.get(int(talk["reason"]), "failed")
        found.append(
            {
                "id": place,
                "date": look.date(course.foundation.calendar.year(int(talk["quarter"]))),
                "partner": names.companies[other],
                "residue": look.words(residue),
                "outcome": outcome,
                "times": "" if held == 1 else f"{held} times so far",
                "signed": bool(talk["outcome"]),
            }
        )
    return found

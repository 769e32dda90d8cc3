"""What two companies could have traded in every quarter, and what kept them from talking about it.

The park is run once more, and their opportunities are looked at as they stand at the end of each
quarter, with the same rules that the companies use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from agents.fields import NEVER, PLANNED, PRESENT
from simulation.market import value_in_search
from simulation.run import advanced, started
from simulation.state import for_rules
from simulation.terms import draw_up, gain_per_unit, price_signal

if TYPE_CHECKING:
    from .pair import Pair

STATES = (
    "in a contract",
    "negotiated",
    "not met",
    "supplier absent",
    "receiver absent",
    "stopped trading",
    "not practised",
    "no gain",
    "no residue",
    "no need",
    "taken",
    "not worth a talk",
    "cooling off",
    "others first",
)
"""What an opportunity can be in a quarter, in the order in which it is asked."""


def watched(pair: Pair) -> pd.DataFrame:
    """A row a quarter and opportunity: `year`, `residue`, `input`, `state`, and what was on offer.

    `quantity` is units a year, `value` EUR a year for both before capital, `capital` EUR; `cash_*` and
    `credit_*` are what either had at the start of the quarter.
    """
    result, rows = pair.result, pair.opportunities()
    talks = _talks(result.park)
    park = started(result.foundation, result.seed, result.replicate)
    seen = []
    for quarter in range(int(result.park.clock[0]["quarter"])):
        money = _money(park, pair.rows)
        park = advanced(park, quarter + 1)
        made = int(park.clock[0]["opportunities"])
        park.clock[0]["quarter"] -= 1
        rules = for_rules(park)
        for row in rows:
            if row < made:
                about = _named(result.foundation, park, row, quarter)
                if (quarter, row) in talks:
                    seen.append(about | money | {"state": "negotiated"})
                else:
                    seen.append(about | money | _offered(park, rules, row, quarter))
        park.clock[0]["quarter"] += 1
    columns = ["year", "residue", "input", "state", "quantity", "value", "capital", *_money(park, pair.rows)]
    return pd.DataFrame(seen, columns=columns)


def _talks(park: Any) -> set[tuple[int, int]]:
    table = park.negotiations[: int(park.clock[0]["negotiations"])]
    return set(zip(table["quarter"].tolist(), table["opportunity"].tolist(), strict=True))


def _named(foundation: Any, park: Any, row: int, quarter: int) -> dict[str, Any]:
    names, use = foundation.names.resources, park.substitutions[int(park.opportunities[row]["substitution"])]
    residue, need = names[int(use["residue"])], names[int(use["input"])]
    return {"year": foundation.calendar.year(quarter), "residue": residue, "input": need}


def _offered(park: Any, rules: Any, row: int, quarter: int) -> dict[str, Any]:
    """State of an opportunity without a talk; and quantity, value and capital where there are any."""
    entry, terms = park.opportunities[row], park.terms[0]
    if (state := _hindrance(park, entry, quarter)) is not None:
        return {"state": state}
    if price_signal(rules, entry) <= park.substitutions[int(entry["substitution"])]["treatment"]:
        return {"state": "no gain"}
    terms["mediated"] = 0
    draw_up(rules, row, terms)
    if terms["feasible"] == 0:
        return {"state": _shortage(park, entry)}
    offered = {
        "quantity": float(terms["yearly"]),
        "value": float(gain_per_unit(terms) * terms["yearly"]),
        "capital": float(terms["pipe_capital"] + terms["plant_capital"]),
    }
    least = park.parameters[0]["trade_least_value"]
    if max(_search_values(park, rules, entry, terms, offered["value"])) <= least:
        return {"state": "not worth a talk", **offered}
    if entry["blocked_until"] <= quarter:
        return {"state": "others first", **offered}
    return {"state": "cooling off" if entry["tries"] else "not worth a talk", **offered}


def _hindrance(park: Any, entry: Any, quarter: int) -> str | None:
    """What keeps the two from talking whatever the opportunity is worth."""
    supplier, receiver = park.companies[int(entry["supplier"])], park.companies[int(entry["receiver"])]
    use = park.substitutions[int(entry["substitution"])]
    hindrances = {
        "in a contract": entry["contract"] >= 0,
        "not met": park.ties[int(entry["tie"])]["since"] > quarter,
        "supplier absent": supplier["status"] not in (PRESENT, PLANNED),
        "receiver absent": receiver["status"] not in (PRESENT, PLANNED),
        "stopped trading": not (supplier["trading"] and receiver["trading"]),
        "not practised": use["practised"] > quarter or use["practised"] >= NEVER,
    }
    return next((state for state, holds in hindrances.items() if holds), None)


def _shortage(park: Any, entry: Any) -> str:
    """Why there is no quantity: the supplier has none, the receiver needs none, or others have it all."""
    if park.residues[int(entry["residue"])]["expected"].sum() <= 0:
        return "no residue"
    return "no need" if park.needs[int(entry["need"])]["expected"].sum() <= 0 else "taken"


def _search_values(park: Any, rules: Any, entry: Any, terms: Any, value: float) -> list[float]:
    """What either side expects from public figures, EUR a year: the value that decides whether it calls."""
    entry["public_value"] = value
    sides = ((entry["supplier"], terms["k_supplier"]), (entry["receiver"], terms["k_receiver"]))
    return [float(value_in_search(rules, entry, int(row), k * terms["yearly"])) for row, k in sides]


def _money(park: Any, rows: tuple[int, int]) -> dict[str, float]:
    """Cash and credit line of both, EUR."""
    money = {}
    for side, row in zip(("supplier", "receiver"), rows, strict=True):
        owner = park.companies[row]
        money[f"cash_{side}"] = float(owner["cash"])
        money[f"credit_{side}"] = float(park.parameters[0]["economy_credit"] * owner["sales"])
    return money

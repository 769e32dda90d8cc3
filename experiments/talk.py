"""One negotiation in words: limits, trust, offers round by round, what decided it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agents.investment import most_payback_accepted
from agents.trust import least_trust
from agents.valuation import present_value_factor
from simulation import draws

from . import look
from .offers import offers, offers_table
from .pair import Pair

Row = Mapping[Any, Any]


def told(pair: Pair, talk: Row, number: int) -> list[str]:
    """The lines on one negotiation of a pair; `talk` is its row of the frame, `number` its place in it."""
    unit = f"EUR/{talk['unit']}"
    lines = [_opening(pair, talk)]
    surplus = talk["p_max"] - talk["p_min"]
    lines.append(
        f"Limits: {talk['supplier']} wants at least {look.number(talk['p_min'])} {unit}, {talk['receiver']} "
        f"pays at most {look.number(talk['p_max'])}: "
        + (f"{look.number(surplus)} to share." if surplus > 0 else f"{look.number(-surplus)} apart.")
    )
    if surplus > 0:
        lines.append(_mistrust(talk, unit))
        if pair.result.scenario.bargaining.protocol == "concession":
            lines += offers_table(pair.result.scenario, talk)
    lines.append(_outcome(pair, talk, number, unit))
    return lines


def payback_accepted(pair: Pair, talk: Row, number: int, as_supplier: bool) -> float:
    """The longest payback that one side accepts with this partner for this use, years."""
    park = pair.result.park
    rows = pair.rows if as_supplier else pair.rows[::-1]
    owner, partner = (park.companies[row] for row in rows)
    use = park.substitutions[int(park.negotiations[number]["substitution"])]
    clock = park.clock[0]
    u = draws.uniform(clock, draws.TASTE, owner["identity"], partner["identity"], 0, use["identity"])
    taste = pair.result.scenario.economy.payback_taste
    return float(most_payback_accepted(u, owner["payback_limit"], taste))


def _opening(pair: Pair, talk: Row) -> str:
    kind = " to renew their contract" if talk["renewal"] else ""
    first = talk["supplier"] if talk["first"] == "supplier" else talk["receiver"]
    brought = " The association had brought them together." if talk["facilitated"] else ""
    quantity = look.amount(talk["quantity"], f"{talk['unit']}/yr")
    goods = f"{look.words(talk['residue'])} for {look.words(talk['input'])}"
    return f"{look.date(talk['year'])}{kind}: {quantity} of {goods}. {first} started.{brought}"


def _mistrust(talk: Row, unit: str) -> str:
    hidden = (talk["stated_min"] - talk["p_min"]) + (talk["p_max"] - talk["stated_max"])
    return (
        f"Trust (0 to 1): {talk['supplier']} {look.number(talk['trust_supplier'], 2)}, {talk['receiver']} "
        f"{look.number(talk['trust_receiver'], 2)}. Mistrust hides {look.number(hidden)} {unit}: "
        f"they state {look.number(talk['stated_min'])} and {look.number(talk['stated_max'])}."
    )


def _outcome(pair: Pair, talk: Row, number: int, unit: str) -> str:
    if talk["outcome"] == "signed":
        agreed = f"Agreed after {look.plural(talk['rounds'], 'round')} on {look.number(talk['price'])} {unit}"
        return f"{agreed}. {_capital(pair, talk, number)}".rstrip()
    said = {
        "no surplus": _no_surplus,
        "hidden by mistrust": _hidden,
        "out of time": _out_of_time,
        "payback": _payback,
        "no cash": _no_cash,
        "trust": _trust,
    }.get(talk["reason"])
    reason = talk["reason"] or "no agreement"
    return f"Failed: {reason}. {said(pair, talk, number, unit) if said else ''}".rstrip()


def _no_surplus(pair: Pair, talk: Row, number: int, unit: str) -> str:
    short = talk["p_min"] - talk["p_max"]
    if short < 0:
        return "At the share of the capital that could be carried, nothing was left to share."
    yearly = look.money(short * talk["quantity"])
    capital = look.money(talk["capital"])
    return f"It would lose {look.number(short)} {unit}, {yearly} a year, with capital of {capital}."


def _hidden(pair: Pair, talk: Row, number: int, unit: str) -> str:
    hidden = (talk["stated_min"] - talk["p_min"]) + (talk["p_max"] - talk["stated_max"])
    surplus = talk["p_max"] - talk["p_min"]
    return f"There were {look.number(surplus)} {unit} to share, and {look.number(hidden)} were hidden."


def _out_of_time(pair: Pair, talk: Row, number: int, unit: str) -> str:
    first = talk["deadline_supplier"] <= talk["deadline_receiver"]
    who = talk["supplier"] if first else talk["receiver"]
    table = offers(pair.result.scenario, talk)
    deadline = min(talk["deadline_supplier"], talk["deadline_receiver"])
    ended = (
        f"{who} left after round {deadline}, its deadline"
        if talk["rounds"] >= deadline
        else "No round was left"
    )
    if table.empty:
        return f"{ended}."
    gap = table["ask"].iloc[-1] - table["bid"].iloc[-1]
    return f"{ended}; asks and bids were still {look.number(gap)} {unit} apart."


def _capital(pair: Pair, talk: Row, number: int) -> str:
    if talk["capital"] <= 0:
        return "No new capital was needed."
    part = f"of which {talk['supplier']} pays {look.share(talk['capital_share'])}"
    return f"Connection {look.money(talk['capital'])}, {part}; {_paybacks(pair, talk, number)}."


def _paybacks(pair: Pair, talk: Row, number: int) -> str:
    parts = []
    for side in ("supplier", "receiver"):
        limit = payback_accepted(pair, talk, number, side == "supplier")
        years = talk[f"payback_{side}"]
        share = talk["capital_share"] if side == "supplier" else 1 - talk["capital_share"]
        if share * talk["capital"] > 0:
            parts.append(
                f"payback for {talk[side]} {look.span(years, 2)}, "
                f"accepted to {look.number(max(0.0, limit), 2)}"
            )
    return "; ".join(parts)


def _payback(pair: Pair, talk: Row, number: int, unit: str) -> str:
    return f"Connection {look.money(talk['capital'])}; {_paybacks(pair, talk, number)}."


def _no_cash(pair: Pair, talk: Row, number: int, unit: str) -> str:
    watched = pair.watched
    then = watched[watched["year"] == talk["year"]].iloc[0]
    parts = []
    for side in ("supplier", "receiver"):
        share = talk["capital_share"] if side == "supplier" else 1 - talk["capital_share"]
        own = look.money(share * talk["capital"])
        has, credit = look.money(then[f"cash_{side}"]), look.money(then[f"credit_{side}"])
        parts.append(f"{talk[side]} would pay {own} and has {has} in cash and a credit line of {credit}")
    return f"{'; '.join(parts)} (at the start of the quarter)."


def _trust(pair: Pair, talk: Row, number: int, unit: str) -> str:
    """Stake and gain of either side at the share that was tried, and the trust at which it would sign."""
    scenario, park = pair.result.scenario, pair.result.park
    parts = []
    for side, row in zip(("supplier", "receiver"), pair.rows, strict=True):
        share = talk["capital_share"] if side == "supplier" else 1 - talk["capital_share"]
        own = share * talk["capital"]
        benefit = own / talk[f"payback_{side}"] if talk[f"payback_{side}"] > 0 else 0.0
        if benefit <= 0:
            continue
        term = scenario.contract.term_pipe if _by_pipe(pair, number) else scenario.contract.term_truck
        gain = benefit * present_value_factor(park.companies[row]["discount"], term)
        wanted = least_trust(gain, own + scenario.trust.exposure * benefit)
        parts.append(
            f"{talk[side]} stakes {look.money(own)} to gain {look.money(benefit)} a year: it would sign from "
            f"a trust of {look.number(wanted, 2)} on, and trusts {look.number(talk[f'trust_{side}'], 2)}"
        )
    return "; ".join(parts) + "." if parts else "No share of the capital was small enough for both."


def _by_pipe(pair: Pair, number: int) -> bool:
    park = pair.result.park
    opportunity = park.opportunities[int(park.negotiations[number]["opportunity"])]
    carried = park.resources[int(park.residues[int(opportunity["residue"])]["resource"])]
    return bool(carried["pipe"])

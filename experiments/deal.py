"""A contract in words: signed, delivered, renewed, passed on, ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from . import look
from .pair import Pair

Row = Mapping[Any, Any]


def contracts_of(pair: Pair, residue: str | None = None) -> pd.DataFrame:
    """Contracts that the pair signed, or held after a succession; the index is the place in the frame."""
    table, held = pair.result.contracts, pair.result.holders
    own = held[(held["supplier"] == pair.supplier) & (held["receiver"] == pair.receiver)]["contract"]
    signed = (table["begun_by_supplier"] == pair.supplier) & (table["begun_by_receiver"] == pair.receiver)
    chosen = table[signed | table.index.isin(own)]
    return chosen if residue is None else chosen[chosen["residue"] == residue]


def in_short(contract: Row) -> str:
    """Residue and years: steam from 1982 to 2019."""
    until = f" to {look.year(contract['ends'])}" if contract["status"] == "ended" else ""
    return f"{look.words(contract['residue'])} from {look.year(contract['starts'])}{until}"


def told(pair: Pair, contract: Row, number: int) -> str:
    """What became of a contract; `number` is its place in the frame."""
    quantity = look.amount(contract["quantity"], f"{contract['unit']}/yr")
    carriage = f"by {contract['carrier']} over {look.number(contract['distance'])} km"
    sentences = [
        f"{_signed(pair, contract, number)}.",
        f"It carries {quantity} {carriage}, for a capital of {look.money(contract['capex'])}.",
    ]
    if contract["status"] == "ordered":
        sentences.append(f"It was to start in {look.date(contract['starts'])}, after the end of the run.")
    else:
        sentences.append(f"{_delivered(contract)}.")
    return " ".join(sentences)


def _signed(pair: Pair, contract: Row, number: int) -> str:
    words = f"Contract on {look.words(contract['residue'])}, signed in {look.date(contract['signed'])}"
    names = (contract["begun_by_supplier"], contract["begun_by_receiver"])
    if names != (pair.supplier, pair.receiver):
        words += f" by {names[0]} and {names[1]}"
    price = _first_price(pair, number)
    if price is not None:
        words += f" at {_price(price, contract['unit'])}"
    now = (contract["supplier"], contract["receiver"])
    if now != names:
        words += f", later held by {now[0]} and {now[1]}"
    return words


def _delivered(contract: Row) -> str:
    words = f"Deliveries began in {look.date(contract['starts'])}"
    if contract["renewals"]:
        words += f", it was renewed {look.plural(contract['renewals'], 'time')}"
    words += f", the last price is {_price(contract['price'], contract['unit'])}"
    if contract["status"] == "ended":
        words += f"; it ended in {look.date(contract['ends'])}: {contract['reason'] or 'no reason noted'}"
    sent = look.amount(contract["sent_total"], contract["unit"])
    return f"{words}. In all {sent} were sent and {look.amount(contract['co2_avoided'], 't')} of CO2 avoided"


def _first_price(pair: Pair, number: int) -> float | None:
    """The price at signing; the frame keeps the last that was agreed."""
    events = pair.result.events
    signing = events[(events["what"] == "signs") & (events["contract"] == number)]
    return float(signing["value"].iloc[0]) if len(signing) else None


def _price(price: float, unit: str) -> str:
    return f"{look.number(price)} EUR/{unit}" + (" (a gate fee)" if price < 0 else "")

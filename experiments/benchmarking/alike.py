"""Trades of the model and of its peer in the same words, to ask whether they are the same."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.result import Result

from .peer import PeerPark

Trades = tuple[list[tuple[Any, ...]], np.ndarray]
"""For each contract in order of signing: who, what, when; and signed price, last price, cost, quantities."""


def trades(result: Result) -> Trades:
    """The contracts of a run of the model."""
    park, names = result.park, result.foundation.names
    rows, numbers = [], []
    for each in park.contracts[: int(park.clock[0]["contracts"])]:
        use = park.substitutions[each["substitution"]]
        pair = names.companies[each["supplier"]], names.companies[each["receiver"]]
        goods = names.resources[use["residue"]], names.resources[use["input"]]
        times = int(each["signed"]), int(each["starts"]), int(each["ends"]), int(each["renewals"])
        rows.append((*pair, *goods, *times, bool(each["facilitated"])))
        numbers.append([each["signed_price"], each["price"], each["carriage"], *each["quantity"]])
    return rows, np.array(numbers)


def trades_of_peer(park: PeerPark) -> Trades:
    """The contracts of a run of the peer."""
    rows, numbers = [], []
    for each in park.signed:
        use, pair = each.opportunity.use, (each.supplier.name, each.receiver.name)
        times = each.signed, each.starts, each.ends, each.renewals
        rows.append((*pair, use.residue.name, use.input.name, *times, each.facilitated))
        numbers.append([each.signed_price, each.price, each.carriage, *each.quantity])
    return rows, np.array(numbers)


def alike(one: Trades, other: Trades, tolerance: float = 1e-9) -> bool:
    """Whether two runs have the same trades: the same contracts, and numbers within a relative tolerance."""
    return one[0] == other[0] and np.allclose(one[1], other[1], rtol=tolerance, atol=0.0)

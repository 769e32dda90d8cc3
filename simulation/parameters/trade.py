"""Section `trade` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Trade(Entry):
    """Search for partners and the quantity of a contract."""

    attention: float = parameter(
        1,
        "negotiations that a company has time for in a quarter",
        unit="1/quarter",
        plausible=(1, 3),
        allowed=(0, 50),
        source=ESTIMATE,
    )
    prudence: float = parameter(
        0.85,
        "share of an expected flow that may be put into contracts (phi)",
        unit="1",
        plausible=(0.5, 1),
        allowed=(0.01, 1),
        source=ESTIMATE,
        live=True,
    )
    least_share: float = parameter(
        0.02,
        "least share of the smaller of the two flows that is worth a contract",
        unit="1",
        plausible=(0.01, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    least_value: float = parameter(
        0.0,
        "least yearly value that is worth a negotiation",
        unit="EUR/year",
        plausible=(0, 100e3),
        allowed=(0, 1e9),
        source=ESTIMATE,
        live=True,
    )
    transaction: float = parameter(
        50e3,
        "yearly cost of looking after a stream, each side",
        unit="EUR/year",
        plausible=(2e3, 100e3),
        allowed=(0, 1e9),
        source=ESTIMATE,
        live=True,
    )
    supplier_extra_share: float = parameter(
        0.5,
        "share of treatment and transport that the supplier pays (g)",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    cool_off: float = parameter(
        1.5,
        "time before a failed opportunity is tried again, doubled at each failure",
        unit="year",
        plausible=(0.5, 5),
        allowed=(0, 50),
        source=ESTIMATE,
        live=True,
    )
    cool_off_longest: float = parameter(
        12,
        "longest time before a failed opportunity is tried again",
        unit="year",
        plausible=(4, 20),
        allowed=(0, 100),
        source=ESTIMATE,
        live=True,
    )
    look_again: float = parameter(
        1.0,
        "time before an opportunity that pays for neither side is looked at again",
        unit="year",
        plausible=(0.25, 3),
        allowed=(0.25, 50),
        source=ESTIMATE,
        live=True,
    )
    price_move: float = parameter(
        0.10,
        "relative change of its price that reopens an opportunity",
        unit="1",
        plausible=(0.05, 0.5),
        allowed=(0.001, 100),
        source=ESTIMATE,
        live=True,
    )
    quantity_move: float = parameter(
        0.25,
        "relative change of its quantity that reopens an opportunity",
        unit="1",
        plausible=(0.1, 1),
        allowed=(0.001, 100),
        source=ESTIMATE,
        live=True,
    )

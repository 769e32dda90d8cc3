"""Section `town` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Town(Entry):
    """What the town gains: shadow prices and tax."""

    municipality: str = ""
    business_tax: float = parameter(
        0.02,
        "share of company profits that reaches the town",
        unit="1",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    shadow_co2: float = parameter(
        50,
        "shadow price of CO2",
        unit="EUR/t",
        plausible=(20, 200),
        allowed=(0, 1e4),
        source=ESTIMATE,
        live=True,
    )
    shadow_water: float = parameter(
        0.3,
        "shadow price of water",
        unit="EUR/m3",
        plausible=(0, 1),
        allowed=(0, 1e3),
        source=ESTIMATE,
        live=True,
    )
    waste_handling: float = parameter(
        10,
        "town's cost of a tonne of waste handled",
        unit="EUR/t",
        plausible=(0, 50),
        allowed=(0, 1e4),
        source=ESTIMATE,
        live=True,
    )

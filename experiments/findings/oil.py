"""Prices of oil, gas and heat held at those of a year: Kalundborg without the oil shocks, as events."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from simulation.run import foundation_of

FUELS = ("crude_oil", "heavy_oil", "natural_gas", "steam", "low_temp_heat", "low_grade_heat")
"""Goods whose price the scenario takes from that of crude oil in those years."""
UNTIL = 1986
"""Oil had fallen again: from here on prices are the recorded ones."""


@cache
def without_shocks(held: int, since: int) -> Sequence[str]:
    """Events that keep each fuel at its real price of the year `held` from `since` to 1985, where it was dearer."""
    foundation = foundation_of("kalundborg")
    calendar, park = foundation.calendar, foundation.park
    events = []
    for fuel in FUELS:
        path = park.paths[park.resources["price_path"][foundation.names.resources.index(fuel)]]
        base = float(path[calendar.quarter(held + 0.5)])
        for year in range(since, UNTIL):
            factor = min(1.0, base / float(path[calendar.quarter(year + 0.5)]))
            events.append(f"{year} price {fuel} {factor:.4f}")
        events.append(f"{UNTIL} price {fuel} 1")
    return tuple(events)

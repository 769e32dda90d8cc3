"""Section `policy` of a scenario."""

from __future__ import annotations

from ..quantities import Entry, Path, constant, parameter


class Policy(Entry):
    """Levies, carbon price, subsidy."""

    landfill_levy: Path = constant(0.0, unit="EUR/t", source="none unless the scenario states one")
    carbon_price: Path = constant(0.0, unit="EUR/t CO2", source="none unless the scenario states one")
    subsidy: float = parameter(
        0.0,
        "share of a connection's cost that the state pays",
        unit="1",
        plausible=(0, 0.4),
        allowed=(0, 0.95),
        source="Kalundborg: 15-36 % grants in 2000-2019",
        live=True,
    )

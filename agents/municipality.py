"""The municipality: a company that also gains as a town."""

from __future__ import annotations

from .company import Company


class Municipality(Company):
    """The public body that collects business tax and talks to every newcomer."""

    @property
    def tax(self) -> float:
        """Business tax of the last quarter, EUR."""
        return float(self.park.tables.clock[0]["tax"])

    @property
    def socio_economic(self) -> float:
        """The town's benefit in the last quarter: tax, waste handling, emissions and water, EUR."""
        return float(self.park.indicator("socio_economic"))

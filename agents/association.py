"""The association of a park: a view of its members, staff and money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mesa import Agent

if TYPE_CHECKING:
    from mesa import Model

    from .company import Company


class Association(Agent):
    """The facilitator. It audits members and introduces partners while it works."""

    def __init__(self, park: Model) -> None:
        super().__init__(park)

    @property
    def park(self) -> Any:
        """The park, the same object as Mesa's `model`."""
        return self.model

    @property
    def works(self) -> bool:
        """Whether it works now."""
        return bool(self.park.tables.clock[0]["facilitator"])

    @property
    def staff(self) -> float:
        """Persons that its money pays for."""
        return float(self.park.tables.clock[0]["staff"])

    @property
    def members(self) -> list[Company]:
        """Its members in the park, by name."""
        return [company for company in self.park.companies.values() if company.member]

    def switch(self, on: bool) -> None:
        """Begin or stop its work in the next quarter."""
        self.park.event(f"facilitator {'on' if on else 'off'}")

"""A company as a Mesa agent: a live view of its row in the tables of the park."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mesa import Agent
from mesa.discrete_space import FixedAgent

from .fields import OPERATING, PRESENT

if TYPE_CHECKING:
    import pandas as pd
    from mesa import Model


class Company(FixedAgent):
    """A legal entity of the park. It reads and writes its row; nothing is copied.

    Parameters
    ----------
    park
        The `IndustrialPark` that it lives in.
    row
        Its row in the table of companies; looked up at every access, since tables grow.
    """

    def __init__(self, park: Model, row: int) -> None:
        super().__init__(park)
        self.row = row

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def remove(self) -> None:
        """Leave the model, and the grid for those who stand on it (partners beyond the map do not)."""
        if self.cell is None:
            Agent.remove(self)
        else:
            super().remove()

    @property
    def park(self) -> Any:
        """The park, the same object as Mesa's `model`."""
        return self.model

    @property
    def name(self) -> str:
        """Name in the scenario."""
        return self.park.names.companies[self.row]

    @property
    def record(self) -> Any:
        """Its row: every field of `agents.fields.COMPANY` as an item (`record["cash"]`)."""
        return self.park.tables.companies[self.row]

    @property
    def external(self) -> bool:
        """Whether it is a partner beyond the map."""
        return bool(self.record["external"])

    @property
    def member(self) -> bool:
        """Whether it is a member of the association."""
        return bool(self.record["member"])

    @property
    def present(self) -> bool:
        """Whether it is in the park now."""
        return int(self.record["status"]) == PRESENT

    @property
    def jobs(self) -> float:
        """Jobs of the processes in operation."""
        return float(self.record["jobs"])

    @property
    def cash(self) -> float:
        """Cash in EUR, negative when on credit; may be set."""
        return float(self.record["cash"])

    @cash.setter
    def cash(self, amount: float) -> None:
        self.record["cash"] = amount

    @property
    def processes(self) -> dict[str, float]:
        """Product of its processes in the last quarter, by name, in their own units."""
        first, last = int(self.record["processes_from"]), int(self.record["processes_to"])
        rows = range(first, last)
        return {
            self.park.names.processes[r][1]: float(self.park.tables.processes[r]["activity"]) for r in rows
        }

    @property
    def streams(self) -> pd.DataFrame:
        """Its contracts in operation, as supplier or receiver, with the columns of `Result.contracts`."""
        contracts = self.park.result.contracts
        mine = (contracts["supplier"] == self.name) | (contracts["receiver"] == self.name)
        return contracts[mine & (contracts["status"] == "operating")]

    @property
    def stream_count(self) -> int:
        """Number of its contracts in operation; quicker than `streams`."""
        table = self.park.tables.contracts[: int(self.park.tables.clock[0]["contracts"])]
        mine = (table["supplier"] == self.row) | (table["receiver"] == self.row)
        return int((mine & (table["status"] == OPERATING)).sum())

    @property
    def accounts(self) -> pd.DataFrame:
        """Its accounts: a row a year, EUR."""
        accounts = self.park.result.accounts
        return accounts[accounts["company"] == self.name]

    def trust_in(self, other: Company | str) -> float | None:
        """Trust in another company from own evidence, 0 to 1; None if the two have not met."""
        return self.park.trust(self.name, other if isinstance(other, str) else other.name)

    def withdraw(self, announced: float = 0.0) -> None:
        """Leave the park in the next quarter, or after `announced` years of warning."""
        self.park.withdraw(self.name, announced)

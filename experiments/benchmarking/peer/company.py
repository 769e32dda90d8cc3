"""A company as a Mesa agent: production, books, credit, and whom and what it knows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mesa

from .production import Balance, Process

if TYPE_CHECKING:
    from .connections import Connection
    from .contracts import Contract
    from .opportunities import Opportunity
    from .ties import Tie

ABSENT, PLANNED, PRESENT, LEFT = "absent", "planned", "present", "left"


class Company(mesa.Agent):
    """A legal entity of the park. Money in EUR, lengths in km, times in quarters of the run."""

    model: Any

    def __init__(
        self, model: Any, name: str, identity: int, public: bool, place: tuple[float, float]
    ) -> None:
        super().__init__(model)
        self.name, self.identity, self.public, self.place = name, identity, public, place
        self.status = ABSENT
        self.permanent = False
        self.arrives: float = math.inf
        self.talks_from: float = math.inf
        self.member_from: float = math.inf
        self.member = False
        self.audited: float = -1
        self.discount = self.payback_limit = self.attention = self.style = 0.0
        self.attention_left = 0.0
        self.crf_pipe = self.crf_plant = 0.0
        self.cash = self.sales = self.yearly_margin = 0.0
        self.profit = self.profit_without = 0.0
        self.over_credit = 0
        self.processes: list[Process] = []
        self.needs: dict[str, Balance] = {}
        self.residues: dict[str, Balance] = {}
        self.ties: dict[Company, Tie] = {}
        self.supplies: list[Opportunity] = []
        self.demands: list[Opportunity] = []
        self.contracts: list[Contract] = []
        self.open_talks = 0

    @property
    def is_present(self) -> bool:
        """Whether it is in the park now."""
        return self.status == PRESENT

    @property
    def is_planned(self) -> bool:
        """Whether it talks before it builds."""
        return self.status == PLANNED

    @property
    def trades(self) -> bool:
        """Whether it is there, or about to build."""
        return self.status in (PRESENT, PLANNED)

    @property
    def can_bargain(self) -> bool:
        """Whether it may negotiate now."""
        return self.attention_left >= 1.0 and self.trades

    @property
    def turns_up(self) -> float:
        """The quarter in which others first hear of it: that of its talks, or the first of the run."""
        return max(0, self.talks_from)

    def distance_to(self, other: Company) -> float:
        """Kilometres between the centres of two cells."""
        dx, dy = self.place[0] - other.place[0], self.place[1] - other.place[1]
        return math.sqrt(dx * dx + dy * dy)

    def keep_dates(self) -> None:
        """Plan, arrive, and have time for talks again."""
        quarter = self.model.quarter
        if self.status == ABSENT and self.talks_from <= quarter < self.arrives:
            self.status = PLANNED
        if self.status in (ABSENT, PLANNED) and self.arrives <= quarter:
            self.status = PRESENT
        self.attention_left = self.attention if self.status in (PRESENT, PLANNED) else 0.0

    def produce(self) -> None:
        """Run the processes and form expectations (7.3)."""
        for balance in (*self.needs.values(), *self.residues.values()):
            balance.clear()
        self.sales = self.yearly_margin = 0.0
        if self.status in (PRESENT, PLANNED):
            for process in self.processes:
                process.run(self)
                process.expect(self)

    def settle(self) -> None:
        """Sales, inputs, disposal and other cost, with trades and without (7.5); streams come on top."""
        self.profit = self.profit_without = 0.0
        if not self.is_present:
            return
        sales = other = 0.0
        for process in self.processes:
            sold, spent = process.result(self)
            sales += sold
            other += spent
        virgin = virgin_without = disposal = disposal_without = 0.0
        for need in self.needs.values():
            virgin += need.rest * need.resource.price
            virgin_without += need.amount * need.resource.price
        for residue in self.residues.values():
            disposal += residue.rest * residue.resource.disposal
            disposal_without += residue.amount * residue.resource.disposal
        if self.cash < 0.0:
            other -= self.cash * self.discount / 4.0
        self.profit = sales - virgin - disposal - other
        self.profit_without = sales - virgin_without - disposal_without - other

    def close_books(self) -> None:
        """Fee, tax, cash, what the owners get, and the credit line."""
        if not self.is_present:
            return
        park, rules = self.model, self.model.rules
        park.savings += self.profit - self.profit_without
        if self.member and park.association.works:
            fee = rules.association.fee / 4.0
            self.profit -= fee
            park.association.cash += fee
        tax = 0.0
        if not self.public and self.profit > 0.0:
            tax = rules.town.business_tax * self.profit
            park.tax += tax
        self.cash += self.profit - tax
        self.cash -= max(0.0, self.cash - max(0.0, self.yearly_margin))
        beyond = self.cash < -rules.economy.credit * self.sales
        self.over_credit = self.over_credit + 1 if beyond else 0

    def can_pay(self, amount: float) -> bool:
        """Whether cash and credit carry an investment; public bodies, and who is to arrive, find the money (7.12)."""
        if self.public or self.is_planned or amount <= 0.0:
            return True
        park = self.model
        planned = 0.0
        for process in self.processes:
            if process.starts <= park.foresight and process.ends > park.quarter:
                planned += process.reference * process.sales_per_unit
        return self.cash + park.rules.economy.credit * max(self.sales, planned) >= amount

    def spend(self, amount: float) -> None:
        """Pay for an investment; what it spends before it arrives its owners pay in."""
        if not self.is_planned:
            self.cash -= amount

    def mains(self, residue: Balance) -> list[Connection]:
        """Its pipes for a residue that are not worn."""
        return [each for each in residue.connections if each.by_pipe and self.model.quarter < each.worn]

    def fail_if_ruined(self) -> None:
        """Beyond the credit line for too long, a private company leaves (7.15)."""
        patience = self.model.rules.economy.patience
        if self.is_present and not (self.public or self.permanent) and self.over_credit >= patience:
            self.leave()

    def leave(self) -> None:
        """All contracts end without blame, ties are gone, the membership ends."""
        for contract in [each for each in self.model.contracts if self in (each.supplier, each.receiver)]:
            contract.end(self.model.quarter + 1)
        self.status, self.member, self.attention_left = LEFT, False, 0.0

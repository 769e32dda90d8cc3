"""The association: recruits, staff, audits, introductions (7.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import draws
from .company import Company
from .meeting import know

if TYPE_CHECKING:
    from .park import PeerPark


class Association:
    """The facilitator of a park; money in EUR."""

    def __init__(self, park: PeerPark) -> None:
        self.park = park
        self.works = False
        self.cash = 0.0
        self.audits = 0.0

    def switch(self) -> None:
        """It works between its dates."""
        rules = self.park.rules.association
        self.works = rules.starts <= self.park.year < rules.ends

    def work(self) -> None:
        """Recruit; audit as many members as the staff can, and introduce partners to each."""
        for company in self.park.roster:
            self._recruit(company)
        if not self.works:
            return
        rules = self.park.rules.association
        self.cash += rules.public_money / 4.0
        staff = min(rules.most_staff, self.cash / (rules.staff_cost / 4.0))
        self.cash = 0.0
        self.audits = min(self.audits, 1.0) + staff
        while self.audits >= 1.0:
            self.audits -= 1.0
            member = self._next_member()
            if member is None:
                return
            member.audited = self.park.quarter
            self._introduce(member)

    def _recruit(self, company: Company) -> None:
        park = self.park
        if not company.is_present or company.member:
            return
        if company.member_from <= park.quarter:
            company.member = True
        elif self.works and company.member_from == float("inf") and company.contracts:
            draw = park.draws.uniform(draws.JOIN, company.identity, 0, park.quarter)
            company.member = draw < park.rules.association.uptake

    def _next_member(self) -> Company | None:
        """The member longest not audited, the first by name among equals; none twice within a cycle."""
        quarter = self.park.quarter
        cycle = max(1, int(4.0 * self.park.rules.association.audit_cycle))
        due = [
            each
            for each in self.park.roster
            if each.member and each.is_present and (each.audited < 0 or each.audited + cycle <= quarter)
        ]
        return min(due, key=lambda each: each.audited, default=None)

    def _introduce(self, member: Company) -> None:
        """Bring a member together with the partners of the largest unused joint value."""
        park = self.park
        values = []
        for other in park.roster:
            if other is not member and other.audited >= 0 and other.is_present:
                value = _value_at_door(member, other, park) + _value_at_door(other, member, park)
                if value > 0.0 and not _introduced(member, other, park.quarter):
                    values.append((value, other))
        values.sort(key=lambda each: -each[0])
        for _value, partner in values[: self._introductions()]:
            know(member, partner, park.quarter, park)
            for side, other in ((member, partner), (partner, member)):
                side.attention_left += 1.0
                for opportunity in side.supplies:
                    if opportunity.receiver is other:
                        opportunity.mediated = park.quarter

    def _introductions(self) -> int:
        """Introductions of an audit; twice as many below the way to the target."""
        rules = self.park.rules.association
        count = int(rules.introductions)
        if rules.target <= 0.0:
            return count
        part = (self.park.year - rules.starts) / max(1.0, rules.target_year - rules.starts)
        due = rules.target * min(1.0, max(0.0, part))
        return 2 * count if len(self.park.contracts) < due else count


def _introduced(one: Company, other: Company, quarter: int) -> bool:
    """Whether an opportunity of the two was mediated this quarter already."""
    both = [*one.supplies, *one.demands]
    return any(each.other(one) is other and each.mediated == quarter for each in both)


def _value_at_door(supplier: Company, receiver: Company, park: PeerPark) -> float:
    """Unused joint value of the residues of one with the needs of the other, EUR a year."""
    prudence, value = park.rules.trade.prudence, 0.0
    for residue in supplier.residues.values():
        for use in residue.resource.uses:
            need = receiver.needs.get(use.input.name)
            if need is None or use.practised > park.quarter:
                continue
            quantity = 0.0
            for k in range(4):
                spare = prudence * residue.expected[k] - residue.committed[k]
                gap = prudence * need.expected[k] - need.committed[k]
                quantity += max(0.0, min(spare, gap / use.ratio))
            value += quantity * max(0.0, use.signal - use.treatment)
    return value

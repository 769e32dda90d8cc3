"""Contracts that grow with the flows, once a year, before anybody looks for new partners (7.10)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .appraisal import accepts
from .company import Company
from .connections import Connection, enlargement, lead, pipe_cost, road
from .production import Seasons, total
from .terms import could_sign, full_term, is_worth_a_contract, recovery, scaled

if TYPE_CHECKING:
    from .contracts import Contract
    from .park import PeerPark


@dataclass(slots=True)
class More:
    """What could come on top of a contract: quantity, capacity to add, capital, gains in EUR a year."""

    quantity: Seasons
    yearly: float
    built: float = 0.0
    pipe_capital: float = 0.0
    plant_capital: float = 0.0
    carriage: float = 0.0
    share: float = 0.0

    @property
    def capital(self) -> float:
        """Capital before the subsidy."""
        return self.pipe_capital + self.plant_capital


def enlarge(contract: Contract, park: PeerPark) -> None:
    """Let a contract grow where both sides gain by it at the price of today."""
    if contract.gives_way or contract.adds_from != math.inf:
        return
    more = _what_is_spare(contract, park)
    if more is not None and _both_carry(contract, more, park):
        _order(contract, more, park)


def _what_is_spare(contract: Contract, park: PeerPark) -> More | None:
    """Quantity on top with its capital and cost; None below the least share of the flow."""
    opportunity, use = contract.opportunity, contract.opportunity.use
    contract.give_free()
    could = could_sign(opportunity, opportunity.arrives, park)
    contract.reserve()
    quantity = [max(0.0, c - signed) for c, signed in zip(could.seasons, contract.quantity, strict=True)]
    more = More(quantity, total(quantity))
    if more.yearly <= 0.0 or not is_worth_a_contract(
        more.yearly, opportunity.residue, opportunity.need, contract.serves, park
    ):
        return None
    _draw_up_capital(contract, more, max(4.0 * each for each in quantity), park)
    more.carriage = use.treatment + park.rules.investment.upkeep * more.capital / more.yearly
    if not contract.connection.by_pipe:
        more.carriage += road(use.residue, opportunity.distance)
    return more


def _draw_up_capital(contract: Contract, more: More, peak: float, park: PeerPark) -> None:
    """A plant and a second line for what exceeds the room, and enlarged mains upstream."""
    link, use = contract.connection, contract.opportunity.use
    more.built = max(0.0, peak - max(0.0, link.capacity - _in_use(link, contract)))
    if more.built <= 0.0:
        return
    more.plant_capital = scaled(use.plant_cost, more.built, use.plant_capacity, park)
    if not link.by_pipe:
        return
    beyond = min(more.built, max(0.0, link.through + more.built - link.built))
    more.pipe_capital = pipe_cost(use.residue, beyond, link.length, park)
    trunk = link.main
    while trunk is not None:
        more.pipe_capital += enlargement(trunk, more.built, use.residue, park)
        trunk = trunk.main


def _in_use(link: Connection, contract: Contract) -> float:
    """What contracts may ask of a connection; without changes of owner only one has it."""
    assert contract.connection is link
    return max(4.0 * (q + more) for q, more in zip(contract.quantity, contract.adding, strict=True))


def _both_carry(contract: Contract, more: More, park: PeerPark) -> bool:
    """Both gain; capital follows benefit, or lies with the public side."""
    use, g = contract.opportunity.use, park.rules.trade.supplier_extra_share
    least = -use.residue.disposal + g * more.carriage
    most = contract.serves * (1.0 - use.quality_loss) * use.input.price - (1.0 - g) * more.carriage
    gain_s, gain_r = (contract.price - least) * more.yearly, (most - contract.price) * more.yearly
    if gain_s <= 0.0 or gain_r <= 0.0:
        return False
    shares = [gain_s / (gain_s + gain_r)]
    if more.capital > 0.0:
        if contract.supplier.public:
            shares.append(1.0)
        elif contract.receiver.public:
            shares.append(0.0)
    cost = more.capital * (1.0 - park.rules.policy.subsidy)
    for more.share in shares:
        if _carries(contract, contract.supplier, more.share * cost, gain_s, park) and _carries(
            contract, contract.receiver, (1.0 - more.share) * cost, gain_r, park
        ):
            return True
    return False


def _carries(contract: Contract, side: Company, cost: float, gain: float, park: PeerPark) -> bool:
    """Payback, odds of trust times gain against the stake, cash."""
    if not accepts(side, contract.opportunity, cost, gain, park):
        return False
    trust = contract.opportunity.tie.trust_with_opinions(side, park)
    worth = 1.0 / recovery(side.discount, contract.term / 4.0) * gain
    stake = cost + park.rules.trust.exposure * gain
    return trust / (1.0 - trust) * worth >= stake and side.can_pay(cost)


def _order(contract: Contract, more: More, park: PeerPark) -> None:
    """Reserve and pay; delivered after the lead time; where capital was paid the term begins anew."""
    signed = total(contract.quantity)
    contract.give_free()
    contract.adding = list(more.quantity)
    contract.reserve()
    mean = contract.carriage * signed + more.carriage * more.yearly
    contract.carriage = mean / (signed + more.yearly)
    contract.adds_from = max(park.quarter + 1, contract.starts)
    if more.capital > 0.0:
        contract.adds_from = max(contract.starts, park.quarter + lead(more.capital, park))
        contract.term = full_term(contract.connection.by_pipe, park)
        contract.ends = max(contract.ends, contract.adds_from + contract.term)
        _pay(contract, more, more.capital * (1.0 - park.rules.policy.subsidy))


def _pay(contract: Contract, more: More, paid: float) -> None:
    link, own = contract.connection, more.share * paid
    contract.supplier.spend(own)
    contract.receiver.spend(paid - own)
    link.paid_supplier += own
    link.paid_receiver += paid - own
    link.pipe_part += more.pipe_capital
    link.cost += more.capital
    link.capacity += more.built
    link.carry_more(more.built)

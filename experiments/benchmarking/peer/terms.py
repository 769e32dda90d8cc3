"""Terms: quantity, carrier, capital, and what a stream is worth to either side (7.9)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .production import Balance, Seasons, total

if TYPE_CHECKING:
    from .company import Company
    from .connections import Connection
    from .opportunities import Opportunity
    from .park import PeerPark

ROUNDING = 1e-9


@dataclass(slots=True)
class Quantity:
    """By quarter of the year, over the year, and as a capacity; 0 where it is not worth a contract."""

    seasons: Seasons
    yearly: float
    peak: float


@dataclass(slots=True, eq=False)
class Terms:
    """What is on the table: money in EUR, by unit sent where it is not a capital."""

    opportunity: Opportunity
    mediated: bool
    quantity: Seasons
    yearly: float
    spare: float
    peak: float
    signal: float
    disposal: float
    arrives: float
    feasible: bool = False
    by_pipe: bool = False
    main: Connection | None = None
    length: float = 0.0
    built: float = 0.0
    pipe_capital: float = 0.0
    book_value: float = 0.0
    plant_capital: float = 0.0
    carriage: float = 0.0
    worth: float = 0.0
    transaction: float = 0.0
    k: dict[Company, float] = field(default_factory=dict)
    trust: dict[Company, float] = field(default_factory=dict)
    split: float = 0.0
    capital_share: float = 0.5
    price: float = 0.0
    surplus: float = 0.0
    benefit: dict[Company, float] = field(default_factory=dict)

    def limits(self, capital_share: float, park: PeerPark) -> tuple[float, float]:
        """Reservation prices of supplier and receiver at the supplier's share of the capital."""
        supplier, receiver = self.opportunity.supplier, self.opportunity.receiver
        g = park.rules.trade.supplier_extra_share
        least = -self.disposal + g * self.carriage + self.transaction + capital_share * self.k[supplier]
        own = (1.0 - capital_share) * self.k[receiver]
        return least, self.worth - (1.0 - g) * self.carriage - self.transaction - own

    def cost(self, park: PeerPark) -> float:
        """Capital that the two pay, after the subsidy."""
        return (self.pipe_capital + self.plant_capital) * (1.0 - park.rules.policy.subsidy)

    def commit(self, sign: float) -> None:
        """Reserve the quantity on both sides, or give it free."""
        commit(self.opportunity, self.quantity, self.arrives, sign)


def commit(opportunity: Opportunity, quantity: Seasons, arrives: float, sign: float) -> None:
    """Book a quantity as signed or agreed on both sides, or take it off again."""
    serves = opportunity.use.ratio * arrives
    for k, amount in enumerate(quantity):
        opportunity.residue.committed[k] += sign * amount
        opportunity.need.committed[k] += sign * amount * serves


def draw_up(opportunity: Opportunity, park: PeerPark, mediated: bool | None = None) -> Terms:
    """The terms of today; a contract of this opportunity must have given its quantity free before."""
    from .connections import choose_connection

    use, rules = opportunity.use, park.rules
    arrives = opportunity.arrives
    could = could_sign(opportunity, arrives, park)
    if mediated is None:
        mediated = opportunity.mediated == park.quarter
    terms = Terms(
        opportunity, mediated, could.seasons, could.yearly, could.yearly,
        could.peak, use.signal, use.residue.disposal, arrives,
    )  # fmt: skip
    if terms.yearly <= 0.0:
        return terms
    upkeep = choose_connection(terms, park)
    if terms.yearly <= 0.0:
        return terms
    terms.carriage += use.treatment + upkeep / terms.yearly
    terms.worth = use.ratio * arrives * (1.0 - use.quality_loss) * use.input.price
    net = 1.0 - rules.policy.subsidy
    for side in (opportunity.supplier, opportunity.receiver):
        yearly_cost = terms.pipe_capital * side.crf_pipe + terms.plant_capital * side.crf_plant
        terms.k[side] = net * yearly_cost / terms.yearly
    terms.transaction = transaction(terms.mediated, park) / terms.yearly
    terms.feasible = True
    return terms


def quarters(years: float) -> int:
    """Quarters in a number of years, the nearest, at least one."""
    return max(1, math.floor(4.0 * years + 0.5))


def full_term(by_pipe: bool, park: PeerPark) -> int:
    """Quarters of a contract whose capital is still to be earned."""
    rules = park.rules.contract
    return quarters(rules.term_pipe if by_pipe else rules.term_truck)


def transaction(mediated: bool, park: PeerPark) -> float:
    """Yearly cost of looking after a stream, EUR for each side."""
    return park.rules.trade.transaction * (park.rules.association.mediation if mediated else 1.0)


def could_sign(opportunity: Opportunity, arrives: float, park: PeerPark) -> Quantity:
    """What prudence leaves of the flows, less what is signed or agreed, within the largest share of the input."""
    use, residue, need = opportunity.use, opportunity.residue, opportunity.need
    prudence, serves = park.rules.trade.prudence, use.ratio * arrives
    served = _served_in_this_way(opportunity) if use.max_share < 1.0 else [0.0] * 4
    seasons = []
    for k in range(4):
        spare = prudence * residue.expected[k] - residue.committed[k]
        gap = prudence * need.expected[k] - need.committed[k]
        most = prudence * use.max_share * need.expected[k] - served[k]
        seasons.append(max(0.0, min(spare, min(gap, most) / serves)))
    yearly = total(seasons)
    if not is_worth_a_contract(yearly, residue, need, serves, park):
        yearly = 0.0
    return Quantity(seasons, yearly, max(4.0 * each for each in seasons))


def is_worth_a_contract(
    yearly: float, residue: Balance, need: Balance, serves: float, park: PeerPark
) -> bool:
    """At least the least share of the smaller of the two flows, and more than rounding leaves."""
    wanted = total([each / serves for each in need.expected])
    smaller = min(total(residue.expected), wanted)
    return smaller > 0.0 and yearly >= max(park.rules.trade.least_share, ROUNDING) * smaller


def _served_in_this_way(opportunity: Opportunity) -> Seasons:
    """Input that other contracts of the receiver serve with the same residue, units a quarter."""
    served = [0.0, 0.0, 0.0, 0.0]
    for other in opportunity.receiver.demands:
        contract = other.contract
        if contract is not None and other.use is opportunity.use and not contract.is_free:
            for k in range(4):
                amount = contract.quantity[k] + contract.adding[k]
                served[k] += amount * opportunity.use.ratio * contract.arrives
    return served


def scaled(cost: float, capacity: float, reference: float, park: PeerPark) -> float:
    """Cost of a plant, or of a km of pipe, by economy of scale."""
    rules = park.rules.investment
    if cost == 0.0:
        return 0.0
    return rules.cost_factor * (cost * math.pow(capacity / reference, rules.plant_exponent))


def recovery(rate: float, years: float) -> float:
    """Capital recovery factor: yearly payment for a capital of 1."""
    return rate / (1.0 - math.pow(1.0 + rate, -years))

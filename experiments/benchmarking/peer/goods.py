"""Resources and substitutions: what a residue is, costs, and serves as."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulation.scenario import Pipe, Truck


@dataclass(slots=True, eq=False)
class Resource:
    """A residue, an input, or both; `price` and `disposal` are those of the quarter, EUR per unit."""

    name: str
    prices: list[float]
    disposals: list[float]
    levied: float
    co2_virgin: float
    co2_disposal: float
    carbon_priced: float
    truck: Truck | None
    pipe: Pipe | None
    reach: float
    uses: list[Substitution] = field(default_factory=list)
    price: float = 0.0
    disposal: float = 0.0

    def turn(self, quarter: int, levy: float, carbon_price: float) -> None:
        """Price and cost of disposal in this quarter, levy and carbon price included (7.2)."""
        carbon = carbon_price * self.carbon_priced
        self.price = self.prices[quarter] + carbon * self.co2_virgin
        self.disposal = self.disposals[quarter] + levy * self.levied + carbon * self.co2_disposal

    @property
    def travels(self) -> bool:
        """Whether it has a carrier at all."""
        return self.truck is not None or self.pipe is not None


@dataclass(slots=True, eq=False)
class Substitution:
    """A way in which a residue replaces an input."""

    residue: Resource
    input: Resource
    identity: int
    ratio: float
    max_share: float
    quality_loss: float
    treatment: float
    plant_cost: float
    plant_capacity: float
    practised: int

    @property
    def signal(self) -> float:
        """Gain of a unit at the door, before treatment and carriage, EUR per unit (7.10)."""
        return self.ratio * self.input.price + self.residue.disposal

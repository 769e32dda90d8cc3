"""What can be seen of a park at a date: its streams, its companies, and the networks made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import flows, network, symbiosis

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


@dataclass(frozen=True)
class ParkAtDate:
    """What can be seen of a park at a date.

    `streams` is `result.streams(year)`, where an amount of energy in t or MWh should stand in GJ in a column
    `amount`. `companies`: those in the park, on the map. `recyclers`: those whose business is recycling.
    `material_left`: t a year of material residues left in the park, reused or not.
    """

    streams: pd.DataFrame
    companies: tuple[str, ...] = ()
    recyclers: tuple[str, ...] = ()
    material_left: float = 0.0

    @cached_property
    def park(self) -> nx.DiGraph:
        """Companies of the park and those they trade with."""
        return network.trade_network(self.streams, self.companies)

    @cached_property
    def traders(self) -> nx.DiGraph:
        """Companies that trade."""
        return network.trade_network(self.streams)

    @cached_property
    def water(self) -> flows.FlowNetwork:
        """Flows of water, m3 a year."""
        return flows.flow_network(self.streams, "water")

    @cached_property
    def energy(self) -> flows.FlowNetwork:
        """Flows of energy, GJ a year."""
        return flows.flow_network(self.streams, "energy")

    @cached_property
    def material(self) -> flows.FlowNetwork:
        """Flows of material, t a year."""
        return flows.flow_network(self.streams, "material")

    @cached_property
    def material_reused(self) -> float:
        """Material residues of companies of the park that go to a partner, t a year."""
        streams = self.streams
        chosen = (streams["class"] == "material") & streams["supplier"].isin(self.companies)
        return float(streams.loc[chosen, "quantity"].sum())

    @cached_property
    def by_products(self) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
        """Amounts of material used and sent to disposal, kt a year, each with impact 1."""
        reused, left = self.material_reused / 1e3, self.material_left / 1e3
        return [(reused, 1.0)], [(max(0.0, left - reused), 1.0)]


def park_at(result: Any, date: float) -> ParkAtDate:
    """What can be seen of the park of a run (or a saved run) at a date (decimal year)."""
    return next(iter(parks_at(result, [date])))


def parks_at(result: Any, dates: Iterable[float]) -> Iterator[ParkAtDate]:
    """The same at several dates."""
    dates = list(dates)
    left = symbiosis.material_left(result.scenario, result.companies, dates)
    for date in dates:
        yield _seen(result, date, left[date])


def _seen(result: Any, date: float, material_left: float) -> ParkAtDate:
    everyone = result.companies
    here = everyone["arrives"].fillna(-1e9).le(date) & ~everyone["leaves"].le(date)
    there = everyone[here & (everyone["status"] != "absent") & ~everyone["external"]]
    recycling = everyone[everyone["sector"].astype(str).str.startswith(symbiosis.RECYCLING)]
    streams = result.streams(date)
    streams = streams.assign(amount=streams["quantity"] * _in_class_units(result, streams))
    return ParkAtDate(streams, tuple(there["name"]), tuple(recycling["name"]), material_left)


def _in_class_units(result: Any, streams: pd.DataFrame) -> list[float]:
    """GJ for a unit of an energy residue; 1 for water (m3) and material (t)."""
    natural = {"GJ": 1.0, "MWh": 3.6}
    resources = result.scenario.resources
    return [
        (resources[residue].gj_per_unit or natural.get(unit, 0.0)) if class_ == "energy" else 1.0
        for residue, unit, class_ in zip(streams["residue"], streams["unit"], streams["class"], strict=True)
    ]

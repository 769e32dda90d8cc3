"""Metrics of a park at a date, declared once with unit, meaning and source; and their series over a run.

A metric is a function of what can be seen at a date (`ParkAtDate`): the stream table, the companies
there, and the networks made of them. It knows nothing of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import flows, foodweb, network, symbiosis
from .founding_rows import CLASSES
from .park_at_date import ParkAtDate, parks_at

if TYPE_CHECKING:
    import pandas as pd

LAST_QUARTER = 0.75
"""A year is measured in its last quarter, as stocks are in `Result.yearly`."""


@dataclass(frozen=True)
class Metric:
    """A metric: what it is called, the function, and what of `ParkAtDate` it is a function of."""

    name: str
    function: Callable[..., float]
    of: tuple[str, ...]
    unit: str
    meaning: str
    formula: str
    source: str
    empty: float = 0.0
    """Value of the empty park."""

    def value(self, at: ParkAtDate) -> float:
        """The metric at a date, in its unit."""
        return self.function(*(getattr(at, name) for name in self.of))


def _isi(by_products: tuple[Any, Any]) -> float:
    return symbiosis.symbiosis_indicator(*by_products)


LAYTON = "Layton, Bras & Weissburg 2016"
FREEMAN = "Freeman 1978"
ULANOWICZ = "Ulanowicz 1986"

NETWORK = (
    Metric("traders", network.nodes, ("traders",), "", "companies with a stream, those beyond the map too", "N", LAYTON),
    Metric("links", network.links, ("traders",), "", "pairs of supplier and receiver", "L", LAYTON),
    Metric("density", network.density, ("park",), "1", "share of possible links that exist, over all companies of the park",
           "L/(N (N - 1))", "Wasserman & Faust 1994"),
    Metric("reciprocity", network.reciprocity, ("traders",), "1", "share of links that are returned", "L↔/L",
           "Newman, Forrest & Balthrop 2002"),
    Metric("degree_centralisation", network.degree_centralisation, ("park",), "1", "1 if all trade with one only",
           "Σ (d_max - d_i)/((N - 1)(N - 2))", FREEMAN),
    Metric("betweenness_centralisation", network.betweenness_centralisation, ("park",), "1",
           "1 if all paths lead through one", "Σ (b_max - b_i)/(N - 1)", FREEMAN),
    Metric("components", network.components, ("park",), "", "groups that hang together by streams", "",
           "Wasserman & Faust 1994"),
    Metric("largest_component", network.largest_component, ("park",), "1", "share of companies in the largest group", "S/N",
           "Schneider et al. 2011"),
    Metric("modularity", network.modularity, ("traders",), "1", "how far the network falls into groups",
           "Σ_c (L_c/L - (d_c/(2 L))²)", "Clauset, Newman & Moore 2004"),
    Metric("network_efficiency", network.network_efficiency, ("park",), "1", "mean inverse distance in steps",
           "Σ_ij 1/d_ij/(N (N - 1))", "Latora & Marchiori 2001"),
    Metric("hub_efficiency_loss", network.hub_efficiency_loss, ("park",), "1",
           "loss of efficiency without the best linked company", "(E - E_hub)/E",
           "Gol'dshtein et al. 2004; Chopra & Khanna 2014"),
    Metric("attack_robustness", network.attack_robustness, ("traders",), "1",
           "what hangs together while the best linked leave one by one", "Σ_q s(q)/N", "Schneider et al. 2011"),
)  # fmt: skip

FOOD_WEB = (
    Metric("linkage_density", foodweb.linkage_density, ("traders",), "", "links per company", "L/N", LAYTON),
    Metric("connectance", foodweb.connectance, ("traders",), "1", "share of possible links", "L/N²", LAYTON),
    Metric("prey_predator", foodweb.prey_predator_ratio, ("traders",), "1", "suppliers per receiver",
           "n_prey/n_predator", LAYTON),
    Metric("generalisation", foodweb.generalisation, ("traders",), "", "suppliers that a receiver has",
           "L/n_predator", "Schoener 1989"),
    Metric("vulnerability", foodweb.vulnerability, ("traders",), "", "receivers that a supplier has", "L/n_prey",
           "Schoener 1989"),
    Metric("cyclicity", foodweb.cyclicity, ("traders",), "1", "0 no cycle, 1 one cycle, more: cycles that cross",
           "λ_max", "Fath & Halnes 2007"),
)  # fmt: skip

SYMBIOSIS = (
    Metric("symbioses", symbiosis.number_of_symbioses, ("streams", "recyclers"), "",
           "groups of at least 3 companies, none a recycler, that exchange at least 2 residues", "3-2 test", "Chertow 2007"),
    Metric("in_symbiosis", symbiosis.companies_in_symbiosis, ("streams", "recyclers"), "", "companies in such groups",
           "3-2 test", "Chertow 2007"),
    Metric("eco_connectance", symbiosis.eco_connectance, ("park",), "1", "linked pairs over possible pairs, direction apart",
           "L_e/(S (S - 1)/2)", "Tiejun 2010, as Hardy & Graedel 2002"),
    Metric("recycling_rate", symbiosis.recycling_rate, ("material_reused", "material_left"), "1",
           "material residues that go to a partner over all that are left at usual activity", "reused/left",
           "after Tiejun 2010; equation not verified"),
    Metric("symbiosis_indicator", _isi, ("by_products",), "1", "ISI over material residues, each of impact 1",
           "Σ A_in/(1 kt + Σ A_out)", "Felício et al. 2016; equation not verified"),
)  # fmt: skip

UNITS = {"water": "m3", "energy": "GJ", "material": "t"}

_OF_FLOWS = (
    ("throughflow", flows.total_throughflow, "{unit}/year", "what passes companies", "TST = Σ T_j", "Finn 1976"),
    ("throughput", flows.total_throughput, "{unit}/year", "all flows, over the boundary included", "TSTp", ULANOWICZ),
    ("path_length", flows.average_path_length, "", "companies that a unit passes", "TST/Σ inputs", "Finn 1976"),
    ("cycling", flows.finn_cycling_index, "1", "share of throughflow that comes back",
     "Σ T_j (N_jj - 1)/N_jj/TST", "Finn 1980"),
    ("information", flows.average_mutual_information, "bit", "how far the origin of a unit tells where it goes (AMI)",
     "Σ p_ij log2(p_ij/(p_i. p_.j))", ULANOWICZ),
    ("ascendency", flows.ascendency, "{unit} bit/year", "size times order", "TSTp × AMI", ULANOWICZ),
    ("capacity", flows.development_capacity, "{unit} bit/year", "upper bound of ascendency", "TSTp × H", ULANOWICZ),
    ("overhead", flows.overhead, "{unit} bit/year", "freedom in reserve", "C - A", ULANOWICZ),
    ("robustness", flows.robustness, "1", "balance of order and reserve, at most 1/e", "-a ln a, a = A/C",
     "Ulanowicz et al. 2009"),
)  # fmt: skip

FLOWS = tuple(
    Metric(f"{class_}_{name}", function, (class_,), unit.format(unit=UNITS[class_]), f"{class_}: {meaning}", formula, source)
    for class_ in CLASSES
    for name, function, unit, meaning, formula, source in _OF_FLOWS
)  # fmt: skip

METRICS: dict[str, Metric] = {each.name: each for each in (*NETWORK, *FOOD_WEB, *SYMBIOSIS, *FLOWS)}
"""Every metric by name."""


def measured(at: ParkAtDate) -> dict[str, float]:
    """Every metric of a park at a date."""
    return {name: metric.value(at) for name, metric in METRICS.items()}


def metrics(result: Any, years: Iterable[int] | None = None) -> pd.DataFrame:
    """A row a calendar year with every metric in its last quarter; `years` are all whole years if not said.

    `result` is a run or a saved run. Raises ValueError for a year outside the run.
    """
    import pandas as pd

    last = {int(date): date for date in result.indicators["year"] if date % 1 >= LAST_QUARTER}
    chosen = list(last) if years is None else list(years)
    outside = sorted(set(chosen) - set(last))
    if outside:
        run = f"{min(last)}-{max(last)}" if last else "none is whole"
        raise ValueError(f"years outside the run ({run}): {', '.join(map(str, outside))}")
    rows = [measured(at) for at in parks_at(result, [last[year] for year in chosen])]
    frame = pd.DataFrame(rows, columns=list(METRICS), dtype=float)
    frame.insert(0, "year", chosen)
    return frame

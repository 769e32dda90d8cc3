"""Measures made for industrial symbiosis: what counts as one, how linked, how much of the waste is used.

What could be checked: the 3-2 heuristic and eco-connectance are as published. The two rates of use
could not be read in the original; their docstrings say what is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from .scenario import Scenario

RECYCLING = "E38"
"""Sector (NACE Rev. 2) of waste collection, treatment and recovery."""


def symbioses(streams: pd.DataFrame, recyclers: Iterable[str] = ()) -> list[set[str]]:
    """The connected groups of companies that pass the 3-2 test, largest first.

    At least three companies exchange at least two residues, and none of the three is primarily in
    recycling (Chertow 2007, p. 12): `recyclers` carry a group together but do not count among the three.
    """
    import networkx as nx

    from .network import trade_network

    apart, groups = set(recyclers), []
    for group in nx.weakly_connected_components(trade_network(streams)):
        if len(group - apart) >= 3 and streams.loc[streams["supplier"].isin(group), "residue"].nunique() >= 2:
            groups.append(set(group))
    return sorted(groups, key=lambda group: (-len(group), min(group)))


def number_of_symbioses(streams: pd.DataFrame, recyclers: Iterable[str] = ()) -> float:
    """Groups that pass the 3-2 test. Empty: 0; one stream: 0."""
    return float(len(symbioses(streams, recyclers)))


def companies_in_symbiosis(streams: pd.DataFrame, recyclers: Iterable[str] = ()) -> float:
    """Companies in groups that pass the 3-2 test. Empty: 0; one stream: 0."""
    return float(sum(map(len, symbioses(streams, recyclers))))


def eco_connectance(graph: nx.DiGraph) -> float:
    """L_e/(S (S - 1)/2): linked pairs over possible pairs, direction apart (Tiejun 2010; as Hardy & Graedel 2002).

    Graph of `simulation.network.trade_network` over all companies of the park. Empty: 0; one stream: 1.
    """
    import networkx as nx

    return float(nx.density(graph.to_undirected()))


def recycling_rate(reused: float, left: float) -> float:
    """Residue that goes to a partner over all that is left: reused/left, at most 1. Nothing left: 0.

    Tiejun (2010) proposed a rate of by-product and waste recycling beside eco-connectance; its equation could
    not be read, so this is the plain ratio of amounts.
    """
    return min(1.0, reused / left) if left > 0 else 0.0


def symbiosis_indicator(
    inbound: Iterable[tuple[float, float]], outbound: Iterable[tuple[float, float]]
) -> float:
    """ISI = Σ A_in DIP_in/(1 + Σ A_out DIP_out) (Felício, Amaral, Esposto & Durany 2016), pairs of amount and impact.

    A is the amount of a by-product, used in the park or sent out of it, DIP its degree of impact by the
    authors' criteria. The equation is cited from the literature and could not be checked in the
    original. The 1 carries the unit of A × DIP, so values compare only within one choice of units. No by-product: 0.
    """
    return sum(a * impact for a, impact in inbound) / (1.0 + sum(a * impact for a, impact in outbound))


def material_left(scenario: Scenario, companies: pd.DataFrame, years: Iterable[float]) -> dict[float, float]:
    """Material residues that companies on the map leave at their usual activity, t/yr, at each date.

    Capacity × utilisation × amount per product, over processes that run, of companies that are there
    (`companies` is the frame of a result). Cuts at the origin and outages are not counted.
    """
    from .founding_rows import inherited, recipe

    there = {row["name"]: row for row in companies.to_dict("records") if not row["external"]}
    totals = dict.fromkeys(years, 0.0)
    for name, owner in {**inherited(scenario), **scenario.prospects}.items():
        for process in owner.processes.values() if name in there else ():
            residues = recipe(process, scenario)[1].items()
            amount = sum(each for residue, each in residues if _is_material(scenario, residue))
            for year in totals if amount else ():
                if _runs(there[name], process.starts, process.ends, year):
                    totals[year] += amount * process.capacity.at(year) * scenario.activity.utilisation
    return totals


def _is_material(scenario: Scenario, residue: str) -> bool:
    resource = scenario.resources[residue]
    return resource.class_ == "material"


def _runs(owner: dict, starts: float | None, ends: float | None, year: float) -> bool:
    came, went = owner["arrives"], owner["leaves"]
    here = owner["status"] != "absent" and not came > year and not went <= year
    return here and (starts is None or starts <= year) and (ends is None or ends > year)

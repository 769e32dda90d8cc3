"""Measures of industrial food webs: the network of trades seen as prey and predators.

A supplier is prey, a receiver a predator (Hardy & Graedel 2002; Layton, Bras & Weissburg 2016, table 1,
whose names and definitions are used here). All take the graph of `simulation.network.trade_network` over
companies that trade; a link counts once however many streams it carries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import networkx as nx


def linkage_density(graph: nx.DiGraph) -> float:
    """L/N, links per company. Empty: 0; one stream: 1/2."""
    return graph.number_of_edges() / graph.number_of_nodes() if graph.number_of_nodes() else 0.0


def connectance(graph: nx.DiGraph) -> float:
    """L/N², share of possible links, a company with itself counted. Empty: 0; one stream: 1/4."""
    return graph.number_of_edges() / graph.number_of_nodes() ** 2 if graph.number_of_nodes() else 0.0


def prey(graph: nx.DiGraph) -> int:
    """Companies that supply somebody."""
    return sum(degree > 0 for _name, degree in graph.out_degree())


def predators(graph: nx.DiGraph) -> int:
    """Companies that receive from somebody."""
    return sum(degree > 0 for _name, degree in graph.in_degree())


def prey_predator_ratio(graph: nx.DiGraph) -> float:
    """Suppliers per receiver. Empty: 0; one stream: 1."""
    return prey(graph) / predators(graph) if graph.number_of_edges() else 0.0


def generalisation(graph: nx.DiGraph) -> float:
    """G = L/receivers, mean number of suppliers of a receiver (Schoener 1989). Empty: 0; one stream: 1."""
    return graph.number_of_edges() / predators(graph) if graph.number_of_edges() else 0.0


def vulnerability(graph: nx.DiGraph) -> float:
    """V = L/suppliers, mean number of receivers of a supplier (Schoener 1989). Empty: 0; one stream: 1."""
    return graph.number_of_edges() / prey(graph) if graph.number_of_edges() else 0.0


def cyclicity(graph: nx.DiGraph) -> float:
    """Largest real eigenvalue of the matrix of links: 0 without a cycle, 1 for one cycle, above 1 for cycles that cross.

    Fath & Halnes 2007. Exactly 0 where the graph holds no cycle, as rounding would not leave it. Empty: 0;
    one stream: 0.
    """
    import networkx as nx

    groups = [group for group in nx.strongly_connected_components(graph) if len(group) > 1]
    values = [
        np.linalg.eigvals(nx.to_numpy_array(graph.subgraph(group), weight=None)).real.max()
        for group in groups
    ]
    return float(max(values, default=0.0))

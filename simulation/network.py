"""Measures of the network of trades: who is linked to whom, apart from amounts.

All take the graph that `trade_network` makes of a stream table: companies as nodes, one edge from
supplier to receiver however many streams run between them. The graph algorithms are those of networkx.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def trade_network(streams: pd.DataFrame, companies: Iterable[str] = ()) -> nx.DiGraph:
    """Companies that trade and `companies` besides, in order of name; an edge holds its number of `streams`.

    `streams` is what `result.streams(year)` gives. A stream of a company with itself is left out: at a
    change of owner both ends of a stream may come into one hand, and then it is no trade.
    """
    import networkx as nx

    pairs = Counter(zip(streams["supplier"].tolist(), streams["receiver"].tolist(), strict=True))
    links = {pair: count for pair, count in sorted(pairs.items()) if pair[0] != pair[1]}
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(sorted({*companies, *(name for pair in links for name in pair)}))
    graph.add_edges_from((*pair, {"streams": count}) for pair, count in links.items())
    return graph


def nodes(graph: nx.DiGraph) -> float:
    """N, the number of companies. Empty: 0; one stream: 2."""
    return float(graph.number_of_nodes())


def links(graph: nx.DiGraph) -> float:
    """L, ordered pairs of companies with a stream. Empty: 0; one stream: 1."""
    return float(graph.number_of_edges())


def density(graph: nx.DiGraph) -> float:
    """L/(N (N - 1)), share of the possible links that exist (Wasserman & Faust 1994, eq. 4.3). Empty: 0; one stream: 1/2."""
    import networkx as nx

    return float(nx.density(graph))


def reciprocity(graph: nx.DiGraph) -> float:
    """Share of links whose reverse exists too (Newman, Forrest & Balthrop 2002). Empty: 0; one stream: 0."""
    import networkx as nx

    return float(nx.overall_reciprocity(graph)) if graph.number_of_edges() else 0.0


def degree_centralisation(graph: nx.DiGraph) -> float:
    """Σ (d_max - d_i)/((N - 1)(N - 2)) over partners d of each company, 1 for a star (Freeman 1978, p. 229).

    Empty, or fewer than three companies: 0.
    """
    degrees = [degree for _name, degree in graph.to_undirected(as_view=True).degree()]
    n = len(degrees)
    return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2)) if n > 2 else 0.0


def betweenness_centralisation(graph: nx.DiGraph) -> float:
    """Σ (b_max - b_i)/(N - 1) of normalised betweenness, direction apart, 1 for a star (Freeman 1978, p. 234).

    Empty, or fewer than three companies: 0.
    """
    import networkx as nx

    between = list(nx.betweenness_centrality(graph.to_undirected()).values())
    return sum(max(between) - each for each in between) / (len(between) - 1) if len(between) > 2 else 0.0


def components(graph: nx.DiGraph) -> float:
    """Groups of companies that hang together by streams, companies without one apart. Empty: 0; one stream: 1."""
    import networkx as nx

    return float(sum(len(group) > 1 for group in nx.weakly_connected_components(graph)))


def largest_component(graph: nx.DiGraph) -> float:
    """Share of all companies in the largest group that hangs together. Empty: 0; one stream: 1."""
    import networkx as nx

    if not graph.number_of_edges():
        return 0.0
    return max(len(group) for group in nx.weakly_connected_components(graph)) / graph.number_of_nodes()


def modularity(graph: nx.DiGraph) -> float:
    """Q = Σ_c (L_c/L - (d_c/(2 L))²) of the partition found by greedy merging (Clauset, Newman & Moore 2004, eq. 2).

    Direction apart. Empty: 0; one stream: 0.
    """
    from networkx.algorithms import community

    if not graph.number_of_edges():
        return 0.0
    plain = graph.to_undirected()
    return float(community.modularity(plain, community.greedy_modularity_communities(plain)))


def network_efficiency(graph: nx.DiGraph) -> float:
    """Mean of 1/(shortest path) over all pairs, direction apart (Latora & Marchiori 2001, eq. 1). Empty: 0; one stream: 1."""
    import networkx as nx

    return float(nx.global_efficiency(graph.to_undirected()))


def efficiency_losses(graph: nx.DiGraph, companies: Iterable[str] | None = None) -> pd.Series:
    """Relative loss of network efficiency when one company stops trading: (E - E_i)/E, by company.

    Of all companies, or of `companies`. The company stays in the count of pairs without a link, so a loss is
    never negative (Gol'dshtein, Koganov & Surdutovich 2004, node vulnerability; used on industrial symbiosis by
    Chopra & Khanna 2014). Without a link all losses are 0.
    """
    import networkx as nx
    import pandas as pd

    plain = graph.to_undirected()
    whole = nx.global_efficiency(plain)
    found = {}
    for name in list(plain) if companies is None else companies:
        links = list(plain.edges(name))
        plain.remove_edges_from(links)
        found[name] = (whole - nx.global_efficiency(plain)) / whole if links else 0.0
        plain.add_edges_from(links)
    return pd.Series(found, dtype=float, name="efficiency_loss").rename_axis("company")


def hub_efficiency_loss(graph: nx.DiGraph) -> float:
    """Loss of network efficiency by the company with most partners, the first by name. Empty: 0; one stream: 1."""
    if not graph.number_of_edges():
        return 0.0
    plain = graph.to_undirected()
    hub = min(plain, key=lambda name: (-plain.degree(name), name))
    return float(efficiency_losses(graph, [hub])[hub])


def attack_robustness(graph: nx.DiGraph) -> float:
    """R = (1/N) Σ_{q=1..N} s(q), s the share of companies in the largest group after q were taken out.

    Each time the one with most partners goes, ties by name (Schneider et al. 2011, eq. 1). Between 0 and
    (N - 1)/(2 N). A company alone is a group of one. Empty: 0; one stream: 1/4.
    """
    from networkx.utils import UnionFind

    plain, n = graph.to_undirected(), graph.number_of_nodes()
    gone: list[tuple[str, list[str]]] = []
    while plain.number_of_nodes():
        name = min(plain, key=lambda each: (-plain.degree(each), each))
        gone.append((name, list(plain[name])))
        plain.remove_node(name)
    groups, size, largest, total = UnionFind(), {}, 0, 0
    for name, partners in reversed(gone):  # put back one by one: groups only grow
        total += largest
        size[groups[name]] = 1
        for partner in partners:
            roots = {groups[name], groups[partner]}
            whole = sum(size[root] for root in roots)
            groups.union(name, partner)
            size[groups[name]] = whole
        largest = max(largest, size[groups[name]])
    return total / n**2 if n else 0.0

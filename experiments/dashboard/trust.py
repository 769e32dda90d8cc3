"""Trust of everyone in everyone as a matrix, ordered so that those who trust each other stand together."""

from __future__ import annotations

from typing import Any

from experiments import look
from simulation.judging import direct_trust
from simulation.state import for_rules

from .course import Course

MOST = 45
"""Companies in the matrix; of more those with the most acquaintances."""
CIVIDIS = ((0, 34, 78), (53, 69, 108), (102, 105, 112), (148, 142, 119), (200, 184, 102), (254, 232, 56))
"""The colour map cividis at 0, 0.2 ... 1: distinct for colour-blind eyes and in grey."""


def matrix(course: Course) -> dict[str, Any]:
    """Names in order, cells [row, column, trust, colour, streams], and where a cluster begins.

    The row trusts the column. Who has never met has no cell.
    """
    tables, names = course.tables, course.foundation.names.companies
    rules = for_rules(tables)
    trust: dict[tuple[int, int], float] = {}
    streams: dict[tuple[int, int], int] = {}
    for tie in tables.ties[: int(tables.clock[0]["ties"])]:
        if tie["since"] >= course.quarter or tie["gone"]:
            continue
        pair = (int(tie["a"]), int(tie["b"]))
        for one, other in (pair, pair[::-1]):
            trust[one, other] = float(direct_trust(rules, tie, one))
            streams[one, other] = int(tie["streams"])
    known: dict[int, int] = {}
    for one, _ in trust:
        known[one] = known.get(one, 0) + 1
    kept = set(sorted(known, key=lambda row: (-known[row], row))[:MOST])
    clusters = _clusters(kept, trust)
    order = [row for cluster in clusters for row in cluster]
    place = {row: k for k, row in enumerate(order)}
    starts, at = [], 0
    for cluster in clusters[:-1]:
        at += len(cluster)
        starts.append(at)
    return {
        "names": [names[row] for row in order],
        "cells": [
            [place[one], place[other], round(value, 2), colour(value), streams[one, other]]
            for (one, other), value in sorted(trust.items())
            if one in place and other in place
        ],
        "starts": starts,
        "said": _said(clusters, names, trust),
        "scale": [[share / 10, colour(share / 10)] for share in range(11)],
    }


def colour(value: float) -> str:
    """The colour of a trust between 0 and 1."""
    at = min(max(value, 0.0), 1.0) * (len(CIVIDIS) - 1)
    low = min(int(at), len(CIVIDIS) - 2)
    parts = (round(a + (at - low) * (b - a)) for a, b in zip(CIVIDIS[low], CIVIDIS[low + 1]))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _clusters(rows: set[int], trust: dict[tuple[int, int], float]) -> list[list[int]]:
    """Groups by greedy modularity of the mutual trust (Clauset, Newman & Moore 2004), the largest first."""
    import networkx as nx

    graph: nx.Graph = nx.Graph()
    graph.add_nodes_from(sorted(rows))
    for one, other in sorted(trust):
        if one < other and one in rows and other in rows:
            graph.add_edge(one, other, weight=trust[one, other] * trust[other, one])
    if not graph.number_of_edges():
        return [sorted(rows)] if rows else []
    groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    strength = dict(graph.degree(weight="weight"))
    ranked = [sorted(group, key=lambda row: (-strength[row], row)) for group in groups]
    return sorted(ranked, key=lambda group: (-len(group), group))


def _said(clusters: list[list[int]], names: list[str], trust: dict[tuple[int, int], float]) -> str:
    if not trust:
        return "Nobody has met yet."
    mean = sum(trust.values()) / len(trust)
    (one, other), most = max(trust.items(), key=lambda item: (item[1], item[0]))
    return (
        f"{look.plural(len(trust) // 2, 'pair')} know each other, in {look.plural(len(clusters), 'cluster')}; mean trust "
        f"{look.fixed(mean, 2)}. Highest: {names[one]} in {names[other]}, {look.fixed(most, 2)}."
    )

"""Measures of flow networks: how much moves, how far, in which cycles, how ordered (Ulanowicz 1986; Finn 1976).

`flow_network` makes the flow network of one class of residue from a stream table. Throughput and
information measures are over all flows, boundary included; logarithms have base 2, except in
`robustness`. The measures are held against published values of an oyster reef (Dame & Patten 1981).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

BALANCE = 1e-3
"""Largest relative gap between what enters and what leaves a node."""


@dataclass(frozen=True)
class FlowNetwork:
    """A balanced network: `internal[i, j]` from i to j, and for each node `inputs`, `exports`, `respiration`.

    All in one unit a year. Respiration is what is lost at a node (heat, say); it leaves as exports do.
    Raises ValueError where a node's inflow and outflow differ by more than `BALANCE`, or a flow is negative.
    """

    internal: np.ndarray
    inputs: np.ndarray
    exports: np.ndarray
    respiration: np.ndarray

    def __post_init__(self) -> None:
        leaving = self.internal.sum(axis=1) + self.exports + self.respiration
        if min((each.min(initial=0.0) for each in vars(self).values()), default=0.0) < 0:
            raise ValueError("a flow is negative")
        if np.any(np.abs(leaving - self.throughflow) > BALANCE * np.maximum(leaving, self.throughflow)):
            raise ValueError("more enters a node than leaves it, or the reverse; balance the flows first")

    @property
    def throughflow(self) -> np.ndarray:
        """T_j, what enters each node."""
        entering: np.ndarray = self.internal.sum(axis=0) + self.inputs
        return entering


def flow_network(streams: pd.DataFrame, class_: str) -> FlowNetwork:
    """The streams of one class (water, energy, material), closed at the boundary.

    Amounts are the column `amount` where there is one (`simulation.metrics` adds it: energy in GJ), else
    `quantity`, as signed. What a company passes on beyond what it gets enters from outside, what it
    gets beyond what it passes on leaves: the smallest boundary flows that balance the streams. Its
    other intake and waste are no part of the network.
    """
    suppliers, receivers = (streams[side].to_numpy(str) for side in ("supplier", "receiver"))
    chosen = (streams["class"].to_numpy(str) == class_) & (suppliers != receivers)
    amount = streams["amount" if "amount" in streams else "quantity"].to_numpy(float)[chosen]
    names, at = np.unique([suppliers[chosen], receivers[chosen]], return_inverse=True)
    origin, end = at.reshape(2, -1)
    internal = np.zeros((len(names), len(names)))
    np.add.at(internal, (origin, end), amount)
    missing = internal.sum(axis=1) - internal.sum(axis=0)
    return FlowNetwork(internal, missing.clip(min=0), (-missing).clip(min=0), np.zeros(len(names)))


def total_throughflow(flows: FlowNetwork) -> float:
    """TST = Σ T_j (Finn 1976). Empty: 0; one stream of Q: 2 Q, at its supplier and at its receiver."""
    return float(flows.throughflow.sum())


def total_throughput(flows: FlowNetwork) -> float:
    """TSTp, the sum of all flows, boundary included (Ulanowicz 1986). Empty: 0; one stream of Q: 3 Q."""
    return float(_all_flows(flows).sum())


def average_path_length(flows: FlowNetwork) -> float:
    """APL = TST/Σ inputs: nodes that a unit passes before it leaves (Finn 1976). Empty: 0; one stream: 2.

    Infinite where flow goes round and nothing enters.
    """
    through, entering = total_throughflow(flows), float(flows.inputs.sum())
    if entering > 0:
        return through / entering
    return math.inf if through > 0 else 0.0


def finn_cycling_index(flows: FlowNetwork) -> float:
    """FCI = Σ_j T_j (N_jj - 1)/N_jj / TST, share of throughflow that comes back (Finn 1976, 1980). Empty: 0; one stream: 0.

    N = (I - G)^-1 with G_ij = F_ij/T_i. (N_jj - 1)/N_jj is the chance that a unit at j returns to j. In a ring
    that nothing leaves I - G is singular; there the chance is 1, which is also the limit of a leaking ring.
    """
    through = flows.throughflow
    if through.sum() <= 0:
        return 0.0
    used = through > 0
    passed = flows.internal[np.ix_(used, used)]
    shares = passed / passed.sum(axis=1, keepdims=True).clip(min=through[used][:, None])
    closed = _closed(passed, (flows.exports + flows.respiration)[used] > 0)
    returned = closed.astype(float)
    open_ = ~closed
    fundamental = np.linalg.inv(np.eye(open_.sum()) - shares[np.ix_(open_, open_)])
    returned[open_] = 1.0 - 1.0 / fundamental.diagonal()
    return float((returned * through[used]).sum() / through.sum())


def _closed(passed: np.ndarray, leaks: np.ndarray) -> np.ndarray:
    """Which nodes belong to a ring that nothing leaves."""
    import networkx as nx

    graph = nx.from_numpy_array(passed, create_using=nx.DiGraph)
    closed = np.zeros(len(passed), bool)
    for group in nx.attracting_components(graph):
        members = list(group)
        closed[members] = not leaks[members].any() and passed[np.ix_(members, members)].sum() > 0
    return closed


def flow_diversity(flows: FlowNetwork) -> float:
    """H = -Σ (F_ij/TSTp) log2(F_ij/TSTp), bits (Ulanowicz 1986). Empty: 0; one stream: log2 3."""
    shares = _shares(flows)
    held = shares[shares > 0]
    return float((held * np.log2(1.0 / held)).sum())


def average_mutual_information(flows: FlowNetwork) -> float:
    """AMI = Σ (F_ij/TSTp) log2(F_ij TSTp/(F_i. F_.j)), bits: how far the origin of a unit tells where it goes.

    Ulanowicz 1986; 0 where all flows are equal and everyone is linked to everyone. Empty: 0; one stream: log2 3,
    as each of its three flows is certain.
    """
    shares = _shares(flows)
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    held = shares > 0
    return float((shares[held] * np.log2(shares[held] / expected[held])).sum())


def ascendency(flows: FlowNetwork) -> float:
    """A = TSTp × AMI (Ulanowicz 1986). Empty: 0; one stream of Q: 3 Q log2 3."""
    return total_throughput(flows) * average_mutual_information(flows)


def development_capacity(flows: FlowNetwork) -> float:
    """C = TSTp × H, the upper bound of ascendency (Ulanowicz 1986). Empty: 0; one stream of Q: 3 Q log2 3."""
    return total_throughput(flows) * flow_diversity(flows)


def overhead(flows: FlowNetwork) -> float:
    """C - A, freedom in reserve (Ulanowicz 1986). Empty: 0; one stream: 0."""
    return max(0.0, development_capacity(flows) - ascendency(flows))


def relative_ascendency(flows: FlowNetwork) -> float:
    """a = A/C, between 0 (all is open) and 1 (all is fixed). Empty: 0; one stream: 1."""
    capacity = development_capacity(flows)
    return min(1.0, ascendency(flows) / capacity) if capacity > 0 else 0.0


def robustness(flows: FlowNetwork) -> float:
    """-a ln a, at most 1/e, between order and reserve (Ulanowicz, Goerner, Lietaer & Gomez 2009). Empty: 0; one stream: 0."""
    share = relative_ascendency(flows)
    return max(0.0, -share * math.log(share)) if share > 0 else 0.0


def _all_flows(flows: FlowNetwork) -> np.ndarray:
    """Every flow: a row for the outside as origin, two columns for exports and respiration."""
    n = len(flows.inputs)
    whole = np.zeros((n + 1, n + 2))
    whole[:n, :n], whole[n, :n] = flows.internal, flows.inputs
    whole[:n, n], whole[:n, n + 1] = flows.exports, flows.respiration
    return whole


def _shares(flows: FlowNetwork) -> np.ndarray:
    whole = _all_flows(flows)
    total = whole.sum()
    shares: np.ndarray = whole / total if total > 0 else whole
    return shares

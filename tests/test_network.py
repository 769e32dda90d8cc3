"""Metrics of networks, food webs, flows and symbiosis: exact cases, published values, empty parks."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import Result, flows, foodweb, load_result, network, simulate, symbiosis
from simulation.flows import FlowNetwork
from simulation.metrics import FLOWS, METRICS, measured, metrics
from simulation.park_at_date import ParkAtDate, park_at

from .parks import maker, story, user

OYSTERS = json.loads((Path(__file__).parent / "data" / "oyster_reef.json").read_text(encoding="utf-8"))
COLUMNS = ["supplier", "receiver", "residue", "class", "unit", "quantity"]


def streams(*rows: tuple[str, str] | tuple[str, str, float], residue: str = "ash") -> pd.DataFrame:
    """A stream table of material; 1 t a year if not said."""
    full = [(row[0], row[1], residue, "material", "t", row[2] if len(row) > 2 else 1.0) for row in rows]
    return pd.DataFrame(full, columns=COLUMNS).astype({"quantity": float})


def seen(table: pd.DataFrame) -> ParkAtDate:
    return ParkAtDate(table, tuple(sorted({*table["supplier"], *table["receiver"]})))


ONE = streams(("A", "B", 6.0))
STAR = network.trade_network(streams(("hub", "a"), ("hub", "b"), ("c", "hub"), ("hub", "d")))
RING = network.trade_network(streams(("a", "b"), ("b", "c"), ("c", "a")))

ONE_STREAM = {
    "traders": 2, "links": 1, "density": 0.5, "reciprocity": 0, "degree_centralisation": 0,
    "betweenness_centralisation": 0, "components": 1, "largest_component": 1, "modularity": 0,
    "network_efficiency": 1, "hub_efficiency_loss": 1, "attack_robustness": 0.25, "linkage_density": 0.5,
    "connectance": 0.25, "prey_predator": 1, "generalisation": 1, "vulnerability": 1, "cyclicity": 0,
    "symbioses": 0, "in_symbiosis": 0, "eco_connectance": 1, "recycling_rate": 0, "symbiosis_indicator": 0.006,
    "material_throughflow": 12, "material_throughput": 18, "material_path_length": 2, "material_cycling": 0,
    "material_information": math.log2(3), "material_ascendency": 18 * math.log2(3),
    "material_capacity": 18 * math.log2(3), "material_overhead": 0, "material_robustness": 0,
}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Result:
    return simulate("kalundborg", seed=1)


@pytest.mark.parametrize("name", METRICS)
def test_the_empty_park_has_the_declared_value(name: str) -> None:
    metric = METRICS[name]
    assert metric.value(seen(streams())) == metric.empty
    assert metric.value(ParkAtDate(streams(), ("A", "B", "C"))) == metric.empty  # companies, no trades


@pytest.mark.parametrize("name", METRICS)
def test_one_stream_has_the_value_of_the_docstring(name: str) -> None:
    expected = ONE_STREAM.get(name, 0.0)  # water and energy: nothing flows
    assert METRICS[name].value(seen(ONE)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_says_what_it_is(name: str) -> None:
    metric = METRICS[name]
    assert metric.meaning and metric.source and (metric.formula or name == "components")
    assert metric.function.__doc__ or metric.function.__name__.startswith("_")


def test_a_star_is_as_central_as_can_be() -> None:
    assert network.degree_centralisation(STAR) == pytest.approx(1.0)
    assert network.betweenness_centralisation(STAR) == pytest.approx(1.0)
    assert network.network_efficiency(STAR) == pytest.approx((4 * 1 + 6 * 0.5) / 10)


def test_losing_the_hub_of_a_star_loses_all_efficiency_and_a_leaf_its_own_part() -> None:
    losses = network.efficiency_losses(STAR)
    assert losses["hub"] == pytest.approx(1.0) and network.hub_efficiency_loss(STAR) == pytest.approx(1.0)
    assert losses["a"] == pytest.approx((1 + 3 * 0.5) / 7)
    assert network.efficiency_losses(nx.DiGraph([("a", "b")]), ["b"]).to_dict() == {"b": 1.0}


def test_a_ring_is_regular_and_cycles_once() -> None:
    assert network.degree_centralisation(RING) == 0.0
    assert foodweb.cyclicity(RING) == pytest.approx(1.0)
    assert foodweb.cyclicity(STAR) == 0.0
    crossing = network.trade_network(streams(("a", "b"), ("b", "a"), ("b", "c"), ("c", "a"), ("a", "c")))
    assert foodweb.cyclicity(crossing) > 1.0


def test_reciprocity_counts_links_that_are_returned() -> None:
    graph = network.trade_network(streams(("a", "b"), ("b", "a"), ("b", "c"), ("c", "d")))
    assert network.reciprocity(graph) == pytest.approx(0.5)


def test_several_streams_between_two_are_one_link_and_a_stream_to_oneself_is_none() -> None:
    graph = network.trade_network(streams(("a", "b"), ("a", "b"), ("c", "c")), ["d"])
    assert list(graph) == ["a", "b", "d"]
    assert graph.edges["a", "b"]["streams"] == 2 and network.links(graph) == 1


def test_two_groups_without_a_link_have_the_modularity_of_two_halves() -> None:
    graph = network.trade_network(
        streams(("a", "b"), ("b", "c"), ("c", "a"), ("d", "e"), ("e", "f"), ("f", "d"))
    )
    assert network.modularity(graph) == pytest.approx(0.5)
    assert network.components(graph) == 2 and network.largest_component(graph) == 0.5


def attacked(graph: nx.Graph) -> float:
    """The definition, step by step."""
    plain, total = graph.to_undirected(), 0
    for _ in range(graph.number_of_nodes()):
        plain.remove_node(min(plain, key=lambda name: (-plain.degree(name), name)))
        total += max(map(len, nx.connected_components(plain)), default=0)
    return total / graph.number_of_nodes() ** 2


@given(
    st.sets(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(lambda p: p[0] != p[1]))
)
def test_attack_robustness_is_what_hangs_together_step_by_step(pairs: set[tuple[str, str]]) -> None:
    graph = network.trade_network(streams(*sorted(pairs)), "abcdefg")
    assert network.attack_robustness(graph) == pytest.approx(attacked(graph))


def test_food_web_measures_of_a_park_worked_by_hand() -> None:
    graph = network.trade_network(streams(("a", "b"), ("a", "c"), ("b", "c"), ("d", "c")))
    assert foodweb.linkage_density(graph) == 1.0 and foodweb.connectance(graph) == 0.25
    assert foodweb.prey_predator_ratio(graph) == pytest.approx(3 / 2)
    assert foodweb.generalisation(graph) == 2.0 and foodweb.vulnerability(graph) == pytest.approx(4 / 3)


def oyster_reef() -> FlowNetwork:
    internal = np.zeros((6, 6))
    for origin, end, amount in OYSTERS["flows"]:
        internal[origin, end] = amount
    return FlowNetwork(
        internal, *(np.array(OYSTERS[name], float) for name in ("inputs", "exports", "respiration"))
    )


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("TST", flows.total_throughflow), ("TSTp", flows.total_throughput), ("APL", flows.average_path_length),
        ("FCI", flows.finn_cycling_index), ("H", flows.flow_diversity), ("AMI", flows.average_mutual_information),
        ("capacity", flows.development_capacity), ("ascendency", flows.ascendency), ("overhead", flows.overhead),
        ("A_over_C", flows.relative_ascendency), ("robustness", flows.robustness),
    ],
)  # fmt: skip
def test_the_oyster_reef_has_its_published_values(
    name: str, function: Callable[[FlowNetwork], float]
) -> None:
    assert function(oyster_reef()) == pytest.approx(OYSTERS["expected"][name], rel=5e-4)


def test_the_web_of_the_oyster_reef_has_its_published_values() -> None:
    graph = nx.DiGraph((origin, end) for origin, end, _amount in OYSTERS["flows"])
    expected = OYSTERS["expected"]
    assert (network.nodes(graph), network.links(graph)) == (expected["n"], expected["L"])
    assert foodweb.connectance(graph) == pytest.approx(expected["connectance"], rel=5e-4)
    assert foodweb.linkage_density(graph) == pytest.approx(expected["link_density"], rel=5e-4)
    assert foodweb.cyclicity(graph) == pytest.approx(expected["lambda_max"], rel=5e-4)


@given(st.floats(0.1, 1e6), st.floats(0.01, 0.99))
def test_a_loop_of_two_cycles_the_share_that_returns(amount: float, returned: float) -> None:
    loop = flows.flow_network(streams(("a", "b", amount), ("b", "a", returned * amount)), "material")
    assert flows.finn_cycling_index(loop) == pytest.approx(returned)
    assert flows.average_path_length(loop) == pytest.approx(2 / (1 - returned))


def test_a_ring_that_nothing_leaves_cycles_all_and_its_paths_never_end() -> None:
    ring = flows.flow_network(streams(("a", "b", 3), ("b", "c", 3), ("c", "a", 3)), "material")
    assert flows.finn_cycling_index(ring) == 1.0
    assert flows.average_path_length(ring) == math.inf
    leaking = flows.flow_network(streams(("a", "b", 3), ("b", "c", 3), ("c", "a", 3 - 1e-9)), "material")
    assert flows.finn_cycling_index(leaking) == pytest.approx(1.0)


def test_a_closed_ring_beside_an_open_chain_is_weighted_by_throughflow() -> None:
    both = streams(("a", "b", 3), ("b", "a", 3), ("c", "d", 6))
    assert flows.finn_cycling_index(flows.flow_network(both, "material")) == pytest.approx(6 / 18)


def test_equal_flows_between_all_tell_nothing_of_where_a_unit_goes() -> None:
    equal = FlowNetwork(np.ones((4, 4)), np.zeros(4), np.zeros(4), np.zeros(4))
    assert flows.average_mutual_information(equal) == pytest.approx(0.0, abs=1e-12)
    assert flows.ascendency(equal) == pytest.approx(0.0, abs=1e-9)
    assert flows.overhead(equal) == pytest.approx(flows.development_capacity(equal))


@given(st.floats(1e-3, 1e6))
def test_twice_the_size_is_the_same_shape(scale: float) -> None:
    reef = oyster_reef()
    larger = FlowNetwork(*(scale * each for each in vars(reef).values()))
    for function in (flows.finn_cycling_index, flows.average_mutual_information, flows.robustness,
                     flows.average_path_length):  # fmt: skip
        assert function(larger) == pytest.approx(function(reef))
    for function in (flows.total_throughput, flows.ascendency, flows.overhead):
        assert function(larger) == pytest.approx(scale * function(reef))


def test_flows_that_do_not_balance_are_refused() -> None:
    with pytest.raises(ValueError, match="balance"):
        FlowNetwork(
            np.array([[0.0, 5.0], [0.0, 0.0]]), np.array([4.0, 0.0]), np.array([0.0, 5.0]), np.zeros(2)
        )
    with pytest.raises(ValueError, match="negative"):
        FlowNetwork(np.array([[0.0, -5.0], [0.0, 0.0]]), np.zeros(2), np.zeros(2), np.zeros(2))


def test_three_companies_and_two_residues_make_a_symbiosis() -> None:
    chain = streams(("a", "b"), ("b", "c"))
    assert symbiosis.symbioses(chain) == []  # one residue only
    two = pd.concat([streams(("a", "b")), streams(("b", "c"), residue="steam")])
    assert symbiosis.symbioses(two) == [{"a", "b", "c"}]
    assert symbiosis.symbioses(two, recyclers=["b"]) == []  # b links them but does not count
    apart = pd.concat([streams(("a", "b")), streams(("c", "d"), residue="steam")])
    assert symbiosis.symbioses(apart) == []  # the test is asked of each group by itself
    four = pd.concat([two, streams(("c", "d"))])
    assert symbiosis.companies_in_symbiosis(four, ["b"]) == 4


def test_eco_connectance_counts_pairs_and_companies_without_a_stream() -> None:
    graph = network.trade_network(streams(("a", "b"), ("b", "a"), ("b", "c")), ["d"])
    assert symbiosis.eco_connectance(graph) == pytest.approx(2 / 6)


def test_symbiosis_indicator_weighs_what_is_used_against_what_leaves() -> None:
    assert symbiosis.symbiosis_indicator([(10, 2), (5, 1)], [(4, 1)]) == pytest.approx(25 / 5)
    assert symbiosis.symbiosis_indicator([], []) == 0.0
    assert symbiosis.recycling_rate(30, 120) == 0.25 and symbiosis.recycling_rate(2, 1) == 1.0


def test_material_left_is_capacity_times_recipe_while_the_company_is_there() -> None:
    scenario = story(
        {"maker": maker(1000, arrives=2002, leaves=2006), "user": user()}, activity={"utilisation": 0.5}
    )
    result = simulate(scenario)
    left = symbiosis.material_left(result.scenario, result.companies, [2001.0, 2003.0, 2007.0])
    assert left == {2001.0: 0.0, 2003.0: 500.0, 2007.0: 0.0}


def test_the_series_holds_every_metric_in_every_year_and_is_finite(result: Result) -> None:
    table = result.metrics
    assert list(table.columns) == ["year", *METRICS]
    assert table["year"].tolist() == list(range(1960, 2025))
    assert np.isfinite(table.to_numpy()).all()
    assert (table.loc[table["year"] == 1960, list(METRICS)] == 0).all(axis=None)


def test_the_series_is_what_is_seen_at_each_date(result: Result) -> None:
    picked = metrics(result, [1989, 2010])
    pd.testing.assert_frame_equal(
        picked, result.metrics[result.metrics["year"].isin([1989, 2010])].reset_index(drop=True)
    )
    at = park_at(result, 2010.75)
    assert picked["links"].iloc[1] == len(set(zip(at.streams["supplier"], at.streams["receiver"])))
    assert picked.iloc[1][list(METRICS)].to_dict() == pytest.approx(measured(at))


def test_a_saved_run_has_the_same_metrics(result: Result, tmp_path: Path) -> None:
    pd.testing.assert_frame_equal(load_result(result.save(tmp_path / "run")).metrics, result.metrics)


def test_a_year_outside_the_run_is_refused(result: Result) -> None:
    with pytest.raises(ValueError, match="outside the run \\(1960-2024\\): 1959, 2025"):
        metrics(result, [2025, 1990, 1959])


def test_energy_counts_in_gigajoule_whatever_its_unit() -> None:
    table = pd.DataFrame([["a", "b", "power", "energy", "MWh", 10.0]], columns=COLUMNS)
    as_signed = flows.flow_network(table, "energy")
    in_gj = flows.flow_network(table.assign(amount=36.0), "energy")
    assert flows.total_throughflow(in_gj) == pytest.approx(3.6 * flows.total_throughflow(as_signed))


def test_flow_metrics_are_declared_for_every_class() -> None:
    assert {metric.of[0] for metric in FLOWS} == {"water", "energy", "material"}

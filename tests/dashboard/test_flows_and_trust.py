"""Flows, trust and measures of the network as the page gets them, without a browser."""

from __future__ import annotations

import pytest

from experiments.dashboard.course import Course
from experiments.dashboard.flows import amounts, sankey
from experiments.dashboard.networks import Networks
from experiments.dashboard.show import Show
from experiments.dashboard.trust import colour, matrix


@pytest.fixture(scope="module")
def park() -> Course:
    course = Course("kalundborg")
    course.go_to(course.quarter_of(2005))
    return course


def test_bands_of_the_flows_carry_what_is_signed(park: Course) -> None:
    streams = park.result.streams(2005.75)
    for kind, unit in (("water", "m3"), ("material", "t")):
        own = streams[(streams["class"] == kind) & (streams["unit"] == unit)]
        assert sum(each[4] for each in amounts(park, kind)) == pytest.approx(own["quantity"].sum(), rel=1e-6)
        drawn = sankey(park, kind)
        assert len(drawn["bands"]) == len(own)
        assert {node["name"] for node in drawn["nodes"]} == {*own["supplier"], *own["receiver"]}


def test_nodes_of_the_flows_are_as_high_as_their_bands(park: Course) -> None:
    drawn = sankey(park, "energy")
    for side in ("left", "right"):
        nodes = [node for node in drawn["nodes"] if node["side"] == side]
        bottoms = [node["y"] + node["h"] for node in nodes]
        assert all(top["y"] > bottom for top, bottom in zip(nodes[1:], bottoms, strict=False))
        assert max(bottoms) <= drawn["height"]


def test_flows_of_a_park_without_streams_are_empty() -> None:
    drawn = sankey(Course("classroom"), "water")
    assert drawn["bands"] == []
    assert drawn["total"].startswith("0 streams")


def test_every_cell_of_the_trust_matrix_is_what_one_company_trusts(park: Course) -> None:
    drawn = matrix(park)
    cells = {(row, column): value for row, column, value, _, _ in drawn["cells"]}
    assert all((column, row) in cells for row, column in cells)
    one, other = next(iter(cells))
    show = Show("kalundborg")
    show.to_year(2005)
    show.choose_company(drawn["names"][one])
    told = show.details()
    assert told is not None
    given = {each["name"]: each["given"] for each in told["trust"]}
    assert given[drawn["names"][other]] == pytest.approx(cells[one, other], abs=0.011)
    assert len(drawn["names"]) == len(set(drawn["names"]))


def test_more_trust_is_lighter() -> None:
    light = [sum(int(colour(value / 10)[k : k + 2], 16) for k in (1, 3, 5)) for value in range(11)]
    assert light == sorted(light)
    assert colour(0) == "#00224e"
    assert colour(1) == "#fee838"


def test_network_measures_of_past_years_do_not_change_and_the_twin_has_its_own() -> None:
    show = Show("classroom")
    show.to_year(2012)
    networks = Networks()
    before = networks.yearly(show.course)
    assert len(before) == 13
    show.act('withdraw "Power station"')
    show.to_year(2018)
    assert networks.yearly(show.course)[:13] == before
    assert show.twin is not None
    assert networks.yearly(show.twin)[:13] == before
    assert networks.yearly(show.twin)[-1] != networks.yearly(show.course)[-1]

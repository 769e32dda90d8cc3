"""Figures: everything that should be drawn is, every text is inside and on no other text."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch
from matplotlib.text import Text

import experiments
from experiments import canvas, labels
from experiments.compare import Comparison
from experiments.figures import FIGURES, park_map, save_figures, stream_timeline, streams_over_time
from experiments.figures_of_comparison import curves
from experiments.figures_of_savings import savings
from experiments.figures_of_streams import streams_by_class
from experiments.figures_of_timeline import timeline_rows
from experiments.labels import Anchor, overlap, placed, spread
from experiments.look import CLASS_COLOURS, DARK, LIGHT
from experiments.park_layout import companies_at
from experiments.park_map import MOST_ARCS
from simulation.run import simulate

PARKS: dict[str, dict[str, Any]] = {
    "classroom": {},
    "kalundborg": {},
    "kalundborg in its first years": {"until": 1975},
    "classroom without a stream": {"set": {"trust.prior": 0.01, "bargaining.guard": 8.0}},
    "synthetic": {"set": {"synthetic.companies": 60}},
}


@pytest.fixture(scope="module", params=PARKS)
def result(request: pytest.FixtureRequest) -> Any:
    return simulate(request.param.split()[0], **PARKS[request.param])


def texts(figure: Figure) -> list[Text]:
    """Texts that are seen: all but the labels of ticks beyond the ends of their axis."""
    figure.canvas.draw()
    unseen = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in axis.get_major_ticks():
                if not low <= tick.get_loc() <= high or not axes.axison:
                    unseen |= {tick.label1, tick.label2}
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in shown if text not in unseen]


def boxes(figure: Figure) -> list[tuple[str, tuple[float, float, float, float]]]:
    found = []
    for text in texts(figure):
        box = text.get_window_extent()
        found.append((text.get_text(), (box.x0 + 0.5, box.y0 + 0.5, box.x1 - 0.5, box.y1 - 0.5)))
    return found


def colliding(figure: Figure) -> list[tuple[str, str]]:
    return [
        (a, b) for (a, one), (b, other) in itertools.combinations(boxes(figure), 2) if overlap(one, other)
    ]


def outside(figure: Figure) -> list[str]:
    wide, high = figure.bbox.width, figure.bbox.height
    return [text for text, (x0, y0, x1, y1) in boxes(figure) if x0 < 0 or y0 < 0 or x1 > wide or y1 > high]


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_lies_on_another_or_beyond_the_edge(result: Any, name: str) -> None:
    figure = FIGURES[name](result, LIGHT)
    assert colliding(figure) == []
    assert outside(figure) == []


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_is_of_and_that_it_is_a_model_result(result: Any, name: str) -> None:
    said = [text.get_text() for text in texts(FIGURES[name](result, DARK))]
    assert result.scenario.title in said
    assert any(text.startswith(f"Model result, seed {result.seed}") for text in said)


def test_the_map_has_an_arc_for_every_stream_and_a_disc_for_every_company(result: Any) -> None:
    year = float(result.indicators["year"].iloc[-1])
    figure = park_map(result)
    arcs = [each for each in figure.findobj(FancyArrowPatch) if each.get_gid() == "stream"]
    discs = [each for each in figure.findobj(Circle) if each.get_gid() == "company"]
    assert len(arcs) == min(len(result.streams(year)), MOST_ARCS)
    assert len(discs) == len(companies_at(result, year))


def test_the_map_names_every_company_of_a_park_of_ordinary_size(result: Any) -> None:
    here = companies_at(result, float(result.indicators["year"].iloc[-1]))
    names = [text.get_text() for text in park_map(result).findobj(Text) if text.get_gid() == "name"]
    if len(here) <= 40:
        said = {" ".join(name.split("\n")).split(" km away")[0] for name in names}
        assert len(names) == len(here)
        assert all(any(text.startswith(name) for text in said) for name in here.index)


def test_the_map_of_an_earlier_date_shows_that_date(result: Any) -> None:
    year = float(result.indicators["year"].iloc[len(result.indicators) // 2])
    arcs = [
        each for each in park_map(result, LIGHT, year).findobj(FancyArrowPatch) if each.get_gid() == "stream"
    ]
    assert len(arcs) == min(len(result.streams(year)), MOST_ARCS)


def test_bands_of_the_classes_add_up_to_the_streams(result: Any) -> None:
    total = np.sum(list(streams_by_class(result).values()), axis=0)
    ends = result.contracts["ends"].to_numpy()
    ending = np.array([(ends == year + 0.25).sum() for year in result.indicators["year"]])
    assert ((total - result.indicators["streams"]).between(0, ending)).all()


def test_recorded_counts_are_dots_named_recorded() -> None:
    figure = streams_over_time(simulate("kalundborg"))
    said = [text.get_text() for text in texts(figure)]
    assert said.count("recorded") == 2 and "reported at the time" in said
    dots = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == [6, 16]


def test_savings_of_the_companies_are_those_of_their_accounts() -> None:
    result = simulate("classroom")
    table, accounts = savings(result), result.accounts
    own = accounts[accounts["company"] == "Brewery"].set_index("year")["savings"] / 1e6
    np.testing.assert_allclose(table["Brewery"], own.loc[table.index])


def test_the_timeline_has_a_bar_for_every_contract_and_every_recorded_stream(result: Any) -> None:
    rows, left_out = timeline_rows(result)
    last = float(result.indicators["year"].iloc[-1]) + 0.25
    history = result.scenario.history.streams
    if left_out == 0:
        assert sum(len(row["bars"]) for row in rows) >= (result.contracts["starts"] < last).sum()
    assert (
        sum(len(row["recorded"]) for row in rows) == sum(stream.starts < last for stream in history)
        or left_out
    )
    assert all(first <= second for row in rows for first, second in row["bars"] + row["recorded"])


def test_the_timeline_colours_bars_by_class() -> None:
    result = simulate("classroom")
    figure = stream_timeline(result)
    assert {row["class"] for row in timeline_rows(result)[0]} <= set(CLASS_COLOURS)
    assert "came into operation" in " ".join(text.get_text() for text in texts(figure))


def test_two_runs_share_one_figure() -> None:
    first, second = simulate("classroom"), simulate("classroom", events=["2015 withdraw Power station"])
    figure = curves(Comparison(first, second, ("as it is", "without the power station")))
    assert colliding(figure) == [] and outside(figure) == []
    assert [len(axes.lines) for axes in figure.axes] == [2, 2]


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    result = simulate("classroom", until=2010)
    first, second = (save_figures(result, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert {path.name for path in first} == {f"{name}.png" for name in FIGURES}


def test_pyplot_is_never_imported() -> None:
    script = (
        "import sys, experiments.figures, experiments.figures_of_comparison;"
        "assert 'matplotlib.pyplot' not in sys.modules and 'mesa' not in sys.modules"
    )
    root = Path(experiments.__file__).parents[1]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True, timeout=60)


# --- places for names


def test_names_in_a_crowd_stand_apart_and_off_the_discs() -> None:
    anchors = [Anchor(100 + 22 * (k % 5), 100 + 22 * (k // 5), 6, 60, 11) for k in range(20)]
    places = placed(anchors, np.zeros((0, 2)), (0, 0, 400, 300))
    found = [place.box for place in places if place is not None]
    assert len(found) == 20
    assert not any(overlap(a, b) for a, b in itertools.combinations(found, 2))
    for box in found:
        for anchor in anchors:
            x, y = np.clip(anchor.x, box[0], box[2]), np.clip(anchor.y, box[1], box[3])
            assert np.hypot(x - anchor.x, y - anchor.y) >= anchor.radius


def test_a_name_without_room_is_left_out() -> None:
    assert placed([Anchor(10, 10, 5, 100, 11)], np.zeros((0, 2)), (0, 0, 20, 20)) == [None]


def test_a_name_avoids_lines_where_it_can() -> None:
    line = np.array([[100 + k, 100.0] for k in range(0, 100, 4)])
    place = placed([Anchor(100, 100, 5, 40, 10)], line, (0, 0, 300, 300))[0]
    assert place is not None and place.centre[0] < 100


@pytest.mark.parametrize("wanted", [[1, 1, 1], [0, 0.1, 9.9, 10], [5], [], [10, 0, 5, 5, 5]])
def test_labels_at_line_ends_are_spread_in_their_order(wanted: list[float]) -> None:
    places = spread(wanted, 1.0, 0.0, 10.0)
    order = np.argsort(wanted, kind="stable")
    ordered = [places[k] for k in order]
    assert all(b - a >= 1.0 - 1e-9 for a, b in itertools.pairwise(ordered))
    assert all(-1e-9 <= each <= 10 + 1e-9 for each in places)


def test_spreading_keeps_what_is_already_apart() -> None:
    assert spread([2.0, 5.0, 8.0], 1.0, 0.0, 10.0) == [2.0, 5.0, 8.0]
    assert labels.spread is canvas.spread


def test_a_name_with_signs_of_mathematics_is_drawn_as_it_is(tmp_path: Path) -> None:
    from experiments import stress
    from simulation import load_scenario, simulate
    from simulation.scenario import Scenario

    text = load_scenario("classroom").model_dump_json(by_alias=True).replace("Brewery", "Brew $x^{$ ery")
    scenario = Scenario.model_validate_json(text)
    assert len(save_figures(simulate(scenario), tmp_path / "run")) >= 3
    stress(scenario, 2012, ["Brew $x^{$ ery", "Power station"], runs=2, out=tmp_path / "stress")
    assert (tmp_path / "stress" / "figures" / "ranking.png").is_file()

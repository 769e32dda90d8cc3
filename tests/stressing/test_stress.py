"""A stress test of the classroom park from the question to the folder, and what is said of it."""

import dataclasses
import gc
import itertools
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from matplotlib.text import Text
from scipy import stats

import experiments
from experiments.cli import commands
from experiments.look import DARK, LIGHT
from experiments.stressing import Cancelled, Findings, contrasts, quick, recovery, who_loses, words
from experiments.stressing.figures import FIGURES
from experiments.stressing.findings import from_folder
from experiments.stressing.notes import notes
from experiments.stressing.question import asked
from experiments.stressing.results import TABLES
from experiments.stressing.stress import in_memory, stress
from experiments.stressing.study import study_of
from experiments.stressing.terminal import text
from experiments.sweeping.folder import performed
from experiments.sweeping.ledger import Ledger
from simulation.founding import Foundation
from simulation.network import efficiency_losses, trade_network
from simulation.problems import ScenarioError
from simulation.run import simulate

from ..test_figures import colliding, outside

NAMES = ("Brewery", "Pig farm", "Power station", "Town")
ASKED: dict[str, Any] = {
    "year": 2015, "remove": list(NAMES), "order": 2, "runs": 6, "limit": "streams < 3",
    "against": {"association.starts": 9999}, "until": 2027,
}  # fmt: skip


@pytest.fixture(scope="module")
def findings() -> Findings:
    return quick("classroom", **ASKED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("stress") / "new"
    with ThreadPoolExecutor(2) as executor:  # processes in the test of the command line
        stress("classroom", out=place, executor=executor, **ASKED)
    return place


def equal(one: Findings, other: Findings) -> None:
    for name in one.rows:
        pd.testing.assert_frame_equal(
            one.rows[name], other.rows[name], check_dtype=False, check_like=True, obj=name
        )


# --- the same rows, however they are made


def test_a_folder_has_the_rows_of_a_quick_test_in_memory(folder: Path, findings: Findings) -> None:
    equal(from_folder(asked("classroom", **ASKED), folder), findings)


def test_a_test_in_memory_leaves_no_park_behind(tmp_path: Path) -> None:
    def founded() -> int:
        gc.collect()
        return sum(isinstance(each, Foundation) for each in gc.get_objects())

    scenario = tmp_path / "mine.toml"
    scenario.write_text("name = 'mine'\nbase = 'classroom'\n")
    question = asked(scenario, year=2015, remove=["Brewery", "Town"], runs=2, until=2018)
    before, inside = founded(), []
    in_memory(question, lambda done, jobs: inside.append(founded()))
    assert max(inside) > before
    assert founded() == before


def test_a_test_cut_short_goes_on_to_the_same_rows(folder: Path, tmp_path: Path) -> None:
    question = asked("classroom", **ASKED)
    study = study_of(question)

    def interrupted(ledger: Ledger) -> Iterator[Any]:
        yield list(itertools.islice(next(iter(study.rounds(ledger))), 5))
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as one:
        with pytest.raises(KeyboardInterrupt):
            performed(dataclasses.replace(study, rounds=interrupted), tmp_path, files={}, executor=one)
        assert not (tmp_path / "stress.json").exists()
        found = stress("classroom", out=tmp_path, executor=one, figures=False, **ASKED)
    equal(found, from_folder(question, folder))


def test_another_question_never_mixes(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="runs: found 6 in the folder, now 7"):
        stress("classroom", out=folder, **{**ASKED, "runs": 7})


def test_another_set_of_losses_does_not_change_a_loss(findings: Findings) -> None:
    alone = quick("classroom", 2015, "Town", runs=6, until=2027)
    ours = findings.differences("savings_lost")["3"]
    np.testing.assert_array_equal(alone.differences("savings_lost")["0"], ours)


def test_a_quick_test_tells_and_can_be_given_up() -> None:
    told: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        quick(
            "classroom",
            2015,
            "Town",
            runs=5,
            tell=lambda *each: told.append(each),
            cancelled=lambda: len(told) > 1,
        )
    assert told == [(1, 5), (2, 5)]


# --- what is worked out of the rows


def test_a_loss_counts_a_year_against_the_twin(findings: Findings) -> None:
    """The first replicate of one loss by two whole runs."""
    twin, run = (
        simulate("classroom", 1, until=2027, events=events).indicators
        for events in ((), ("2015 withdraw Brewery",))
    )
    lost = twin["savings"].sum() - run["savings"].sum()
    assert findings.yearly("savings").loc[0, "0"] == pytest.approx(lost / 12)
    ahead = twin.loc[twin["year"] >= 2015, "savings"].sum() / 12
    parks = findings.rows["parks"]
    first = parks[(parks["arm"] == 0) & (parks["replicate"] == 0)]
    assert first["savings_ahead"].item() / 12 == pytest.approx(ahead)


def test_an_interaction_is_what_a_pair_costs_beyond_its_parts(findings: Findings) -> None:
    table = contrasts.interactions(findings).set_index("contingency")
    loss = findings.yearly("savings", None)
    beyond = loss["0+2"] - loss["0"] - loss["2"]
    row = table.loc["Brewery + Power station"]
    assert (
        row["interaction"] == pytest.approx(beyond.mean()) and row["low"] < row["interaction"] < row["high"]
    )
    assert row["both"] == pytest.approx(row["loss_one"] + row["loss_other"] + row["interaction"])
    assert len(table) == 6


def test_another_setting_is_the_difference_of_two_tests_with_the_same_seeds(findings: Findings) -> None:
    without = quick("classroom", 2015, list(NAMES), runs=6, until=2027, set={"association.starts": 9999})
    change = without.yearly("savings") - findings.yearly("savings")
    table = contrasts.differences(findings)
    ours = table[table["measure"] == "savings"].set_index("contingency")["difference"]
    for key in findings.keys(1):
        assert ours[findings.label(key)] == pytest.approx(change[key].mean())
    assert set(table["against"]) == {"association.starts = 9999"} and (ours != 0).any()


def test_modes_are_compared_with_the_first() -> None:
    found = quick("classroom", 2015, list(NAMES[:2]), runs=3, mode=["exit", "temporary:2"])
    table = contrasts.differences(found)
    own = table[table["measure"] == "savings"]
    loss = found.yearly("savings")
    assert own["against"].tolist() == ["temporary:2 against exit"] * 2
    np.testing.assert_allclose(
        own["difference"], (loss[["2", "3"]].to_numpy() - loss[["0", "1"]].to_numpy()).mean(0)
    )
    (said,) = [line for line in "\n".join(notes(found)).splitlines() if "in place of" in line]
    assert said.startswith("2 years without trade in place of exit changes 1 of 2 losses, most ")
    assert re.search(r" stops trading for 2 years: [\d.]+ M EUR a year less \([\d.]+ to [\d.]+\)\.$", said)
    assert (own["difference"] < 0).all(), "a partner that comes back costs less than one that is gone"


def test_the_smallest_set_is_that_of_all_sets_tried(findings: Findings) -> None:
    frame = findings.contingencies
    frame = frame[frame["setting"] == ""]
    share = (frame.assign(below=frame["lowest"] < 3).groupby("loss")["below"].mean() >= 0.5).to_dict()
    reached = [key for key, enough in share.items() if enough]
    smallest = min(key.count("+") for key in reached) + 1
    table = contrasts.smallest_sets(findings)
    assert table.iloc[0]["reached"] and table.iloc[0]["order"] == smallest
    assert table["reached"].sum() == len(reached)


def test_beyond_pairs_the_set_grows_by_the_loss_that_does_most() -> None:
    """No single loss empties the park; step by step a set does, and no step repeats a set."""
    found = quick("classroom", 2015, list(NAMES), runs=3, limit="streams < 1", until=2021)
    table = contrasts.smallest_sets(found)
    tried = found.contingencies.groupby("order")["loss"].nunique().to_dict()
    assert tried[1] == 4 and tried[2] == 3 and max(tried) >= 2
    assert table["contingency"].is_unique
    singles = table[table["order"] == 1]
    assert not singles["reached"].any()
    nearest = singles.iloc[0]["contingency"]
    assert all(nearest in each for each in table.loc[table["order"] == 2, "contingency"])


def test_who_loses_adds_up_to_the_loss_of_the_others(findings: Findings) -> None:
    table = who_loses.company_loss(findings)
    own = table[table["contingency"] == "Power station"]
    means = findings.averages(1)
    others = own.loc[~own["hit"], "savings"].sum()
    assert others == pytest.approx(means.loc["2", "others_lost"] / findings.years)
    assert own.loc[own["hit"], "company"].tolist() == ["Power station"]
    assert own["share_losing"].between(0, 1).all() and (own["share_losing"] + own["share_gaining"] <= 1).all()


def test_curves_are_shares_of_the_twin_and_begin_at_one(findings: Findings) -> None:
    table = recovery.curves(findings)
    before = table[table["since"] == -1]
    assert (before[["low_90", "median", "high_90"]] == 1).all(axis=None)
    bands = ["low_90", "low_50", "median", "high_50", "high_90"]
    assert (table[bands].diff(axis=1).iloc[:, 1:] >= -1e-12).all(axis=None)
    first = table[(table["contingency"] == "Power station") & (table["indicator"] == "savings")]
    assert first[first["since"] == 0]["median"].item() < 0.5


def test_efficiency_beside_the_ranking_is_that_of_the_network_metrics(findings: Findings) -> None:
    streams = simulate("classroom", 1, until=2015).streams(2014.75)
    expected = efficiency_losses(trade_network(streams))
    network = findings.rows["network"]
    first = network[(network["arm"] == 0) & (network["replicate"] == 0)].set_index("company")
    for name in nx.DiGraph(trade_network(streams)):
        assert first.loc[name, "efficiency_loss"] == pytest.approx(expected[name])
    placed = contrasts.beside_network(findings)
    tau = stats.kendalltau(placed["loss"], placed["efficiency_loss"]).statistic
    assert contrasts.agreement(findings)["tau"] == pytest.approx(tau)
    assert placed.iloc[0]["company"] == "Power station", "the anchor is worst by both here"
    assert placed.iloc[0]["rank_by_efficiency_loss"] == 1


def test_losses_without_a_company_are_tested_too() -> None:
    events = ["2016 facilitator off; 2020 facilitator on", "2016 set policy.landfill_levy.scale 0",
              "2016 price clay 3", '2016 close "Power station/flue gas washer"']  # fmt: skip
    found = quick("classroom", events=events, runs=3, until=2026)
    means = found.averages(1)
    assert means.loc["0", "streams_held"] == 0 and means.loc["0", "streams_at_once"] == 0
    assert means.loc["3", "streams_at_once"] == 1, "gypsum ends with the washer"
    assert means.loc["3", "streams_held"] > 1, "the power station has more streams than that"
    assert 'close "Power station/flue gas washer"' in found.worst()["contingency"].tolist()
    assert "price clay 3" in text(found)


# --- what is written and said


def test_the_folder_has_its_tables_with_units_figures_and_the_record_last(folder: Path) -> None:
    import pyarrow.parquet as pq

    written = {path.stem for path in folder.glob("*.parquet")}
    assert written >= set(TABLES) - {"cascade"}
    drawn = {path.stem for path in (folder / "figures").iterdir()}
    assert drawn == {*FIGURES, *(f"{name}-dark" for name in FIGURES)}
    schema = pq.read_schema(folder / "ranking.parquet")
    assert schema.field("own_lost").metadata[b"unit"] == b"EUR"
    record = json.loads((folder / "stress.json").read_text(encoding="utf-8"))
    assert record["question"]["year"] == 2015 and record["runs"] == 6
    assert record["ranking"][0]["contingency"] == "Power station"
    assert not list(folder.rglob("*.part"))


def test_the_headline_has_its_interval_its_runs_and_is_no_forecast(findings: Findings) -> None:
    said = words.headline(findings)
    assert "A model result, not a forecast: 6 paired runs, 95 % intervals, EUR of 2018" in said
    assert re.search(r"the loss of Power station \(exit, 2015\) costs the park savings of [\d.]+ M EUR a year "
                     r"\([\d.]+ to [\d.]+\), \d+ % of what the park would have", said, re.IGNORECASE)  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_of_a_figure_lies_on_another_or_beyond_the_edge(findings: Findings, name: str) -> None:
    for style in (LIGHT, DARK):
        figure = FIGURES[name](findings, style)
        assert figure is not None
        slanted = {text.get_text() for text in figure.findobj(Text) if text.get_rotation() not in (0, 90)}
        assert [pair for pair in colliding(figure) if not slanted & set(pair)] == []
        assert outside(figure) == []


def test_python_and_command_line_give_the_same(tmp_path: Path) -> None:
    options = ["--year", "2015", "--remove", "Town", "--remove", "Brewery", "--runs", "2", "--until", "2018",
               "--workers", "1", "--no-figures", "--json"]  # fmt: skip
    answer = CliRunner().invoke(commands, ["stress", "classroom", *options, "--out", str(tmp_path / "a")])
    assert answer.exit_code == 0, answer.output
    record = json.loads(answer.stdout)
    found = experiments.stress("classroom", 2015, ["Town", "Brewery"], runs=2, until=2018, out=tmp_path / "b",
                               workers=1, figures=False)  # fmt: skip
    assert record["headline"] == words.headline(found)


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        (["--year", "2015", "--remove", "Brewry"], "did you mean 'Brewery'?"),
        (["--year", "1990"], "--year: found 1990"),
        (["--year", "2015", "--mode", "leave"], "--mode: found 'leave'"),
        (["--event", "2015 withdrw Town"], "withdraw"),
    ],
)
def test_bad_input_ends_with_2_and_writes_nothing(tmp_path: Path, words_: list[str], said: str) -> None:
    answer = CliRunner().invoke(commands, ["stress", "classroom", *words_, "--out", str(tmp_path / "a")])
    assert answer.exit_code == 2 and said in answer.stderr and "Traceback" not in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ScenarioError, match="other files"):
        stress("classroom", 2015, "Town", runs=2, out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

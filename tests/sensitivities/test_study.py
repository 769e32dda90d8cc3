"""A study from command line to folder, and boxes on a finished sweep."""

import json
import shlex
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from experiments import sensitivity
from experiments.cli import commands
from experiments.discovery import boxes
from experiments.discovery.boxes import discover
from experiments.discovery.condition import cases
from experiments.marked import between
from experiments.sensitivities import page
from experiments.sensitivities.said import asked
from experiments.sensitivities.study import read
from experiments.sweeping.design import Range
from simulation.problems import ScenarioError

OVER = {"trust.prior": (0.2, 0.8), "policy.landfill_levy.scale": (0.0, 3.0)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("study") / "sobol"
    over = [f"--over={name}={low}..{high}" for name, (low, high) in OVER.items()]
    words = ["sensitivity", "classroom", *over, "--of", "savings_2020", "--of", "streams_2020", "--samples", "32",
             "--replicates", "2", "--out", str(out), "--json"]  # fmt: skip
    said = CliRunner().invoke(commands, words, standalone_mode=False)
    assert said.exception is None, said.output
    record = json.loads(said.stdout)
    assert record["runs"] == 2 * 32 * 6 and record["failed"] == 0
    return out


def test_the_levy_moves_savings_more_than_trust_does(folder: Path) -> None:
    found = read(folder)
    total = found.of("savings_2020", "total")["value"]
    assert total.index[0] == "policy.landfill_levy.scale" and total.iloc[0] > 0.8
    assert 0 < found.luck["savings_2020"] < found.luck["streams_2020"] < 1


def test_the_same_again_runs_nothing_and_finds_the_same(folder: Path) -> None:
    again = sensitivity(
        "classroom", over=OVER, of=["savings_2020", "streams_2020"], samples=32, replicates=2, out=folder
    )
    pd.testing.assert_frame_equal(again.table, read(folder).table)


def test_a_study_tells_the_options_that_ask_for_it_again(folder: Path) -> None:
    design = read(folder).design
    told = shlex.split(
        " ".join(asked(design.model_copy(update={"events": ["2005 levy 2"], "second_order": False})))
    )
    assert told == [
        *("--method", "sobol", "--over", "trust.prior=0.2..0.8", "--over", "policy.landfill_levy.scale=0..3"),
        *("--of", "savings_2020", "--of", "streams_2020", "--event", "2005 levy 2"),
        *("--samples", "32", "--no-second-order", "--replicates", "2", "--seed", "1"),
    ]
    fine = design.model_copy(update={"axes": {"trust.prior": Range(low=0.123456789, high=1 / 3)}})
    assert f"trust.prior=0.123456789..{1 / 3!r}" in " ".join(asked(fine))


def test_figures_and_tables_are_there(folder: Path) -> None:
    names = {path.name for path in (folder / "figures").iterdir()}
    assert {"ranking-savings_2020.png", "settling-savings_2020.png", "pairs-streams_2020.png"} <= names
    table = pd.read_parquet(folder / "indices.parquet")
    assert set(table["index"]) == {"first", "total", "second"} and not table["converged"].all()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"over": {"trust.prior": (0.2, 0.8)}}, "at least two"), ({"samples": 33}, "power of 2"),
     ({"over": {**OVER, "trust.priro": (0.1, 0.2)}}, "trust.prior"), ({"of": ["savings_1820"]}, "2000 to 2029")],
)  # fmt: skip
def test_what_is_refused_writes_nothing(change: dict[str, object], said: str, tmp_path: Path) -> None:
    given = {"over": OVER, "of": ["savings_2020"], "samples": 32, **change}
    with pytest.raises(ScenarioError, match=said):
        sensitivity("classroom", out=tmp_path / "none", **given)  # type: ignore[arg-type]
    assert not (tmp_path / "none").exists()


def test_prim_and_cart_find_a_box_that_is_there() -> None:
    random = np.random.default_rng(1)
    fields = pd.DataFrame(random.uniform(size=(2000, 4)), columns=list("abcd"))
    is_case = ((fields["a"] < 0.4) & (fields["c"] > 0.5)).to_numpy()
    for method in (boxes._prim, boxes._cart):
        found, _ = method(fields, is_case, 0.95)
        best = found[0]
        assert set(best.limits) == {"a", "c"} and best.density > 0.9 and best.coverage > 0.85
        assert best.limits["a"][1] == pytest.approx(0.4, abs=0.06) and best.limits["c"][0] == pytest.approx(
            0.5, abs=0.06
        )


def test_discover_on_a_sweep_says_the_box(folder: Path) -> None:
    found = discover(folder, "savings_2020 < 7e6")
    assert "policy.landfill_levy.scale" in found.boxes[0].limits and found.boxes[0].density >= 0.8
    words = ["discover", str(folder), "--bad", "savings_2020 < 7e6", "--method", "cart"]
    said = CliRunner().invoke(commands, words, standalone_mode=False)
    assert said.exception is None and "Box 1: coverage" in said.output
    assert (folder / "discovery.json").is_file() and (folder / "figures" / "discovery-cart.png").is_file()


@pytest.mark.parametrize(
    ("bad", "said"),
    [("savings_2020 < 0", "no run"), ("savings_2020 > 0", "every run"), ("savings_2021 > 0", "savings_2020"),
     ("savings_2020", "OUTCOME < NUMBER"), ("__import__('os').system('ls')", "OUTCOME"), ("savings_2020 < 1.2.3", "number")],
)  # fmt: skip
def test_conditions_that_make_no_sense_are_said(folder: Path, bad: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        discover(folder, bad)


def test_conditions_are_joined_by_and() -> None:
    runs = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [1.0, 0.0, 1.0]})
    assert cases("x >= 2 and y > 0.5", runs, ["x", "y"]).tolist() == [False, False, True]


def test_the_page_gets_its_numbers_between_its_marks(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    target.write_text("\n".join(("before", *page.MARKS, "after")), encoding="utf-8")
    written = page.write(folder, target, tmp_path)
    text = target.read_text(encoding="utf-8")
    assert "--over policy.landfill_levy.scale=0..3" in text and "| `trust.prior` | 0.2 to 0.8 |" in text
    assert [path.name for path in written[1:]] == ["sensitivity-ranking.png", "sensitivity-settling.png"]


def test_the_page_of_the_docs_has_its_marks_and_a_row_a_field() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert text.count("| yes |") + text.count("| no |") >= 8 and between(text, "x", page.MARKS)

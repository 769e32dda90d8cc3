"""The whole: tables, figures, folder, page and command."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest

from experiments import validate
from experiments.marked import between
from experiments.validation import nulls, page
from experiments.validation.ensemble import Ensemble
from experiments.validation.figures import FIGURES
from experiments.validation.runs import Variant, runs_of
from experiments.validation.study import FILES, Validation
from experiments.validation.tables import tables
from simulation.scenario import Scenario

from .conftest import FEW
from .histories import small


def test_the_same_seeds_give_the_same_validation(found: Validation) -> None:
    again = validate("kalundborg", runs=FEW, seed=3, nulls=False)
    pd.testing.assert_frame_equal(again.scores, found.scores)


def test_every_table_is_filled_and_rectangular(found: Validation) -> None:
    for heading, names, rows in tables(found):
        assert heading and rows
        assert all(len(row) == len(names) for row in rows), heading


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_drawn(name: str, found: Validation) -> None:
    figure = FIGURES[name](found, __import__("experiments.look").look.LIGHT)
    texts = [text.get_text() for text in figure.texts]
    assert any("Model result" in text and f"{FEW} runs" in text for text in texts)
    assert figure.axes[0].lines or figure.axes[0].patches


def test_a_folder_holds_tables_figures_and_one_json(found: Validation, tmp_path: Path) -> None:
    folder = found.save(tmp_path / "out")
    assert {each.name for each in folder.iterdir()} == FILES
    assert {each.stem for each in (folder / "figures").iterdir()} == {
        *FIGURES,
        *(f"{name}-dark" for name in FIGURES),
    }
    told = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    assert told["seeds"] == [3, 3 + FEW - 1] and len(told["patterns"]) == 12
    assert set(told["nulls"]) == set(nulls.NAMES)
    assert told["scores"]["F1, 1995"]["mean"] == pytest.approx(found.scores["F1, 1995"].mean())
    assert len(pd.read_csv(folder / "scores.csv")) == FEW


def test_a_park_without_recorded_streams_is_held_against_its_counts(tmp_path: Path) -> None:
    held = Validation(Ensemble(small(), [1, 2]), ())
    assert held.text().startswith("Model result")
    held.save(tmp_path / "out")


def test_the_page_gets_numbers_between_its_markers(found: Validation, tmp_path: Path) -> None:
    folder = found.save(tmp_path / "out")
    target = tmp_path / "validation.md"
    target.write_text("\n".join(("before", page.MARKS[0], "old", page.MARKS[1], "after\n")), encoding="utf-8")
    (tmp_path / "images").mkdir()
    readme = tmp_path / "README.md"
    readme.write_text("\n".join(("first", *page.OF_README, "last")), encoding="utf-8")
    written = page.write(folder, target, tmp_path / "images", readme)
    assert "| year | recorded | simulated mean" in readme.read_text(encoding="utf-8")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert "### Patterns" in text and len(written) == 2 + len(FIGURES)
    with pytest.raises(ValueError, match="the page lacks the lines"):
        between("nothing", "x", page.MARKS)


def test_the_page_of_the_docs_has_its_markers_and_every_table() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert between(text, "x", page.MARKS).count(page.MARKS[0]) == 1
    assert "| 1995 |" in page.README.read_text(encoding="utf-8").partition(page.OF_README[0])[2]
    for heading in ("Verdicts", "Patterns", "Each recorded stream", "Published totals"):
        assert f"### {heading}" in text
    for name in FIGURES:
        assert f"validation-{name}.png" in text and (page.IMAGES / f"validation-{name}.png").is_file()


def test_the_command_prints_writes_and_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from experiments.cli import commands

    out = tmp_path / "v"
    words = ["validate", "kalundborg", "--runs", "2", "--no-nulls", "--no-figures", "--out", str(out)]
    assert commands.status(words, {"standalone_mode": False}) == 0
    assert "Streams in operation" in capsys.readouterr().out
    assert commands.status(words, {"standalone_mode": False}) == 2
    assert "add --force" in capsys.readouterr().err
    assert commands.status(["validate", "classroom", "--runs", "2"], {"standalone_mode": False}) == 2
    assert "history" in capsys.readouterr().err
    short = ["validate", "kalundborg", "--runs", "2", "--no-nulls", "--set", "trust.prior=0.3", "--json"]
    assert commands.status(short, {"standalone_mode": False}) == 0
    assert json.loads(capsys.readouterr().out)["nulls"] == {}


def test_numbers_of_a_run_pickle_small(kalundborg: Scenario) -> None:
    import pickle

    run = runs_of(Variant(kalundborg), [1])[0]
    assert len(pickle.dumps(run)) < 200_000
    assert {each.name for each in dataclasses.fields(run)} == {
        "seed",
        "spans",
        "contracts",
        "yearly",
    }

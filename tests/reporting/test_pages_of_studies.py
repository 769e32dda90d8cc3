"""Pages about sweeps and sensitivity studies: made from real folders, safe to open, with what a reader needs."""

import re
from pathlib import Path
from typing import Any

import pytest

from experiments import look, sensitivity, sweep
from experiments.reporting import report
from simulation.problems import ScenarioError

from .parts_of_a_page import Page

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studies")


def page_of(folder: Path) -> str:
    text = report(folder).read_text(encoding="utf-8")
    assert 'src="http' not in text and "<script" not in text and 'href="http' not in text
    return text


def test_the_page_of_a_sweep_has_its_question_figures_points_and_how_to_repeat_it(place: Path) -> None:
    design: dict[str, Any] = {
        "scenario": "classroom", "replicates": 5, "outcomes": ["streams_2020", "savings_2020"], "series": [],
        "question": f"What does trust do? {HOSTILE}", 
        "axes": {"trust.prior": [0.2, 0.8], "bargaining.style": ["boulware", "linear"]},
    }  # fmt: skip
    table = sweep(design, place / "sweep")
    text = page_of(place / "sweep")
    assert "&lt;script&gt;" in text and "Mean of the replicates of every point" in text
    assert text.count("<svg") >= 2 and "symbiopark rerun sweep --run 0 --check" in text
    means = table.groupby("point")["streams_2020"].mean()
    assert (
        f"{means.iloc[0]:.3g} ±" in text
        and "boulware" in text
        and "20 of 20 runs are finished, 0 failed" in text
    )


def test_points_of_a_list_stand_under_the_fields_that_they_set_and_the_rule_says_what_it_came_to(
    place: Path,
) -> None:
    points = [{"trust.prior": 0.25}, {"meeting.chance": 0.04}]
    rule = {"until": "streams_2020", "half_width": 1.0, "at_most": 30}
    sweep({"scenario": "classroom", "design": "list", "points": points, "replicates": rule, "outcomes": ["streams_2020"]},
          place / "list")  # fmt: skip
    text = page_of(place / "list")
    table = text[text.index("Mean of the replicates of every point") :]
    rows = [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]
    assert rows[0] == ["trust.prior", "meeting.chance", "streams_2020", "Runs"]
    assert [row[:2] for row in rows[1:3]] == [["0.25", "as it is"], ["as it is", "0.04"]]
    assert all(len(row) == 4 and "±" in row[2] and row[3] == "10" for row in rows[1:3])
    assert "20 of at most 60 runs are finished" in text
    assert (
        "streams_2020: the mean is known to ± 100 % (95 % interval) at 2 of 2 points, after 10 replicates."
        in text
    )


def test_failed_runs_stand_on_the_page(place: Path) -> None:
    axes = {"investment.lead_shortest": [1.0, 3.0], "investment.lead_longest": [2.0, 4.0]}  # 3 and 2 clash
    table = sweep({"scenario": "classroom", "axes": axes, "outcomes": ["streams_2020"]}, place / "failed")
    assert (table["status"] == "failed").tolist() == [False, False, True, False]
    text = page_of(place / "failed")
    assert "4 of 4 runs are finished, 1 failed" in text and "lead_shortest: found 3" in text


def test_the_page_of_a_sensitivity_study_ranks_fields_and_says_what_has_not_settled(place: Path) -> None:
    over = {"trust.prior": (0.2, 0.8), "policy.landfill_levy.scale": (0.0, 3.0)}
    for method, samples, words in (("sobol", 16, "First order"), ("morris", 8, "Mean absolute effect")):
        folder = place / method
        sensitivity("classroom", method=method, over=over, of=["savings_2020"], samples=samples, out=folder)  # type: ignore[arg-type]
        text = page_of(folder)
        assert (
            words in text
            and "policy.landfill_levy.scale" in text
            and ">no<" in text.replace("\n", "").replace(" ", "")
        )
        assert f"symbiopark sensitivity {method}/scenario.json --method {method}" in text


def test_a_sweep_without_a_finished_run_is_refused_in_one_message(tmp_path: Path) -> None:
    (tmp_path / "design.toml").write_text("scenario = 'classroom'\noutcomes = ['streams_2020']\n")
    (tmp_path / "ledger.sqlite").write_bytes(b"broken")
    with pytest.raises(ScenarioError, match="a sweep that cannot be read"):
        report(tmp_path)
    assert not (tmp_path / "report.html").exists()


def test_the_page_of_a_validation_has_both_periods_the_null_models_and_the_patterns(place: Path) -> None:
    from experiments import validate

    validate("kalundborg", 3).save(place / "validation")
    text = page_of(place / "validation")
    for words in (
        "to 1995",
        "from 1996",
        "frictionless",
        "Patterns of the record",
        "data:image/png;base64",
        "3 runs, seeds 1 to 3",
    ):
        assert words in text
    (place / "validation" / "validation.json").write_text("{}")
    with pytest.raises(ScenarioError, match="a validation that cannot be read"):
        report(place / "validation")


def test_the_page_of_a_stress_test_ranks_losses_and_says_who_is_hurt(place: Path) -> None:
    from experiments import stress

    stress("classroom", 2012, ["Power station", "Greenhouse"], runs=4, out=place / "stress")
    text = page_of(place / "stress")
    for words in (
        "The loss of Power station",
        "Losses, the costliest first",
        "Others that lose",
        "4 runs, each beside",
    ):
        assert words in text
    assert text.count("data:image/png;base64") >= 3
    assert (
        "symbiopark stress classroom --year 2012 --runs 4 --seed 1 "
        "--remove &#39;Power station&#39; --remove Greenhouse --out NEW" in text
    )


@pytest.fixture(scope="module")
def full_test(place: Path) -> Path:
    from experiments import stress

    stress("classroom", 2012, ["Power station", "Brewery", "Town"], runs=6, order=2, out=place / "full",
           mode=["exit", "temporary:2"], events=["2012 price natural_gas 2; 2014 price natural_gas 1"],
           against={"association.starts": 9999}, limit="streams < 6", within=4, by="streams", until=2025, seed=3,
           set={"trust.prior": 0.55})  # fmt: skip
    return place / "full"


def test_the_page_of_a_stress_test_has_a_table_of_everything_that_was_compared(full_test: Path) -> None:
    import pandas as pd

    shown = Page(page_of(full_test))
    tables = {name: pd.read_parquet(full_test / f"{name}.parquet") for name in ("ranking", "replaced")}
    ranked = tables["ranking"].query("measure == 'streams' and order == 1")
    assert shown.column("Losses, the costliest first", "Loss of") == list(ranked["contingency"])
    assert shown.column("Losses, the costliest first", "Costs the park") == [
        look.fixed(each, 2) for each in ranked["mean"]
    ]
    for caption in ("Pairs against their parts", "association.starts = 9999", "temporary:2 against exit",
                    "Sets of losses that take the park to streams < 6", "Beside the network of streams"):  # fmt: skip
        assert len(shown.tables[caption]) > 1, caption
    lost = shown.column("What stood in for lost streams", "Lost stream")
    assert any(f"to {row.receiver}" in lost[0] for row in tables["replaced"].itertuples())
    assert not [head for rows in shown.tables.values() for head in rows[0] if "_" in head], (
        "names of columns are for files"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_stored_figures_are_those_of_a_light_or_of_a_dark_page_and_light_on_paper(
    scheme: Any, full_test: Path, browser: Any
) -> None:
    page_of(full_test)
    page = browser.new_page(color_scheme=scheme)
    page.goto((full_test / "report.html").as_uri())
    for medium, shown, hidden in ((None, f"on-{scheme}", {"light": "on-dark", "dark": "on-light"}[scheme]),
                                  ("print", "on-light", "on-dark")):  # fmt: skip
        page.emulate_media(media=medium, color_scheme=scheme)
        assert page.locator(f"img.{shown}").count() >= 5
        assert page.locator(f"img.{shown}:visible").count() == page.locator(f"img.{shown}").count()
        assert page.locator(f"img.{hidden}:visible").count() == 0
    page.close()


def test_what_followed_a_loss_is_told_in_words_with_whole_years() -> None:
    import pandas as pd

    from experiments.reporting.document import Prose, Table
    from experiments.reporting.stress_tables import cascade

    row = {"contingency": "Refinery", "what": "company leaves", "company": "Bioenergi", "supplier": "", "receiver": "",
           "residue": "", "share_of_runs": 0.125, "year": 2024.25, "value": 0.0, "reason": "failed"}  # fmt: skip
    ends = row | {"what": "stream ends", "company": "", "supplier": "Lake", "receiver": "Gyproc",
                  "residue": "raw_surface_water", "share_of_runs": 0.05, "value": 66_170.0,
                  "reason": "process_ended"}  # fmt: skip
    left, streams = cascade(pd.DataFrame([row, ends, ends | {"share_of_runs": 0.01}]))
    assert isinstance(left, Table) and isinstance(streams, Table)
    assert list(left.rows[0]) == ["Refinery", "Bioenergi", "12 %", "2024", look.NOTHING, "failed"]
    assert list(streams.rows[0]) == [
        "Refinery",
        "raw surface water, Lake to Gyproc",
        "5 %",
        "2024",
        "66",
        "process ended",
    ]
    assert len(streams.rows) == 1 and "1 more: cascade.parquet" in streams.note
    (nothing,) = cascade(None)
    assert isinstance(nothing, Prose)


def test_a_test_of_events_does_not_ask_about_partners(place: Path) -> None:
    from experiments import stress

    stress("classroom", events=["2012 facilitator off"], runs=2, out=place / "events", figures=False)
    said = Page(page_of(place / "events")).text
    assert "by what happens in 2012 Q1?" in said and "a partner is lost in" not in said


def test_the_page_of_a_stress_test_repeats_it(full_test: Path) -> None:
    import shlex

    import pandas as pd
    from click.testing import CliRunner

    from experiments.cli import commands

    shown = Page(page_of(full_test))
    line = re.search(r"symbiopark (stress .*) --out NEW", shown.text)
    assert line is not None and line[1].startswith("stress full/scenario.json --year 2012 --runs 6 --seed 3")
    typed = [
        *shlex.split(line[1].replace("full/", f"{full_test}/")),
        "--out",
        str(full_test.parent / "again"),
        "--no-figures",
    ]
    assert CliRunner().invoke(commands, typed).exit_code == 0
    for name in ("ranking", "pairs", "differences", "smallest_sets", "company_loss"):
        one, other = (
            pd.read_parquet(place / f"{name}.parquet") for place in (full_test, full_test.parent / "again")
        )
        pd.testing.assert_frame_equal(one, other)


def test_settings_stand_with_their_source_on_the_page_of_a_stress_test(full_test: Path) -> None:
    shown = Page(page_of(full_test))
    assert shown.tables["What was changed for this run"][1][:3] == ["trust.prior", "0.55", "0.5"]
    assert "estimate" in shown.column("Parameters of the rules", "Estimate")

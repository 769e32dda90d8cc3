"""A park held against its record: scores by hand, null models, patterns, the page, the command."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments import validate
from experiments.marked import between
from experiments.sweeping.executors import local
from experiments.validation import nulls, page
from experiments.validation.ensemble import Ensemble, WithoutResidue, no_association, no_landfill_levy
from experiments.validation.figures import FIGURES
from experiments.validation.patterns import FAIL, NOT_TESTABLE, PASS, Finding, NotTestable, Pattern, interval
from experiments.validation.record import Record, first_starts, simulated
from experiments.validation.runs import RunNumbers, Variant, numbers_of, runs_of
from experiments.validation.scores import inside_band, scores, scores_of, substance, summary, timing
from experiments.validation.skill import BETTER, BETTER_ON_AVERAGE, NO_BETTER, WORSE, skill, verdict
from experiments.validation.study import FILES, PATTERNS, Validation
from experiments.validation.tables import tables
from simulation import ScenarioError
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .parks import maker, story, user

FEW = 4


def recorded(supplier: str, starts: float, ends: float | None = None, **more: Any) -> dict[str, Any]:
    return {
        "supplier": supplier,
        "receiver": "User",
        "residue": "ash",
        "starts": starts,
        "ends": ends,
        **more,
    }


def small(*streams: dict[str, Any], meeting: dict[str, float] | None = None, **history: Any) -> Scenario:
    """Two makers and a user in a park from 2000 to 2020."""
    told = {"counts": {2005: 1, 2015: 2}, "calibrated_to": 2009, "streams": list(streams), **history}
    people = {"First": maker(), "Second": maker(cell=(1, 0)), "User": user(5000)}
    return story(people, years=20, history=told, meeting=meeting or {})


def run_with(*spans: tuple[str, float, float], seed: int = 1, streams: float = 1.0) -> RunNumbers:
    """A run in which these suppliers held a stream of ash to the user."""
    rows = [(name, "User", "ash", "clinker", "material", start, end) for name, start, end in spans]
    columns = ["supplier", "receiver", "residue", "input", "class", "starts", "ends"]
    held = pd.DataFrame(rows, columns=columns)
    begun = held.rename(columns={"supplier": "begun_by_supplier", "receiver": "begun_by_receiver"})
    yearly = pd.DataFrame({"streams": streams, "savings": 50.0}, index=range(2000, 2020))
    return RunNumbers(seed, held, begun, yearly)


@pytest.fixture(scope="module")
def kalundborg() -> Scenario:
    return load_scenario("kalundborg")


@pytest.fixture(scope="module")
def found() -> Validation:
    return validate("kalundborg", runs=FEW, seed=3)


# --- the record -----------------------------------------------------------------------------------


def test_the_record_of_kalundborg_has_the_scoreable_rows_up_to_1995(kalundborg: Scenario) -> None:
    record = Record.of(kalundborg)
    assert record.years == (1979, 1989, 1995, 2000, 2011, 2020)
    assert [len(record.operating[year]) for year in (1979, 1989, 1995)] == [5, 12, 17]
    assert [period.name for period in record.periods] == ["to 1995", "from 1996"]


def test_streams_that_came_with_a_change_of_owner_are_handed_on(kalundborg: Scenario) -> None:
    table = Record.of(kalundborg).streams
    assert table.loc[table["handed_on"], "starts"].isin([2000, 2009]).all()
    assert not table.loc[table["receiver"] == "Gyproc", "handed_on"].any()
    assert table["handed_on"].sum() >= 6


def test_streams_whose_start_the_scenario_gives_away_are_not_free(kalundborg: Scenario) -> None:
    table = Record.of(kalundborg).streams
    gypsum = table[table["residue"] == "fgd_gypsum"].iloc[0]
    assert gypsum["possible_from"] == 1993 and not gypsum["free"]
    lake = table[(table["supplier"] == "Lake Tisso") & (table["receiver"] == "Novo Nordisk")].iloc[0]
    assert lake["free"] and lake["possible_from"] < 1985


def test_a_park_without_a_record_is_refused() -> None:
    with pytest.raises(ScenarioError, match="validation holds a park against its record"):
        validate("classroom", runs=2)


def test_without_a_calibration_all_years_are_one_period() -> None:
    record = Record.of(small(recorded("First", 2003), calibrated_to=None))
    assert [period.name for period in record.periods] == ["all years"]


# --- scores ---------------------------------------------------------------------------------------


def test_a_run_that_is_the_record_has_full_marks() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012)))
    marks = scores_of(run_with(("First", 2003.0, 2021.0), ("Second", 2012.0, 2021.0)), record)
    for period in ("to 2009", "from 2010"):
        assert marks[f"F1, {period}"] == marks[f"F1 of starts, {period}"] == marks[f"formed, {period}"] == 1.0
        assert marks[f"timing, {period}"] == 0.0
    assert marks["not on record, from 2010"] == 0.0


def test_hits_false_and_missed_are_counted_at_each_date() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012, 2014)))
    marks = scores_of(run_with(("Second", 2004.0, 2021.0), ("First", 2010.0, 2021.0)), record)
    assert (marks["recall, 2005"], marks["precision, 2005"], marks["F1, 2005"]) == (0.0, 0.0, 0.0)
    assert (marks["recall, 2015"], marks["precision, 2015"]) == (1.0, 0.5)  # the second ended on record
    assert marks["F1, 2015"] == pytest.approx(2 / 3)
    assert marks["F1 of starts, to 2009"] == 0.0 and marks["timing, to 2009"] == 7.0


def test_a_stream_of_low_confidence_is_neither_asked_for_nor_held_against_a_run() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2004, confidence="low")))
    without, with_it = (
        run_with(("First", 2003.0, 2021.0)),
        run_with(("First", 2003.0, 2021.0), ("Second", 2004.0, 2021.0)),
    )
    assert scores_of(without, record)["F1, 2005"] == scores_of(with_it, record)["F1, 2005"] == 1.0


def test_nothing_asked_for_is_no_score_and_nothing_made_is_zero() -> None:
    assert np.isnan(list(substance(0, 3, 0).values())).all()
    assert list(substance(0, 0, 4).values()) == [0.0, 0.0, 0.0]


def test_order_is_a_rank_correlation() -> None:
    record = Record.of(
        small(*(recorded(name, year) for name, year in (("First", 2001), ("Second", 2002), ("User", 2003))))
    )
    same = {
        ("First", "User", "ash"): 2004.0,
        ("Second", "User", "ash"): 2005.0,
        ("User", "User", "ash"): 2009.0,
    }
    assert timing(same, record, "to 2009")["order"] == pytest.approx(1.0)
    turned = dict(zip(same, reversed(same.values()), strict=True))
    assert timing(turned, record, "to 2009")["order"] == pytest.approx(-1.0)
    assert np.isnan(timing({}, record, "to 2009")["order"])


def test_totals_are_simulated_over_published_without_low_confidence() -> None:
    told = [
        {"year": 2010, "indicator": "savings", "value": 25.0},
        {"year": 2010, "indicator": "jobs", "value": 1, "confidence": "low"},
    ]
    marks = scores_of(
        run_with(("First", 2003.0, 2021.0)), Record.of(small(recorded("First", 2003), totals=told))
    )
    assert marks["savings, 2010"] == 2.0 and "jobs, 2010" not in marks


def test_a_count_inside_the_band_counts() -> None:
    runs = [run_with(seed=n, streams=float(n)) for n in range(1, 22)]
    assert inside_band(runs, {2005: 10.0, 2010: 30.0}) == (1, 2)


def test_summary_holds_mean_and_nine_tenths_of_runs_and_leaves_missing_out() -> None:
    table = summary(pd.DataFrame({"a": [*range(21)], "b": [np.nan] * 20 + [3.0], "c": [np.nan] * 21}))
    assert table.loc["a"].tolist() == [10.0, 1.0, 19.0]
    assert table.loc["b"].tolist() == [3.0, 3.0, 3.0] and table.loc["c"].isna().all()


def test_what_is_in_operation_is_asked_of_the_last_quarter() -> None:
    run = run_with(("First", 2005.75, 2006.75))
    assert [len(simulated(run, year)) for year in (2004, 2005, 2006)] == [0, 1, 0]
    assert first_starts(run) == {("First", "User", "ash"): 2005.75}


# --- skill ----------------------------------------------------------------------------------------


def test_verdicts_follow_the_differences_of_runs() -> None:
    spread = np.linspace(-1, 1, 101)
    assert verdict(spread + 2) == BETTER
    assert verdict(spread + 0.5) == BETTER_ON_AVERAGE
    assert verdict(spread) == NO_BETTER
    assert verdict(spread - 0.5) == WORSE


def test_a_smaller_difference_of_dates_is_an_advantage() -> None:
    record = Record.of(small(recorded("First", 2003), recorded("Second", 2012)))
    model = scores([run_with(("First", 2003.0, 2021.0), seed=n) for n in range(5)], record)
    late = scores([run_with(("First", 2008.0, 2021.0), seed=n) for n in range(5)], record)
    table = skill(model, {"late": late}, record).set_index(["period", "score"])
    assert table.loc[("to 2009", "timing"), "advantage"] == 5.0
    assert table.loc[("to 2009", "timing"), "verdict"] == BETTER
    assert table.loc[("from 2010", "F1"), "verdict"] == NO_BETTER


# --- null models ----------------------------------------------------------------------------------


def test_without_friction_every_trade_with_a_surplus_starts_in_the_next_quarter() -> None:
    scenario = small(recorded("First", 2003), meeting={"chance": 0.01, "chance_beyond": 0.01})
    run = runs_of(Variant(scenario, nulls.frictionless), [1])[0]
    assert set(run.contracts["begun_by_supplier"]) == {"First", "Second"}
    assert run.contracts["starts"].max() <= 2000.75


def test_with_a_delay_every_trade_starts_that_much_later() -> None:
    scenario = small(recorded("First", 2003))
    at_once = runs_of(Variant(scenario, nulls.frictionless), [1])[0].contracts["starts"]
    delayed = runs_of(Variant(scenario, nulls.Delayed(7.0)), [1])[0].contracts["starts"]
    assert delayed.min() == pytest.approx(at_once.min() + 7.0, abs=0.5)


def test_the_delay_is_fitted_to_the_counts_of_the_calibration_only() -> None:
    told = {"counts": {2004: 0, 2008: 2, 2015: 99}}
    scenario = small(recorded("First", 2006), recorded("Second", 2006), **told)
    assert 4.0 <= nulls.fitted_delay(scenario, Record.of(scenario), [1, 2]) <= 8.0


def test_at_random_as_many_streams_start_in_a_quarter_as_in_the_paired_run(found: Validation) -> None:
    for model, drawn in zip(found.ensemble.runs, found.ensemble.null("random"), strict=True):
        starts = [
            each.contracts.loc[~each.contracts["divided"], "starts"].tolist() for each in (model, drawn)
        ]
        assert model.seed == drawn.seed
        assert len(starts[0]) - 1 <= len(starts[1]) <= len(starts[0])
        assert np.quantile(starts[1], 0.5) == pytest.approx(np.quantile(starts[0], 0.5), abs=0.5)
    pairs = [set(first_starts(run)) for run in found.ensemble.null("random")[:2]]
    assert len(pairs[0] & pairs[1]) < len(pairs[0]) / 2  # two seeds draw different partners


def test_random_streams_obey_the_laws_of_quantity(kalundborg: Scenario) -> None:
    paired = {1: np.array([1975.0, 1975.0, 1985.0, 1990.25, 2001.0])}
    # until 2005: later the power station shrinks, and a contract outlives the flow for which it was signed
    early = kalundborg.model_copy(update={"time": kalundborg.time.model_copy(update={"ends": 2005})})
    trades = nulls.RandomTrades(Variant(early), paired)
    variant = Variant(early, nulls.strangers_trade)
    result = trades.run(variant.foundation(1), 1)
    begun = numbers_of(result).contracts
    assert sorted(begun.loc[~begun["divided"], "starts"]) == sorted(paired[1].tolist())
    for name in ("residues", "needs"):
        table = getattr(result.park, name)
        flow = np.asarray(table["expected"]).sum(axis=1)
        assert (np.asarray(table["committed"]).sum(axis=1) <= flow * (1 + 1e-9) + 1e-6).all()


def test_runs_spread_over_processes_are_the_runs_one_by_one(kalundborg: Scenario) -> None:
    pool = local(2)
    alone, spread = (runs_of(Variant(kalundborg), [1, 2], each) for each in (None, pool))
    pool.kill()
    for one, other in zip(alone, spread, strict=True):
        pd.testing.assert_frame_equal(one.contracts, other.contracts)
        pd.testing.assert_frame_equal(one.yearly, other.yearly)


def test_uncertain_runs_differ_in_their_estimates(kalundborg: Scenario) -> None:
    stated, drawn = (runs_of(Variant(kalundborg, uncertain=each), [1])[0] for each in (False, True))
    assert stated.yearly["jobs"].iloc[-1] != drawn.yearly["jobs"].iloc[-1]


# --- rules off, patterns --------------------------------------------------------------------------


def test_a_rule_switched_off_is_off(kalundborg: Scenario) -> None:
    assert no_association(kalundborg).association.starts == 9999
    assert no_landfill_levy(kalundborg).policy.landfill_levy.at(2010) == 0
    assert kalundborg.policy.landfill_levy.at(2010) > 0  # the scenario itself is untouched
    off = runs_of(Variant(kalundborg, WithoutResidue(("fgd_gypsum",))), [1])[0]
    assert "fgd_gypsum" not in set(off.contracts["residue"])


def test_there_are_twelve_patterns_each_with_a_sentence() -> None:
    assert [pattern.number for pattern in PATTERNS] == list(range(1, 13))
    assert all(len(pattern.tested.split()) > 4 for pattern in PATTERNS)


def test_kalundborg_has_a_verdict_on_every_pattern_with_numbers_on_both_sides(found: Validation) -> None:
    for pattern, finding in found.patterns:
        assert finding.verdict in (PASS, FAIL), pattern.tested
        assert finding.simulated and finding.recorded
    verdicts = {pattern.number: finding.verdict for pattern, finding in found.patterns}
    assert verdicts[7] == verdicts[10] == PASS  # by the dates of the scenario and by the rule of succession


def test_a_pattern_whose_record_is_missing_says_so() -> None:
    ensemble = Ensemble(small(recorded("First", 2003)), [1, 2])
    findings = {pattern.number: pattern.finding(ensemble) for pattern in PATTERNS}
    assert findings[1].verdict in (PASS, FAIL)
    for number in (2, 3, 4, 5, 6, 7, 10, 11, 12):
        assert findings[number].verdict == NOT_TESTABLE and findings[number].simulated


def test_a_finding_names_what_does_not_hold() -> None:
    assert Finding.of({"a": True, "b": False}, "1", "2") == Finding(FAIL, "1 (not: b)", "2")
    assert Finding.of({"a": True}, "1", "2").verdict == PASS

    def lacking(_ensemble: Ensemble) -> Finding:
        raise NotTestable("no levy")

    assert Pattern(1, "one", lacking).finding(None).simulated == "no levy"  # type: ignore[arg-type]


def test_an_interval_says_mean_and_nine_tenths() -> None:
    assert interval(range(21)) == "10 (1 to 19)"
    assert interval([np.nan]) == "none"


# --- the whole ------------------------------------------------------------------------------------


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
    assert {each.stem for each in (folder / "figures").iterdir()} == set(FIGURES)
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

"""Findings: intervals and the rule of the verdict, arms that pair, every analysis on tables made up, pages."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from experiments import look
from experiments.cli import commands
from experiments.findings import (
    anchor,
    contracts,
    entry_cost,
    kalundborg,
    oil,
    pages,
    parks,
    planned,
    policies,
)
from experiments.findings.answer import Answer, Column, Data, Matrix, amount
from experiments.findings.arms import Arm, Experiment, difference
from experiments.findings.estimate import Estimate, mean_of, ratio_of
from experiments.findings.losses import at_anchor, losses
from experiments.findings.study import Answered, answered, draw, record
from experiments.findings.table import CLAIMS, FINDINGS, QUESTIONS
from experiments.findings.verdict import (
    DOES_NOT,
    NOT_TESTABLE,
    REPLICATES,
    UNDECIDED,
    checked,
    verdict,
)  # fmt: skip
from simulation import load_scenario, simulate
from simulation.events import parse_event
from simulation.problems import ScenarioError
from simulation.run import foundation_of

DOCS = Path(__file__).parents[1] / "docs"
PAIRS = np.arange(12)
SPREAD = np.linspace(-1, 1, len(PAIRS))


class Here(Executor):
    """Work done at once, in this process."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*given, **named))
        return future


# ------------------------------------------------------------------------------------------------ estimates, verdict --


def test_the_interval_of_paired_differences_is_that_of_the_paired_t_test() -> None:
    from scipy.stats import ttest_rel

    draw = np.random.default_rng(1)
    one, other = draw.normal(3, 1, 20), draw.normal(2, 1, 20)
    found, known = mean_of(one - other), ttest_rel(one, other).confidence_interval()
    assert found.count == 20
    assert (found.low, found.high) == (pytest.approx(known.low), pytest.approx(known.high))


def test_equal_arms_differ_by_nothing_and_nothing_is_known_without_pairs() -> None:
    assert mean_of(np.zeros(9)) == Estimate(0.0, 0.0, 0.0, 9)
    assert mean_of([1.0, math.nan, 3.0]).count == 2
    assert math.isnan(mean_of([]).mean) and math.isnan(mean_of([4.0]).low)


def test_a_ratio_of_proportional_pairs_is_exact_and_of_a_gain_about_0_not_defined() -> None:
    tonnes = np.array([1.0, 2, 3, 4, 5])
    found = ratio_of(7 * tonnes, tonnes)
    assert (found.mean, found.low, found.high) == (pytest.approx(7), pytest.approx(7), pytest.approx(7))
    assert math.isnan(ratio_of(tonnes, [-1.0, 1, -1, 1, 0]).mean)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([5 + SPREAD], REPLICATES),
        ([-5 + SPREAD], DOES_NOT),
        ([0 * SPREAD], DOES_NOT),
        ([0.05 + 0.01 * SPREAD], DOES_NOT),
        ([0.3 + SPREAD], UNDECIDED),
        ([5 + SPREAD, 0.3 + SPREAD], UNDECIDED),
        ([5 + SPREAD, -5 + SPREAD], DOES_NOT),
        ([5 + SPREAD, (5 + SPREAD)[:4]], NOT_TESTABLE),
        ([], NOT_TESTABLE),
    ],
)
def test_the_verdict_follows_its_rule(differences: list[np.ndarray], expected: str) -> None:
    assert verdict(checked([("it is so", each, 0.2, "streams") for each in differences])) == expected


def test_more_checks_have_wider_intervals() -> None:
    alone = checked([("so", SPREAD, 0.1, "")])[0].estimate
    joint = checked([("so", SPREAD, 0.1, "")] * 5)[0].estimate
    assert joint.low < alone.low < alone.high < joint.high


def test_amounts_say_as_many_digits_as_their_interval_bears() -> None:
    assert amount(Estimate(1.5, 0.0535, 2.95, 6), "streams") == "+1.5\u00a0streams (0.1 to 3.0)"
    minus, thin = look.MINUS, look.THIN
    wide = f"{minus}775\u00a0EUR/t ({minus}1{thin}730 to {minus}444)"
    assert amount(Estimate(-775.2, -1732, -444, 6), "EUR/t") == wide
    assert amount(mean_of([]), "streams") == look.NOTHING


# -------------------------------------------------------------------------------------------------------------- arms --


def test_arms_of_drawn_parks_share_the_park_and_arms_of_a_real_one_the_replicates() -> None:
    design = contracts.EXPERIMENT.design(3, 1)
    assert len(design.points) == 3 * len(contracts.EXPERIMENT.arms)
    assert [point["synthetic.seed"] for point in design.points] == sorted([1, 2, 3] * 12)
    assert design.replicates == 1
    real = kalundborg.LEVY.perform.__closure__
    assert real is not None
    ahead = kalundborg.AHEAD_RUNS.design(7, 1)
    assert ahead.replicates == 7 and len(ahead.points) == 3
    off = next(point["events"] for point in ahead.points if "events" in point)
    assert off == [*load_scenario("kalundborg-2050").events, "2026 facilitator off"]


def test_the_difference_of_two_equal_arms_is_0_in_every_run_and_the_folder_goes_on(tmp_path: Path) -> None:
    arms = (Arm("one", "one"), Arm("same", "the same"), Arm("other", "no trust", {"trust.prior": 0.2}))
    twice = Experiment("classroom", arms, ("streams_2015", "savings_2015"), series=("streams",))
    table = twice.run(tmp_path, 3, 1, executor=Here())
    assert len(table) == 9 and set(table["status"]) == {"done"}
    for outcome in twice.outcomes:
        assert (difference(table, outcome, "same", "one") == 0).all()
        single = simulate("classroom", 1, replicate=2).yearly().loc[2015, outcome.split("_")[0]]
        assert table.set_index(["arm", "pair"]).loc[("one", 2), outcome] == pytest.approx(single)
    assert (difference(table, "savings_2015", "other", "one") != 0).any()
    again = twice.run(tmp_path, 3, 1, executor=Here())
    assert again["seconds"].tolist() == table["seconds"].tolist()
    series = twice.series_of(tmp_path, 3)
    assert series.groupby(["arm", "pair"]).size().nunique() == 1
    assert set(series["arm"]) == {"one", "same", "other"}


def test_drawn_parks_are_as_wished_and_the_same_in_all_arms(tmp_path: Path) -> None:
    small = {**parks.PARK, "synthetic.companies": 8}
    arms = (Arm("one", "one"), Arm("same", "the same"))
    drawn = Experiment("synthetic", arms, ("companies_1995", "jobs_1995"), set=small, until=1997, drawn=True)
    table = drawn.run(tmp_path, 2, 1, executor=Here())
    assert (table["companies_1995"] == 8).all()
    assert (difference(table, "jobs_1995", "same", "one") == 0).all()
    assert table[table["arm"] == "one"]["jobs_1995"].nunique() == 2


def test_prices_that_jump_keep_their_mean_and_are_a_parks_own() -> None:
    levels = [parse_event(each).value or 0.0 for pair in range(6) for each in parks.jumping(pair)]
    assert np.mean(levels) == pytest.approx(1, abs=0.03)
    assert parks.jumping(1) == parks.jumping(1) != parks.jumping(2)


def test_without_the_shocks_oil_is_never_dearer_than_before_them_and_then_as_recorded() -> None:
    foundation = foundation_of("kalundborg")
    park, calendar = foundation.park, foundation.calendar
    for each in map(parse_event, oil.without_shocks(1972, 1973)):
        path = park.paths[park.resources["price_path"][foundation.names.resources.index(each.object)]]
        real, before = path[calendar.quarter(each.year + 0.5)], path[calendar.quarter(1972.5)]
        held = min(real, before) if each.year < 1986 else real
        assert real * each.value == pytest.approx(held, rel=1e-3)


def test_the_founders_of_the_association_are_the_members_of_the_club_of_1988() -> None:
    companies = load_scenario("kalundborg").companies
    assert set(kalundborg.FOUNDERS) == {name for name, each in companies.items() if each.member_from == 1988}


# ---------------------------------------------------------------------------------------------- analyses, made up --


def made_up(outcomes: dict[str, dict[str, float]], spread: float = 0.1) -> Data:
    """Runs in which an arm has a mean for an outcome, with a little noise of its own."""
    draw, rows = np.random.default_rng(5), []
    arms = {arm for means in outcomes.values() for arm in means}
    for arm in sorted(arms):
        for pair in PAIRS:
            values = {name: means[arm] + spread * draw.normal() for name, means in outcomes.items()}
            rows.append({"arm": arm, "pair": pair, "status": "done", **values})
    return {"runs": pd.DataFrame(rows)}


@pytest.mark.parametrize(
    ("effects", "spread", "expected"),
    [
        ({"low high": 5, "low low": 1, "high low": 1, "high high": 2}, 0.1, REPLICATES),
        ({"low high": 2, "low low": 5, "high low": 1, "high high": 1}, 0.1, DOES_NOT),
        ({"low high": 0, "low low": 0, "high low": 0, "high high": 0}, 0.0, DOES_NOT),
        ({"low high": 5, "low low": 1, "high low": 1, "high high": 2}, 40.0, UNDECIDED),
    ],
)
def test_contracts(effects: dict[str, float], spread: float, expected: str) -> None:
    streams: dict[str, float] = {}
    for cell, effect in effects.items():
        streams |= {f"none {cell}": 30.0, f"clauses {cell}": 30.0 + effect, f"short {cell}": 20.0}
    data = made_up({contracts.STREAMS: streams, "ended_sum_1985_2009": dict.fromkeys(streams, 5.0)}, spread)
    answer = contracts.analyse(data)
    assert answer.verdict == expected
    assert len(answer.matrix.rows) == 4


@pytest.mark.parametrize(("gain", "expected"), [(3.0, REPLICATES), (-3.0, DOES_NOT)])
def test_policies_and_what_the_state_pays_for_a_tonne(gain: float, expected: str) -> None:
    arms = [arm.key for arm in policies.ARMS]
    streams = {arm: 30.0 + gain * (arm != "none") for arm in arms}
    tonnes = {arm: 100.0 + 50 * (arm != "none") for arm in arms}
    paid = {arm: 1000.0 * ("subsidy" in arm) for arm in arms}
    levied = {arm: 4000.0 * ("levy" in arm) for arm in arms}
    data = made_up(
        {policies.STREAMS: streams, policies.DIVERTED: tonnes, policies.PAID: paid, policies.LEVIED: levied}
    )
    assert policies.analyse(data).verdict == expected
    assert policies.cost(data, "subsidy").mean == pytest.approx(20, rel=0.02)
    assert policies.cost(data, "levy").mean == pytest.approx(-80, rel=0.02)


@pytest.mark.parametrize(
    ("streams", "ended", "expected"), [(20, 40, REPLICATES), (40, 40, DOES_NOT), (30, 10, DOES_NOT)]
)
def test_planned_parks(streams: float, ended: float, expected: str) -> None:
    arms = [arm.key for arm in planned.ARMS]
    there, gone = dict.fromkeys(arms, 30.0), dict.fromkeys(arms, 10.0)
    ends = gone | {"planned": ended}
    data = made_up(
        {planned.STREAMS: there | {"planned": streams}, planned.TEN: there, planned.ENDED: ends,
         "streams_mean_1996_2014": there, planned.SAVINGS: dict.fromkeys(arms, 1e6)}
    )  # fmt: skip
    assert planned.analyse(data).verdict == expected
    assert planned.ended_share(data, "grown").mean() == pytest.approx(100 * 10 / 30 / 19, rel=0.02)


@pytest.mark.parametrize(
    ("dear", "rough", "expected"), [(10, 25, REPLICATES), (25, 10, DOES_NOT), (10, 50, DOES_NOT)]
)
def test_entry_cost(dear: float, rough: float, expected: str) -> None:
    streams = dict.fromkeys((arm.key for arm in entry_cost.ARMS), 30.0) | {
        "dear": dear,
        "rough and jumping": rough,
    }
    data = made_up({entry_cost.STREAMS: streams, "savings_mean_1985_2009": dict.fromkeys(streams, 1e6)})
    assert entry_cost.analyse(data).verdict == expected


def lost(anchor_share: float, others: int, other_share: float) -> pd.DataFrame:
    """A park with an anchor and other partners, and one company that trades with nobody, 12 replicates."""
    draw, rows = np.random.default_rng(2), []
    for replicate in PAIRS:
        for at in range(others + 2):
            share = anchor_share if at == 0 else other_share if at <= others else 0.9
            partners = others if at == 0 else 1 if at <= others else 0
            rows.append({"replicate": replicate, "company": f"C{at}", "partners": partners, "value": 1.0,
                         "share": share + 0.001 * draw.normal()})  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("at_anchor_", "expected"), [(0.6, REPLICATES), (0.02, DOES_NOT)])
def test_anchor(at_anchor_: float, expected: str) -> None:
    data = {}
    for case, others in zip(anchor.cases(), (3, 6, 12, 3, 6, 12), strict=True):
        rows = lost(at_anchor_, others, 0.5 / others)
        data[case] = rows if case.startswith("K") else at_anchor(rows).reset_index()
    assert anchor.analyse(data).verdict == expected


def test_the_anchor_is_the_partner_with_most_partners_and_those_without_do_not_count() -> None:
    found = at_anchor(lost(0.6, 4, 0.1))
    assert set(found["who"]) == {"C0"} and (found["partners"] == 5).all()
    assert found["others"].mean() == pytest.approx(0.1, abs=0.01)
    assert math.isnan(at_anchor(lost(0.6, 1, 0.1))["anchor"].iloc[0])


def test_losses_of_a_real_run_are_shares_of_the_twin(tmp_path: Path) -> None:
    table = losses("classroom", 2010.0, tmp_path, 2, 1, executor=Here())
    assert set(table["replicate"]) == {0, 1}
    assert table["company"].nunique() == len(table) / 2
    idle = table[table["value"] == 0]
    assert (table["share"].abs() <= 1.5).all() and table["share"].max() > 0.05
    assert (idle["share"].abs() < 0.5).all()


# ------------------------------------------------------------------------------------------------- table, pages, command --


def test_every_finding_says_what_it_asks_and_a_claim_has_a_source() -> None:
    assert all(each.claim and each.source for each in CLAIMS)
    assert not any(each.claim for each in QUESTIONS)
    for name, each in FINDINGS.items():
        assert (
            each.question.endswith("?")
            and each.method
            and each.limits
            and each.runs >= 20
            and each.name == name
        )
        assert set(each.reasons) <= {REPLICATES, DOES_NOT, UNDECIDED, NOT_TESTABLE}


def fake(tmp_path: Path) -> Answered:
    """The finding on contracts with an answer made up."""
    cell = Estimate(1.5, 0.5, 2.5, 12)
    answer = Answer("Contracts help", Matrix((Column("streams", "2000"),), (("here", (cell,)),)),
                    checked([("they help", 1.5 + SPREAD, 0.2, "streams")]), pairs=12, jobs=24)  # fmt: skip
    return Answered(contracts.FINDING, answer, {}, tmp_path, 1)


def test_pages_keep_what_was_written_by_hand_and_the_index_its_other_lines(tmp_path: Path) -> None:
    done = fake(tmp_path)
    docs = tmp_path / "docs"
    pages.write_pages([done], docs)
    page, index = docs / "findings" / "contracts.md", docs / "findings.md"
    page.write_text(page.read_text() + "\n## Remarks\n\nBy hand.\n")
    other = "- [Other](findings/levy.md): As it was."
    index.write_text(index.read_text().replace(pages.MARKS[1], f"{other}\n\n{pages.MARKS[1]}"))
    changed = dataclasses.replace(done, answer=dataclasses.replace(done.answer, headline="Contracts hinder"))
    pages.write_pages([changed], docs)
    text = page.read_text()
    assert "Contracts hinder" in text and "Contracts help" not in text and text.endswith("By hand.\n")
    assert "Verdict: **replicates** (1 of 1 checks hold)" in text and "joint 95 % interval" in text
    assert (
        other in index.read_text()
        and "**replicates** (1 of 1 checks hold). Contracts hinder." in index.read_text()
    )
    assert (docs / "images" / "findings" / "contracts-effects.png").stat().st_size > 5000


@pytest.mark.parametrize("style", [look.LIGHT, look.DARK])
def test_figures_are_drawn_on_both_backgrounds(tmp_path: Path, style: look.Style) -> None:
    (path,) = draw(fake(tmp_path), tmp_path, style=style)
    assert path.read_bytes()[:4] == b"\x89PNG"


def test_a_question_from_its_runs_to_its_record_and_again_the_same(tmp_path: Path) -> None:
    (done,) = answered([kalundborg.LEVY], tmp_path, runs=2, executor=Here())
    known = json.loads((tmp_path / "levy" / "finding.json").read_text())
    assert known["pairs"] == 2 and known["jobs"] == 6 and known["failed"] == 0 and known["verdict"] == ""
    assert {each["measure"] for each in known["effects"]} == {"streams", "savings", "CO2 avoided"}
    assert sorted(each.name for each in (tmp_path / "levy" / "figures").iterdir()) == [
        "curves.png",
        "effects.png",
    ]
    (again,) = answered([kalundborg.LEVY], tmp_path, runs=2, executor=Here(), figures=False)
    assert record(again) == record(done)


def test_too_few_runs_and_unknown_names_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="two pairs"):
        list(answered([kalundborg.LEVY], tmp_path / "new", runs=1))
    assert not (tmp_path / "new").exists()
    assert (
        CliRunner().invoke(commands, ["finding", "contrats", "--out", str(tmp_path / "new")]).exit_code == 2
    )
    assert CliRunner().invoke(commands, ["finding", "contracts"]).exit_code == 2
    said = CliRunner().invoke(commands, ["finding"]).output
    assert all(name in said for name in FINDINGS)


def test_every_finding_has_its_page_with_figures_and_a_line_in_the_index() -> None:
    index = (DOCS / "findings.md").read_text(encoding="utf-8")
    for name, each in FINDINGS.items():
        page = (DOCS / "findings" / f"{name}.md").read_text(encoding="utf-8")
        assert each.question in page and each.method in page and each.limits in page
        assert f"](findings/{name}.md)" in index
        for figure in each.draw:
            assert (DOCS / "images" / "findings" / f"{name}-{figure}.png").is_file()
            assert f"findings/{name}-{figure}.png" in page

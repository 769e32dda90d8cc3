"""What the page about a run says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from experiments import look
from experiments.news import SENTENCES, news
from experiments.record import KEY
from experiments.reporting import report
from simulation.journal import KINDS as HAPPENINGS
from simulation.run import simulate

from .parts_of_a_page import Page, made


def test_it_asks_the_question_and_answers_it_with_the_numbers_of_the_run(shown: Page, result: Any) -> None:
    for said in (
        "if trust.prior is 0.3 instead of 0.634",
        "is 2 instead of 1 times",
        "Gyproc leaves in 1998?",
    ):
        assert said in shown.text
    yearly = result.yearly()
    assert (
        f"{look.plural(yearly.at[2020, 'streams'], 'stream')} in operation at the end of 2020" in shown.text
    )
    assert f"save {look.money(yearly.at[2018, 'savings'])} in 2018" in shown.text
    assert "A model result, not a forecast: one run, seed 1" in shown.text


def test_every_stream_of_the_run_is_in_the_table_with_its_price(shown: Page, result: Any) -> None:
    caption = "Streams in order of their start"
    said = sorted(zip(shown.column(caption, "Supplier"), shown.column(caption, "Receiver"), strict=True))
    held = result.holders.drop_duplicates([*KEY, "class"])
    assert said == sorted(zip(held["supplier"], held["receiver"], strict=True))
    last = result.holders.sort_values("ends", kind="stable").groupby([*KEY, "class"]).last()
    prices = sorted(look.number(float(result.contracts["price"].iat[row])) for row in last["contract"])
    assert sorted(shown.column(caption, "Price")) == prices
    starts = [int(year) for year in shown.column(caption, "Start")]
    assert starts == sorted(starts)


def test_recorded_streams_are_either_beside_a_stream_or_in_the_list_of_missing_ones(
    shown: Page, result: Any
) -> None:
    beside = sum(cell != look.NOTHING for cell in shown.column("Streams in order of their start", "Recorded"))
    missing = len(shown.tables["Recorded streams that did not form in this run"]) - 1
    last = float(result.indicators["year"].iloc[-1]) + 0.25
    recorded = {
        (s.supplier, s.receiver, s.residue) for s in result.scenario.history.streams if s.starts < last
    }
    assert beside + missing == len(recorded)


def test_accounts_of_companies_are_those_of_the_run(shown: Page, result: Any) -> None:
    caption = "Companies with a stream, by what they saved"
    named = shown.column(caption, "Company")
    accounts = result.accounts
    most = accounts.groupby("company")["streams"].max()
    assert set(named) == set(most.index[most > 0])
    sums = accounts.groupby("company")["savings"].sum()
    assert named == sorted(named, key=lambda name: -sums[name])
    row = shown.tables[caption][2 + named.index("Gyproc")]
    assert look.fixed(sums["Gyproc"] / 1e6, 1) in row and "1972–1998" in row


def test_values_of_years_stand_beside_the_record(shown: Page, result: Any) -> None:
    rows = {row[0]: row for row in shown.tables["Simulated beside recorded, at the recorded dates"][2:]}
    history = result.scenario.history
    assert rows["2000"][1:3] == [
        look.count(result.yearly().at[2000, "streams"]),
        look.count(history.counts[2000]),
    ]
    assert len(shown.tables["Every year of the run"]) == 1 + len(result.yearly())
    assert len(shown.tables["Published totals"]) > 10


def test_what_was_changed_stands_with_its_value_before_and_its_source(shown: Page) -> None:
    rows = shown.tables["What was changed for this run"][1:]
    assert [row[:3] for row in rows] == [
        ["trust.prior", "0.3", "0.634"],
        ["policy.landfill_levy.scale", "2", "1"],
    ]
    assert all(row[4] for row in rows)


def test_every_parameter_of_the_rules_is_in_the_folded_table(shown: Page, result: Any) -> None:
    from simulation.parameters import SECTIONS

    named = set(shown.column("Parameters of the rules", "Field"))
    assert {f"{section}.{name}" for section, own in SECTIONS.items() for name in own.model_fields} <= named
    assert set(shown.column("Parameters of the rules", "Estimate")) <= {"estimate", "sourced", look.NOTHING}


def test_it_tells_how_to_repeat_the_run(shown: Page, kalundborg: Path, result: Any) -> None:
    record = json.loads((kalundborg / "run.json").read_text(encoding="utf-8"))
    for each in (
        record["command"],
        record["scenario_sha256"],
        record["versions"]["numpy"],
        "--set-from kalundborg/run.json",
    ):
        assert each in shown.text
    assert "differs from the recorded one" not in shown.text
    assert {row[0] for row in shown.tables["Tables of this result"][1:]} == {
        f.name for f in kalundborg.glob("*.parquet")
    }
    assert all(re.fullmatch("[0-9a-f]{64}", row[3]) for row in shown.tables["Tables of this result"][1:])


def test_a_record_that_was_changed_by_hand_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    record["scenario"]["trust"]["prior"] = 0.31
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert "differs from the recorded one" in Page(report(folder).read_text(encoding="utf-8")).text


def test_news_tell_every_arrival_departure_start_and_end(result: Any) -> None:
    told = [sentence for year in news(result) for sentence in (*year.turning, *year.daily)]
    counts = result.events["what"].value_counts()
    assert sum("begins to send" in each for each in told) == counts["stream starts"]
    assert sum(bool(re.search(r" to .* ends(:|\.)", each)) for each in told) == counts["stream ends"]
    assert sum("From outside" in each for each in told) == counts["intervention"] == 1
    assert any(each == "From outside: Gyproc leaves in 1998 Q1." for each in told)
    assert set(SENTENCES) <= set(HAPPENINGS.values())
    years = [year.year for year in news(result)]
    assert years == sorted(set(years))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("2005 shrink {} 0.3", "shrinks by 30 %"),
        ("2005 stop-trading {}", "stops trading"),
        ("2005 set trust.prior 0.2", "trust.prior becomes 0.2"),
        ("2005 levy 2", "the landfill levy is 2 times"),
        ("2005 facilitator on", "the association begins its work"),
        ("2005 withdraw {} announced 2", "announced 2 years ahead"),
    ],
)
def test_events_from_outside_are_told_in_words(event: str, said: str) -> None:
    run = simulate("classroom", 1, until=2008, events=[event.format('"Power station"')])
    told = [sentence for year in news(run) for sentence in year.turning]
    assert any(said in sentence for sentence in told if sentence.startswith("From outside"))


def test_measures_of_the_network_are_those_of_the_run(shown: Page, result: Any) -> None:
    from simulation.metrics import metrics

    rows = {row[0]: row for row in shown.tables["Measures of the network"][1:]}
    assert rows["links"][-1] == look.number(metrics(result, [2024])["links"].iat[0])

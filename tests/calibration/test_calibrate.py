"""A calibration of a park whose record was made by known values: found again, without the later record."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from experiments import calibrate
from experiments.calibration.calibrate import Calibration
from experiments.calibration.figures import FIGURES
from experiments.calibration.identified import NOT
from experiments.calibration.page import MARKS, PAGE, write
from experiments.calibration.prior import FREE, free_parameters
from experiments.calibration.record import record_to, statistics
from experiments.calibration.said import text
from experiments.calibration.summary import first_starts, summary
from experiments.cli import commands
from experiments.marked import between
from experiments.sweeping.executors import Pool
from experiments.sweeping.folder import table_of
from simulation import load_scenario, simulate
from simulation.problems import ScenarioError

from .parks import LATER, TRUE, UNTIL, park, record

OVER = {"investment.cost_factor": (0.5, 4.0), "association.fee": (1000.0, 50000.0)}
SMALL: dict[str, Any] = {
    "until": UNTIL,
    "over": OVER,
    "samples": 64,
    "replicates": 2,
    "accept": 0.4,
    "checks": 24,
}


def calibrated(source: str, out: Path, **given: Any) -> Calibration:
    with ThreadPoolExecutor(1) as executor:
        found: Calibration = calibrate(source, out, executor=executor, **{**SMALL, **given})
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calibration")


@pytest.fixture(scope="module")
def found(folder: Path) -> Calibration:
    return calibrated(park(folder, record()), folder / "out")


def bits(folder: Path) -> list[Any]:
    """What a calibration found, without the names of its files."""
    said = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    said = {key: each for key, each in said.items() if key not in ("scenario", "command")}
    return [said, (folder / "posterior.parquet").read_bytes(), (folder / "coverage.parquet").read_bytes()]


def test_a_known_cost_factor_is_found_again_and_a_fee_nobody_pays_is_not(found: Calibration) -> None:
    cost, fee = found.estimates
    assert cost.interval[0] < TRUE < cost.interval[1]
    assert abs(cost.median - TRUE) < abs(2.25 - 0.5) / 2
    assert cost.verdict != NOT and fee.verdict == NOT


def test_the_posterior_is_nearer_to_the_record_than_the_prior(found: Calibration) -> None:
    target = np.array([each.recorded for each in found.statistics])
    far = [
        np.median(np.abs((runs - target) / found.scale)) for runs in (found.check.drawn, found.sample.runs)
    ]
    assert far[0] < far[1]


def test_the_later_record_is_not_read(found: Calibration, folder: Path) -> None:
    other = record(LATER)
    other["counts"]["2018"] = 50.0
    other["streams"] = [each for each in other["streams"] if each["starts"] < UNTIL + 1]
    other["streams"][0] |= {"ends": 2016.0}
    for total in other["totals"]:
        total["value"] *= 3 if total["year"] > UNTIL else 1
    calibrated(park(folder / "other", other), folder / "other" / "out", figures=False)
    assert bits(folder / "other" / "out") == bits(found.folder)


def test_an_earlier_record_is_read(found: Calibration, folder: Path) -> None:
    other = record()
    other["counts"]["2011"] += 4
    seen = record_to(load_scenario(park(folder / "third", other)), UNTIL)
    assert [each.recorded for each in statistics(seen, UNTIL)] != [each.recorded for each in found.statistics]


def test_the_record_is_cut_with_the_ends_of_its_streams(folder: Path) -> None:
    history = record()
    history["streams"][0] |= {"starts": 2001.0, "ends": 2016.0}
    seen = record_to(load_scenario(park(folder / "ends", history)), UNTIL).history
    assert max(seen.counts) <= UNTIL and max(each.year for each in seen.totals) <= UNTIL
    assert max(each.starts for each in seen.streams) < UNTIL + 1
    assert all(each.ends is None or each.ends <= UNTIL for each in seen.streams)


def test_the_same_call_runs_nothing_and_writes_the_same(found: Calibration, folder: Path) -> None:
    before, runs = bits(found.folder), table_of(found.folder)
    calibrated(found.source, found.folder, figures=False)
    assert bits(found.folder) == before
    pd.testing.assert_frame_equal(table_of(found.folder), runs)  # seconds too: nothing was run again


def test_a_folder_that_was_cut_short_is_gone_on_with(found: Calibration, folder: Path) -> None:
    from experiments.sweeping.ledger import Ledger

    shutil.copytree(found.folder, folder / "cut")
    writer = Ledger.writing(folder / "cut")
    with writer.transaction():
        writer.connection.execute("DELETE FROM runs WHERE run >= 115")
    writer.close()
    calibrated(found.source, folder / "cut", figures=False)
    assert bits(folder / "cut") == bits(found.folder)


def test_another_range_never_mixes_and_another_share_is_read_from_the_same_runs(
    found: Calibration, folder: Path
) -> None:
    other = {**OVER, "investment.cost_factor": (0.5, 3.0)}
    with pytest.raises(ScenarioError, match=r"over\.investment"):
        calibrated(found.source, found.folder, over=other)
    before = bits(found.folder)
    wider = calibrated(found.source, found.folder, accept=0.8, figures=False)
    assert len(wider.posterior.rows) == pytest.approx(2 * len(found.posterior.rows), abs=1)
    calibrated(found.source, found.folder, figures=False)
    assert bits(found.folder) == before


def test_every_run_has_luck_of_its_own_and_the_check_compares_in_pairs(found: Calibration) -> None:
    runs, check = table_of(found.folder), table_of(found.folder / "check-0.4")
    assert runs["replicate"].is_unique and len(runs) == 128
    assert not set(runs["replicate"]) & set(check["replicate"])
    present, proposed = (check[check["point"] == point]["replicate"].tolist() for point in (0, 1))
    assert present == proposed and check[check["point"] > 1]["replicate"].tolist() == present


def test_a_summary_is_what_the_run_itself_says(found: Calibration, folder: Path) -> None:
    scenario = record_to(load_scenario(found.source), UNTIL)
    told = statistics(scenario, UNTIL)
    from experiments.calibration.record import plain

    result = simulate(scenario, seed=99, until=UNTIL + 1, set={"investment.cost_factor": TRUE})
    values = summary(result, plain(scenario, told))
    for each in told:  # the run that made the record
        assert values[each.name] == pytest.approx(each.recorded), each.name


@pytest.mark.parametrize(("name", "until"), [("kalundborg", 1996), ("kalundborg", 2012), ("classroom", 2030)])
def test_first_starts_are_those_of_the_holders(name: str, until: float) -> None:
    result = simulate(name, seed=4, until=until)
    expected = result.holders.groupby(["supplier", "receiver", "residue"])["starts"].min().to_dict()
    assert len(expected) > 5 and first_starts(result) == expected


def test_a_run_without_streams_has_the_worst_timing(found: Calibration) -> None:
    from experiments.calibration.record import plain

    scenario = record_to(load_scenario(found.source), UNTIL)
    result = simulate(scenario, until=UNTIL + 1, set={"trade.attention": 0})
    values = summary(result, plain(scenario, statistics(scenario, UNTIL)))
    first = min(each.starts for each in scenario.history.streams)
    assert values["formed"] == 0 and values["not_on_record"] == 0
    assert values["delay"] == values["misdated"] == UNTIL + 1 - first


def test_the_variant_is_a_scenario_with_values_ranges_and_their_command(found: Calibration) -> None:
    variant = load_scenario(str(found.folder / "calibrated.toml"))
    cost = found.estimates[0]
    assert variant.investment.cost_factor == pytest.approx(cost.median, rel=0.005)
    about = variant.provenance["investment.cost_factor"]
    assert about.estimate and about.low == pytest.approx(cost.interval[0], rel=0.005)
    assert "symbiopark calibrate" in about.source and str(UNTIL) in about.source
    assert variant.association.fee == load_scenario("classroom").association.fee  # unidentified: left alone
    assert simulate(variant, until=2005).yearly()["streams"].iloc[-1] >= 0


def test_every_figure_is_drawn_and_the_text_names_every_parameter(found: Calibration) -> None:
    for name in FIGURES:
        assert (found.folder / "figures" / f"{name}.png").read_bytes()[:4] == b"\x89PNG"
    said = text(found)
    for each in found.free:
        assert each.path in said
    assert "unidentified" in said and "model result" in said


def test_the_command_prints_one_object(
    found: Calibration, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = [word for path, (low, high) in OVER.items() for word in ("--over", f"{path}={low:g}..{high:g}")]
    out = ["--out", str(folder / "command")]
    rest = [
        "--samples",
        "16",
        "--replicates",
        "2",
        "--accept",
        "0.7",
        "--json",
        "--no-figures",
        "--workers",
        "1",
    ]
    words = ["calibrate", found.source, "--until", str(UNTIL), *over, *out, *rest]
    threads = Pool(ThreadPoolExecutor(1), 1, own=False)
    monkeypatch.setattr("experiments.sweeping.executors.local", lambda workers: threads)
    answer = CliRunner().invoke(commands, words)
    assert answer.exit_code == 0, answer.output
    said = json.loads(answer.stdout)
    assert said["parameters"][0]["field"] == "investment.cost_factor"
    assert said["command"].startswith("symbiopark calibrate")


@pytest.mark.parametrize(
    ("given", "said"),
    [({"until": None}, "--until: found nothing"), ({"until": 1990}, "2000 to 2029"),
     ({"until": 2005.5}, "whole year"), ({"over": {"trust.prio": (0, 1)}}, "did you mean 'trust.prior'"),
     ({"over": {"trust.prior": (0.8, 0.2)}}, "LOW below HIGH"),
     ({"over": {"trust.prior": (0.2, 2)}}, "found 2, allowed"),
     ({"over": {"trade.attention": (1, 2.5)}}, "whole numbers"),
     ({"over": {"policy.landfill_levy": (0, 1)}}, r"policy\.landfill_levy\.scale"),
     ({"over": [("trust.prior", 0.1, 0.5), ("trust.prior", 0.2, 0.6)]}, "twice"),
     ({"accept": 0.01}, "runs kept"), ({"accept": 1.5}, "at most 1")],
)  # fmt: skip
def test_bad_input_is_told_and_nothing_is_written(folder: Path, given: dict[str, Any], said: str) -> None:
    source = park(folder / "bad", record())
    with pytest.raises(ScenarioError, match=said):
        calibrated(source, folder / "bad" / "out", **given)
    assert not (folder / "bad" / "out").exists()


def test_fields_of_whole_numbers_are_sampled_in_whole_numbers() -> None:
    scenario = load_scenario("synthetic")
    over = [("synthetic.companies", 20, 40), ("trade.attention", 1, 3), ("trust.prior", 0.2, 0.8)]
    found = free_parameters(scenario, over)
    assert [each.whole for each in found] == [True, True, False]


def test_a_park_without_a_record_cannot_be_calibrated(folder: Path) -> None:
    with pytest.raises(ScenarioError, match="no record to 2011"):
        calibrated(park(folder / "none", None), folder / "none" / "out")


@pytest.mark.parametrize("name", ["kalundborg", "classroom"])
def test_the_free_parameters_have_ranges_that_hold_the_present_value(name: str) -> None:
    free = free_parameters(load_scenario(name))
    assert [each.path for each in free] == list(FREE)
    for each in free:
        assert each.low <= each.present <= each.high, each.path


def test_kalundborg_is_held_against_counts_streams_timing_and_money_to_1995() -> None:
    seen = record_to(load_scenario("kalundborg"), 1995)
    told = statistics(seen, 1995)
    names = {each.name for each in told}
    assert {
        "streams_1979",
        "streams_1989",
        "streams_1995",
        "formed",
        "not_on_record",
        "delay",
        "misdated",
        "free_delay",
    } < names
    assert {"savings_1995", "investment_1995", "payback_1995"} < names
    assert not {name for name in names if name[-4:].isdigit() and int(name[-4:]) > 1995}


def test_the_page_is_written_between_its_marks(found: Calibration, tmp_path: Path) -> None:
    page, images = tmp_path / "page.md", tmp_path / "images"
    images.mkdir()
    page.write_text(
        "\n".join(("before", *MARKS, "after\n")).replace(MARKS[1], f"old\n{MARKS[1]}"), encoding="utf-8"
    )
    write(found.folder, page, images)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    for each in found.free:
        assert f"| `{each.path}` |" in text
    assert found.command in text and len(list(images.iterdir())) == len(FIGURES)
    with pytest.raises(ValueError, match="lacks"):
        between("no marks", "", MARKS)


def test_the_documentation_has_the_marks_and_every_free_parameter() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert between(text, "x", MARKS)
    for path in FREE:
        assert f"`{path}`" in text, path

"""Stress tests, sweeps and opened folders as the page gets them, without a browser."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from experiments.dashboard import folders, sweep_job
from experiments.dashboard.course import Course
from experiments.dashboard.job import Job
from experiments.dashboard.limits import HOME, PUBLIC, SERVED
from experiments.dashboard.stress_job import answered, question_of
from experiments.dashboard.sweep_job import Sweep, swept
from experiments.stressing import quick
from experiments.stressing.notes import notes
from experiments.stressing.results import TABLES
from experiments.stressing.words import headline
from simulation import simulate
from simulation.problems import ScenarioError
from simulation.reading import load_scenario


def nothing(_done: int, _total: int) -> None:
    pass


def test_a_stress_job_is_the_pairs_of_simulate_with_what_was_done_to_the_park() -> None:
    course = Course("kalundborg", 3, {"trust.prior": 0.6})
    done = "1990 shrink Refinery 0.5"
    course.carry([*course.words, done, "2015 facilitator off"])  # the last lies beyond the watch
    told, files = answered(question_of(course, ("Gyproc", "Dangodning"), ["exit"], 1998, 10, 3, 1), nothing)
    tables = {each.name: pd.read_csv(io.BytesIO(each.data())) for each in files if each.name.endswith("csv")}
    runs = tables["contingencies.csv"].set_index(["contingency", "replicate"])["savings_lost"]
    for run in range(3):
        twin, without = (
            simulate("kalundborg", 3, replicate=run, set={"trust.prior": 0.6}, events=[done, *loss])
            for loss in ([], ["1998 withdraw Gyproc"])
        )
        savings = [each.park.indicators["savings"][4 * 38 : 4 * 48].sum() for each in (twin, without)]
        assert runs["Gyproc", run] == pytest.approx(savings[0] - savings[1], rel=1e-12)
    first = told["ranking"][0]
    assert first["name"] == "Gyproc"
    assert first["mean"] == pytest.approx(runs["Gyproc"].mean() / 10 / 1e6, rel=1e-9)
    assert first["low"] < first["mean"] < first["high"]
    assert first["rank"].startswith("1") and first["group"] == 1
    assert "not a forecast" in told["headline"].lower()


def test_a_stress_job_is_what_the_package_says_and_hands_it_out() -> None:
    course, heard = Course("kalundborg"), []
    asked_for = question_of(course, ("Gyproc", "Refinery"), ["exit", "shrink:0.5"], 1998, 10, 4, 2)
    told, files = answered(asked_for, lambda *each: heard.append(each))
    found = quick(
        "kalundborg", 1998, ["Gyproc", "Refinery"], 4, mode=["exit", "shrink:0.5"], order=2, until=2008
    )
    assert told["headline"] == headline(found)
    assert told["notes"] == notes(found)
    worst = found.worst()
    assert [each["name"] for each in told["ranking"]] == worst["contingency"].tolist()
    assert [each["group"] for each in told["ranking"]] == worst["group"].tolist()
    for curve in told["curves"]:
        assert curve["since"] == list(range(-1, 10))
        assert curve["median"][0] == 1  # the year before is the twin's
        assert len(curve["median"]) == len(curve["low_90"]) == len(curve["high_90"]) == 11
    loss = told["losses"]
    cell = dict(
        zip(loss["leavers"], next(r for r in loss["rows"] if r["name"] == "Refinery")["cells"], strict=True)
    )
    assert cell["Refinery leaves"]["shade"] == 1  # it loses most itself
    assert [each["title"].split(",")[0] for each in told["more"]][:2] == [
        "Ways of going compared",
        "Two at once",
    ]
    assert heard[-1] == (4 * (4 + 2), 4 * (4 + 2))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    made = {each.name: each.data() for each in files}
    for name, table in TABLES.items():
        rows = len(table(found))
        assert (f"{name}.csv" in made) == (rows > 0)
        if rows:
            assert len(pd.read_csv(io.BytesIO(made[f"{name}.csv"]))) == rows
    assert {"ranking.png", "recovery.png", "losers.png", "pairs.png"} <= made.keys()
    assert all(data[:4] == b"\x89PNG" for name, data in made.items() if name.endswith("png"))


def test_names_in_files_of_a_stress_job_stand_as_they_are() -> None:
    name = "<b>$x^{$ O'Neil; Sons</b>"
    raw = json.dumps(Course("classroom").scenario.model_dump(mode="json", by_alias=True))
    course = Course(load_scenario(json.loads(raw.replace("Brewery", name))))
    told, files = answered(question_of(course, (name, "Power station"), ["exit"], 2010, 4, 3, 2), nothing)
    assert name in [each["name"] for each in told["ranking"]]
    made = {each.name: each.data() for each in files}
    assert name in pd.read_csv(io.BytesIO(made["ranking.csv"]))["contingency"].tolist()
    assert all(made[f"{each}.png"][:4] == b"\x89PNG" for each in ("ranking", "recovery", "losers", "pairs"))


def test_a_stress_job_is_cancelled_between_its_parts() -> None:
    stopped = threading.Event()
    asked_for = question_of(Course("classroom"), ("Brewery",), ["exit"], 2010, 5, 5000, 1)
    job = Job(lambda progress: answered(asked_for, progress), lambda: job.running or stopped.set()).start()
    while not job.done:
        assert job.running
        time.sleep(0.01)
    job.cancel()
    assert stopped.wait(60)
    assert (job.state, job.result) == ("cancelled", None)


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (f"{HOME.stress_runs} in all", {"runs": HOME.stress_runs + 1}),
        ("at least 2", {"runs": 1}),
        ("at least one", {"partners": ()}),
        ("a way of going", {"modes": []}),
        ("did you mean 'Brewery'", {"partners": ("Brewerie",)}),
        ("2 to 12", {"order": 2}),
        ("more than 0, at most 1", {"modes": ["shrink:2"]}),
        ("^mode: found 'sink'", {"modes": ["sink"]}),
        ("before the run ends", {"year": 2030.0}),
        ("before the run ends", {"years": float("nan")}),
        ("year", {"year": float("nan")}),
    ],
)
def test_what_a_stress_job_cannot_do_is_refused_before_it_begins(said: str, changed: dict) -> None:
    asked_for = {
        "partners": ("Brewery",),
        "modes": ["exit"],
        "year": 2010.0,
        "years": 5.0,
        "runs": 5,
        "order": 1,
    }
    with pytest.raises(ScenarioError, match=said):
        question_of(Course("classroom"), **(asked_for | changed))


def test_partners_lost_two_at_once_are_few_where_the_page_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    course = Course("kalundborg")
    names = list(course.scenario.companies)[: PUBLIC.stress_pairs + 1]
    monkeypatch.setenv(SERVED, "1")
    with pytest.raises(ScenarioError, match=f"2 to {PUBLIC.stress_pairs}"):
        question_of(course, names, ["exit"], 1998, 5, 2, 2)
    with pytest.raises(ScenarioError, match=f"{PUBLIC.stress_runs} in all"):
        question_of(course, names[:4], ["exit"], 1998, 5, PUBLIC.stress_runs // 10 + 1, 2)


def test_a_job_tells_its_progress_and_stops_when_asked() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(progress: Callable[[int, int], None]) -> None:
        for part in range(10**9):
            progress(part, 10**9)
            begun.set()

    job = Job(work, lambda: job.running or ended.set())
    job.start()
    assert begun.wait(5)
    job.cancel()
    assert ended.wait(5)
    assert job.state == "cancelled"
    assert job.result is None
    assert 0 < job.done < job.total


def test_a_job_that_fails_says_why() -> None:
    ended = threading.Event()

    def broken(_progress: object) -> None:
        raise RuntimeError("no memory")

    job = Job(broken, ended.set).start()
    assert ended.wait(5)
    assert (job.state, job.error) == ("failed", "no memory")


def test_a_sweep_reads_the_same_as_single_runs() -> None:
    course = Course("classroom")
    sweep = Sweep(course, "trust.prior", 0.2, 0.8, 3, 2, 2019).checked()
    found = swept(sweep, nothing)
    one = simulate("classroom", 2, set={"trust.prior": 0.5})
    assert found[1, 1, 0] == one.park.indicators["streams"][79]
    told = sweep_job.told(sweep, found)
    assert told["x"] == [0.2, 0.5, 0.8]
    assert sweep_job.table(sweep, found).count("\n") == 7
    with pytest.raises(ScenarioError, match="number"):
        Sweep(course, "bargaining.style", 0, 1, 3, 2, 2019).checked()
    with pytest.raises(ScenarioError, match=r"0\.01 to 0\.99"):
        Sweep(course, "trust.prior", 0, 5, 3, 2, 2019).checked()


def test_result_folders_open_and_nothing_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert folders.listed() == []
    simulate("classroom", 1).save(tmp_path / "runs" / "mine")
    simulate("classroom", 1).save(tmp_path / "outside")
    (tmp_path / "runs" / "link").symlink_to(tmp_path / "outside")
    names = {each["name"] for each in folders.listed()}
    assert "mine" in names
    found = folders.opened("mine")
    assert found["cards"]["cards"][0]["name"] == "Streams in operation"
    assert "contracts" in found["tables"]
    table = folders.table("mine", "contracts")
    assert table["rows"] == len(table["cells"]) == len(simulate("classroom", 1).contracts)
    for bad in ("../outside", "link", "/etc", "", "nothing"):
        with pytest.raises(ScenarioError):
            folders.opened(bad)
    with pytest.raises(ScenarioError):
        folders.table("mine", "../../outside/contracts")


def test_the_folder_of_a_sweep_opens_with_its_state_and_its_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.testing import CliRunner

    from experiments.cli import commands

    monkeypatch.chdir(tmp_path)
    design = tmp_path / "design.toml"
    design.write_text(
        'scenario = "classroom"\ndesign = "factorial"\nseed = 1\nreplicates = 2\noutcomes = ["streams_2010"]\n'
        '[axes]\n"trust.prior" = [0.2, 0.8]\n'
    )
    outcome = CliRunner().invoke(commands, ["sweep", str(design), "--out", "runs/study", "--workers", "1"])
    assert outcome.exit_code == 0, outcome.output
    assert folders.listed() == [{"name": "study", "kind": "study"}]
    assert "4 of 4 runs done" in folders.opened("study")["headline"]
    table = folders.table("study", folders.OF_LEDGER)
    assert table["columns"] == ["point", "replicate", "status", "streams_2010"]
    assert len(table["cells"]) == table["rows"] == 4

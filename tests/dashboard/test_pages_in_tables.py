"""Flows, trust, settings, uploads, stress and folders as the page gets them, without a browser."""

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
from experiments.dashboard.flows import amounts, sankey
from experiments.dashboard.job import Job
from experiments.dashboard.limits import HOME, PUBLIC, SERVED, limits
from experiments.dashboard.networks import Networks
from experiments.dashboard.settings import MOST, RULES, Settings, sweepable
from experiments.dashboard.show import Show
from experiments.dashboard.stress_job import answered, question_of
from experiments.dashboard.sweep_job import Sweep, swept
from experiments.dashboard.trust import colour, matrix
from experiments.dashboard.uploads import dropped
from experiments.stressing import quick
from experiments.stressing.notes import notes
from experiments.stressing.results import TABLES
from experiments.stressing.words import headline
from simulation import simulate
from simulation.dotted import parse_path
from simulation.fieldpaths import live_fields
from simulation.problems import ScenarioError
from simulation.reading import load_scenario
from simulation.slots import SCENARIO


def nothing(_done: int, _total: int) -> None:
    pass


@pytest.fixture(scope="module")
def park() -> Course:
    course = Course("kalundborg")
    course.go_to(course.quarter_of(2005))
    return course


def test_bands_of_the_flows_carry_what_is_signed(park: Course) -> None:
    streams = park.result.streams(2005.75)
    for kind, unit in (("water", "m3"), ("material", "t")):
        own = streams[(streams["class"] == kind) & (streams["unit"] == unit)]
        assert sum(each[4] for each in amounts(park, kind)) == pytest.approx(own["quantity"].sum(), rel=1e-6)
        drawn = sankey(park, kind)
        assert len(drawn["bands"]) == len(own)
        assert {node["name"] for node in drawn["nodes"]} == {*own["supplier"], *own["receiver"]}


def test_nodes_of_the_flows_are_as_high_as_their_bands(park: Course) -> None:
    drawn = sankey(park, "energy")
    for side in ("left", "right"):
        nodes = [node for node in drawn["nodes"] if node["side"] == side]
        bottoms = [node["y"] + node["h"] for node in nodes]
        assert all(top["y"] > bottom for top, bottom in zip(nodes[1:], bottoms, strict=False))
        assert max(bottoms) <= drawn["height"]


def test_flows_of_a_park_without_streams_are_empty() -> None:
    drawn = sankey(Course("classroom"), "water")
    assert drawn["bands"] == []
    assert drawn["total"].startswith("0 streams")


def test_every_cell_of_the_trust_matrix_is_what_one_company_trusts(park: Course) -> None:
    drawn = matrix(park)
    cells = {(row, column): value for row, column, value, _, _ in drawn["cells"]}
    assert all((column, row) in cells for row, column in cells)
    one, other = next(iter(cells))
    show = Show("kalundborg")
    show.to_year(2005)
    show.choose_company(drawn["names"][one])
    told = show.details()
    assert told is not None
    given = {each["name"]: each["given"] for each in told["trust"]}
    assert given[drawn["names"][other]] == pytest.approx(cells[one, other], abs=0.011)
    assert len(drawn["names"]) == len(set(drawn["names"]))


def test_more_trust_is_lighter() -> None:
    light = [sum(int(colour(value / 10)[k : k + 2], 16) for k in (1, 3, 5)) for value in range(11)]
    assert light == sorted(light)
    assert colour(0) == "#00224e"
    assert colour(1) == "#fee838"


def test_network_measures_of_past_years_do_not_change_and_the_twin_has_its_own() -> None:
    show = Show("classroom")
    show.to_year(2012)
    networks = Networks()
    before = networks.yearly(show.course)
    assert len(before) == 13
    show.act('withdraw "Power station"')
    show.to_year(2018)
    assert networks.yearly(show.course)[:13] == before
    assert show.twin is not None
    assert networks.yearly(show.twin)[:13] == before
    assert networks.yearly(show.twin)[-1] != networks.yearly(show.course)[-1]


def test_settings_are_found_by_words_and_tell_their_value_now() -> None:
    show = Show("classroom")
    show.to_year(2010)
    show.act("set trust.prior 0.8")
    show.act("levy 3")
    show.step()
    found = {each["path"]: each for each in show.settings("", live=True)["fields"]}
    assert found["trust.prior"]["value"] == pytest.approx(0.8)
    assert found["policy.landfill_levy.scale"]["value"] == pytest.approx(3.0)
    hits = show.settings("bargaining style", live=False)
    style = next(each for each in hits["fields"] if each["path"] == "bargaining.style")
    assert {"linear", "conceder", "boulware"} == set(style["choices"])
    assert show.settings("no such thing at all", live=True)["count"] == 0


def test_settings_begin_with_what_visitors_come_for() -> None:
    course = Course("kalundborg")
    live, fixed = (
        [each["path"] for each in Settings(course).found(course, "", on)["fields"]] for on in (True, False)
    )
    assert [live[0], fixed[0]] == ["trust.prior", "trust.mode"]
    assert live.index("policy.landfill_levy.scale") < live.index("activity.utilisation") < MOST
    assert not [path for path in fixed if path.startswith("companies")]
    assert sweepable(course)[0].path == "trust.prior"


def test_every_table_of_rules_has_its_place_in_the_order() -> None:
    live = {parse_path(path)[0] for path in live_fields(load_scenario("kalundborg"))}
    assert {name for name in live if SCENARIO[name].kind == "table"} <= set(RULES)
    assert {name for name, slot in SCENARIO.members() if slot.kind == "table"} >= set(RULES)


def test_every_live_setting_says_unit_or_range_and_can_be_set() -> None:
    course = Course("classroom")
    rows = Settings(course).found(course, "", live=True)
    assert rows["count"] > 100
    for row in rows["fields"]:
        assert row["kind"] == "number"
        assert row["allowed"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = 'x'\nbase = 'classroom'\n[trust]\nprior = 4\n", "prior: found 4"),
        ("name = 'x'\n[trust\n", "no TOML"),
        ("name = 'x'\nbase = '/etc/passwd'\n", "a bundled park"),
        ("name = 'x'\nbase = '../classroom.toml'\n", "a bundled park"),
        ("name = 'x'\nbase = 'synthetic'\n[synthetic]\ncompanies = 200000\n", "at most"),
        ("name = 'x'\nbase = 'classroom'\n[grid]\nwidth = 2000\nheight = 2000\n", "at most"),
        ("name = 'x'\nbase = 'classroom'\n[time]\nstarts = 1600\nends = 2400\n", "at most"),
        ("name = 'x'\nbase = 'classroom'\nevents = ['2005 withdraw Nobody']\n", "Nobody"),
    ],
)
def test_a_bad_file_is_refused_with_its_entry(text: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said) as caught:
        dropped("mine.toml", text)
    assert "mine.toml" in str(caught.value)


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(ScenarioError, match=r"at most 2\.0 MB"):
        dropped("mine.toml", "#" * (HOME.upload + 1))


def test_a_good_file_opens() -> None:
    scenario = dropped("mine.toml", "name = 'mine'\nbase = 'classroom'\n[trust]\nprior = 0.7\n")
    show = Show(scenario)
    show.to_year(2010)
    assert show.name == "mine"
    assert show.course.scenario.trust.prior == 0.7


def test_the_size_of_a_park_cannot_be_set_on_the_page() -> None:
    show = Show("classroom")
    with pytest.raises(ScenarioError, match="large"):
        show.act_from_start({"grid.width": 2000})


def test_limits_are_tighter_when_served(monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits() == HOME
    monkeypatch.setenv(SERVED, "1")
    assert limits() == PUBLIC
    assert all(a <= b for a, b in zip(vars(PUBLIC).values(), vars(HOME).values(), strict=True))


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

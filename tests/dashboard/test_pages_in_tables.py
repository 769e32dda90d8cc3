"""Flows, trust, settings, uploads, stress and folders as the page gets them, without a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from experiments.dashboard import folders, stress_told, sweep_job
from experiments.dashboard.course import Course
from experiments.dashboard.flows import amounts, sankey
from experiments.dashboard.job import Job
from experiments.dashboard.limits import HOME, PUBLIC, SERVED, limits
from experiments.dashboard.networks import Networks
from experiments.dashboard.settings import Settings
from experiments.dashboard.show import Show
from experiments.dashboard.stress_job import Plan, stress
from experiments.dashboard.sweep_job import Sweep, swept
from experiments.dashboard.trust import colour, matrix
from experiments.dashboard.uploads import dropped
from simulation import simulate
from simulation.problems import ScenarioError


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
    with pytest.raises(ScenarioError, match=r"at most 5\.0 MB"):
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


def test_a_stress_job_is_the_pairs_of_simulate() -> None:
    course = Course("kalundborg")
    plan = Plan(course, ("Gyproc", "Dangodning"), 1998, 10, 3).checked()
    outcome = stress(plan, nothing)
    for run in range(3):
        with_all = simulate("kalundborg", 1, replicate=run)
        without = simulate("kalundborg", 1, replicate=run, events=["1998 withdraw Gyproc"])
        span = slice(4 * 38, 4 * 48)
        expected = (
            without.park.indicators["savings"][span].sum() - with_all.park.indicators["savings"][span].sum()
        )
        assert outcome.savings[0, run] == pytest.approx(expected, rel=1e-12)
    assert outcome.curve.shape == (2, 3, 40)
    told = stress_told.told(outcome)
    assert told["ranking"][0]["name"] == "Gyproc"
    assert "not a forecast" in told["headline"]
    assert stress_told.table_of_runs(outcome).count("\n") == 7
    assert stress_told.figure(outcome).startswith(b"\x89PNG")


def test_recovery_is_the_first_year_that_stays_and_none_if_never() -> None:
    course = Course("classroom")
    plan = Plan(course, ("Brewery",), 2010, 3, 1)
    outcome = stress(plan, nothing)
    shaped = np.array([[[0.5, 0.96, 0.9, 0.96, 0.96, 0.97, 0.99, 1, 1, 1, 1, 1]]])
    assert type(outcome)(**{**vars(outcome), "curve": shaped}).recovery[0, 0] == 3
    assert type(outcome)(**{**vars(outcome), "curve": shaped * 0.5}).recovery[0, 0] == -1


def test_more_pairs_than_allowed_are_refused() -> None:
    course = Course("classroom")
    with pytest.raises(ScenarioError, match="in all"):
        Plan(course, ("Brewery",), 2010, 5, HOME.stress_runs + 1).checked()
    with pytest.raises(ScenarioError, match="at least one"):
        Plan(course, (), 2010, 5, 5).checked()
    with pytest.raises(ScenarioError, match="did you mean"):
        Plan(course, ("Brewerie",), 2010, 5, 5).checked()


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

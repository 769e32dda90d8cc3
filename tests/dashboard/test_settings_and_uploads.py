"""Settings, dropped files and limits as the page gets them, without a browser."""

from __future__ import annotations

import pytest

from experiments.dashboard.course import Course
from experiments.dashboard.limits import HOME, PUBLIC, SERVED, limits
from experiments.dashboard.settings import MOST, RULES, Settings, sweepable
from experiments.dashboard.show import Show
from experiments.dashboard.uploads import dropped
from simulation.dotted import parse_path
from simulation.fieldpaths import live_fields
from simulation.problems import ScenarioError
from simulation.reading import load_scenario
from simulation.slots import SCENARIO


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

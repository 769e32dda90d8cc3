"""What a visitor has, without a browser: the exact twin, time back and forth, words and pictures."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from experiments.dashboard import player as player_module
from experiments.dashboard import series
from experiments.dashboard.course import Course
from experiments.dashboard.difference import difference, same, streams_apart
from experiments.dashboard.player import Player
from experiments.dashboard.series import BY_NAME, curve, difference_told
from experiments.dashboard.show import Show
from simulation import simulate
from simulation.problems import ScenarioError


def indicators(course: Course) -> bytes:
    return course.tables.indicators[: course.quarter].tobytes()


def test_a_course_gives_the_bits_of_simulate() -> None:
    course = Course("classroom", seed=3)
    while not course.ended:
        course.step()
    assert indicators(course) == simulate("classroom", 3).park.indicators.tobytes()


def test_going_back_and_forth_gives_the_same_bits() -> None:
    course = Course("kalundborg")
    course.go_to(120)
    before = indicators(course)
    course.event("withdraw Gyproc")
    course.go_to(200)
    after = indicators(course)
    course.go_to(120)
    assert indicators(course) == before
    course.go_to(200)
    assert indicators(course) == after


def test_an_action_on_the_page_is_the_event_of_a_file() -> None:
    show = Show("kalundborg")
    show.to_year(1997)
    show.act("withdraw Gyproc")
    show.to_year(2010)
    whole = simulate("kalundborg", 1, events=["1998 withdraw Gyproc"])
    assert indicators(show.course) == whole.park.indicators[: show.course.quarter].tobytes()


def test_the_twin_is_the_park_without_the_action() -> None:
    show = Show("kalundborg")
    show.to_year(1997)
    show.act("withdraw Gyproc")
    show.act("facilitator off")
    show.to_year(2024)
    assert show.twin is not None
    assert indicators(show.twin) == simulate("kalundborg", 1).park.indicators.tobytes()


def test_before_the_action_takes_effect_nothing_differs_and_then_something_does() -> None:
    show = Show("kalundborg")
    show.to_year(1997)
    show.act("withdraw Gyproc")
    said = show.possible()["difference"]
    assert said["none"]
    assert said["headline"].startswith("No difference")
    assert {line[3] for line in said["lines"]} == {"no difference"}
    show.step()
    assert show.twin is not None
    assert not same(show.course, show.twin)
    gone, _ = streams_apart(show.course, show.twin)
    assert ("Asnaes power station", "Gyproc", "FGD gypsum") in gone
    assert all("Gyproc" in stream for stream in gone)


def test_differences_of_all_companies_add_up_to_that_of_the_park() -> None:
    show = Show("kalundborg")
    show.to_year(1997)
    show.act("withdraw Gyproc")
    show.to_year(2010)
    assert show.twin is not None
    from experiments.dashboard.difference import gains_apart, total

    parts = sum(value for _, value in gains_apart(show.course, show.twin))
    whole = total(show.course, show.twin, "savings")
    assert parts == pytest.approx(whole, rel=0.2)  # companies also count fees and clauses
    assert (parts < 0) == (whole < 0)


def test_a_refused_action_changes_nothing() -> None:
    show = Show("classroom")
    show.to_year(2010)
    with pytest.raises(ScenarioError, match="did you mean"):
        show.act("withdraw Brewerie")
    assert show.twin is None
    assert show.done == []
    assert show.course.words == []


def test_a_style_from_the_start_returns_to_this_year_beside_the_old_style() -> None:
    show = Show("classroom")
    show.to_year(2020)
    before = indicators(show.course)
    show.act_from_start({"bargaining.style": "boulware"})
    assert show.course.scenario.bargaining.style == "boulware"
    assert show.twin is not None
    assert show.course.quarter == show.twin.quarter
    assert indicators(show.twin) == before
    assert indicators(show.course) != before


def test_a_setting_from_the_start_is_told_as_it_was_set_last() -> None:
    show = Show("classroom")
    show.to_year(2010)
    for year in (2030, 2005):
        show.act_from_start({"association.starts": year})
    show.act_from_start({"bargaining.style": "boulware"})
    assert [text for _, text in show.done] == [
        "The year in which the association begins its work is 2005 from the start",
        "The bargaining style is boulware from the start",
    ]


def test_two_shows_of_one_seed_are_equal_and_share_no_memory() -> None:
    one, other = Show("classroom"), Show("classroom")
    one.to_year(2015)
    assert other.course.quarter == 0
    other.to_year(2015)
    assert indicators(one.course) == indicators(other.course)
    assert not np.shares_memory(one.course.tables.companies, other.course.tables.companies)


def test_a_curve_of_a_flow_is_the_sum_of_four_quarters() -> None:
    course = Course("kalundborg")
    course.go_to(180)
    quarterly = course.tables.indicators["savings"][:180]
    yearly = curve(course, BY_NAME["savings"])
    assert yearly[-1] == pytest.approx(quarterly[-4:].sum())
    assert yearly[0] == pytest.approx(quarterly[0])
    assert len(yearly) == 180


def test_a_difference_is_written_with_its_sign_or_in_words() -> None:
    streams = BY_NAME["streams"]
    assert difference_told(streams, -3) == "−3"
    assert difference_told(streams, 2) == "+2"
    assert difference_told(streams, 0) == "no difference"
    assert difference_told(BY_NAME["trust_mean"], 1e-9) == "almost none"
    assert difference_told(BY_NAME["savings"], 900.0, size=1e6) == "almost none"
    assert difference_told(BY_NAME["savings"], -9e5, size=1e6) == "−0.9"


def test_every_stream_on_the_map_runs_between_companies_on_it() -> None:
    show = Show("kalundborg")
    for year in (1965, 1985, 2005, 2024):
        show.to_year(year)
        picture, places = show.picture(), show.map()["places"]
        here = {company["row"] for company in picture["companies"]}
        assert len(picture["streams"]) == show.course.tables.indicators["streams"][show.course.quarter - 1]
        assert all(set(stream["ends"]) <= here for stream in picture["streams"])
        assert {str(row) for row in here} <= set(places)


def test_names_on_the_map_do_not_touch() -> None:
    for source in ("kalundborg", "classroom"):
        labels = [
            (place["label"], len(max(place["lines"], key=len)) * 6.0, 12.0 * len(place["lines"]))
            for place in Show(source).map()["places"].values()
            if "label" in place
        ]
        assert len(labels) >= 8
        for k, (one, wide, high) in enumerate(labels):
            for other, wide_2, high_2 in labels[:k]:
                apart = abs(one[0] - other[0]) >= (wide + wide_2) / 2
                assert apart or abs(one[1] - other[1]) >= (high + high_2) / 2


def test_an_invited_prospect_gets_a_place_on_the_map() -> None:
    show = Show("classroom")
    show.to_year(2004)
    row = show.row_of("Cement works")
    show.act('invite "Cement works"')
    show.to_year(2020)
    assert str(row) in show.map()["places"]
    assert row in {company["row"] for company in show.picture()["companies"]}


def test_whatever_is_clicked_is_told_or_nothing() -> None:
    show = Show("kalundborg")
    show.to_year(2015)
    for row in range(len(show.course.tables.companies)):
        show.choose("company", row)
        told = show.details()
        assert told and told["name"] == show.course.foundation.names.companies[row]
    for row in range(0, int(show.course.tables.clock[0]["negotiations"]), 40):
        show.choose("talk", row)
        talk = show.details()
        assert talk and talk["lines"]
        asks, bids = [each[1] for each in talk["offers"]], [each[2] for each in talk["offers"]]
        assert asks == sorted(asks, reverse=True)
        assert bids == sorted(bids)
    for kind, row in (("company", -1), ("stream", 10**9), ("nothing", 0)):
        show.choose(kind, row)
        assert show.details() is None
    show.choose("stream", int(show.course.tables.clock[0]["contracts"]) - 1)
    assert show.details() is not None
    show.to_year(1965)
    assert show.details() is None  # the contract is not there yet


def test_news_tell_a_stream_with_its_price_and_round() -> None:
    show = Show("kalundborg")
    show.to_year(1993)
    texts = [each["text"] for each in show.news(500)]
    gypsum = [text for text in texts if text.startswith("Asnaes power station supplies FGD gypsum to Gyproc")]
    assert len(gypsum) == 1
    assert "t a year" in gypsum[0]
    assert "agreed in round" in gypsum[0]
    assert not any("renew" in text for text in texts)
    assert len(show.news(5000, everything=True)) > len(texts)


def test_cards_of_a_park_without_record_have_no_dots() -> None:
    show = Show("classroom")
    show.to_year(2015)
    assert all(card["recorded"] == [] for card in show.cards()["cards"])
    kalundborg = Show("kalundborg")
    kalundborg.to_year(2000)
    streams = next(card for card in kalundborg.cards()["cards"] if card["key"] == "streams")
    assert streams["beside"] == "recorded 18 in 2000"
    assert len(streams["park"]) == kalundborg.course.quarter
    assert set(series.BY_NAME) == {card["key"] for card in kalundborg.cards()["cards"]}


def test_a_chart_in_which_nothing_happens_has_no_number_at_its_top() -> None:
    show = Show("classroom", seed=0)
    show.to_year(2010)
    tops = {card["key"]: card["top_told"] for card in show.cards()["cards"]}
    assert (tops["water_saved"], tops["trust_mean"]) == ("", "1.00")


def test_a_player_waits_for_the_page_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "SLOWEST_PAGE", 60.0)  # slow machines take their time
    steps, drawn = [], threading.Event()
    player = Player(lambda: bool(steps.append(1)) or True, drawn.set, lambda error: None)
    player.speed = 1000
    player.play()
    assert drawn.wait(60)
    assert len(steps) == 1  # the page has not said that it drew the first
    drawn.clear()
    player.page_is_ready()
    assert drawn.wait(60)
    player.pause()
    assert not player.playing


def test_a_player_ends_with_the_run_and_tells_a_failure() -> None:
    failures: list[Exception] = []
    failed = threading.Event()

    def fail(error: Exception) -> None:
        failures.append(error)
        failed.set()

    def broken() -> bool:
        raise RuntimeError("no more")

    ended = threading.Event()
    player = Player(lambda: False, ended.set, fail)
    player.play()
    assert ended.wait(60)
    assert not player.playing
    other = Player(broken, lambda: None, fail)
    other.play()
    assert failed.wait(60)
    assert str(failures[0]) == "no more"
    assert not other.playing


def test_difference_of_a_park_with_itself_is_none() -> None:
    course = Course("classroom")
    course.go_to(60)
    assert difference(course, course.copy())["none"]


def test_what_was_clicked_stays_itself_when_the_years_run_again() -> None:
    show = Show("classroom")
    show.to_year(2015)
    (row,) = [
        each["id"]
        for each in show.picture()["streams"]
        if each["title"] == "Power station supplies fly ash to Brick works"
    ]
    show.choose("stream", row)
    show.to_year(2008)
    assert show.chosen is None
    assert show.details() is None
    show.act("levy 0")
    show.to_year(2025)
    assert show.details() is None  # another stream has its row now
    show.undo()
    details = show.details()
    assert details is not None
    assert (details["residue"], details["receiver"]) == ("fly ash", "Brick works")


def test_news_tell_the_amounts_of_their_time_and_what_was_done() -> None:
    show = Show("kalundborg")
    show.to_year(1993)
    signed = [each["text"] for each in show.news(500) if "will supply FGD gypsum to Gyproc" in each["text"]]
    show.act("price steam 0.5")
    show.act("levy 2")
    show.act('close "Asnaes power station/units 1 and 2 on coal"')
    show.to_year(2012)
    told = [each["text"] for each in show.news(5000)]
    assert signed == [each for each in told if "will supply FGD gypsum to Gyproc" in each]
    done = [each["text"] for each in show.news(5000) if each["kind"] == "act"]
    assert done[::-1] == [
        "The price of steam becomes 0.5 times what it was",
        "The landfill levy becomes 2 times what it was",
        "Asnaes power station closes units 1 and 2 on coal",
    ]
    assert any("more of" in each["text"] for each in show.news(5000, everything=True))

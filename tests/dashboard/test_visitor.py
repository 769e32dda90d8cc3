"""Handlers of the page called as the page calls them: what is refused is told, and nothing breaks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from experiments.dashboard.lessons import Sign, seen
from experiments.dashboard.views.visitor import Visitor


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    made = Visitor()
    yield made
    made.close()


def wait_for(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_refused_event_is_told_and_nothing_is_done(visitor: Visitor) -> None:
    visitor.to_year(1997)
    visitor.act({"verb": "withdraw", "name": 'Nobody" announced 3'})
    assert "unknown company" in visitor.message.value
    assert visitor.trouble.value == ""
    assert visitor.acts.value["done"] == []
    visitor.act({"verb": "words", "text": "shrink Refinery 7"})
    assert "more than 0, at most 1" in visitor.message.value
    visitor.act({"verb": "words", "text": "shrink Refinery 0.5"})
    assert visitor.message.value == ""
    assert visitor.acts.value["done"] == [["1998 Q1", "Refinery shrinks by 50 %"]]


def test_everything_done_can_be_undone(visitor: Visitor) -> None:
    visitor.to_year(1997)
    before = visitor.show.course.tables.indicators.tobytes()
    visitor.act({"verb": "withdraw", "name": "Gyproc"})
    visitor.act({"verb": "levy", "value": 2})
    visitor.act({"verb": "style", "name": "boulware"})
    assert len(visitor.acts.value["done"]) == 3
    visitor.undo(1)
    assert visitor.acts.value["done"] == []
    assert visitor.show.course.tables.indicators.tobytes() == before
    assert visitor.show.course.scenario.bargaining.style == "linear"
    assert all(card["twin"] is None for card in visitor.cards.value["cards"])


def test_what_was_done_stands_in_the_order_of_time(visitor: Visitor) -> None:
    for year, levy in ((1997, 2), (1990, 3)):
        visitor.to_year(year)
        visitor.act({"verb": "levy", "value": levy})
    assert [date for date, _ in visitor.acts.value["done"]] == ["1991 Q1", "1998 Q1"]


def test_nonsense_from_a_page_becomes_a_message(visitor: Visitor, capsys: pytest.CaptureFixture[str]) -> None:
    visitor.act({"verb": "explode"})
    assert visitor.trouble.value.startswith("KeyError")
    assert "Traceback" in capsys.readouterr().err
    visitor.to_year(1970)
    assert visitor.trouble.value == ""
    visitor.pick({"kind": "company", "row": 10**6})
    assert visitor.details.value is None
    visitor.open("../../etc/passwd")
    assert visitor.name.value == "kalundborg"
    visitor.upload({"name": "x.toml", "text": None, "size": 10**9})
    assert "at most" in visitor.problems.value[0]
    visitor.assign({"path": "trust.nothing", "value": "1", "live": True})
    assert "no such field" in visitor.message.value


def test_a_failed_step_pauses_and_says_how_to_go_on(
    visitor: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.fail(RuntimeError("out of room"))
    assert visitor.trouble.value == "RuntimeError: out of room"
    assert not visitor.playing.value
    assert "out of room" in capsys.readouterr().err
    visitor.restart(3)
    assert visitor.trouble.value == ""
    assert visitor.show.course.seed == 3


def test_a_closed_visitor_draws_nothing_more(visitor: Visitor) -> None:
    visitor.close()
    before = visitor.frame.value
    visitor.show.step()
    visitor.frame_drawn()
    assert visitor.frame.value is before
    assert not visitor.player.playing


def test_a_lesson_turned_to_its_end_by_next_alone_does_all_its_deeds(visitor: Visitor) -> None:
    visitor.open_lesson("6-coal-exit")
    for place in range(1, 4):
        visitor.turn_to(place)
    assert visitor.show.course.year == 2011
    assert visitor.acts.value["done"][0][1] == "Asnaes power station closes unit 5 on coal"
    visitor.open_lesson("")
    assert visitor.lesson.value["key"] == ""


def test_a_button_of_a_lesson_does_the_same_whatever_was_tried_before(visitor: Visitor) -> None:
    ash, levy = Sign(stream=("Power station", "Brick works", "fly ash")), "5-levy"
    visitor.open_lesson(levy)
    for place in range(4):
        visitor.perform(place)
        visitor.turn_to(place + 1)
    assert not seen(visitor.show, ash)  # without the levy
    visitor.turn_to(1)
    visitor.perform(1)
    assert seen(visitor.show, ash)
    visitor.open("kalundborg")
    visitor.perform(2)
    assert (visitor.show.name, visitor.show.course.seed) == ("classroom", 1)
    assert visitor.details.value is not None
    assert visitor.details.value["residue"] == "fly ash"


def test_a_lesson_may_be_run_with_other_luck(visitor: Visitor) -> None:
    visitor.open_lesson("3-facilitator")
    visitor.restart(7)
    visitor.perform(0)
    assert (visitor.show.course.seed, visitor.show.course.shown_year) == (7, 2025.75)
    visitor.open_lesson("3-facilitator")
    visitor.perform(0)
    assert visitor.show.course.seed == 2


def test_a_lesson_plays_years_that_are_to_be_watched_and_stops(visitor: Visitor) -> None:
    visitor.open_lesson("1-a-trade")
    visitor.pace(60)
    visitor.perform(1)
    assert visitor.playing.value
    wait_for(lambda: not visitor.playing.value)
    assert visitor.show.course.shown_year == 2002.75
    assert visitor.frame.value["quarter"] == 12
    visitor.play(True)  # on, to the end of the run
    wait_for(lambda: visitor.frame.value["quarter"] > 12)
    visitor.play(False)

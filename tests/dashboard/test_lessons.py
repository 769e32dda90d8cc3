"""Lessons stay true: whatever one promises can be seen after its button was pressed."""

from __future__ import annotations

import pytest

from experiments.dashboard.lessons import Sign, begin, come_to, lessons, looks, perform, seen
from experiments.dashboard.show import Show
from simulation.problems import ScenarioError


@pytest.mark.parametrize("key", lessons())
def test_a_lesson_shows_what_it_promises(key: str) -> None:
    lesson, show = lessons()[key], Show("classroom")
    begin(show, lesson)
    promises = 0
    for step in lesson.steps:
        perform(show, step.do)
        for sign in step.shows:
            assert seen(show, sign), f"{step.button}: {sign}"
            promises += 1
        assert bool(step.do) == bool(step.button)
        assert not step.ask or 0 <= step.right < len(step.choices)
    assert promises
    assert len(lesson.worksheet) >= 3


def test_there_are_six_lessons_on_two_parks() -> None:
    assert len(lessons()) == 6
    assert {lesson.scenario for lesson in lessons().values()} == {"classroom", "kalundborg"}


def test_a_sign_that_is_not_there_is_not_seen() -> None:
    show = Show("classroom")
    assert not seen(show, Sign(stream=("Power station", "Town", "steam")))
    assert not seen(show, Sign(gone=("Power station", "Town", "steam")))
    assert not seen(show, Sign(than_twin=("streams", "less")))
    assert not seen(show, Sign(loses=["Town"]))
    show.act('withdraw "Brick works"')
    show.step()
    assert not seen(show, Sign(loses=["Town"]))
    show.undo()
    show.to_year(2002)
    assert seen(show, Sign(stream=("Power station", "Town", "steam")))


def test_a_deed_that_cannot_be_done_says_so() -> None:
    from experiments.dashboard.lessons import Deed

    with pytest.raises(ScenarioError):
        perform(Show("classroom"), [Deed(company="Nobody")])


def test_what_a_step_is_about_stands_first() -> None:
    oil, coal = lessons()["4-oil-shock"], lessons()["6-coal-exit"]
    assert [looks(oil, place) for place in range(4)] == [False, False, False, True]
    assert [looks(coal, place) for place in range(4)] == [True, False, False, False]


def test_steam_among_the_stubborn_comes_years_later_as_the_lesson_says() -> None:
    lesson, show = lessons()["1-a-trade"], Show("classroom")
    begin(show, lesson)
    dates = []
    for step in lesson.steps:
        perform(show, step.do)
        details = show.details()
        if details is not None:
            assert (details["supplier"], details["receiver"]) == ("Power station", "Town")
            dates.append(int(details["talk"]["date"][:4]))
    assert dates[-1] > dates[0] + 5
    assert show.twin is not None
    stubborn, others = (
        each.result.negotiations["reason"].eq("out of time").mean() for each in (show.course, show.twin)
    )
    assert stubborn == pytest.approx(0.5, abs=0.05)
    assert others < 0.2


def test_the_levy_of_the_lesson_comes_when_the_lesson_says() -> None:
    lesson, show = lessons()["5-levy"], Show("classroom")
    begin(show, lesson)
    levies = {}
    while show.step():
        levies[show.course.shown_year] = float(show.course.tables.clock[0]["landfill_levy"])
    assert [levies[2009 + quarter / 4] for quarter in range(5)] == [0, 5, 10, 15, 20]
    assert max(year for year, levy in levies.items() if levy < 40) < 2015 <= max(levies)
    assert "In the course of 2009" in lesson.about
    assert "20 EUR a tonne at the start of 2010 and 40 from 2015 on" in lesson.steps[0].ask


@pytest.mark.parametrize("key", lessons())
def test_a_button_shows_what_it_promises_after_anything_else_was_done(key: str) -> None:
    lesson, show = lessons()[key], Show("classroom")
    for place, step in reversed(list(enumerate(lesson.steps))):
        come_to(show, lesson, place)
        perform(show, step.do)
        for sign in step.shows:
            assert seen(show, sign), f"{step.button}: {sign}"
        show.to_year(2001)
        show.act("facilitator on")
        show.act_from_start({"trust.prior": 0.05})

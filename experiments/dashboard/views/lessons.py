"""The page of lessons: text beside the live park."""

from __future__ import annotations

import solara

from ..lessons import lessons, looks
from . import front
from .park import ActNow, Clicked, Counters, Feed, ParkMap, TimeControls
from .visitor import Visitor


@solara.component
def Text(visitor: Visitor) -> None:
    """The list, or the lesson that is open."""
    state = visitor.lesson.value
    lesson = lessons().get(state["key"])
    front.LessonText(
        all=[
            {"key": key, **each.model_dump(include={"title", "about", "scenario", "seed", "minutes"})}
            for key, each in lessons().items()
        ],
        lesson=None if lesson is None else lesson.model_dump(exclude={"steps": {"__all__": {"do", "shows"}}}),
        place=state["place"],
        seed=state["seed"],
        done=state["place"] in state["done"],
        event_open=visitor.open_lesson,
        event_turn=visitor.turn_to,
        event_perform=visitor.perform,
    )


@solara.component
def Lessons(visitor: Visitor) -> None:
    """All of it."""
    state = visitor.lesson.value
    if state["key"] not in lessons():
        Text(visitor)
        return
    with solara.Div(classes=["sp-park", "lesson"]):
        with solara.Div(classes=["lesson-area"]):
            Text(visitor)
            if visitor.acts.value["done"] and not looks(lessons()[state["key"]], state["place"]):
                ActNow(visitor)
                Clicked(visitor)
            else:
                Clicked(visitor)
                ActNow(visitor)
        with solara.Div(classes=["controls-area"]):
            TimeControls(visitor)
        with solara.Div(classes=["map-area"]):
            ParkMap(visitor)
        with solara.Div(classes=["cards-area"]):
            Counters(visitor)
        with solara.Div(classes=["side-area"]):
            Feed(visitor)

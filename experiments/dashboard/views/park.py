"""The page of the park: map, time, counters, what was clicked, what can be done."""

from __future__ import annotations

import solara

from . import front
from .visitor import Visitor


@solara.component
def TimeControls(visitor: Visitor) -> None:
    """The year and what moves it."""
    front.Controls(
        frame=visitor.frame.value,
        playing=visitor.playing.value,
        ended=visitor.show.course.ended,
        speed=visitor.speed.value,
        seed=visitor.show.course.seed,
        event_play=visitor.play,
        event_step=visitor.step,
        event_pace=visitor.pace,
        event_seek=visitor.seek,
        event_to_year=visitor.to_year,
        event_restart=visitor.restart,
    )


@solara.component
def ParkMap(visitor: Visitor) -> None:
    """The map."""
    front.Map(
        ground=visitor.ground.value,
        frame=visitor.frame.value,
        chosen=visitor.chosen.value,
        event_pick=visitor.pick,
        event_nothing=visitor.unpick,
        event_drawn=visitor.drawn,
    )


@solara.component
def Counters(visitor: Visitor) -> None:
    """Counters and curves."""
    front.Cards(cards=visitor.cards.value)


@solara.component
def Clicked(visitor: Visitor, hint: bool = False) -> None:
    """What was clicked."""
    front.Details(
        what=visitor.details.value,
        hint=hint and not visitor.frame.value["quarter"],
        event_pick=visitor.pick,
        event_close=visitor.unpick,
    )


@solara.component
def ActNow(visitor: Visitor) -> None:
    """What can be done."""
    front.Acts(
        now=visitor.acts.value,
        looked=_company_in_view(visitor),
        message=visitor.message.value,
        event_act=visitor.act,
        event_accept=visitor.accept,
        event_undo=visitor.undo,
    )


def _company_in_view(visitor: Visitor) -> str:
    """The company that was clicked: it is offered to be withdrawn."""
    what = visitor.details.value
    return str(what["name"]) if what and what["kind"] == "company" else ""


@solara.component
def Feed(visitor: Visitor, title: str = "News", choice: bool = False) -> None:
    """What happened."""
    front.News(
        news=visitor.news.value,
        title=title,
        choice=choice,
        everything=visitor.everything.value,
        event_pick=visitor.pick,
        event_all=visitor.tell_all,
    )


@solara.component
def Park(visitor: Visitor) -> None:
    """All of it."""
    with solara.Div(classes=["sp-park"]):
        with solara.Div(classes=["controls-area"]):
            TimeControls(visitor)
        with solara.Div(classes=["map-area"]):
            ParkMap(visitor)
        with solara.Div(classes=["side-area"]):
            Clicked(visitor, hint=True)
            ActNow(visitor)
            Feed(visitor)
        with solara.Div(classes=["cards-area"]):
            Counters(visitor)

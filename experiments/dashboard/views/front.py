"""Our own front-end components, one Vue file each in `front/`: what they take, and which clicks they tell.

An `event_*` is called with one value from the page, never with anything that was not checked there again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

Event = Callable[[Any], None]


@solara.component_vue("../front/bar.vue")
def Bar(
    pages: list,
    here: str,
    scenarios: list,
    scenario: str,
    dark: bool,
    event_go: Event,
    event_choose: Event,
    event_theme: Event,
) -> None:
    """Title, pages, choice of the park, light or dark."""


@solara.component_vue("../front/controls.vue")
def Controls(
    frame: dict, playing: bool, ended: bool, speed: float, seed: int,
    event_play: Event, event_step: Event, event_pace: Event, event_seek: Event, event_to_year: Event, event_restart: Event,
) -> None:  # fmt: skip
    """The year in large, and what moves it."""


@solara.component_vue("../front/map.vue")
def Map(
    ground: dict,
    frame: dict,
    chosen: dict | None,
    event_pick: Event,
    event_nothing: Event,
    event_drawn: Event,
) -> None:
    """The park. Says `drawn` with the quarter when a frame is on the screen."""


@solara.component_vue("../front/cards.vue")
def Cards(cards: dict) -> None:
    """Counters with their curves, the twin and the record."""


@solara.component_vue("../front/details.vue")
def Details(what: dict | None, hint: bool, event_pick: Event, event_close: Event) -> None:
    """What was clicked; before that, how to begin where a `hint` is wanted."""


@solara.component_vue("../front/acts.vue")
def Acts(
    now: dict, looked: str, message: str, event_act: Event, event_accept: Event, event_undo: Event
) -> None:
    """What can be done, and what it changed."""


@solara.component_vue("../front/news.vue")
def News(news: list, title: str, choice: bool, everything: bool, event_pick: Event, event_all: Event) -> None:
    """What happened, in sentences."""


@solara.component_vue("../front/flows.vue")
def Flows(flows: dict, date: str, event_kind: Event, event_pick: Event) -> None:
    """Bands between suppliers and receivers."""


@solara.component_vue("../front/matrix.vue")
def Matrix(trust: dict) -> None:
    """Who trusts whom."""


@solara.component_vue("../front/lesson.vue")
def LessonText(
    all: list,
    lesson: dict | None,
    place: int,
    seed: int | None,
    done: bool,
    event_open: Event,
    event_turn: Event,
    event_perform: Event,
) -> None:
    """The list of lessons, or one of them with its worksheet."""


@solara.component_vue("../front/scenario.vue")
def ScenarioForm(
    bundled: list, now: str, limit: int, problems: list, opened: str, found: dict, message: str,
    event_choose: Event, event_upload: Event, event_search: Event, event_assign: Event,
) -> None:  # fmt: skip
    """Choice of the park, an own file, all settings."""


@solara.component_vue("../front/stress.vue")
def StressForm(
    partners: list, first: int, last: int, suggested: int, most: int, together: int,
    job: dict | None, told: dict | None, message: str,
    event_start: Event, event_cancel: Event,
) -> None:  # fmt: skip
    """What to try, how far it is, ranking, recovery, who loses."""


@solara.component_vue("../front/sweep.vue")
def SweepForm(
    fields: list,
    first: int,
    last: int,
    job: dict | None,
    told: dict | None,
    message: str,
    event_start: Event,
    event_cancel: Event,
) -> None:
    """A field at several values."""


@solara.component_vue("../front/folders.vue")
def FolderForm(
    root: str, folders: list, opened: dict | None, shown: dict | None, image: str, message: str,
    event_open: Event, event_table: Event, event_picture: Event,
) -> None:  # fmt: skip
    """Results of the command line."""

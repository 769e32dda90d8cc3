"""The Solara application: routes, the frame around every page, one visitor to a browser tab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import reacton.core
import solara
import solara.lab

from simulation.files import bundled_names

from .places import FULL, admitted
from .views import front
from .views.flows import FlowsAndTrust
from .views.lessons import Lessons
from .views.park import Park
from .views.scenario import ScenarioPage as Settings
from .views.stress import StressPage as StressAndSweep
from .views.visitor import Visitor

PAGES = (
    ("/", "Park"),
    ("/flows", "Flows and trust"),
    ("/lessons", "Lessons"),
    ("/scenario", "Scenario"),
    ("/stress", "Stress and sweep"),
)
CSS = (Path(__file__).parent / "front" / "page.css").read_text(encoding="utf-8")

visitor_of_page: Any = solara.create_context(None)


@solara.component
def Trouble(visitor: Visitor) -> None:
    """What went wrong on our side, and how to go on."""
    if visitor.trouble.value:
        with solara.Div(classes=["sp", "sp-error"], attributes={"role": "alert"}):
            solara.Text("Something went wrong, and this is a fault of ours. The park stands as it was: ")
            solara.Text("go on, or press Restart. ")
            solara.Text(visitor.trouble.value)


@solara.component
def Top(visitor: Visitor) -> None:
    """Title, pages, park."""
    router = solara.use_router()
    dark = solara.lab.use_dark_effective()
    name = visitor.name.value

    def go(path: str) -> None:
        if path in dict(PAGES):
            router.push(path)

    def theme(wanted: bool) -> None:
        solara.lab.theme.dark = bool(wanted)

    here = "/" + "/".join(router.parts[:1]) if router.parts != [""] else "/"
    front.Bar(
        pages=[{"path": path, "label": label} for path, label in PAGES],
        here=here,
        scenarios=[*bundled_names(), *([] if name in bundled_names() else [name])],
        scenario=name,
        dark=bool(dark),
        event_go=go,
        event_choose=visitor.open,
        event_theme=theme,
    )


@solara.component
def Layout(children: list[Any] | None = None) -> None:
    """The frame of every page, for as many visitors as this server can bear."""
    solara.Style(CSS)
    if solara.use_memo(lambda: admitted(solara.get_kernel_id()), []):
        Shell(children=children or [])
    else:
        with solara.Div(classes=["sp", "sp-shell"], attributes={"role": "alert"}):
            solara.Text(FULL)


@solara.component
def Shell(children: list[Any]) -> None:
    """Makes the visitor, and closes it when the tab is gone."""
    visitor = solara.use_memo(Visitor, [])
    visitor.together = reacton.core.get_render_context()
    solara.use_effect(lambda: visitor.close, [])
    visitor_of_page.provide(visitor)
    with solara.Div(classes=["sp-shell"]):
        Top(visitor)
        Trouble(visitor)
        solara.Div(children=children)


@solara.component
def ParkPage() -> None:
    """/"""
    Park(solara.use_context(visitor_of_page))


@solara.component
def FlowsPage() -> None:
    """/flows"""
    FlowsAndTrust(solara.use_context(visitor_of_page))


@solara.component
def LessonsPage() -> None:
    """/lessons"""
    Lessons(solara.use_context(visitor_of_page))


@solara.component
def ScenarioPage() -> None:
    """/scenario"""
    Settings(solara.use_context(visitor_of_page))


@solara.component
def StressPage() -> None:
    """/stress"""
    StressAndSweep(solara.use_context(visitor_of_page))


routes = [
    solara.Route("/", component=ParkPage, layout=Layout, label="Park"),
    solara.Route("flows", component=FlowsPage, label="Flows and trust"),
    solara.Route("lessons", component=LessonsPage, label="Lessons"),
    solara.Route("scenario", component=ScenarioPage, label="Scenario"),
    solara.Route("stress", component=StressPage, label="Stress and sweep"),
]

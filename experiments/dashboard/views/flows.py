"""The page of flows and trust: bands, matrix, measures of the network, the news."""

from __future__ import annotations

import solara

from . import front
from .park import Clicked, Feed, TimeControls
from .visitor import Visitor


@solara.component
def FlowBands(visitor: Visitor) -> None:
    """The Sankey of a class."""
    kind, set_kind = solara.use_state("energy")
    frame = visitor.frame.value
    front.Flows(
        flows=visitor.show.flows(kind),
        date=frame["date"],
        event_kind=lambda k: set_kind(str(k)),
        event_pick=visitor.pick,
    )


@solara.component
def TrustMatrix(visitor: Visitor) -> None:
    """The matrix; it follows the words, once a year while playing."""
    _ = visitor.acts.value
    front.Matrix(trust=visitor.show.trust())


@solara.component
def NetworkMeasures(visitor: Visitor) -> None:
    """Measures over time."""
    _ = visitor.acts.value
    front.Cards(cards=visitor.show.network())


@solara.component
def FlowsAndTrust(visitor: Visitor) -> None:
    """All of it."""
    TimeControls(visitor)
    with solara.Div(classes=["sp-columns"], style={"margin-top": "10px"}):
        with solara.Div(classes=["sp-stack"]):
            FlowBands(visitor)
            if visitor.details.value is not None:
                Clicked(visitor)
            Feed(visitor, title="News", choice=True)
        with solara.Div(classes=["sp-stack"]):
            TrustMatrix(visitor)
            with solara.Div(classes=["sp", "panel"]):
                solara.HTML(tag="h2", unsafe_innerHTML="The network of streams")
                NetworkMeasures(visitor)

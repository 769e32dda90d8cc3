"""What one visitor sees, as reactive values. Made when a page opens, closed when it goes."""

from __future__ import annotations

import contextlib
import functools
import traceback
from collections.abc import Callable
from typing import Any

import solara

from simulation.problems import ScenarioError

from ..player import Player
from ..show import Show
from .bench import Bench

SLOW_PARTS = 4
"""While playing, what is written in words follows every so many quarters: nobody reads faster."""
NEWS = 30


def guarded(method: Callable[..., None]) -> Callable[..., None]:
    """A handler of a click whose errors are told on the page instead of ending it."""

    @functools.wraps(method)
    def handled(self: Any, *given: Any) -> None:
        try:
            self.trouble.set("")
            self.message.set("")
            method(self, *given)
        except ScenarioError as error:
            self.message.set(str(error))
        except Exception as error:
            self.fail(error)

    return handled


class Screen:
    """What the views read: the show of one visitor as reactive values, drawn anew by `refresh`."""

    def __init__(self) -> None:
        self.show = Show()
        self.bench = Bench(self.show)
        self.player = Player(self._step, self.frame_drawn, self.fail)
        self.until: int | None = None
        """Quarter at which playing ends by itself, None: with the run."""
        self.closed = False
        self.together: contextlib.AbstractContextManager[Any] = contextlib.nullcontext()
        """Makes changes of reactive values one drawing: the render context of the page, once it is known."""
        self.steps = 0
        self.name = solara.reactive(self.show.name)
        self.ground = solara.reactive(self.show.map())
        self.frame = solara.reactive(self.show.picture())
        self.cards = solara.reactive(self.show.cards())
        self.acts = solara.reactive(self.show.possible())
        self.details: solara.Reactive[dict | None] = solara.reactive(None)
        self.chosen: solara.Reactive[dict | None] = solara.reactive(None)
        self.news = solara.reactive(self.show.news(NEWS))
        self.everything = solara.reactive(False)
        self.playing = solara.reactive(False)
        self.speed = solara.reactive(self.player.speed)
        self.lesson: solara.Reactive[dict] = solara.reactive(
            {"key": "", "place": 0, "done": [], "seed": None}
        )
        self.problems: solara.Reactive[list[str]] = solara.reactive([])
        self.opened = solara.reactive("")
        self.wanted: solara.Reactive[dict] = solara.reactive({"words": "", "live": True})
        self.message = solara.reactive("")
        self.trouble = solara.reactive("")

    def close(self) -> None:
        """Stop what runs; nothing is drawn any more."""
        self.closed = True
        self.player.pause()
        self.bench.close()

    def fail(self, error: Exception) -> None:
        """Say what happened and how to go on; the park stays as it was before the step."""
        traceback.print_exception(error)
        if not self.closed:
            self.player.pause()
            self.playing.set(False)
            self.trouble.set(f"{type(error).__name__}: {error}")

    def frame_drawn(self) -> None:
        """A quarter was run by the player: let the page draw it."""
        if self.closed:
            self.player.pause()
            return
        self.steps += 1
        self.playing.set(self.player.playing)
        self.refresh(words=self.steps % SLOW_PARTS == 0 or not self.player.playing)

    def refresh(self, words: bool = True) -> None:
        """Draw the park as it is, all parts at once; `words` also what is written about it."""
        with self.together:
            self._refresh(words)

    def _refresh(self, words: bool) -> None:
        self.ground_if_new()
        self.name.set(self.show.name)
        self.frame.set(self.show.picture())
        self.cards.set(self.show.cards())
        if words:
            self.acts.set(self.show.possible())
            self.news.set(self.show.news(NEWS, self.everything.value))
            self.look()

    def ground_if_new(self) -> None:
        """Send the map only when it has changed."""
        before, now = self.ground.value["number"], self.show.map()
        if now["number"] != before:
            self.ground.set(now)

    def look(self) -> None:
        """Show what is chosen."""
        chosen = self.show.chosen
        self.chosen.set(None if chosen is None else {"kind": chosen[0], "row": chosen[1]})
        self.details.set(self.show.details())

    def play_to(self, year: float) -> None:
        """Play to the end of a year and stop there."""
        self.until = self.show.course.quarter_of(year)
        self.player.play()
        self.playing.set(True)

    def _step(self) -> bool:
        """A quarter, if it is to be: whether others follow it."""
        return self.show.step() and (self.until is None or self.show.course.quarter < self.until)

    def halt(self) -> None:
        """Pause without drawing."""
        self.player.pause()
        self.playing.set(False)

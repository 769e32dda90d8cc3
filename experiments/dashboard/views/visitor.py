"""One visitor: a show, a player, and what the page shows of them. Made when a page opens, closed when it goes."""

from __future__ import annotations

import contextlib
import functools
import traceback
from collections.abc import Callable
from typing import Any

import solara

from simulation.files import bundled_names
from simulation.problems import ScenarioError

from .. import actions
from ..lessons import begin, lessons, perform
from ..player import Player
from ..show import Show
from ..uploads import dropped, too_large
from .bench import Bench

SLOW_PARTS = 4
"""While playing, what is written in words follows every so many quarters: nobody reads faster."""
NEWS = 30
LONGEST_WORDS = 200


def guarded(method: Callable[..., None]) -> Callable[..., None]:
    """A handler of a click whose errors are told on the page instead of ending it."""

    @functools.wraps(method)
    def handled(self: Visitor, *given: Any) -> None:
        try:
            self.trouble.set("")
            self.message.set("")
            method(self, *given)
        except ScenarioError as error:
            self.message.set(str(error))
        except Exception as error:
            self.fail(error)

    return handled


class Visitor:
    """What the views read (reactive values) and call (handlers)."""

    def __init__(self) -> None:
        self.show = Show()
        self.bench = Bench(self.show)
        self.player = Player(self.show.step, self.frame_drawn, self.fail)
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
        self.lesson: solara.Reactive[dict] = solara.reactive({"key": "", "place": 0, "done": []})
        self.problems: solara.Reactive[list[str]] = solara.reactive([])
        self.opened = solara.reactive("")
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

    @guarded
    def play(self, on: bool) -> None:
        """Let the years pass, or stop them."""
        if on:
            self.player.play()
        else:
            self.player.pause()
        self.playing.set(bool(on))
        if not on:
            self.refresh()

    @guarded
    def step(self, _one: Any) -> None:
        """One quarter."""
        self.show.step()
        self.refresh()

    @guarded
    def pace(self, speed: float) -> None:
        """Quarters a second."""
        self.player.speed = min(max(float(speed), 0.25), 60.0)
        self.speed.set(self.player.speed)

    @guarded
    def seek(self, quarter: float) -> None:
        """To a quarter, forwards or back."""
        self.show.to_quarter(int(quarter))
        self.refresh()

    @guarded
    def to_year(self, year: float) -> None:
        """To the end of a year, forwards or back."""
        self.show.to_year(float(year))
        self.refresh()

    @guarded
    def restart(self, seed: float) -> None:
        """From the first quarter, with this seed."""
        self.halt()
        self.show.restart(min(max(int(seed), 0), 999_999_999))
        self.refresh()

    @guarded
    def open(self, name: str) -> None:
        """Another park that comes with symbiopark."""
        if name in bundled_names():
            self.halt()
            self.show.start(name)
            self.problems.set([])
            self.refresh()

    @guarded
    def upload(self, file: dict) -> None:
        """A file was dropped: open it, or say what is wrong with it."""
        name, text = str(file.get("name", "")), file.get("text")
        try:
            if not isinstance(text, str):  # too large, so the page did not even send it
                raise too_large(name, float(file.get("size", 0)))
            scenario = dropped(name, text)
            self.halt()
            self.show.start(scenario)
        except ScenarioError as error:
            self.problems.set([str(each) for each in error.problems])
            return
        self.problems.set([])
        self.opened.set(f"{scenario.title or scenario.name} ({name})")
        self.refresh()

    @guarded
    def assign(self, what: dict) -> None:
        """A field takes a value: from the next quarter on where it is live, else from the start."""
        path, value = str(what["path"]), what["value"]
        if what.get("live"):
            self.show.act(actions.put(path, float(value)))
        else:
            self.show.act_from_start({path: value})
        self.refresh()

    @guarded
    def pick(self, what: dict) -> None:
        """A company, a stream or a negotiation was clicked."""
        self.show.choose(str(what.get("kind")), int(what.get("row", -1)))
        self.look()

    @guarded
    def unpick(self, _nothing: Any) -> None:
        """Nothing is looked at any more."""
        self.show.unchoose()
        self.look()

    @guarded
    def act(self, what: dict) -> None:
        """Do something to the park (`actions`)."""
        verb = what.get("verb")
        if verb == "style":
            self.show.act_from_start({actions.STYLE_FIELD: str(what["name"])})
        else:
            self.show.act(_words(what))
        self.refresh()

    @guarded
    def accept(self, _yes: Any) -> None:
        """Compare with the park as it is from now on."""
        self.show.accept()
        self.refresh()

    @guarded
    def undo(self, _yes: Any) -> None:
        """As if nothing had been done."""
        self.show.undo()
        self.refresh()

    @guarded
    def tell_all(self, on: bool) -> None:
        """Small news too."""
        self.everything.set(bool(on))
        self.news.set(self.show.news(NEWS, bool(on)))

    @guarded
    def open_lesson(self, key: str) -> None:
        """Begin a lesson, or leave it for the list."""
        self.halt()
        lesson = lessons().get(str(key))
        if lesson is not None:
            begin(self.show, lesson)
            self.refresh()
        self.lesson.set({"key": str(key) if lesson else "", "place": 0, "done": []})

    @guarded
    def turn_to(self, place: int) -> None:
        """To another step; what the one before should have done is done first."""
        state = self.lesson.value
        lesson = lessons()[state["key"]]
        if place > state["place"] and state["place"] not in state["done"]:
            self._do(state["place"])
        state = self.lesson.value
        self.lesson.set({**state, "place": min(max(int(place), 0), len(lesson.steps) - 1)})

    @guarded
    def perform(self, place: int) -> None:
        """Do what the button of a step does."""
        self._do(int(place))

    def _do(self, place: int) -> None:
        self.halt()
        state = self.lesson.value
        steps = lessons()[state["key"]].steps
        if steps[place].do:
            perform(self.show, steps[place].do)
            self.refresh()
        self.lesson.set({**state, "done": sorted({*state["done"], place})})

    def drawn(self, _quarter: Any) -> None:
        """The page has drawn a frame."""
        self.player.page_is_ready()

    def halt(self) -> None:
        """Pause without drawing."""
        self.player.pause()
        self.playing.set(False)


def _words(what: dict) -> str:
    """The words of an event for a click."""
    verb = what.get("verb")
    if verb == "words":
        return str(what["text"])[:LONGEST_WORDS]
    if verb in ("withdraw", "invite"):
        return {"withdraw": actions.withdraw, "invite": actions.invite}[verb](str(what["name"]))
    if verb == "facilitator":
        return actions.switch(bool(what["on"]))
    fields = {
        "levy": "policy.landfill_levy.scale",
        "carbon": "policy.carbon_price.scale",
        "prior": "trust.prior",
    }
    field = fields[verb] if verb in fields else str(what["field"])
    return actions.put(field, float(what["value"]))

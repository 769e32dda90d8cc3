"""One visitor: what the page calls when something was clicked."""

from __future__ import annotations

from typing import Any

from simulation.files import bundled_names
from simulation.problems import ScenarioError

from .. import actions
from ..uploads import dropped, too_large
from .screen import NEWS, guarded
from .tuition import Tuition

LONGEST_WORDS = 200


class Visitor(Tuition):
    """Handlers of clicks: time, park, actions, what is looked at."""

    @guarded
    def play(self, on: bool) -> None:
        """Let the years pass, or stop them."""
        self.until = None
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
        self.lesson.set({**self.lesson.value, "seed": self.show.course.seed})
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
    def search(self, what: dict) -> None:
        """Settings are looked for by words."""
        self.wanted.set({"words": str(what["words"])[:LONGEST_WORDS], "live": bool(what["live"])})

    @guarded
    def assign(self, what: dict) -> None:
        """A field takes a value: from the next quarter on where it is live, else from the start."""
        path, value = str(what["path"])[:LONGEST_WORDS], what["value"]
        if not isinstance(value, bool | int | float):
            value = str(value)[:LONGEST_WORDS]
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

    def drawn(self, _quarter: Any) -> None:
        """The page has drawn a frame."""
        self.player.page_is_ready()


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

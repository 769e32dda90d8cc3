"""Handlers of the page of lessons."""

from __future__ import annotations

from ..lessons import begin, come_to, lessons, perform
from .screen import Screen, guarded


class Tuition(Screen):
    """Opens a lesson, turns its steps, does what its buttons say."""

    @guarded
    def open_lesson(self, key: str) -> None:
        """Begin a lesson, or leave it for the list."""
        self.halt()
        lesson = lessons().get(str(key))
        if lesson is not None:
            begin(self.show, lesson)
            self.refresh()
        self.lesson.set({"key": str(key) if lesson else "", "place": 0, "done": [], "seed": None})

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
        """Every button begins where the steps before it end: all see the same, whatever they tried in between.

        Only a seed that was given by Restart stays: a lesson may be run again with other luck.
        """
        self.halt()
        state = self.lesson.value
        lesson = lessons()[state["key"]]
        deeds = lesson.steps[place].do
        if deeds:
            come_to(self.show, lesson, place, state["seed"])
            watched = deeds[-1].play_to
            perform(self.show, deeds if watched is None else deeds[:-1])
            if watched is not None:
                self.play_to(watched)
            self.refresh()
        self.lesson.set({**state, "done": sorted({*state["done"], place})})

"""What one visitor does: a park, its twin, going to a year, acting, choosing what to look at."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from experiments import look
from simulation.problems import Problem, ScenarioError
from simulation.run import Source
from simulation.scenario import Scenario

from . import actions
from .choice import Choice
from .course import Course
from .networks import Networks
from .room import enough_room
from .settings import Settings
from .stage import most_jobs, stage
from .uploads import may_be_set

START = "kalundborg"
MOST_DEEDS = 100
"""Actions of one visitor on one park: every one is run again when the years are gone back."""


class Doings:
    """A park, its twin, and what can be done to them.

    All methods may be called from any thread: steps and pictures of them exclude each other. What is
    returned are plain dicts of words and numbers.
    """

    def __init__(self, source: Source = START, seed: int = 1) -> None:
        self.lock = threading.RLock()
        self._settings: Settings | None = None
        self.start(source, seed)

    def start(self, source: Source, seed: int = 1, settings: Mapping[str, Any] | None = None) -> None:
        """Another park, or the same one from its first quarter. Raises ScenarioError; then nothing changes."""
        enough_room()
        course = Course(source, seed, settings)
        whole = Course(source, seed, settings)
        whole.go_to(whole.quarters)
        with self.lock:
            self.course, self.whole = course, whole
            self.twin: Course | None = None
            self.done: list[tuple[float, str]] = []
            self.given = len(course.words) + len(course.settings)
            self.choice: Choice | None = None
            self.most_jobs = most_jobs(whole.tables)
            self.ground = stage(course, whole.tables)
            self.grounds = getattr(self, "grounds", 0) + 1
            self.networks = Networks()

    def restart(self, seed: int | None = None) -> None:
        """From the first quarter again with its settings, without events, with another seed where one is given."""
        self.start(self.course.source, self.course.seed if seed is None else seed, self.course.settings)

    @property
    def name(self) -> str:
        """Name of the scenario."""
        source = self.course.source
        return source.name if isinstance(source, Scenario) else str(source)

    def step(self) -> bool:
        """One quarter of park and twin; whether there was one."""
        with self.lock:
            if self.course.ended:
                return False
            self.course.step()
            if self.twin is not None:
                self.twin.step()
            return True

    def to_year(self, year: float) -> None:
        """To the end of a calendar year, forwards or back."""
        self.to_quarter(self.course.quarter_of(year))

    def to_quarter(self, quarter: int) -> None:
        """To a quarter of the run, forwards or back."""
        with self.lock:
            self.course.go_to(quarter)
            if self.twin is not None:
                self.twin.go_to(quarter)

    def act(self, words: str) -> None:
        """Let something happen in the next quarter. From the first action on a twin goes on without any.

        Raises ScenarioError; then nothing has changed.
        """
        with self.lock:
            self._one_more()
            enough_room()
            twin = self.course.copy() if self.twin is None else self.twin
            said = self.course.event(words)
            self.twin = twin
            self.done.append(actions.told(said))

    def act_from_start(self, settings: Mapping[str, Any]) -> None:
        """Found the park anew with other settings and return to this year; the twin is as it was.

        For fields that are fixed when companies are founded. Raises ScenarioError.
        """
        for path in settings:
            if not may_be_set(path):
                raise ScenarioError(
                    [
                        Problem(
                            "set",
                            path,
                            found="a field that makes a park as large as it is",
                            allowed="other fields",
                        )
                    ]
                )
        with self.lock:
            self._one_more()
            enough_room()
            before = self.course
            course = Course(before.source, before.seed, {**before.settings, **settings})
            twin = before.copy() if self.twin is None else self.twin
            course.carry(before.words)
            course.go_to(before.quarter)
            self.course, self.twin = course, twin
            first = course.foundation.calendar.first_year
            for field, value in settings.items():
                said = look.sentence(f"{actions.field_told(field)} is ")
                self.done = [
                    deed for deed in self.done if not (deed[0] == first and deed[1].startswith(said))
                ]
                self.done.append((first, f"{said}{value} from the start"))

    def _one_more(self) -> None:
        """Refuse an action after very many. Raises ScenarioError."""
        if len(self.done) + len(self.course.words) + len(self.course.settings) >= MOST_DEEDS + self.given:
            problem = Problem("act", found=f"{MOST_DEEDS} actions already", allowed="no more: press Restart")
            raise ScenarioError([problem])

    def accept(self) -> None:
        """Take the park as it is now as the one to compare with: the twin goes."""
        with self.lock:
            self.twin, self.done = None, []

    def undo(self) -> None:
        """Take everything back that was done: the twin becomes the park."""
        with self.lock:
            if self.twin is not None:
                self.course = self.twin
            self.accept()

    def choose(self, kind: str, row: int) -> None:
        """Look at a `company`, a `stream` or a `talk` by its row."""
        with self.lock:
            self.choice = Choice.of(self.course, kind, row)

    @property
    def chosen(self) -> tuple[str, int] | None:
        """What was clicked last and its row, where it is in the park as it stands."""
        with self.lock:
            row = -1 if self.choice is None else self.choice.row_in(self.course)
            return None if self.choice is None or row < 0 else (self.choice.kind, row)

    def choose_company(self, name: str) -> None:
        """Look at a company by its name. Raises ScenarioError."""
        self.choose("company", self.row_of(name))

    def row_of(self, name: str) -> int:
        """Row of a company. Raises ScenarioError."""
        row = self.course.foundation.names.company_row.get(name)
        if row is None:
            raise ScenarioError([Problem("company", found=repr(name), allowed="a company of the park")])
        return row

    def unchoose(self) -> None:
        """Look at nothing in particular."""
        with self.lock:
            self.choice = None

"""What one visitor has: a park, its twin, what was done to it, what is looked at. It knows no page."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np

from agents.fields import LEFT, PRESENT
from experiments import look
from simulation.problems import Problem, ScenarioError
from simulation.run import Source
from simulation.scenario import Scenario

from . import actions, inspection, series
from .course import Course
from .difference import difference
from .flows import UNITS, sankey
from .frame import frame
from .networks import Networks
from .news import news
from .settings import Settings
from .stage import most_jobs, stage
from .trust import matrix
from .uploads import may_be_set

START = "kalundborg"


class Show:
    """A park with everything a visitor can do to it.

    All methods may be called from any thread: steps and pictures of them exclude each other. What is
    returned are plain dicts of words and numbers.
    """

    def __init__(self, source: Source = START, seed: int = 1) -> None:
        self.lock = threading.RLock()
        self._settings: Settings | None = None
        self.start(source, seed)

    def start(self, source: Source, seed: int = 1, settings: Mapping[str, Any] | None = None) -> None:
        """Another park, or the same one from its first quarter. Raises ScenarioError; then nothing changes."""
        course = Course(source, seed, settings)
        whole = Course(source, seed, settings)
        whole.go_to(whole.quarters)
        with self.lock:
            self.course, self.whole = course, whole
            self.twin: Course | None = None
            self.done: list[tuple[float, str]] = []
            self.chosen: tuple[str, int] | None = None
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
            before = self.course
            course = Course(before.source, before.seed, {**before.settings, **settings})
            twin = before.copy() if self.twin is None else self.twin
            course.carry(before.words)
            course.go_to(before.quarter)
            self.course, self.twin = course, twin
            first = course.foundation.calendar.first_year
            for field, value in settings.items():
                said = f"{actions.field_told(field)} is {value} from the start"
                self.done.append((first, look.sentence(said)))

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
        rows = {
            "company": len(self.course.tables.companies),
            "stream": int(self.course.tables.clock[0]["contracts"]),
            "talk": int(self.course.tables.clock[0]["negotiations"]),
        }
        with self.lock:
            self.chosen = (kind, row) if 0 <= row < rows.get(kind, 0) else None

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
            self.chosen = None

    def picture(self) -> dict[str, Any]:
        """The moving part of the map."""
        with self.lock:
            moment = frame(self.course, self.ground, self.most_jobs)
            return moment | {
                "first": self.course.foundation.calendar.first_year,
                "quarters": self.course.quarters,
            }

    def map(self) -> dict[str, Any]:
        """The map itself; it is made anew when somebody came who had no place on it."""
        with self.lock:
            places = self.ground["places"]
            here = self.course.tables.companies
            if any(
                here[row]["status"] in (PRESENT, LEFT) and str(row) not in places for row in range(len(here))
            ):
                self.ground = stage(self.course, self.whole.tables)
                self.grounds += 1
            return self.ground | {"number": self.grounds}

    def cards(self) -> dict[str, Any]:
        """Counters and curves."""
        with self.lock:
            acted = min((year for year, _ in self.done), default=None)
            return series.cards(self.course, self.twin, self.whole, acted)

    def possible(self) -> dict[str, Any]:
        """What can be done now, what was done, and what it changed."""
        with self.lock:
            said = difference(self.course, self.twin) if self.twin is not None else None
            done = [[look.date(year), text] for year, text in self.done]
            return actions.possible(self.course) | {"done": done, "difference": said}

    def details(self) -> dict[str, Any] | None:
        """What was clicked last."""
        with self.lock:
            if self.chosen is None:
                return None
            kind, row = self.chosen
            if kind == "company":
                return {"kind": kind, **inspection.company(self.course, row)}
            count = "contracts" if kind == "stream" else "negotiations"
            if row >= int(self.course.tables.clock[0][count]):
                return None
            make = inspection.stream if kind == "stream" else inspection.negotiation
            return {"kind": kind, **make(self.course, row)}

    def residents(self) -> list[dict[str, Any]]:
        """Companies of the whole run with the years in which they are there, those with the most streams first."""
        with self.lock:
            whole, calendar = self.whole.tables, self.course.foundation.calendar
            names = self.course.foundation.names.companies
            table = whole.contracts[: int(whole.clock[0]["contracts"])]
            ends = np.concatenate([table["supplier"], table["receiver"]])
            count = np.bincount(ends, minlength=len(names))
            rows = [row for row in range(len(names)) if whole.companies[row]["status"] in (PRESENT, LEFT)]
            return [
                {
                    "name": names[row],
                    "from": calendar.year(max(0, int(whole.companies[row]["arrives"]))),
                    "to": calendar.year(min(self.course.quarters, int(whole.companies[row]["leaves"]))),
                }
                for row in sorted(rows, key=lambda row: (-count[row], names[row]))
            ]

    def flows(self, kind: str) -> dict[str, Any]:
        """Who supplies whom with how much of a class."""
        with self.lock:
            return sankey(self.course, kind if kind in UNITS else "energy")

    def settings(self, words: str, live: bool) -> dict[str, Any]:
        """Fields of the scenario that the words find, with their values now."""
        with self.lock:
            if self._settings is None or self._settings.course.scenario is not self.course.scenario:
                self._settings = Settings(self.course)
            return self._settings.found(self.course, words[:200], live)

    def trust(self) -> dict[str, Any]:
        """Who trusts whom."""
        with self.lock:
            return matrix(self.course)

    def network(self) -> dict[str, Any]:
        """Measures of the network over the years."""
        with self.lock:
            acted = min((year for year, _ in self.done), default=None)
            return self.networks.cards(self.course, self.twin, acted)

    def news(self, most: int = 40, everything: bool = False) -> list[dict[str, Any]]:
        """The latest events in sentences, newest first."""
        with self.lock:
            return news(self.course, most, everything)

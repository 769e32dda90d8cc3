"""What one visitor has: a park, its twin, what was done to it, what is looked at. It knows no page."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.fields import LEFT, PRESENT
from experiments import look

from . import actions, bargain, inspection, series
from .difference import difference
from .doings import Doings
from .flows import UNITS, sankey
from .frame import frame
from .news import news
from .settings import Settings
from .stage import stage
from .trust import matrix


class Show(Doings):
    """A park with everything a visitor can do to it (`Doings`), and the pictures and words of it.

    All methods may be called from any thread: steps and pictures of them exclude each other. What is
    returned are plain dicts of words and numbers.
    """

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
            done = [[look.date(year), text] for year, text in sorted(self.done, key=lambda deed: deed[0])]
            return actions.possible(self.course) | {"done": done, "difference": said}

    def details(self) -> dict[str, Any] | None:
        """What was clicked last."""
        with self.lock:
            chosen = self.chosen
            if chosen is None:
                return None
            kind, row = chosen
            if kind == "company":
                return {"kind": kind, **inspection.company(self.course, row)}
            make = bargain.stream if kind == "stream" else bargain.negotiation
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

"""Measures of the network of streams, year by year, for park and twin."""

from __future__ import annotations

from typing import Any

from experiments import look
from simulation import network

from .course import Course
from .series import Measure

METRICS = (
    ("density", "Density: links of those possible", network.density),
    ("reciprocity", "Links that run both ways", network.reciprocity),
    ("centralisation", "Centralisation, 1 is a star", network.degree_centralisation),
    ("modularity", "Modularity: how far it falls apart", network.modularity),
    ("efficiency", "Efficiency: how near all are", network.network_efficiency),
    ("robustness", "Robustness when hubs go", network.attack_robustness),
)


class Networks:
    """Remembers the measures of past years, which do not change unless the past is another."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, int], list[float]] = {}

    def yearly(self, course: Course) -> list[list[float]]:
        """For every whole year so far, the value of each of `METRICS` over the companies that are in the park."""
        first = int(course.foundation.calendar.first_year)
        past = (course.scenario.name, course.seed, repr(course.settings))
        result, found = None, []
        for year in range(first, int(course.year)):
            words = tuple(each for each in course.words if float(each.split(maxsplit=1)[0]) < year + 1)
            key = (past, words), year
            if key not in self._known:
                result = result or course.result
                graph = network.trade_network(result.streams(year + 0.99))
                self._known[key] = [measure(graph) for _, _, measure in METRICS]
            found.append(self._known[key])
        return found

    def cards(self, course: Course, twin: Course | None, acted: float | None) -> dict[str, Any]:
        """The same form as the counters have: one card a measure."""
        mine = self.yearly(course)
        theirs = self.yearly(twin) if twin is not None else None
        first = course.foundation.calendar.first_year
        return {
            "first": first,
            "last": first + course.quarters / 4,
            "now": course.year,
            "acted": acted,
            "step": 1.0,
            "cards": [_card(place, mine, theirs) for place in range(len(METRICS))],
        }


def _card(place: int, mine: list[list[float]], theirs: list[list[float]] | None) -> dict[str, Any]:
    key, name, _ = METRICS[place]
    measure = Measure(key, name, "0 to 1")
    values = [round(year[place], 4) for year in mine]
    other = None if theirs is None else [round(year[place], 4) for year in theirs]
    difference = ""
    if other:
        apart = values[-1] - other[-1]
        difference = (
            "no difference"
            if abs(apart) < 0.005
            else f"{'+' if apart > 0 else look.MINUS}{look.fixed(abs(apart), 2)}"
        )
    return {
        "key": key,
        "name": name,
        "unit": "0 to 1",
        "value": measure.told(values[-1]) if values else look.NOTHING,
        "top": 1.0,
        "top_told": "1",
        "park": values,
        "twin": other,
        "recorded": [],
        "beside": "",
        "difference": difference,
    }

"""One run of a park that can be stepped, taken back to any quarter, and acted upon in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.intervening import interventions
from simulation.problems import number
from simulation.reading import load_scenario
from simulation.result import Result
from simulation.run import Source, advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import copied


class Course:
    """A park on its way through the years.

    Parameters
    ----------
    source
        A bundled name, a file, or a Scenario.
    seed
        Seed of the draws; the same seed gives the same bits as `simulate(source, seed)`.
    settings
        Fields by dotted path that differ from the source from the first quarter on.

    Raises ScenarioError. Unlike `IndustrialPark` it builds no Mesa grid, which would stay in memory.
    """

    def __init__(self, source: Source, seed: int = 1, settings: Mapping[str, Any] | None = None) -> None:
        self.source, self.seed, self.settings = source, seed, dict(settings or {})
        self.foundation = foundation_of(source, None, self.settings)
        self.words: list[str] = list(self.foundation.scenario.events)
        self.tables = started(self.foundation, seed)

    @property
    def scenario(self) -> Scenario:
        """The scenario, settings included; events that were added later stand in `words`."""
        return self.foundation.scenario

    @property
    def quarter(self) -> int:
        """Quarters that have been run."""
        return int(self.tables.clock[0]["quarter"])

    @property
    def quarters(self) -> int:
        """Quarters of the whole run."""
        return self.foundation.calendar.quarters

    @property
    def year(self) -> float:
        """Decimal year of the next quarter."""
        return self.foundation.calendar.year(self.quarter)

    @property
    def shown_year(self) -> float:
        """Decimal year of the last quarter that was run; the first before any."""
        return self.foundation.calendar.year(max(0, self.quarter - 1))

    @property
    def ended(self) -> bool:
        """Whether the run is at its end."""
        return self.quarter >= self.quarters

    def step(self) -> None:
        """One quarter; nothing at the end."""
        self.go_to(self.quarter + 1)

    def go_to(self, quarter: int) -> None:
        """Run to a quarter. An earlier one is reached from the start, with the events that were added."""
        quarter = min(max(quarter, 0), self.quarters)
        if quarter < self.quarter:
            self.tables = started(self.foundation, self.seed)
            self._carry_words()
        self.tables = advanced(self.tables, quarter)

    def quarter_of(self, year: float) -> int:
        """Quarters to run so that the whole of a calendar year has been run (1990: until its end)."""
        calendar = self.foundation.calendar
        return min(max(round(4 * (float(year) + 1 - calendar.first_year)), 0), calendar.quarters)

    def event(self, words: str) -> str:
        """Let something happen in the next quarter, in words without the year; returns them with it.

        Raises ScenarioError, and then nothing has changed.
        """
        checked = load_scenario(self.scenario, events=[f"{number(self.year)} {words}"])
        self.words.append(checked.events[-1])
        self._carry_words()
        return self.words[-1]

    def carry(self, words: Sequence[str]) -> None:
        """Take these events, each with its year, in place of those that it has."""
        self.words = list(words)
        self._carry_words()

    def copy(self) -> Course:
        """An independent course from here on, with the same past."""
        twin = object.__new__(Course)
        twin.__dict__.update(self.__dict__)
        twin.settings, twin.words, twin.tables = dict(self.settings), list(self.words), copied(self.tables)
        return twin

    @property
    def result(self) -> Result:
        """What has happened so far, with the frames of `simulate`; made anew at every call."""
        scenario = self.scenario.model_copy(update={"events": list(self.words)})
        foundation = type(self.foundation)(
            self.tables, self.foundation.names, self.foundation.calendar, scenario
        )
        return Result(foundation, self.tables, self.seed)

    def _carry_words(self) -> None:
        names, calendar = self.foundation.names, self.foundation.calendar
        table = interventions(self.words, self.scenario, names, calendar)
        self.tables = self.tables._replace(interventions=table)

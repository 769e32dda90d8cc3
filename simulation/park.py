"""The park as a Mesa model: the same quarter as `simulate`, a step at a time, with companies as agents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import mesa
import numpy as np
from mesa.discrete_space import OrthogonalMooreGrid

from agents.association import Association
from agents.company import Company
from agents.fields import PRESENT
from agents.municipality import Municipality

from .acquaintance import tie_between
from .arguments import checked_fields, checked_number, checked_seed, plain
from .indicators import INDICATOR
from .intervening import interventions
from .judging import direct_trust
from .problems import Problem, ScenarioError, nearest, number, shown
from .reading import load_scenario
from .result import Result
from .run import Source, advanced, foundation_of, started
from .state import for_rules

HEADLINES = (
    "year",
    "streams",
    "partners",
    "trust_mean",
    "trust_trading",
    "savings",
    "co2_avoided",
    "investment",
)
"""What the model's own DataCollector keeps of every quarter, for `mesa.batch_run`."""


class IndustrialPark(mesa.Model):
    """An industrial park that evolves quarter by quarter.

    Parameters
    ----------
    source
        A bundled name, a TOML file, or a Scenario.
    rng
        Seed of the run, a whole number; the same seed gives the same bits as `simulate(source, seed)`.
        None draws one.
    set, events, until, replicate
        As for `simulate`.
    **fields
        Further fields as Python keywords, `trust__prior=0.6` (for `mesa.batch_run`).

    Raises ScenarioError for a field that does not exist, so that a typo is never silent.
    """

    def __init__(
        self,
        source: Source = "kalundborg",
        *,
        rng: int | None = None,
        set: Mapping[str, Any] | None = None,
        events: Sequence[str] = (),
        until: float | None = None,
        replicate: int = 0,
        **fields: Any,
    ) -> None:
        seed = int(np.random.SeedSequence().generate_state(1)[0]) if rng is None else checked_seed(rng, "rng")
        replicate = checked_seed(replicate, "replicate")
        super().__init__(rng=seed)
        self.draw_seed, self.replicate, self.until = seed, replicate, plain(until)
        self.foundation = foundation_of(source, until, {**checked_fields(set), **fields}, events)
        self.names = self.foundation.names
        self.tables = started(self.foundation, seed, replicate)
        self.words = list(self.foundation.scenario.events)
        grid = self.foundation.scenario.grid
        self.grid = OrthogonalMooreGrid(
            (grid.width, grid.height), torus=False, capacity=1, random=self.random
        )
        self.companies: dict[str, Company] = {}
        self.association = Association(self)
        self._result: Result | None = None
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in HEADLINES})
        self._welcome()

    @property
    def year(self) -> float:
        """Decimal year of the next quarter."""
        return self.foundation.calendar.year(int(self.tables.clock[0]["quarter"]))

    @property
    def result(self) -> Result:
        """What has happened so far, with the same frames as `simulate` returns."""
        if self._result is None:
            scenario = self.foundation.scenario.model_copy(update={"events": list(self.words)})
            foundation = type(self.foundation)(self.tables, self.names, self.foundation.calendar, scenario)
            self._result = Result(foundation, self.tables, self.draw_seed, self.replicate, self.until)
        return self._result

    def step(self) -> None:
        """One quarter. At the end of the run nothing happens and `running` is False."""
        if int(self.tables.clock[0]["quarter"]) < self.foundation.calendar.quarters:
            self.tables = advanced(self.tables, int(self.tables.clock[0]["quarter"]) + 1)
            self._result = None
            self._farewell()
            self._welcome()
            self.datacollector.collect(self)
        if int(self.tables.clock[0]["quarter"]) >= self.foundation.calendar.quarters:
            self.running = False

    def indicator(self, name: str) -> float:
        """An indicator of the last quarter (`simulation.indicators`); 0 before the first."""
        row = int(self.tables.clock[0]["quarter"]) - 1
        return float(self.tables.indicators[row][name]) if row >= 0 else 0.0

    def __getattr__(self, name: str) -> float:
        """Indicators of the last quarter as attributes, for Mesa's DataCollector (`park.streams`)."""
        if name in INDICATOR.units() and name != "quarter":
            return self.indicator(name)
        raise AttributeError(f"IndustrialPark has no attribute {name!r}")

    def trust(self, one: str, other: str) -> float | None:
        """Trust of one company in another from own evidence, 0 to 1; None if the two have not met.

        Raises ScenarioError for a name that is no company of the scenario.
        """
        rows, rules = self.names.company_row, for_rules(self.tables)
        unknown = [name for name in (one, other) if name not in rows]
        if unknown:
            raise ScenarioError(
                Problem("trust", found=f"the unknown company {shown(name)}", hint=nearest(str(name), rows))
                for name in unknown
            )
        row = int(tie_between(rules, rows[one], rows[other]))
        clock = self.tables.clock[0]
        if row < 0 or self.tables.ties[row]["since"] >= clock["quarter"]:
            return None
        return float(direct_trust(rules, self.tables.ties[row], rows[one]))

    def event(self, words: str) -> None:
        """Let an event happen in the next quarter, in words without the year: "withdraw Gyproc".

        The same event stands in the scenario of `result`. Raises ScenarioError.
        """
        self.event_at(self.year, words)

    def event_at(self, year: float, words: str) -> None:
        """The same at a later date (decimal year)."""
        text = f"{number(checked_number(year, 'year', 'a year'))} {words}"
        scenario = load_scenario(self.foundation.scenario, events=[text])
        self.words.append(scenario.events[-1])
        table = interventions(self.words, self.foundation.scenario, self.names, self.foundation.calendar)
        self.tables = self.tables._replace(interventions=table)
        self._result = None

    def withdraw(self, company: str, announced: float = 0.0) -> None:
        """A company leaves in the next quarter, or `announced` years later, known to all from now on."""
        name = json.dumps(company, ensure_ascii=False)
        announced = checked_number(announced, "announced", "years, 0 to 100")
        warning = f" announced {number(announced)}" if announced else ""
        self.event_at(self.year + announced, f"withdraw {name}{warning}")

    def invite(self, prospect: str) -> None:
        """A prospect begins its talks in the next quarter and arrives after the lead of its siting."""
        self.event(f"invite {json.dumps(prospect, ensure_ascii=False)}")

    def set(self, field: str, value: float) -> None:
        """A live field takes a value from the next quarter on: `park.set("policy.landfill_levy.scale", 2.0)`."""
        self.event(f"set {field} {checked_number(value, field)!r}")

    def _welcome(self) -> None:
        """Agents for companies that are in the park and have none yet."""
        table = self.tables.companies
        quarter = int(self.tables.clock[0]["quarter"])
        here = (table["status"] == PRESENT) | ((quarter == 0) & (table["arrives"] <= 0))
        for row in np.flatnonzero(here):
            name = self.names.companies[row]
            if name not in self.companies:
                kind = Municipality if row == int(self.tables.clock[0]["town"]) else Company
                agent = kind(self, int(row))
                column, line = int(table[row]["cell_x"]), int(table[row]["cell_y"])
                if column >= 0 and not agent.external:
                    agent.cell = self.grid[column, line]
                self.companies[name] = agent

    def _farewell(self) -> None:
        """Agents of companies that have left leave the grid and the model."""
        for name, agent in list(self.companies.items()):
            if not agent.present:
                agent.remove()
                del self.companies[name]

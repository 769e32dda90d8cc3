"""The ensemble of a validation: runs of the model, of the null models, and of the model with a rule off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.scenario import Process, Scenario

from ..sweeping.executors import Pool
from .nulls import Delayed, RandomTrades, fitted_delay, frictionless
from .record import Record
from .runs import RunNumbers, Variant, runs_of

WITHOUT = 50
"""Most runs with a rule off; their means are compared, which needs fewer."""


@dataclass
class Ensemble:
    """Runs of a scenario with the same seeds, made when they are asked for and then kept."""

    scenario: Scenario
    seeds: Sequence[int]
    uncertain: bool = False
    pool: Pool | None = None
    tell: Callable[[int], None] | None = None
    _kept: dict[str, list[RunNumbers]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.record = Record.of(self.scenario)
        self.delay = np.nan

    @property
    def base(self) -> Variant:
        """The model as it is."""
        return Variant(self.scenario, uncertain=self.uncertain)

    @property
    def runs(self) -> list[RunNumbers]:
        """Runs of the model."""
        return self._runs("model", lambda: self.base, self.seeds)

    def null(self, name: str) -> list[RunNumbers]:
        """Runs of a null model: random, frictionless, delay."""
        return self._runs(
            name,
            {"random": self._random, "frictionless": self._frictionless, "delay": self._delay}[name],
            self.seeds,
        )

    def without(self, name: str, change: Callable[[Scenario], Scenario]) -> list[RunNumbers]:
        """Runs of the model with a rule off, the first `WITHOUT` seeds."""
        return self._runs(
            f"without {name}", lambda: Variant(self.scenario, change, self.uncertain), self.seeds[:WITHOUT]
        )

    def _runs(self, name: str, variant: Callable[[], object], seeds: Sequence[int]) -> list[RunNumbers]:
        if name not in self._kept:
            tell = None if name.startswith("without") else self.tell
            self._kept[name] = runs_of(variant(), seeds, self.pool, tell)
        return self._kept[name]

    def _random(self) -> RandomTrades:
        begun = {
            run.seed: run.contracts.loc[~run.contracts["divided"], "starts"].to_numpy() for run in self.runs
        }
        return RandomTrades(self.base, begun)

    def _frictionless(self) -> Variant:
        return Variant(self.scenario, frictionless, self.uncertain)

    def _delay(self) -> Variant:
        self.delay = fitted_delay(self.scenario, self.record, self.seeds)
        return Variant(self.scenario, Delayed(self.delay), self.uncertain)


def no_association(scenario: Scenario) -> Scenario:
    """No facilitator."""
    return scenario.model_copy(
        update={"association": scenario.association.model_copy(update={"starts": 9999.0})}
    )


def no_landfill_levy(scenario: Scenario) -> Scenario:
    """No levy on landfill."""
    levy = scenario.policy.landfill_levy.model_copy(update={"scale": 0.0})
    return scenario.model_copy(update={"policy": scenario.policy.model_copy(update={"landfill_levy": levy})})


@dataclass(frozen=True)
class WithoutResidue:
    """The rule off that made companies clean their gas or water: none of these residues is ever left."""

    residues: tuple[str, ...]

    def __call__(self, scenario: Scenario) -> Scenario:
        companies = {
            name: each.model_copy(
                update={"processes": {p: self._cut(q, scenario) for p, q in each.processes.items()}}
            )
            for name, each in scenario.companies.items()
        }
        return scenario.model_copy(update={"companies": companies})

    def _cut(self, process: Process, scenario: Scenario) -> Process:
        from simulation.founding_rows import recipe

        own = set(self.residues) & set(recipe(process, scenario)[1])
        return (
            process.model_copy(update={"residues": {**process.residues, **dict.fromkeys(own, 0.0)}})
            if own
            else process
        )

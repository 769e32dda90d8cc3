"""What a run is asked to be: a scenario with settings and events, a seed, a replicate, an end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.calendar import checked_until
from simulation.problems import Problem, ScenarioError, shown
from simulation.reading import load_scenario
from simulation.records import run_record
from simulation.result import Result
from simulation.run import simulate
from simulation.scenario import Scenario


@dataclass(frozen=True)
class Request:
    """A run that may be started, its inputs checked. `repeats` is the record of the run that it repeats."""

    scenario: Scenario
    seed: int = 1
    replicate: int = 0
    until: float | None = None
    repeats: dict[str, Any] | None = None

    def result(self) -> Result:
        """The run itself."""
        return simulate(self.scenario, self.seed, replicate=self.replicate, until=self.until)


def requested(
    source: str | None,
    *,
    seed: int | None = None,
    until: float | None = None,
    settings: Sequence[tuple[str, str]] = (),
    events: Iterable[str] = (),
    set_from: Path | None = None,
    uncertain: bool = False,
) -> Request:
    """A request from what was typed. Raises ScenarioError with every problem found.

    `set_from` is the run.json of a run, or its folder: scenario, seed, replicate and end are those of
    that run unless they are given anew.
    """
    if set_from is not None:
        return _repeated(set_from, source, seed, until, dict(settings), list(events), uncertain)
    if source is None:
        raise _refused("SCENARIO", found="nothing", allowed="a bundled name or a TOML file")
    scenario = load_scenario(source, set=dict(settings), events=list(events))
    if uncertain:
        from simulation.uncertain import drawn

        scenario = drawn(scenario, 1 if seed is None else seed, kept=[path for path, _ in settings])
    return Request(scenario, 1 if seed is None else seed, 0, checked_until(until, scenario))


def _repeated(
    path: Path,
    source: str | None,
    seed: int | None,
    until: float | None,
    settings: dict[str, str],
    events: list[str],
    uncertain: bool,
) -> Request:
    path = path / "run.json" if path.is_dir() else path
    if path.suffix != ".json":
        raise _refused("--set-from", found=shown(str(path)), allowed="the run.json of a run, or its folder")
    if uncertain:
        hint = "leave --uncertain out: what was drawn stands in the record"
        raise _refused("--set-from", found="a record together with --uncertain", hint=hint)
    record = run_record(path)
    scenario = load_scenario(str(path), set=settings, events=events)
    if source is not None and source != scenario.name:
        allowed = f"{shown(scenario.name)}, or no scenario beside --set-from"
        raise _refused("SCENARIO", found=shown(source), allowed=allowed)
    ends = checked_until(record["until"], scenario, str(path), "until")
    return Request(
        scenario,
        record["seed"] if seed is None else seed,
        record["replicate"],
        ends if until is None else checked_until(until, scenario),
        {**record, "scenario_sha256": None} if settings or events else record,
    )


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What may keep the bits of a repeated run from being those of the record before."""
    notes = []
    said, here = before["versions"], now["versions"]
    other = [
        f"{name} {said[name]}, here {here[name]}" for name in here if said.get(name) not in (None, here[name])
    ]
    if other:
        notes.append(f"The record was written with {'; '.join(other)}: numbers may differ.")
    if before.get("scenario_sha256") not in (None, now["scenario_sha256"]):
        notes.append("The scenario of the record is not as it was written: numbers may differ.")
    return notes


def _refused(file: str, field: str = "", **words: str) -> ScenarioError:
    return ScenarioError([Problem(file=file, field=field, **words)])

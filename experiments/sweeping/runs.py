"""One run of a sweep: its point set on the scenario, its outcomes, its yearly series."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from simulation.indicators import INDICATOR
from simulation.reading import load_scenario
from simulation.result import Result
from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario

from .jobs import Job, Record
from .outcomes import Yearly, parsed

KEPT_FOUNDATIONS = 64  # 2.4 MB each for Kalundborg


def done(context: Any, job: Job) -> Record:
    """Outcomes and series of a run, as the runner calls it."""
    result = result_of(context, job)
    outcomes = [parsed(text) for text in context["outcomes"]]
    run = Yearly(result)
    twin = Yearly(_run(context, job, events=())) if any(each.against_twin for each in outcomes) else None
    values = {each.text: each.value(run, twin) for each in outcomes}
    if not context["series"]:
        return Record(values)
    columns: dict[str, Any] = {"year": run.years.astype("i2")}
    columns |= {name: run.column(name) for name in context["series"]}
    return Record(values, {"runs": columns})


def result_of(context: Any, job: Job) -> Result:
    """The run itself, with everything recorded."""
    return _run(context, job, tuple(context["events"]))


def series_known() -> list[str]:
    """Indicators that may be kept of every run."""
    return [name for name in INDICATOR.units() if name != "quarter"]


def _run(context: Any, job: Job, events: tuple[str, ...]) -> Result:
    settings = json.dumps(job.fields, sort_keys=True)
    drawn_for = job.replicate if context["uncertain"] else None
    foundation = _foundation(context["digest"], settings, events, drawn_for, _Unhashed(context))
    park = advanced(started(foundation, context["seed"], job.replicate), foundation.calendar.quarters)
    return Result(foundation, park, context["seed"], job.replicate, context["until"])


class _Unhashed:
    """A context beside its digest: a cache looks at the digest alone."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


@lru_cache(maxsize=KEPT_FOUNDATIONS)
def _foundation(
    _digest: str, settings: str, events: tuple[str, ...], drawn_for: int | None, unhashed: _Unhashed
) -> Any:
    context, fields = unhashed.context, json.loads(settings)
    scenario = load_scenario(_scenario(_digest, unhashed), set=fields, events=())
    if drawn_for is not None:
        from simulation.uncertain import drawn

        scenario = drawn(scenario, context["seed"], drawn_for, kept=[*context["kept"], *fields])
    if events:
        scenario = load_scenario(scenario, events=events)
    return foundation_of(scenario, context["until"])


@lru_cache(maxsize=4)
def _scenario(_digest: str, unhashed: _Unhashed) -> Scenario:
    return Scenario.model_validate(unhashed.context["scenario"])

"""A sweep from its design to its table: `sweep` in Python, `symbiopark sweep` on a command line."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.arguments import checked_seed
from simulation.calendar import checked_until
from simulation.indicators import INDICATOR
from simulation.problems import Problem, ScenarioError, nearest, shown, tried
from simulation.reading import load_scenario
from simulation.run import foundation_of
from simulation.scenario import Scenario

from . import runs
from .design import Design, Until, load_design
from .folder import performed, table_of
from .jobs import Job, Study, digest, model_version
from .ledger import Ledger
from .outcomes import checked
from .points import Point, points
from .stopping import BLOCK, enough

if TYPE_CHECKING:
    import pandas as pd

SCENARIO = "scenario.json"
SERIES = (
    "companies", "partners", "members", "streams", "ties", "trust_mean", "trust_trading", "opened", "agreed", "ended",
    "delivered_water", "delivered_energy", "delivered_material", "water_saved", "energy_saved", "material_saved",
    "co2_avoided", "savings", "socio_economic", "investment",
)  # fmt: skip
"""Yearly series kept of every run unless the design says otherwise."""


def sweep(
    design: Design | Mapping[str, Any] | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    seed: int | None = None,
    retry_failed: bool = False,
    quiet: bool = True,
) -> pd.DataFrame:
    """Run a design and return its table: a row a run with point, replicate, fields, status and outcomes.

    `design` is a file, a table, or a Design. `out` is a folder; with the same design it goes on where it
    stopped. `executor` is any `concurrent.futures.Executor`; None means processes of this machine,
    `workers` of them (all cores when not said), or the Dask cluster at the address `cluster`.
    Raises ScenarioError with every problem before anything is run or written.
    """
    loaded, study = planned(design, seed)
    folder = Path(out)
    performed(study, folder, executor=executor, workers=workers, cluster=cluster, retry_failed=retry_failed,
              quiet=quiet, files=files_of(loaded, study))  # fmt: skip
    return table_of(folder)


def planned(
    design: Design | Mapping[str, Any] | str | os.PathLike[str], seed: int | None = None
) -> tuple[Design, Study]:
    """A design and its study, checked; problems name the file. Raises ScenarioError."""
    loaded = load_design(design)
    if seed is not None:
        loaded = loaded.model_copy(update={"seed": checked_seed(seed)})
    if isinstance(design, Design | Mapping):
        return loaded, study_of(loaded)
    with in_file(os.fspath(design)):
        return loaded, study_of(loaded)


@contextlib.contextmanager
def in_file(label: str) -> Iterator[None]:
    """Problems raised here as those of a design file: what stood for the file becomes the entry."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(
            dataclasses.replace(
                each, file=label, entry=".".join(part for part in (each.file, each.entry) if part)
            )
            for each in error.problems
        ) from None


def study_of(design: Design) -> Study:
    """The runs of a design, checked. Raises ScenarioError."""
    scenario = load_scenario(design.scenario, set=design.set)
    checked_until(design.until, scenario, "", "until")
    calendar = foundation_of(load_scenario(scenario, events=design.events), design.until).calendar
    first, last = _whole_years(calendar)
    texts = list(design.outcomes)
    if isinstance(design.replicates, Until) and design.replicates.until not in texts:
        texts.append(design.replicates.until)
    problems: list[Problem] = []
    chosen = tried(problems, lambda: points(design, scenario)) or []
    tried(problems, lambda: checked(texts, first, last, bool(design.events)))
    series = tried(problems, lambda: _series(design))
    if problems:
        raise ScenarioError(problems)
    raw = scenario.model_dump(mode="json", by_alias=True)
    context = {
        "scenario": raw,
        "digest": digest(raw),
        "seed": design.seed,
        "events": design.events,
        "until": design.until,
        "uncertain": design.uncertain,
        "kept": list(design.set),
        "outcomes": texts,
        "series": series,
    }
    wanted = design.model_dump(mode="json", exclude={"scenario"})
    identity = {"design": wanted, "scenario": f"{scenario.name} ({digest(raw)})", "model": model_version()}
    total = len(chosen) * (
        design.replicates if isinstance(design.replicates, int) else design.replicates.at_most
    )
    units = {**INDICATOR.units(), "year": "year"}
    yearly = {name: unit.replace("/quarter", "/year") for name, unit in units.items()}
    return Study(
        "sweep", identity, context, runs.done, tuple(texts), _Rounds(design, chosen), total, chosen, yearly
    )


class _Rounds:
    """Jobs replicate by replicate over all points, so that a sweep cut short is an even sample."""

    def __init__(self, design: Design, chosen: list[Point]) -> None:
        self.design, self.points = design, chosen

    def __call__(self, ledger: Ledger) -> Iterator[Sequence[Job]]:
        rule = self.design.replicates
        if isinstance(rule, int):
            yield _Jobs(self.points, range(len(self.points)), range(rule))
            return
        open_points = list(range(len(self.points)))
        for first in range(0, rule.at_most, BLOCK):
            yield _Jobs(self.points, open_points, range(first, min(first + BLOCK, rule.at_most)))
            values: dict[int, list[float]] = {}
            for row in ledger.rows("status = 'done'"):
                values.setdefault(row.point, []).append(row.outcomes[rule.until])
            open_points = [point for point in open_points if not enough(values.get(point, []), rule)]
            if not open_points:
                return


class _Jobs(Sequence[Job]):
    """Jobs made when asked for: a hundred thousand runs are no hundred thousand objects."""

    def __init__(self, chosen: list[Point], which: Sequence[int], replicates: range) -> None:
        self.points, self.which, self.replicates = chosen, which, replicates

    def __len__(self) -> int:
        return len(self.which) * len(self.replicates)

    def __getitem__(self, at: Any) -> Any:
        if not 0 <= at < len(self):
            raise IndexError(at)
        replicate, point = self.replicates[at // len(self.which)], self.which[at % len(self.which)]
        return Job(replicate * len(self.points) + point, point, replicate, self.points[point])


def _series(design: Design) -> list[str]:
    if design.series is None:
        return list(SERIES)
    known = runs.series_known()
    wrong = [name for name in design.series if name not in known]
    if wrong:
        raise ScenarioError(
            [Problem(field="series", found=shown(name), hint=nearest(name, known)) for name in wrong]
        )
    return list(dict.fromkeys(design.series))


def _whole_years(calendar: Any) -> tuple[int, int]:
    first, last = calendar.year(0), calendar.year(calendar.quarters)
    return -int(-first // 1), int(last // 1) - 1


def files_of(design: Design, study: Study) -> dict[str, str]:
    """What stands beside the ledger: the design, and its scenario with every value resolved.

    The two repeat the sweep without the file that the scenario came from.
    """
    own = design.model_copy(update={"scenario": SCENARIO})
    return {"design.toml": text_of(own), SCENARIO: _record(study.context["scenario"])}


def scenario_text(scenario: Scenario) -> str:
    """A scenario with every value resolved, as a file that gives it again."""
    return _record(scenario.model_dump(mode="json", by_alias=True))


def _record(raw: Any) -> str:
    return json.dumps({"symbiopark": 1, "scenario": raw}, indent=1, ensure_ascii=False)


def text_of(design: Design) -> str:
    """A design as a TOML file that gives the same design again."""
    import tomli_w

    return tomli_w.dumps(design.model_dump(mode="json", exclude_defaults=True))

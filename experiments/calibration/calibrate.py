"""A calibration from its ranges to its posterior: `calibrate` in Python, `symbiopark calibrate`."""

from __future__ import annotations

import os
import shlex
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.arguments import checked_seed
from simulation.problems import Problem, ScenarioError, number
from simulation.reading import bundled_names, load_scenario
from simulation.scenario import Scenario

from ..sweeping.folder import performed, table_of
from .checking import PRESENT, PROPOSED, Check, Gain, gain, to_run
from .convergence import convergence
from .coverage import coverage
from .distance import scales, weights
from .identified import Estimate, estimates
from .posterior import Posterior, Sample, posterior
from .prior import Free, Over, free_parameters, sample
from .record import Statistic, last_year, record_to, statistics
from .study import check_study, prior_study
from .subjects import without_each
from .writing import design_text, write

SAMPLES, REPLICATES, ACCEPT = 2048, 4, 0.05
CHECK_RUNS, COVERAGE_CASES = 200, 200
FEWEST_KEPT = 20
MOST_RUNS = 10_000_000


@dataclass(frozen=True)
class Calibration:
    """What a calibration found; `folder` holds the same as files."""

    scenario: Scenario
    source: str
    folder: Path
    until: int
    command: str
    accept: float
    seed: int
    failed: int
    free: list[Free]
    statistics: list[Statistic]
    sample: Sample
    scale: np.ndarray
    weight: np.ndarray
    posterior: Posterior
    estimates: list[Estimate]
    convergence: pd.DataFrame
    coverage: pd.DataFrame
    subjects: pd.DataFrame
    check: Check
    gain: Gain


def calibrate(
    scenario: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    until: float | None = None,
    over: Over = None,
    samples: int = SAMPLES,
    replicates: int = REPLICATES,
    accept: float = ACCEPT,
    seed: int = 1,
    checks: int = CHECK_RUNS,
    executor: Executor | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    figures: bool = True,
    quiet: bool = True,
) -> Calibration:
    """Calibrate free parameters of a scenario with its record to the end of the year `until`.

    `over` gives fields with their ranges (None: the fields of `prior.FREE`, ranges as declared);
    `samples` points of the ranges are run `replicates` times, and the share `accept` of the runs that
    is nearest to the record is kept. `checks` runs each are made at the present values, at the proposed
    ones and of the posterior. `out` is a folder; the same call again goes on where it stopped.
    Executor, workers and cluster as for `sweep`. Raises ScenarioError before anything is run or written.
    """
    source, folder, seed = os.fspath(scenario), Path(out), checked_seed(seed)
    whole = load_scenario(scenario)
    year = last_year(whole, until)
    seen = record_to(whole, year)
    told = statistics(seen, year)
    _refuse_numbers(samples, replicates, accept)
    free = free_parameters(seen, over)
    values = sample(free, samples, seed)
    command = _call(source, year, list(free) if over else [], samples, replicates, accept, seed)
    work: dict[str, Any] = {"executor": executor, "workers": workers, "cluster": cluster, "quiet": quiet}
    performed(
        prior_study(seen, told, free, values, year, replicates, seed), folder,
        files={"calibration.toml": design_text(source, year, free, samples, replicates, seed)}, **work,
    )  # fmt: skip
    table = table_of(folder)
    prior = _sample(free, told, table, folder)
    target, weight = np.array([each.recorded for each in told]), weights(told)
    scale = scales(told, prior.runs)
    found = posterior(free, prior, target, scale, weight, accept)
    estimated = estimates(free, prior, found, scale, seed)
    chosen = to_run(free, found, estimated, checks, samples * replicates, seed)
    place = folder / f"check-{number(accept)}"
    performed(check_study(seen, told, chosen, year, seed), place, files={}, **work)
    check = _check(told, table_of(place))
    result = Calibration(
        scenario=whole, source=source, folder=folder, until=year, command=command, accept=accept, seed=seed,
        failed=int((table["status"] != "done").sum()), free=free, statistics=told, sample=prior, scale=scale,
        weight=weight, posterior=found, estimates=estimated,
        convergence=convergence(free, prior, target, scale, weight, accept),
        coverage=coverage(free, prior, scale, weight, accept, COVERAGE_CASES, seed),
        subjects=without_each(free, told, prior, scale, accept),
        check=check, gain=gain(check, told, scale, weight, seed),
    )  # fmt: skip
    write(result, figures)
    return result


def _sample(free: list[Free], told: list[Statistic], table: pd.DataFrame, folder: Path) -> Sample:
    """Finished runs as arrays. Raises ScenarioError when hardly any finished."""
    done = table[table["status"] == "done"]
    if len(done) < FEWEST_KEPT:
        hint = f"look at the column error of {folder / 'outcomes.parquet'}"
        raise ScenarioError([Problem(str(folder), found=f"{len(done)} finished runs", hint=hint)])
    shares = np.column_stack([each.share(done[each.path].to_numpy(float)) for each in free])
    runs = done[[each.name for each in told]].to_numpy(float)
    return Sample(shares, runs, done["point"].to_numpy())


def _check(told: list[Statistic], table: pd.DataFrame) -> Check:
    done = table[table["status"] == "done"]
    names = [each.name for each in told]
    first, second = (done[done["point"] == point].set_index("replicate") for point in (PRESENT, PROPOSED))
    both = first.index.intersection(second.index)
    drawn = done.loc[done["point"] > PROPOSED, names]
    return Check(*(frame[names].to_numpy(float) for frame in (first.loc[both], second.loc[both], drawn)))


def _refuse_numbers(samples: int, replicates: int, accept: float) -> None:
    problems = []
    if samples < 2 or replicates < 1:
        problems.append(
            Problem("--samples", found=f"{samples} points of {replicates} runs", allowed="2 or more")
        )
    if samples * replicates > MOST_RUNS:
        found = f"{samples:,} points of {replicates:,} runs"
        problems.append(Problem("--samples", found=found, allowed=f"at most {MOST_RUNS:,} runs in all"))
    if not 0 < accept <= 1:
        problems.append(Problem("--accept", found=number(accept), allowed="a share above 0, at most 1"))
    elif round(accept * samples * replicates) < FEWEST_KEPT:
        kept = round(accept * samples * replicates)
        hint = "raise --samples, --replicates or --accept"
        problems.append(
            Problem("--accept", found=f"{kept} runs kept", allowed=f"{FEWEST_KEPT} or more", hint=hint)
        )
    if problems:
        raise ScenarioError(problems)


def _call(
    source: str, until: int, free: list[Free], samples: int, replicates: int, accept: float, seed: int
) -> str:
    """The command line that gives the same numbers, in whatever folder."""
    over = [shlex.join(["--over", f"{each.path}={each.low:.10g}..{each.high:.10g}"]) for each in free]
    rest = f"--samples {samples} --replicates {replicates} --accept {number(accept)} --seed {seed}"
    name = source if source in bundled_names() else Path(source).name
    return " ".join(["symbiopark calibrate", shlex.quote(name), f"--until {until}", *over, rest])

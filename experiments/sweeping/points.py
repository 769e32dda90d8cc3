"""The points of a design: where on its axes the scenario is run. The same design gives the same points."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.dotted import parse_path
from simulation.fieldpaths import Field, describe
from simulation.problems import Problem, ScenarioError, shown
from simulation.reading import load_scenario, setting
from simulation.scenario import Scenario

from .design import Design, Range

Point = dict[str, Any]
MOST_TRIED = 200
"""Values of one field that are tried before anything runs; a later one that is refused is a failed run."""


def points(design: Design, scenario: Scenario) -> list[Point]:
    """Settings by field path, one table a point.

    Raises ScenarioError for a field that the scenario has not, for a value out of its limits, and for
    a design of more than ten million points; nothing has been run then.
    """
    known = _fields(design, scenario)
    if design.design == "list":
        return [{path: setting(path, value) for path, value in point.items()} for point in design.points]
    if design.design == "factorial":
        values = [[setting(path, each) for each in axis] for path, axis in design.axes.items()]
        _refuse_if_too_many(math.prod(map(len, values)))
        return [dict(zip(design.axes, each, strict=True)) for each in itertools.product(*values)]
    return [
        {path: _fitting(value, known[path]) for path, value in zip(design.axes, row, strict=True)}
        for row in scaled(design, unit_sample(design))
    ]


def unit_sample(design: Design) -> np.ndarray:
    """Rows of a sample in the unit cube, a column an axis: by SciPy (lhs) or SALib (sobol, morris)."""
    count, size = design.samples or 0, len(design.axes)
    _refuse_if_too_many(count * (2 * size + 2 if design.design == "sobol" else size + 1))
    if design.design == "lhs":
        from scipy.stats import qmc

        return np.asarray(qmc.LatinHypercube(size, rng=np.random.default_rng(design.seed)).random(count))
    problem = unit_problem(design)
    if design.design == "sobol":
        from SALib.sample import sobol

        return np.asarray(
            sobol.sample(problem, count, calc_second_order=design.second_order, seed=design.seed)
        )
    from SALib.sample import morris

    return np.asarray(morris.sample(problem, count, num_levels=design.levels, seed=design.seed))


def unit_problem(design: Design) -> dict[str, Any]:
    """The design's axes as SALib's problem, each from 0 to 1."""
    return {
        "num_vars": len(design.axes),
        "names": list(design.axes),
        "bounds": [[0.0, 1.0]] * len(design.axes),
    }


def scaled(design: Design, sample: np.ndarray) -> np.ndarray:
    """A sample of the unit cube on the ranges of the axes."""
    columns = []
    for axis, values in zip(design.axes.values(), sample.T, strict=True):
        assert isinstance(axis, Range)
        if axis.log:
            columns.append(np.exp(np.log(axis.low) + values * (np.log(axis.high) - np.log(axis.low))))
        else:
            columns.append(axis.low + values * (axis.high - axis.low))
    return np.column_stack(columns)


def _fitting(value: float, field: Field) -> float | int:
    """A sampled value as the field holds it: a count is rounded."""
    return round(value) if isinstance(field.value, int) else float(value)


def _fields(design: Design, scenario: Scenario) -> dict[str, Field]:
    """The fields that the design sets. Values of an axis have been tried alone, points of a list whole."""
    problems: list[Problem] = []
    known: dict[str, Field] = {}
    for path in dict.fromkeys((*design.axes, *(path for point in design.points for path in point))):
        try:
            known[path] = describe(scenario, path)
        except ScenarioError as error:
            problems += [_on_axis(each) for each in error.problems]
    problems += _twice(design, known)
    tried = [
        {path: value}
        for path, axis in design.axes.items()
        for value in ([axis.low, axis.high] if isinstance(axis, Range) else axis[:MOST_TRIED])
    ]
    for settings in [*tried, *design.points[:MOST_TRIED]]:
        if set(settings) <= set(known):
            try:
                load_scenario(scenario, set=settings)
            except ScenarioError as error:
                problems += [_on_axis(each) for each in error.problems]
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
    return known


def _twice(design: Design, known: dict[str, Field]) -> Iterator[Problem]:
    """Fields that are named in two ways, or also under set; ranges on what is no number."""
    fixed = {keys for path in design.set if (keys := _keys(path))}
    seen: dict[tuple[str, ...], str] = {}
    for path, field in known.items():
        keys = _keys(path)
        if keys in fixed:
            yield Problem("axes", field=path, found="a field that is also under set")
        if keys in seen and path in design.axes:
            yield Problem(
                "axes", field=path, found=f"a field that is there twice, as {shown(seen[keys])} too"
            )
        seen.setdefault(keys, path)
        if isinstance(design.axes.get(path), Range) and isinstance(field.value, bool):
            yield Problem("axes", field=path, found="a range on a switch", allowed="a list of true and false")


def _keys(path: str) -> tuple[str, ...]:
    try:
        return parse_path(path)
    except ScenarioError:
        return ()  # said when the path is looked for


def _on_axis(problem: Problem) -> Problem:
    """The problem as one of the design, with the whole path in one piece."""
    path = ".".join(part for part in (problem.entry, problem.field) if part)
    return dataclasses.replace(problem, file="axes", entry="", field=path)


def _refuse_if_too_many(count: int) -> None:
    if count > 10_000_000:
        raise ScenarioError([Problem(field="axes", found=f"{count:,} points", allowed="at most 10,000,000")])

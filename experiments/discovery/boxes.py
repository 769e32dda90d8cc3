"""Boxes of conditions by PRIM or CART (EMA Workbench) on a finished sweep.

PRIM (Friedman & Fisher 1999; Bryant & Lempert 2010) peels a box until most runs in it are cases; CART
(Breiman et al. 1984) splits the runs into boxes. Coverage: share of all cases that lie in the box;
density: share of the runs in the box that are cases; mass: share of all runs in the box.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulation.problems import Problem, ScenarioError, shown

from ..sweeping.folder import table_of
from ..sweeping.ledger import Ledger
from ..sweeping.outcomes import parsed
from .condition import cases

LEAST_RUNS = 20


@dataclass(frozen=True)
class Box:
    """Limits by field, and how well they tell the cases: coverage, density, mass.

    `chance`: for each limit the probability that leaving it would do as well by luck (quasi-p value of
    Bryant & Lempert 2010, PRIM only).
    """

    limits: dict[str, tuple[float, float]]
    coverage: float
    density: float
    mass: float
    chance: dict[str, float]


@dataclass(frozen=True)
class Discovery:
    """Boxes found on a sweep, best first. `trade_off`: coverage and density along the peeling (PRIM)."""

    folder: Path
    bad: str
    method: str
    fields: pd.DataFrame
    is_case: np.ndarray
    boxes: list[Box]
    trade_off: pd.DataFrame


def discover(folder: Path, bad: str, method: str = "prim", threshold: float = 0.8) -> Discovery:
    """Boxes of field values in which the condition `bad` holds for most runs of a sweep.

    `threshold` is the least density of a box. Raises ScenarioError for a folder without a sweep, a
    condition on no outcome of it, and a sweep in which all or no run, or too few, are cases.
    """
    if not 0 < threshold <= 1:
        allowed = "a share above 0, at most 1"
        raise ScenarioError([Problem("--density", found=shown(threshold), allowed=allowed)])
    runs, names, outcomes = _sweep(folder)
    is_case = cases(bad, runs, outcomes)
    fields = runs[names].astype(float)
    varied = [name for name in names if fields[name].nunique() > 1]
    if len(runs) < LEAST_RUNS or not varied:
        found = f"{len(runs)} runs with {len(varied)} varied fields"
        raise ScenarioError(
            [Problem(str(folder), found=found, allowed=f"at least {LEAST_RUNS} runs and one field")]
        )
    if is_case.all() or not is_case.any():
        found = f"{'every' if is_case.all() else 'no'} run with {shown(bad)}"
        raise ScenarioError(
            [Problem("--bad", found=found, allowed="a condition that some runs meet and others not")]
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parallel back ends that are not installed
        boxes, trade_off = (_prim if method == "prim" else _cart)(fields[varied], is_case, threshold)
    return Discovery(folder, bad, method, fields[varied], is_case, boxes, trade_off)


def _sweep(folder: Path) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Sound runs (a time that one never comes to is infinite), names of numeric fields, names of outcomes."""
    ledger = Ledger.reading(folder)
    try:
        kind, points, outcomes = (ledger.meta(key) for key in ("kind", "points", "outcomes"))
    finally:
        ledger.close()
    if kind != "sweep":
        found, allowed = f"the folder of a {kind}", "the folder of a sweep"
        raise ScenarioError([Problem(str(folder), found=found, allowed=allowed)])
    runs = table_of(folder)
    never = {name: math.inf for name in outcomes if parsed(name).may_never}  # later than any year
    runs = (
        runs[runs["status"] == "done"].fillna(never).dropna(subset=outcomes, how="all").reset_index(drop=True)
    )
    names = [
        name for name in dict.fromkeys(key for point in points for key in point) if _is_number(points, name)
    ]
    return runs, names, outcomes


def _is_number(points: list[dict[str, Any]], name: str) -> bool:
    values = [point.get(name) for point in points[:1000]]
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _prim(fields: pd.DataFrame, is_case: np.ndarray, threshold: float) -> tuple[list[Box], pd.DataFrame]:
    prim = _workbench("prim")
    found = prim.Prim(fields, is_case, peel_alpha=0.05, mass_min=max(0.02, 10 / len(fields)))
    boxes: list[Box] = []
    trade_off = pd.DataFrame()
    for _ in range(3):
        box = found.find_box()
        if box is None:
            break
        path = box.peeling_trajectory
        chosen = _chosen(path, threshold, fall_back=not boxes)
        if chosen is None:
            break
        if trade_off.empty:
            trade_off = path[["coverage", "density", "mass", "res_dim"]].reset_index(drop=True)
        box.select(chosen)
        row = path.loc[chosen]
        limits = _limits(box.box_lims[chosen], fields)
        luck = box.p_values[chosen]
        chance = {name: float(max(luck[name])) for name in limits if name in luck}
        boxes.append(Box(limits, float(row["coverage"]), float(row["density"]), float(row["mass"]), chance))
    return boxes, trade_off


def _chosen(path: pd.DataFrame, threshold: float, fall_back: bool) -> int | None:
    """The box of largest coverage among those dense enough; to `fall_back` on, the densest there is."""
    restricted = path[path["res_dim"] > 0]
    if restricted.empty:
        return None
    dense = restricted[restricted["density"] >= threshold]
    if len(dense):
        return int(dense.index[int(dense["coverage"].to_numpy().argmax())])
    return int(restricted.index[int(restricted["density"].to_numpy().argmax())]) if fall_back else None


def _cart(fields: pd.DataFrame, is_case: np.ndarray, threshold: float) -> tuple[list[Box], pd.DataFrame]:
    cart = _workbench("cart")
    found = cart.CART(fields, is_case.astype(int), mass_min=0.05)
    found.build_tree()
    boxes = []
    for limits, stats in zip(found.boxes, found.stats, strict=True):
        own = _limits(limits, fields)
        if stats["density"] >= threshold and own:
            boxes.append(
                Box(own, float(stats["coverage"]), float(stats["density"]), float(stats["mass"]), {})
            )
    return sorted(boxes, key=lambda box: -box.coverage), pd.DataFrame()


def _limits(box: pd.DataFrame, fields: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """The fields that a box restricts, with their limits."""
    found = {}
    for name in fields:
        low, high = float(box[name].iloc[0]), float(box[name].iloc[1])
        if low > fields[name].min() or high < fields[name].max():
            found[str(name)] = (low, high)
    return found


def _workbench(part: str) -> Any:
    try:
        from importlib import import_module

        return import_module(f"ema_workbench.analysis.{part}")
    except ImportError:
        hint = "install symbiopark with its extra: symbiopark[discovery]"
        raise ScenarioError([Problem("discover", found="no package ema_workbench", hint=hint)]) from None

"""Indices of a finished design by SALib, with bootstrap intervals; what failed is left out whole.

Sobol (Saltelli et al. 2010; total: Jansen 1999): `first` is the share of the variance of an outcome that
a field explains alone, `total` that in which it has a part, `second` what two fields explain only
together. Morris (1991; Campolongo et al. 2007): `mu_star` is the mean absolute effect of moving a field
across its range, `sigma` the spread of that effect (interaction or bend), both in the unit of the outcome.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from ..sweeping.design import Design
from ..sweeping.points import unit_problem, unit_sample

RESAMPLES = 500
CONFIDENCE = 0.95
COLUMNS = ["index", "field", "other", "value", "half_width"]


def block_size(design: Design) -> int:
    """Points that belong together: of one base point (Sobol) or one trajectory (Morris)."""
    size = len(design.axes)
    if design.design == "morris":
        return size + 1
    return 2 * size + 2 if design.second_order else size + 2


def blocks(design: Design, values: np.ndarray) -> np.ndarray:
    """Mean outcomes of the points as rows of blocks: (blocks, points of a block)."""
    return values.reshape(-1, block_size(design))


def indices(design: Design, values: np.ndarray, first: int | None = None) -> pd.DataFrame:
    """Indices of an outcome: index, field, other (of a pair), value, half width of the 95 % interval.

    `values` are the means of the points in their order, NaN where no run gave one: its block is left
    out. `first` takes only so many blocks, to see how the indices settle. An outcome that does not
    vary has all indices 0.
    """
    rows = blocks(design, values)[:first]
    sound = np.isfinite(rows).all(axis=1)
    outcome = rows[sound].ravel()
    if sound.sum() < 2 or np.ptp(outcome) == 0:
        return _all_zero(design)
    if design.design == "sobol":
        return _sobol(design, outcome)
    sample = unit_sample(design).reshape(len(values) // block_size(design), block_size(design), -1)[:first]
    return _morris(design, sample[sound].reshape(-1, sample.shape[-1]), outcome)


def _sobol(design: Design, outcome: np.ndarray) -> pd.DataFrame:
    from SALib.analyze import sobol

    scaled = (outcome - outcome.mean()) / outcome.std()  # Saltelli's estimators lose digits on large means
    found = sobol.analyze(
        unit_problem(design), scaled, calc_second_order=design.second_order,
        num_resamples=RESAMPLES, conf_level=CONFIDENCE, seed=design.seed,
    )  # fmt: skip
    names = list(design.axes)
    rows: list[tuple[Any, ...]] = []
    for index, key in (("first", "S1"), ("total", "ST")):
        rows += [
            (index, *each)
            for each in zip(names, [""] * len(names), found[key], found[f"{key}_conf"], strict=True)
        ]
    if design.second_order:
        pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
        rows += [("second", names[i], names[j], found["S2"][i, j], found["S2_conf"][i, j]) for i, j in pairs]
    return pd.DataFrame(rows, columns=COLUMNS)


def _morris(design: Design, sample: np.ndarray, outcome: np.ndarray) -> pd.DataFrame:
    from SALib.analyze import morris

    found = morris.analyze(
        unit_problem(design), sample, outcome, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
        num_levels=design.levels, seed=design.seed,
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for name, star, half, sigma, mean in zip(
        design.axes, found["mu_star"], found["mu_star_conf"], found["sigma"], found["mu"], strict=True
    ):
        rows += [
            ("mu_star", name, "", star, half),
            ("sigma", name, "", sigma, np.nan),
            ("mu", name, "", mean, np.nan),
        ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _all_zero(design: Design) -> pd.DataFrame:
    kinds = ("first", "total") if design.design == "sobol" else ("mu_star", "sigma", "mu")
    rows = [(kind, name, "", 0.0, 0.0) for kind in kinds for name in design.axes]
    if design.design == "sobol" and design.second_order:
        rows += [("second", one, other, 0.0, 0.0) for one, other in combinations(design.axes, 2)]
    return pd.DataFrame(rows, columns=COLUMNS)

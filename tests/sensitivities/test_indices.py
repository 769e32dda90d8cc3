"""Indices against functions whose indices are known in closed form."""

import math

import numpy as np
import pandas as pd
import pytest

from experiments.sensitivities.convergence import steps, with_verdict
from experiments.sensitivities.indices import indices
from experiments.sweeping.design import Design, Range
from experiments.sweeping.points import scaled, unit_sample


def design(
    method: str, samples: int, names: tuple[str, ...] = ("a", "b", "c"), reach: float = math.pi
) -> Design:
    axes = {name: Range(low=-reach, high=reach) for name in names}
    return Design(scenario="any", design=method, samples=samples, axes=axes, outcomes=["x"])  # type: ignore[arg-type]


def ishigami(points: np.ndarray) -> np.ndarray:
    """Ishigami & Homma 1990, a = 7, b = 0.1: known indices, one field that acts only together with another."""
    a, b, c = points.T
    return np.asarray(np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a))


def by_field(found: pd.DataFrame, index: str) -> pd.DataFrame:
    return found[found["index"] == index].set_index("field")


def test_sobol_indices_of_ishigamis_function() -> None:
    chosen = design("sobol", 2048)
    found = indices(chosen, ishigami(scaled(chosen, unit_sample(chosen))))
    for index, known in (("first", (0.3139, 0.4424, 0.0)), ("total", (0.5576, 0.4424, 0.2437))):
        rows = by_field(found, index)
        np.testing.assert_allclose(rows["value"], known, atol=0.02)
        assert (abs(rows["value"] - np.array(known)) <= 1.5 * rows["half_width"] + 1e-3).all()
    second = found[found["index"] == "second"].set_index(["field", "other"])["value"]
    assert second[("a", "c")] == pytest.approx(0.2437, abs=0.03)
    verdict = by_field(with_verdict(chosen, found), "total")
    assert (
        verdict["converged"].tolist() == (verdict["half_width"] <= 0.05).tolist()
        and verdict["converged"].sum() >= 2
    )


def test_a_small_sample_has_not_converged_and_settles_as_it_grows() -> None:
    chosen = design("sobol", 256)
    values = ishigami(scaled(chosen, unit_sample(chosen)))
    verdict = with_verdict(chosen, indices(chosen, values, 16))
    assert not verdict.loc[verdict["index"] == "total", "converged"].all()
    widths = steps(chosen, values).groupby("blocks")["half_width"].max()
    assert list(widths.index) == [32, 64, 128, 256] and widths.iloc[-1] < widths.iloc[0]


def test_a_failed_run_takes_its_block_out_and_no_other() -> None:
    chosen = design("sobol", 512)
    values = ishigami(scaled(chosen, unit_sample(chosen)))
    values[[5, 900]] = np.nan
    np.testing.assert_allclose(
        by_field(indices(chosen, values), "total")["value"], (0.5576, 0.4424, 0.2437), atol=0.05
    )


def test_morris_effects_of_a_plane_are_its_slopes_without_spread() -> None:
    chosen = design("morris", 10, reach=0.5)
    values = unit_sample(chosen) @ np.array([3.0, -1.0, 0.0]) + 1e6
    found = indices(chosen, values)
    np.testing.assert_allclose(by_field(found, "mu_star")["value"], (3, 1, 0), atol=1e-6)
    np.testing.assert_allclose(by_field(found, "mu")["value"], (3, -1, 0), atol=1e-6)
    np.testing.assert_allclose(by_field(found, "sigma")["value"], 0, atol=1e-6)


def test_an_outcome_that_never_varies_depends_on_nothing() -> None:
    chosen = design("sobol", 8)
    assert (indices(chosen, np.full(8 * 8, 3.0))["value"] == 0).all()

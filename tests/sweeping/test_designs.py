"""Designs: the points they give. What is refused before anything runs: `tests.bad_input.designs`."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.sweeping.design import load_design
from experiments.sweeping.jobs import job_numbered
from experiments.sweeping.sweep import study_of, text_of
from simulation.problems import ScenarioError

BASE: dict[str, Any] = {"scenario": "classroom", "outcomes": ["streams_2020"]}
PRIOR = {"trust.prior": {"low": 0.2, "high": 0.8}}


def points(**given: Any) -> list[dict[str, Any]]:
    return study_of(load_design({**BASE, **given})).points


def test_factorial_has_every_combination() -> None:
    found = points(axes={"trust.prior": [0.2, 0.5], "trade.attention": [1, 2, 3]})
    assert len(found) == 6 and found[0] == {"trust.prior": 0.2, "trade.attention": 1}


def test_latin_hypercube_has_one_value_in_every_stratum() -> None:
    found = points(design="lhs", samples=20, axes={**PRIOR, "trade.least_value": {"low": 0.0, "high": 1e4}})
    places = np.array(
        [[each["trust.prior"] / 0.6 - 1 / 3, each["trade.least_value"] / 1e4] for each in found]
    )
    for column in places.T:
        assert sorted(np.floor(column * 20).astype(int)) == list(range(20))


def test_counts_are_rounded_and_factors_are_spaced_by_factors() -> None:
    found = points(design="lhs", samples=50, axes={"bargaining.rounds": {"low": 2, "high": 30, "log": True}})
    rounds = [each["bargaining.rounds"] for each in found]
    assert all(type(each) is int for each in rounds)
    assert 6 <= np.median(rounds) <= 9  # the geometric mean of 2 and 30 is 7.7


@pytest.mark.parametrize(
    ("design", "runs"),
    [
        ({"design": "sobol", "samples": 8}, 8 * (2 * 2 + 2)),
        ({"design": "sobol", "samples": 8, "second_order": False}, 8 * (2 + 2)),
        ({"design": "morris", "samples": 5}, 5 * 3),
    ],
)
def test_sobol_and_morris_have_the_sizes_of_their_methods(design: dict[str, Any], runs: int) -> None:
    axes = {**PRIOR, "policy.landfill_levy.scale": {"low": 0.0, "high": 2.0}}
    found = points(**design, axes=axes)
    assert len(found) == runs and found == points(**design, axes=axes)


def test_replicate_major_order_and_the_same_seeds_at_every_point() -> None:
    study = study_of(load_design({**BASE, "replicates": 3, "axes": {"trust.prior": [0.2, 0.5]}}))
    jobs = [job_numbered(study.points, run) for run in range(6)]
    assert [(job.point, job.replicate) for job in jobs] == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)]


def test_every_fault_of_a_design_is_told_at_once() -> None:
    design = {
        "scenario": "classroom",
        "axes": {"trust.pryor": [0.5]},
        "outcomes": ["streams_2999"],
        "series": ["stream"],
    }
    with pytest.raises(ScenarioError) as refused:
        study_of(load_design(design))
    found = [str(problem) for problem in refused.value.problems]
    assert len(found) == 3 and all(
        word in "\n".join(found) for word in ("trust.prior", "streams_2999", "streams")
    )


def test_a_design_written_as_a_file_is_the_same_design(tmp_path: Path) -> None:
    design = load_design(
        {**BASE, "design": "lhs", "samples": 4, "axes": PRIOR, "events": ["2010 withdraw Mill"]}
    )
    path = tmp_path / "design.toml"
    path.write_text(text_of(design), encoding="utf-8")
    assert load_design(path) == design

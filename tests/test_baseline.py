"""Seeded numbers of the bundled scenarios: they move only on purpose (`python -m tests.rewrite_baseline`)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tests.rewrite_baseline import BASELINE, RUNS, YEARLY, machine, measured

MOVED = (
    "results moved: if that was meant, run `python -m tests.rewrite_baseline` and say why in the changelog"
)


@pytest.fixture(scope="module")
def baseline() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return known


@pytest.mark.parametrize("name", RUNS)
def test_seeded_numbers_are_as_they_were(baseline: dict[str, Any], name: str) -> None:
    known, now = baseline["runs"][name], measured(name)
    for count in ("contracts", "negotiations", "events"):
        assert now[count] == known[count], MOVED
    for column in YEARLY:
        np.testing.assert_allclose(now["yearly"][column], known["yearly"][column], rtol=1e-9, err_msg=MOVED)
    if machine() == baseline["versions"]:
        assert now["indicators"] == known["indicators"], MOVED


def test_the_baseline_is_of_parks_in_which_something_happens(baseline: dict[str, Any]) -> None:
    assert list(baseline["runs"]) == list(RUNS)
    for run in baseline["runs"].values():
        streams = run["yearly"]["streams"]
        assert streams[0] < streams[-1] and run["contracts"] >= streams[-1] > 3
        assert np.diff(run["yearly"]["investment"]).min() >= 0

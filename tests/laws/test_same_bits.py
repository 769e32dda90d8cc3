"""Same seed, same bits: however the run is cut, wherever it runs, in whatever order companies are listed."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import ALONGSIDE, DECLARED, GROWING, Park, grown
from tests.parks import as_json, busy_parks, history, history_of, law, parks, quarters, run

ROOT = Path(__file__).parents[2]
PROSPECTS = ("New fish farm 9", "New paper mill 6", "New pig farm 3")


@law(40)
@given(parks())
def test_a_run_repeats_itself_whole_or_quarter_by_quarter(scenario: Scenario) -> None:
    whole = history(run(scenario))
    assert history(run(scenario)) == whole
    *_, last = quarters(scenario)
    assert history(last) == whole


def with_empty_tables(park: Park) -> Park:
    """The park before its first quarter, with one row in each table that grows."""
    tiny = {name: DECLARED[name].rows(1) for name in GROWING}
    return park._replace(**tiny, **{name: np.zeros(1, np.int64) for name in ALONGSIDE})


@law(40)
@given(parks())
def test_tables_that_grow_on_the_way_hold_the_same_as_large_ones(scenario: Scenario) -> None:
    foundation = foundation_of(scenario)
    small = with_empty_tables(started(foundation, 1))
    large = grown(started(foundation, 1), dict.fromkeys(GROWING, 3000))
    ends = [advanced(park, foundation.calendar.quarters) for park in (small, large)]
    assert all(len(getattr(ends[0], name)) < 3000 <= len(getattr(ends[1], name)) for name in GROWING)
    assert history(ends[0]) == history(ends[1])


def test_a_busy_park_outgrows_its_tables_and_loses_nothing() -> None:
    """Eighty companies, a club, a facilitator, prospects that are invited: thousands of ties and talks."""
    fields = {"synthetic.companies": 80, "meeting.club_from": 1985, "meeting.club_meetings": 10}
    events = ["1980 facilitator on", *(f'{1990 + k} invite "{name}"' for k, name in enumerate(PROSPECTS))]
    foundation = foundation_of("synthetic", 2005, fields, events)
    first = started(foundation, 1)
    last = advanced(first, foundation.calendar.quarters)
    assert all(len(getattr(last, name)) > len(getattr(first, name)) for name in GROWING)
    assert last.indicators["entries"].sum() > 2
    large = grown(started(foundation, 1), dict.fromkeys(GROWING, 100_000))
    assert history(advanced(large, foundation.calendar.quarters)) == history(last)


def test_an_opportunity_that_sleeps_would_not_have_been_open() -> None:
    """The same history where everything is woken every quarter; a club and introductions wake some early."""
    fields = {"synthetic.companies": 80, "meeting.club_from": 1985, "synthetic.arrivals_over": 30}
    events = ["1980 facilitator on", "1995 set trust.prior 0.7", f'1998 invite "{PROSPECTS[0]}"']
    foundation = foundation_of("synthetic", 2010, fields, events)
    asleep = 0
    awake = started(foundation, 1)
    for quarter in range(1, foundation.calendar.quarters + 1):
        asleep += int((awake.wakes > quarter).sum())
        awake.wakes[:] = 0
        awake = advanced(awake, quarter)
    assert asleep > 100 * foundation.calendar.quarters
    assert history(awake) == history(advanced(started(foundation, 1), foundation.calendar.quarters))


def reversed_order(given: Any) -> Any:
    """The same tables with their entries the other way round, all the way down; dates stay in order."""
    if isinstance(given, dict):
        if "by_year" in given:
            return given
        return {key: reversed_order(each) for key, each in reversed(given.items())}
    return given


@law(40)
@given(parks())
def test_the_order_in_which_companies_are_listed_means_nothing(scenario: Scenario) -> None:
    raw = scenario.model_dump(by_alias=True)
    for part in ("companies", "prospects", "resources", "substitutions"):
        raw[part] = reversed_order(raw[part])
    other_order = Scenario.model_validate(raw)
    assert list(other_order.companies) == list(scenario.companies)[::-1]
    assert history(run(other_order)) == history(run(scenario))


@law(20)
@given(parks())
def test_another_seed_is_another_history(scenario: Scenario) -> None:
    one, other = history(run(scenario, seed=1)), history(run(scenario, seed=2))
    assert one["clock"] != other["clock"]
    if scenario.activity.spread > 0 and any(c.arrives is None for c in scenario.companies.values()):
        assert one["processes"] != other["processes"]


@pytest.fixture(scope="module")
def busy() -> list[str]:
    """Random parks with many contracts, as JSON."""
    return [as_json(scenario) for scenario in busy_parks(3)]


RUN_THEM = """
import json, sys
from tests.parks import history_of
print(json.dumps([history_of(raw, 5) for raw in json.load(sys.stdin)]))
"""


def test_compiled_and_plain_python_give_the_same_bits(busy: list[str]) -> None:
    plain = subprocess.run(
        [sys.executable, "-c", RUN_THEM],
        input=json.dumps(busy),
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(plain.stdout) == [history_of(raw, 5) for raw in busy]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_a_worker_process_gives_the_same_bits(busy: list[str], method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"{method} is not known here")
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as workers:
        answers = list(workers.map(history_of, busy, [5] * len(busy)))
    assert answers == [history_of(raw, 5) for raw in busy]

"""Same seed, same bits: in tables that grow, compiled or not, in whatever process (`whole_runs` has the laws)."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from simulation.run import advanced, foundation_of, started
from simulation.state import GROWING, grown
from tests.random_parks import busy_parks
from tests.running import as_json, history, history_of

ROOT = Path(__file__).parents[2]
PROSPECTS = ("New fish farm 9", "New paper mill 6", "New pig farm 3")


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


@pytest.fixture(scope="module")
def busy() -> list[str]:
    """Random parks with many contracts, as JSON."""
    return [as_json(scenario) for scenario in busy_parks(3)]


RUN_THEM = """
import json, sys
from tests.running import history_of
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

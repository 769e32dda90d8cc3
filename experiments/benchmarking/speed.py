"""Speed: Kalundborg, Mesa's own trading example, the same rules in plain objects, and the lower bound."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import Any

from simulation.founding import Foundation
from simulation.result import Result
from simulation.run import advanced, foundation_of, simulate, started

from ..look import number, share
from .alike import alike, trades, trades_of_peer
from .bound import bound_seconds
from .figure import Figure
from .peer import PeerPark
from .phases import largest, times
from .timing import once, seconds

GOAL_MS = 4.0
RUNS = 30
EXAMPLE_STEPS, EXAMPLE_REPEATS = 40, 3
CROWD: dict[str, Any] = {"synthetic.companies": 100, "entry.base": 0.0}
LARGE: dict[str, Any] = {"synthetic.companies": 300}


def kalundborg() -> list[Figure]:
    """Milliseconds of a warm run, and company-quarters a second against Mesa's trading example."""
    simulate("kalundborg", 0)
    run = statistics.median(once(partial(simulate, "kalundborg", seed))[0] for seed in range(RUNS))
    present = float(simulate("kalundborg", 0).indicators["companies"].sum())
    rate, example = present / run, example_rate()
    shares = largest(times(foundation_of("kalundborg")))
    return [
        Figure("kalundborg_ms_a_run", "Kalundborg, 65 years, a run, warm", 1000 * run, "ms", GOAL_MS, limit=shares),
        Figure(
            "company_quarters_a_second", "company-quarters a second of it", rate, "", None, rate / example,
            "Mesa's example", "memory and search",
        ),
        Figure(
            "example_agent_steps_a_second", "agent-steps a second of Mesa's trading example", example,
            limit="objects of Python",
        ),
    ]  # fmt: skip


def example_rate() -> float:
    """Agent-steps a second of Mesa's trading example (`mesa.examples.advanced.sugarscape_g1mt`)."""
    from mesa.examples.advanced.sugarscape_g1mt.model import SugarscapeG1mt

    def rate() -> float:
        model, done, start = SugarscapeG1mt(), 0, time.process_time()
        for _ in range(EXAMPLE_STEPS):
            done += len(model.agents)
            model.step()
        return done / (time.process_time() - start)

    return statistics.median(rate() for _ in range(EXAMPLE_REPEATS))


def against_peer() -> list[Figure]:
    """Company-quarters a second against the same rules in plain objects; both are asked whether they trade alike."""
    return [
        _against_peer("classroom", {}, "classroom", 5, 30),
        _against_peer("synthetic", CROWD, "100 companies", 1, 3),
    ]


def _against_peer(source: str, fields: dict[str, Any], said: str, runs: int, repeats: int) -> Figure:
    """Both run all quarters of the same scenario and seeds; reading and founding are left out of both."""
    foundation = foundation_of(source, None, fields)
    slow = 0.0
    for seed in range(runs):
        peer = PeerPark(source, seed, fields)
        slow += once(peer.run)[0]
        if not alike(trades(simulate(source, seed, set=fields)), trades_of_peer(peer)):
            raise RuntimeError(
                f"{said}, seed {seed}: model and peer do not trade alike, so their times say nothing"
            )
    quick = sum(seconds(partial(_run, foundation, seed), repeats) for seed in range(runs))
    rate = _company_quarters(simulate(source, 0, set=fields)) * runs / quick
    return Figure(
        f"against_peer_{said.replace(' ', '_')}", f"company-quarters a second, {said}", rate, "", None, slow / quick,
        "the same rules in plain objects", "same trades, checked in this run",
    )  # fmt: skip


def _company_quarters(result: Result) -> float:
    return float(result.indicators["companies"].sum())


def _run(foundation: Foundation, seed: int) -> None:
    advanced(started(foundation, seed), foundation.calendar.quarters)


def against_bound() -> list[Figure]:
    """Time of a run against the memory that it moves and the arithmetic that it cannot leave out."""
    return [
        _against_bound("kalundborg", {}, "Kalundborg", 10),
        _against_bound("synthetic", LARGE, "300 companies, 50 years", 1),
    ]


def _against_bound(source: str, fields: dict[str, Any], said: str, repeats: int) -> Figure:
    foundation = foundation_of(source, None, fields)
    bound = bound_seconds(foundation, 1)
    run = seconds(partial(_run, foundation, 1), repeats)
    least = bound["memory"] + bound["arithmetic"]
    shares = largest(times(foundation, repeats=3))
    return Figure(
        f"against_bound_{source}", f"{said}, quarters alone", 1000 * run, "ms", None, run / least,
        f"the bound of {number(1000 * least)} ms ({share(bound['memory'] / least)} memory)", shares,
    )  # fmt: skip

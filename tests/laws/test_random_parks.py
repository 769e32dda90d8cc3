"""The laws are only worth as much as the parks they hold in: everything that can happen happens there."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given

from agents.bargaining import REASONS
from simulation.checks import check
from simulation.journal import KINDS
from simulation.journal import REASONS as ENDINGS
from simulation.scenario import Scenario
from tests.random_parks import law, parks
from tests.running import run, used

SELDOM = {"builds ahead", "stream is divided"}


def test_everything_that_can_happen_happens_in_random_parks() -> None:
    seen: Counter[str] = Counter()

    @law(250)
    @given(parks())
    def look(scenario: Scenario) -> None:
        now = run(scenario)
        contracts, journal = used("contracts", now), used("journal", now)
        seen.update(KINDS[int(kind)] for kind in set(journal["kind"].tolist()))
        seen.update(REASONS[int(reason)] for reason in set(used("negotiations", now)["reason"].tolist()))
        ended = contracts[contracts["status"] == 3]
        seen.update(ENDINGS.get(int(reason), "") for reason in set(ended["reason"].tolist()))
        seen["parks"] += 1
        seen["parks with streams"] += bool((contracts["sent_total"] > 0).any())
        seen["gate fees"] += bool((contracts["signed_price"] < 0).any())
        seen["by pipe"] += bool(used("connections", now)["pipe"].any())
        seen["branches"] += bool((used("connections", now)["main"] >= 0).any())
        seen["scarcity"] += bool((now.resources["bound"] > 0).any())
        seen["debts"] += bool((np.asarray(now.companies["cash"]) < 0).any())
        seen["clauses"] += bool(np.abs(now.accounts["clauses"]).max() > 0)
        seen["subsidies"] += bool(now.clock[0]["subsidies"] > 0)

    look()
    wanted = {*KINDS.values(), *REASONS.values()} - SELDOM
    wanted |= {"partner left", "process ended", "lost money for long", "stopped trading"}
    wanted |= {"gate fees", "by pipe", "branches", "scarcity", "debts", "clauses", "subsidies"}
    assert not {word for word in wanted if not seen[word]}
    assert seen["parks with streams"] > 0.4 * seen["parks"]


@law(20)
@given(parks())
def test_random_parks_make_sense(scenario: Scenario) -> None:
    assert check(scenario) == []
    assert 2 <= len(scenario.companies) <= 9

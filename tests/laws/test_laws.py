"""Every law of the book in random parks, the same ones every time; `python -m tests.soak` asks at length."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.checks import check
from simulation.result import Result
from simulation.run import foundation_of
from simulation.scenario import Scenario
from tests.parks import STARTS
from tests.random_parks import law, parks
from tests.running import run

from .book import OF_A_QUARTER, OF_SCENARIOS, OF_TABLES, OF_TWINS, Law, sentence
from .quarter import quarters_of
from .twins import Twins


@pytest.mark.parametrize("subject", OF_A_QUARTER)
@law(80)
@given(parks())
def test_the_laws_hold_in_every_quarter(subject: str, scenario: Scenario) -> None:
    for quarter in quarters_of(scenario):
        for holds in OF_A_QUARTER[subject]:
            holds(quarter)


@law(40)
@given(parks())
def test_the_laws_hold_of_the_tables_of_a_result(scenario: Scenario) -> None:
    result = Result(foundation_of(scenario), run(scenario), 1)
    for holds in OF_TABLES:
        holds(result)


@pytest.mark.parametrize("holds", OF_SCENARIOS, ids=sentence)
@law(30)
@given(parks())
def test_the_law_holds_of_whole_runs(holds: Law, scenario: Scenario) -> None:
    holds(scenario)


@st.composite
def twins(draw: st.DrawFn) -> Twins:
    """A park and an event more: somebody leaves, suddenly or announced, stops, shrinks, or a rule changes."""
    scenario = draw(parks(successions=False))
    name = draw(st.sampled_from(sorted(scenario.companies)))
    last = round(4 * (scenario.time.ends - scenario.time.starts)) - 1
    year = STARTS + draw(st.integers(1, last)) / 4
    words = draw(
        st.sampled_from(
            [f"withdraw {name}", f"withdraw {name} announced 2", f"stop-trading {name}", f"shrink {name} 0.5",
             "set trust.prior 0.3", "levy 3", "price ash 0.5", "facilitator on"]
        )
    )  # fmt: skip
    pair = Twins(scenario, (f"{year} {words}",))
    assume(not check(scenario.model_copy(update={"events": [*scenario.events, *pair.words]})))
    return pair


@pytest.mark.parametrize("holds", OF_TWINS, ids=sentence)
@law(40)
@given(twins())
def test_the_law_holds_of_twins(holds: Law, pair: Twins) -> None:
    holds(pair)

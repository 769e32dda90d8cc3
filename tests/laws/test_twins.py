"""Twin runs: equal until they differ in words, and never in anybody else's luck; the future is not known."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from agents.fields import PRESENT
from simulation.checks import check
from simulation.journal import LEAVES
from simulation.scenario import Scenario
from simulation.state import Park
from tests.parks import STARTS, history, law, parks, quarters, run, used


def with_event(scenario: Scenario, words: str) -> Scenario:
    """The same park with one more event, if it makes sense."""
    twin = scenario.model_copy(update={"events": [*scenario.events, words]})
    assume(not check(twin))
    return twin


@st.composite
def withdrawals(draw: st.DrawFn, warning: float = 0.0) -> tuple[Scenario, Scenario, str, int]:
    """A park, its twin from which a company withdraws, its name, and the first quarter that may differ."""
    scenario = draw(parks(successions=False))
    name = draw(st.sampled_from(sorted(scenario.companies)))
    last = round(4 * (scenario.time.ends - scenario.time.starts)) - 1
    quarter = draw(st.integers(1, last))
    words = f"{STARTS + quarter / 4} withdraw {name}" + (f" announced {warning}" if warning else "")
    return scenario, with_event(scenario, words), name, max(0, quarter - round(4 * warning))


def at(scenario: Scenario, quarter: int) -> Park:
    """The park after so many quarters of the whole run."""
    return next(now for now in quarters(scenario) if now.clock[0]["quarter"] == quarter)


def assert_equal_before(scenario: Scenario, twin: Scenario, quarter: int) -> None:
    """Every table is the same, bit by bit, when that quarter begins."""
    if quarter > 0:
        assert history(at(scenario, quarter)) == history(at(twin, quarter))


@law(40)
@given(withdrawals())
def test_before_a_withdrawal_the_twins_are_identical(pair: tuple[Scenario, Scenario, str, int]) -> None:
    scenario, twin, _, quarter = pair
    assert_equal_before(scenario, twin, quarter)


@law(40)
@given(withdrawals(warning=2.0))
def test_before_an_announcement_the_twins_are_identical(pair: tuple[Scenario, Scenario, str, int]) -> None:
    scenario, twin, _, quarter = pair
    assert_equal_before(scenario, twin, quarter)


@law(60)
@given(withdrawals())
def test_taking_a_partner_out_changes_nobody_elses_luck(pair: tuple[Scenario, Scenario, str, int]) -> None:
    """Activity and outages of all who are there in both, and the tastes of all who meet in both."""
    scenario, twin, name, _ = pair
    one, other = run(scenario), run(twin)
    leaver = sorted([*scenario.companies, *scenario.prospects]).index(name)
    assert other.companies["status"][leaver] != PRESENT
    same = (one.companies["status"] == PRESENT) & (other.companies["status"] == PRESENT)
    same &= one.companies["arrives"] == other.companies["arrives"]
    rows = same[one.processes["company"]]
    for luck in ("log_activity", "outage", "outage_planned", "started"):
        assert (one.processes[luck][rows] == other.processes[luck][rows]).all()
    tastes = {}
    for tie in used("ties", one):
        tastes[int(tie["a"]), int(tie["b"])] = (tie["z_ab"], tie["z_ba"])
    for tie in used("ties", other):
        known = tastes.get((int(tie["a"]), int(tie["b"])))
        assert known in (None, (tie["z_ab"], tie["z_ba"]))


@law(40)
@given(withdrawals())
def test_who_withdraws_is_gone_and_so_are_its_streams(pair: tuple[Scenario, Scenario, str, int]) -> None:
    scenario, twin, name, quarter = pair
    leaver = sorted([*scenario.companies, *scenario.prospects]).index(name)
    now = run(twin)
    lines = used("journal", now)
    left = lines[(lines["kind"] == LEAVES) & (lines["company"] == leaver)]
    assert len(left) == 1 and left["quarter"][0] <= quarter
    contracts = used("contracts", now)
    party = (contracts["supplier"] == leaver) | (contracts["receiver"] == leaver)
    assert (contracts["ends"][party] <= quarter).all()
    assert (contracts["signed"][party] < quarter).all()
    assert now.processes["activity"].min() >= 0


@law(30)
@given(parks())
def test_nobody_withdrawn_difference_exactly_zero(scenario: Scenario) -> None:
    """An event without effect leaves a line in the journal and not a bit of difference elsewhere."""
    name = sorted(scenario.companies)[0]
    stopped = any("stop-trading" in words for words in scenario.events)
    assume(not stopped)
    idle = with_event(scenario, f"{scenario.time.ends - 1} resume-trading {name}")
    one, other = history(run(scenario)), history(run(idle))
    differing = {table for table in one if one[table] != other[table]}
    assert differing == {"journal", "clock"}
    savings = [np.asarray(run(each).indicators["savings"]) for each in (scenario, idle)]
    assert np.abs(savings[0] - savings[1]).sum() == 0


@law(60)
@given(parks(), st.integers(1, 7))
def test_a_shorter_run_is_the_beginning_of_a_longer_one(scenario: Scenario, eighths: int) -> None:
    quarters_in_all = round(4 * (scenario.time.ends - scenario.time.starts))
    quarter = max(1, quarters_in_all * eighths // 8)
    short, longer = run(scenario, until=STARTS + quarter / 4), at(scenario, quarter)
    assert short.clock[0]["quarter"] == quarter
    one, other = history(short), history(longer)
    for table in ("clock", "indicators", "accounts", "processes"):
        one.pop(table), other.pop(table)
    assert one == other
    begun = short.processes["started"] == 1
    assert short.processes[begun].tobytes() == longer.processes[begun].tobytes()
    for table in ("indicators", "accounts"):
        rows = getattr(short, table)
        assert rows.tobytes() == getattr(longer, table)[: len(rows)].tobytes()

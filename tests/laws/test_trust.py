"""Trust lies strictly between 0 and 1, unless it is switched off."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from simulation.judging import direct_trust, trust_with_opinions
from simulation.scenario import Scenario
from simulation.state import for_rules
from tests.parks import changed, law, parks, quarters, run, used


@law(60)
@given(parks())
def test_trust_is_strictly_between_0_and_1_unless_it_is_off(scenario: Scenario) -> None:
    for now in quarters(scenario):
        if int(now.clock[0]["quarter"]) % 5:
            continue
        rules = for_rules(now)
        for tie in now.ties[: int(now.clock[0]["ties"])]:
            for judging, judged in ((tie["a"], tie["b"]), (tie["b"], tie["a"])):
                own = direct_trust(rules, tie, judging)
                heard = trust_with_opinions(rules, tie, judging, judged)
                if scenario.trust.mode == "off":
                    assert own == heard == 1
                else:
                    assert 0 < own < 1
                    assert 0 < heard < 1
    talks = used("negotiations", now)
    for side in ("trust_supplier", "trust_receiver"):
        full = talks[side] == 1
        assert full.all() if scenario.trust.mode == "off" else not full.any()
        assert (talks[side] > 0).all()


@law(40)
@given(parks())
def test_evidence_is_never_negative_and_asking_around_leaves_no_trace(scenario: Scenario) -> None:
    now = run(scenario)
    ties = used("ties", now)
    for evidence in ("good_ab", "bad_ab", "good_ba", "bad_ba"):
        assert (ties[evidence] >= 0).all()
    assert (now.companies["mark"] == -1).all()
    assert (ties["judged_ab"] == 0).all() and (ties["judged_ba"] == 0).all()


@law(40)
@given(parks(events=False))
def test_without_learning_nobody_has_evidence(scenario: Scenario) -> None:
    ties = used("ties", run(changed(scenario, "trust.learning", False)))
    assert not np.any([ties[name] for name in ("good_ab", "bad_ab", "good_ba", "bad_ba")])


@law(40)
@given(parks())
def test_two_companies_meet_once_and_both_remember(scenario: Scenario) -> None:
    now = run(scenario)
    ties = used("ties", now)
    assert (ties["a"] < ties["b"]).all()
    pairs = list(zip(ties["a"].tolist(), ties["b"].tolist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    for company in range(len(now.companies)):
        listed, row = [], int(now.companies["first_tie"][company])
        while row >= 0:
            listed.append(row)
            row = int(ties["next_a" if ties["a"][row] == company else "next_b"][row])
        mine = np.flatnonzero((ties["a"] == company) | (ties["b"] == company))
        assert sorted(listed) == mine.tolist()

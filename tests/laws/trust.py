"""Trust lies strictly between 0 and 1, unless it is switched off; evidence is never negative."""

from __future__ import annotations

import numpy as np

from simulation.judging import direct_trust, trust_with_opinions
from simulation.state import for_rules
from tests.running import used

from .quarter import Quarter

EVERY = 5  # quarters between two looks at every tie
MOST = 60  # ties looked at, spread over all
EVIDENCE = ("good_ab", "bad_ab", "good_ba", "bad_ba")


def trust_is_strictly_between_0_and_1_unless_it_is_off(quarter: Quarter) -> None:
    if quarter.number % EVERY == 0:
        rules, ties = for_rules(quarter.now), quarter.now.ties[: int(quarter.now.clock[0]["ties"])]
        for tie in ties[:: 1 + len(ties) // MOST]:
            for judging, judged in ((tie["a"], tie["b"]), (tie["b"], tie["a"])):
                own = direct_trust(rules, tie, judging)
                heard = trust_with_opinions(rules, tie, judging, judged)
                if quarter.scenario.trust.mode == "off":
                    assert own == heard == 1
                else:
                    assert 0 < own < 1
                    assert 0 < heard < 1
    talks = used("negotiations", quarter.now)[len(used("negotiations", quarter.before)) :]
    for side in ("trust_supplier", "trust_receiver"):
        full = talks[side] == 1
        assert full.all() if quarter.scenario.trust.mode == "off" else not full.any()
        assert (talks[side] > 0).all()


def evidence_is_never_negative_and_asking_around_leaves_no_trace(quarter: Quarter) -> None:
    ties = used("ties", quarter.now)
    for evidence in EVIDENCE:
        assert (ties[evidence] >= 0).all()
    assert (quarter.now.companies["marked_for"] <= quarter.now.clock["question"]).all()
    assert (ties["judged_ab"] == 0).all() and (ties["judged_ba"] == 0).all()


def two_companies_meet_once_and_both_remember(quarter: Quarter) -> None:
    if quarter.number + 1 < quarter.now.clock[0]["last"]:
        return  # ties are never taken back: a look at the end is enough
    now, ties = quarter.now, used("ties", quarter.now)
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


LAWS = (
    trust_is_strictly_between_0_and_1_unless_it_is_off,
    evidence_is_never_negative_and_asking_around_leaves_no_trace,
    two_companies_meet_once_and_both_remember,
)

"""Trust: published answers, its limits, and what must be monotone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents import trust

from .ranges import KNOWN, PRINTED, formula, shares, trusts


def test_expected_trust_as_published() -> None:
    for case in KNOWN["beta_reputation"]:
        assert trust.expected_trust(case["r"], case["s"], 0.5) == pytest.approx(case["trust"], abs=PRINTED)


def test_forgetting_and_the_weight_of_loss_as_published() -> None:
    case = KNOWN["forgetting"]
    for weight in (1, 3):
        good = bad = 0.0
        for said in (1.0, 1.0, 1.0, 1.0, 1.0, -1.0):
            good = trust.more_good(good, case["lambda"], 1.0, said)
            bad = trust.more_bad(bad, case["lambda"], 1.0, float(weight), said)
        known = case["five_good_then_one_bad"][f"loss_weight_{weight}"]
        assert trust.expected_trust(good, bad, 0.5) == pytest.approx(known, abs=PRINTED)


def test_an_opinion_counts_as_far_as_the_witness_is_trusted_as_published() -> None:
    case = KNOWN["josang_discount"]
    good, bad = trust.opinion(*map(float, (*case["x_of_y"], *case["y_of_t"])))
    assert good == pytest.approx(case["r"], abs=PRINTED)
    assert bad == pytest.approx(case["s"], abs=PRINTED)
    assert trust.expected_trust(good, bad, 0.5) == pytest.approx(case["trust"], abs=PRINTED)


def test_the_word_of_a_stranger_counts_nothing_and_a_perfect_witness_counts_in_full() -> None:
    assert trust.opinion(0.0, 3.0, 5.0, 1.0) == (0.0, 0.0)
    assert trust.opinion(1e12, 0.0, 5.0, 1.0) == pytest.approx((5.0, 1.0), rel=1e-9)


def test_least_trust_as_published_is_where_one_just_signs() -> None:
    case = KNOWN["coleman_threshold"]
    least = trust.least_trust(case["gain"], case["loss"])
    assert least == pytest.approx(case["trust"], abs=PRINTED)
    assert trust.would_sign(least + 1e-9, case["gain"], case["loss"])
    assert not trust.would_sign(least - 1e-9, case["gain"], case["loss"])


def test_full_trust_signs_whatever_the_stake() -> None:
    assert trust.would_sign(1.0, 0.0, 1e9)
    assert not trust.would_sign(0.99, 0.0, 1e-9)


@formula
@given(
    prior=st.floats(0.01, 0.99),
    spread=st.floats(0, 1.5),
    z=st.floats(-6, 6),
    membership=st.floats(0, 0.5),
    memory=shares,
    weight=st.floats(0, 10),
    loss=st.floats(0, 20),
    said=st.lists(st.floats(-1, 1), max_size=40),
)
def test_trust_stays_between_0_and_1(
    prior: float, spread: float, z: float, membership: float, memory: float, weight: float, loss: float,
    said: list[float],
) -> None:  # fmt: skip
    a = trust.member_prior(trust.prior_trust(prior, spread, z), membership)
    good = bad = 0.0
    for each in said:
        good = trust.more_good(good, memory, weight, each)
        bad = trust.more_bad(bad, memory, weight, loss, each)
    assert good >= 0 and bad >= 0
    assert 0 < trust.expected_trust(good, bad, a) < 1


@formula
@given(st.floats(0, 50), st.floats(0, 50), trusts, st.floats(0.01, 5))
def test_trust_rises_with_good_evidence_and_falls_with_bad(
    good: float, bad: float, prior: float, more: float
) -> None:
    now = trust.expected_trust(good, bad, prior)
    assert trust.expected_trust(good + more, bad, prior) > now > trust.expected_trust(good, bad + more, prior)
    assert trust.expected_trust(good, bad, prior + 0.001) > now


def test_prior_trust_is_the_mean_at_no_taste_and_mirrors_around_a_half() -> None:
    assert trust.prior_trust(0.3, 0.5, 0.0) == pytest.approx(0.3)
    assert trust.prior_trust(0.5, 0.5, 2.0) == pytest.approx(1 / (1 + math.exp(-1)))
    assert trust.prior_trust(0.5, 0.5, 2.0) + trust.prior_trust(0.5, 0.5, -2.0) == pytest.approx(1)


def test_membership_closes_a_part_of_the_gap_to_full_trust() -> None:
    assert trust.member_prior(0.5, 0.2) == pytest.approx(0.6)
    assert trust.member_prior(0.5, 0.0) == 0.5


def test_verdicts_reach_from_nothing_kept_to_all_that_counts_as_kept() -> None:
    assert trust.verdict(0.0, 0.9) == -1.0
    assert trust.verdict(0.45, 0.9) == 0.0
    assert trust.verdict(0.9, 0.9) == trust.verdict(1.0, 0.9) == 1.0


def test_a_middling_verdict_is_as_much_praise_as_blame_but_loss_weighs_more() -> None:
    # w 0.25, v 0: praise 0.125; blame 0.125 x 2.
    assert trust.more_good(1.0, 0.98, 0.25, 0.0) == pytest.approx(0.98 + 0.125)
    assert trust.more_bad(1.0, 0.98, 0.25, 2.0, 0.0) == pytest.approx(0.98 + 0.25)

"""Formulas of `agents`: published numbers, numbers worked by hand, limits, and what must be monotone."""

from __future__ import annotations

import json
import math
from pathlib import Path
from statistics import NormalDist
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agents import bargaining, fields, investment, production, trust, valuation
from agents.bargaining import RECEIVER, SUPPLIER
from agents.choices import MODES, PROTOCOLS, STYLES, Mode, Protocol, Style

KNOWN: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "known_answers.json").read_text(encoding="utf-8")
)
PRINTED = 5e-7  # published numbers are printed with six decimals

formula = settings(deadline=None, derandomize=True, max_examples=200)
shares = st.floats(0, 1)
trusts = st.floats(0.001, 0.999)
rates = st.floats(0.005, 0.5)
money = st.floats(-100, 100)


# --- what a stream is worth ---------------------------------------------------------------------------


def test_capital_recovery_factor_as_published_and_its_inverse() -> None:
    case = KNOWN["capital_recovery_factor"]
    factor = valuation.capital_recovery_factor(case["rate"], case["years"])
    assert factor == pytest.approx(case["value"], abs=PRINTED)
    assert valuation.present_value_factor(case["rate"], case["years"]) == pytest.approx(1 / factor, rel=1e-14)


@formula
@given(rates, st.integers(1, 60))
def test_the_recovery_factor_pays_back_the_capital_with_interest(rate: float, years: int) -> None:
    factor = valuation.capital_recovery_factor(rate, float(years))
    debt = 1.0
    for _ in range(years):
        debt = debt * (1 + rate) - factor
    assert debt == pytest.approx(0, abs=1e-9 * (1 + rate) ** years)
    assert 1 / years < factor < 1 + rate + 1e-12


def test_without_interest_capital_is_spread_evenly() -> None:
    assert valuation.capital_recovery_factor(0.0, 8.0) == 0.125
    assert valuation.capital_recovery_factor(1e-9, 8.0) == pytest.approx(0.125, rel=1e-6)


def test_a_flow_decays_to_1_over_e_over_the_loss_length() -> None:
    assert valuation.share_arriving(0.0, 20.0) == 1.0
    assert valuation.share_arriving(20.0, 20.0) == pytest.approx(math.exp(-1), rel=1e-15)
    assert valuation.share_arriving(3.0, 1e9) == pytest.approx(1, abs=1e-8)
    two_legs = valuation.share_arriving(2.0, 20.0) * valuation.share_arriving(5.0, 20.0)
    assert valuation.share_arriving(7.0, 20.0) == pytest.approx(two_legs, rel=1e-14)


def test_six_tenths_rule() -> None:
    # Twice the capacity costs 2^0.6 = 1.5157 times as much.
    assert valuation.scaled_cost(1e6, 200.0, 100.0, 0.6) == pytest.approx(1_515_716.566510398, rel=1e-12)
    assert valuation.scaled_cost(1e6, 100.0, 100.0, 0.6) == 1e6
    assert valuation.scaled_cost(0.0, 0.0, 100.0, 0.6) == 0.0


def test_steam_case_limits_surplus_and_prices_as_published() -> None:
    # Vented steam replaces boiler steam: 100 kt a year, 30 EUR/t, treatment 2 and transport 1.6 EUR/t on
    # the supplier, 25 kEUR a year of transaction each, 2 M EUR at 8 % over 15 years shared equally.
    case = KNOWN["steam_case"]
    split = case["supplier_pays_extra_costs_capex_halved"]
    capital = 2e6 * valuation.capital_recovery_factor(0.08, 15.0) / 100e3
    low = valuation.supplier_limit(0.0, 1.0, 3.6, 0.25, 0.5, capital)
    high = valuation.receiver_limit(30.0, 1.0, 1.0, 0.0, 1.0, 3.6, 0.25, 0.5, capital)
    assert capital == pytest.approx(case["capex_per_unit"], abs=PRINTED)
    assert high - low == pytest.approx(case["surplus"], abs=PRINTED)
    assert low == pytest.approx(split["p_min"], abs=PRINTED)
    assert high == pytest.approx(split["p_max"], abs=PRINTED)
    assert low + 0.5 * (high - low) == pytest.approx(split["nash_half"], abs=PRINTED)
    assert low + 0.3 * (high - low) == pytest.approx(split["nash_0.3"], abs=PRINTED)


def test_gate_fee_case_as_published() -> None:
    # Disposal at 45 is avoided; 10 of carriage is shared, 5 of transaction each; the input is worth 30.
    case = KNOWN["gate_fee_case"]
    low = valuation.supplier_limit(45.0, 0.5, 10.0, 5.0, 0.0, 0.0)
    high = valuation.receiver_limit(30.0, 1.0, 1.0, 0.0, 0.5, 10.0, 5.0, 0.0, 0.0)
    assert (low, high) == (case["p_min"], case["p_max"])
    assert low + 0.5 * (high - low) == case["nash_half"] < 0


def test_ratio_loss_on_the_way_and_quality_lower_what_a_receiver_pays() -> None:
    # 0.9 input per residue, 80 % arrives, 5 % of quality lost: 0.9 x 0.8 x 0.95 x 50 = 34.2.
    assert valuation.receiver_limit(50.0, 0.9, 0.8, 0.05, 1.0, 7.0, 0.0, 1.0, 3.0) == pytest.approx(34.2)
    assert valuation.joint_value(50.0, 10.0, 0.9, 0.8, 0.05, 7.0) == pytest.approx(37.2)


@formula
@given(money, money, shares, shares, st.floats(0, 50), st.floats(0, 10), st.floats(0, 50), shares, shares)
def test_with_equal_rates_the_surplus_does_not_depend_on_who_pays_carriage_and_capital(
    price: float,
    disposal: float,
    arriving: float,
    quality_loss: float,
    carriage: float,
    transaction: float,
    capital: float,
    g: float,
    h: float,
) -> None:
    def surplus(g: float, h: float) -> float:
        low = valuation.supplier_limit(disposal, g, carriage, transaction, h, capital)
        high = valuation.receiver_limit(
            price, 1.1, arriving, quality_loss, g, carriage, transaction, h, capital
        )
        return high - low

    gain = valuation.joint_value(price, disposal, 1.1, arriving, quality_loss, carriage)
    assert surplus(g, h) == pytest.approx(gain - 2 * transaction - capital, abs=1e-9)
    assert surplus(g, h) == pytest.approx(surplus(0.5, 0.5), abs=1e-9)


@formula
@given(
    st.floats(0.01, 100),
    st.floats(0.05, 0.95),
    st.floats(1e3, 1e8),
    rates,
    st.floats(1, 60),
    st.floats(1, 1e6),
)
def test_when_capital_follows_benefit_both_paybacks_equal_capital_over_joint_benefit(
    surplus: float, alpha: float, capital: float, rate: float, life: float, quantity: float
) -> None:
    k = capital * valuation.capital_recovery_factor(rate, life) / quantity
    h = alpha
    benefit_supplier = (alpha * surplus + h * k) * quantity
    benefit_receiver = ((1 - alpha) * surplus + (1 - h) * k) * quantity
    both = capital / ((surplus + k) * quantity)
    assume(both < 1e6)
    assert investment.payback(h * capital, benefit_supplier) == pytest.approx(both, rel=1e-9)
    assert investment.payback((1 - h) * capital, benefit_receiver) == pytest.approx(both, rel=1e-9)


def test_value_in_search_is_half_the_public_gain_weighed_by_trust() -> None:
    # 0.6 x (30 + 5 - 4 - 1) x 1000 / 2 = 9000 EUR a year.
    assert valuation.search_value(0.6, 30.0, 5.0, 4.0, 1.0, 1000.0) == pytest.approx(9000)


# --- bargaining ---------------------------------------------------------------------------------------


def test_share_conceded_as_published() -> None:
    case = KNOWN["concession_polynomial"]
    for beta in ("0.25", "1", "4"):
        done = bargaining.conceded(case["t"], case["deadline"], float(beta))
        assert done == pytest.approx(case[f"beta_{beta}"], abs=PRINTED)


def test_trust_concedes_sooner() -> None:
    # b' = b 2^(2T-1): half as fast without trust, as stated at a half, twice as fast with full trust.
    assert [bargaining.pace(1.0, t) for t in (0.0, 0.5, 1.0)] == [0.5, 1.0, 2.0]
    assert bargaining.conceded(5, 20, bargaining.pace(1.0, 0.9)) > bargaining.conceded(
        5, 20, bargaining.pace(1.0, 0.1)
    )


def test_without_trust_two_guarded_sides_hide_a_quarter_of_the_range() -> None:
    # Chatterjee & Samuelson (1983): in the linear equilibrium trade needs a quarter of the range.
    assert 2 * bargaining.hidden(1.0, 0.0, 40.0) == 10.0
    assert bargaining.hidden(1.0, 1.0, 40.0) == 0.0
    assert bargaining.hidden(0.5, 0.6, 40.0) == pytest.approx(1.0)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@formula
@given(t=trusts, opening=money, limit=money, rounds=st.integers(2, 60))
def test_every_style_moves_from_its_opening_to_its_limit_and_never_back(
    style: float, t: float, opening: float, limit: float, rounds: int
) -> None:
    pace = bargaining.pace(style, t)
    offers = [bargaining.offer(opening, limit, n, rounds, pace) for n in range(rounds + 1)]
    assert offers[0] == opening
    assert offers[-1] == pytest.approx(limit, abs=1e-12)
    steps = np.diff(offers) * (1 if limit >= opening else -1)
    assert (steps >= -1e-12).all()


def test_boulware_holds_out_and_a_conceder_gives_in_early() -> None:
    half_way = {name: bargaining.conceded(10, 20, b) for name, b in STYLES.items()}
    assert half_way["boulware"] == pytest.approx(0.03125)
    assert half_way["linear"] == 0.5
    assert half_way["conceder"] == pytest.approx(0.8705505632961241)


@st.composite
def talks(draw: st.DrawFn) -> dict[str, float]:
    """Two sides with openings outside their stated limits, any styles, trusts and deadlines."""
    rounds = draw(st.integers(2, 40))
    stated_s, stated_r = draw(money), draw(money)
    return {
        "opening_s": stated_s + draw(st.floats(0, 60)),
        "stated_s": stated_s,
        "pace_s": bargaining.pace(draw(st.sampled_from(list(STYLES.values()))), draw(trusts)),
        "deadline_s": draw(st.integers(1, rounds)),
        "opening_r": stated_r - draw(st.floats(0, 60)),
        "stated_r": stated_r,
        "pace_r": bargaining.pace(draw(st.sampled_from(list(STYLES.values()))), draw(trusts)),
        "deadline_r": draw(st.integers(1, rounds)),
        "rounds": float(rounds),
        "first": draw(st.sampled_from([SUPPLIER, RECEIVER])),
    }


@settings(formula, max_examples=500)
@given(talks())
def test_a_price_lies_within_both_stated_limits_and_offers_cross_at_last(talk: dict[str, float]) -> None:
    agreed, rounds, price = bargaining.concession(*talk.values())
    deadline = min(talk["deadline_s"], talk["deadline_r"])
    assert rounds <= deadline
    if agreed:
        assert talk["stated_s"] - 1e-9 <= price <= talk["stated_r"] + 1e-9
    else:
        assert price == 0.0
    room = talk["stated_r"] - talk["stated_s"]
    if room < -1e-9:
        assert not agreed
    elif deadline >= talk["rounds"] and room > 1e-9:
        assert agreed
    elif not agreed:
        assert rounds == deadline


@pytest.mark.parametrize("first", [SUPPLIER, RECEIVER])
def test_the_longer_a_style_holds_out_the_more_it_gets(first: int) -> None:
    """Every supplier meets the same linear receiver; its opponent's side is the mirror of this."""
    prices = []
    for style in sorted(STYLES.values()):
        agreed, _, price = bargaining.concession(20.0, 0.0, style, 20, 0.0, 20.0, 1.0, 20, 20.0, first)
        assert agreed
        prices.append(price)
    assert prices == sorted(prices, reverse=True)
    assert prices[0] > prices[-1] + 5


def test_two_linear_sides_with_mirrored_ranges_meet_in_the_middle() -> None:
    # Asks fall 20, 19, ... 0 and bids rise 0, 1, ... 20: they meet at 10 after ten rounds.
    agreed, rounds, price = bargaining.concession(20.0, 0.0, 1.0, 20, 0.0, 20.0, 1.0, 20, 20.0, SUPPLIER)
    assert (agreed, rounds) == (True, 10)
    assert price == pytest.approx(10)


def test_in_its_last_round_a_side_takes_what_lies_within_its_limit_or_leaves() -> None:
    # The receiver's deadline is round 6, where a linear ask is 14 and a boulware ask still 19.95. A
    # receiver with a limit of 15 takes the one and leaves the other.
    linear, boulware = STYLES["linear"], STYLES["boulware"]
    agreed, rounds, price = bargaining.concession(20.0, 0.0, linear, 20, 0.0, 15.0, linear, 6, 20.0, SUPPLIER)
    assert (agreed, rounds, price) == (True, 6, pytest.approx(14))
    agreed, rounds, _ = bargaining.concession(20.0, 0.0, boulware, 20, 0.0, 15.0, linear, 6, 20.0, SUPPLIER)
    assert (agreed, rounds) == (False, 6)


def test_first_mover_share_as_published() -> None:
    for case in KNOWN["rubinstein_first_mover_share"]:
        share = bargaining.first_mover_share(case["own"], case["other"])
        assert share == pytest.approx(case["share"], abs=PRINTED)


@formula
@given(rates, rates)
def test_patience_is_the_limit_of_quick_offers_and_the_patient_side_gets_more(
    own: float, other: float
) -> None:
    share = bargaining.patience_share(own, other)
    assert share + bargaining.patience_share(other, own) == pytest.approx(1)
    moment = 1e-6
    quick = bargaining.first_mover_share(math.exp(-own * moment), math.exp(-other * moment))
    assert share == pytest.approx(quick, abs=1e-5)
    assert (share > 0.5) == (own < other) or own == pytest.approx(other)


def test_an_outside_option_shifts_the_split_only_when_it_binds() -> None:
    # Half of 20 is 10: an outside 8 changes nothing, 14 must be matched, two of 14 cannot be.
    assert bargaining.nash_split(0.5, 8.0, 0.0, 20.0) == 0.5
    assert bargaining.nash_split(0.5, 14.0, 0.0, 20.0) == pytest.approx(0.7)
    assert bargaining.nash_split(0.5, 0.0, 14.0, 20.0) == pytest.approx(0.3)
    assert bargaining.nash_split(0.5, 14.0, 14.0, 20.0) < 0


@formula
@given(shares, st.floats(0, 50), st.floats(0, 50), st.floats(0.01, 50))
def test_no_side_gets_less_than_elsewhere(
    patience: float, out_s: float, out_r: float, surplus: float
) -> None:
    split = bargaining.nash_split(patience, out_s, out_r, surplus)
    if out_s + out_r > surplus:
        assert split == -1.0
    else:
        assert -1e-12 <= split <= 1 + 1e-12
        assert split * surplus >= out_s - 1e-9
        assert (1 - split) * surplus >= out_r - 1e-9


def test_styles_and_protocols_have_codes_of_their_own_and_reasons_have_words() -> None:
    for words, table in ((Protocol, PROTOCOLS), (Style, STYLES), (Mode, MODES)):
        assert set(get_args(words)) == set(table) and len(set(table.values())) == len(table)
    assert all(b > 0 for b in STYLES.values())
    assert sorted(bargaining.REASONS) == list(range(len(bargaining.REASONS)))


# --- trust --------------------------------------------------------------------------------------------


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


# --- investment ---------------------------------------------------------------------------------------


def test_lead_time_by_the_power_of_ten_within_its_bounds() -> None:
    def lead(cost: float) -> float:
        return investment.lead_time(cost, 1.0, 0.5, 0.5, 4.0)

    assert lead(100e3) == 1.0
    assert lead(1e6) == pytest.approx(1.5)
    assert lead(10e6) == pytest.approx(2.0)
    assert lead(1.0) == lead(0.0) == 0.5
    assert lead(1e15) == 4.0


@formula
@given(st.floats(0, 1e10), st.floats(1, 1e6))
def test_a_dearer_connection_is_never_ready_sooner(cost: float, more: float) -> None:
    leads = [investment.lead_time(c, 1.0, 0.5, 0.5, 4.0) for c in (cost, cost + more)]
    assert 0.5 <= leads[0] <= leads[1] <= 4.0


def test_payback_in_years_and_its_ends() -> None:
    assert investment.payback(1e6, 250e3) == 4.0
    assert investment.payback(0.0, -5.0) == 0.0
    assert investment.payback(1.0, 0.0) == investment.payback(1.0, -1.0) == 1e6
    assert investment.payback(1e12, 1e-3) == 1e6


@formula
@given(st.floats(1e-9, 1 - 1e-9), st.floats(0.1, 30), st.floats(0.05, 3))
def test_a_draw_accepts_exactly_the_paybacks_that_its_chance_covers(
    u: float, limit: float, taste: float
) -> None:
    most = investment.most_payback_accepted(u, limit, taste)
    assert chance_to_accept(most, limit, taste) == pytest.approx(u, rel=1e-6)


def chance_to_accept(years: float, limit: float, taste: float) -> float:
    """The chance that the description states (docs/model.md, 7.12): logistic around the limit."""
    return 1 / (1 + math.exp(min(700.0, (years - limit) / taste)))


@formula
@given(st.floats(1e-9, 1 - 1e-9))
def test_half_accept_their_limit(u: float) -> None:
    assert (investment.most_payback_accepted(u, 4.0, 1.0) >= 4.0) == (u <= 0.5)


# --- production ---------------------------------------------------------------------------------------


def test_the_inverse_normal_agrees_with_the_library_to_twelve_digits() -> None:
    exact = NormalDist().inv_cdf
    tails = [10.0**-k for k in range(1, 17)]
    for u in (*tails, *np.linspace(0.001, 0.999, 997).tolist(), *(1 - t for t in tails[:-1])):
        assert production.standard_normal(u) == pytest.approx(exact(u), rel=1e-12, abs=1e-12)


@formula
@given(st.floats(1e-12, 0.5))
def test_the_inverse_normal_is_odd(u: float) -> None:
    assert production.standard_normal(1 - u) == pytest.approx(
        -production.standard_normal(1 - (1 - u)), abs=1e-9
    )


def test_mean_activity_is_capacity_times_utilisation() -> None:
    # A mean over equally likely z; capacity binds so rarely at u 0.5 and sd 0.1 that the mean is u.
    count = 20_000
    z = [production.standard_normal((i + 0.5) / count) for i in range(count)]
    made = [production.activity(1000.0, 0.5, each, 0.1, 0.0) for each in z]
    assert math.fsum(made) / count == pytest.approx(500, rel=1e-6)


def test_activity_is_capped_by_capacity_and_cut_by_an_outage() -> None:
    assert production.activity(1000.0, 0.85, 5.0, 0.1, 0.0) == 1000.0
    assert production.activity(1000.0, 0.85, 0.0, 0.0, 0.0) == 850.0
    assert production.activity(1000.0, 0.85, 0.0, 0.0, 0.5) == 425.0


def test_the_ar1_keeps_its_stationary_spread() -> None:
    # Variance rho^2 + (1 - rho^2) = 1, so independent standard normals stay standard normal.
    for rho in (0.0, 0.7, 0.999):
        weight_old = production.next_log_activity(1.0, rho, 0.0)
        weight_new = production.next_log_activity(0.0, rho, 1.0)
        assert weight_old == rho
        assert weight_old**2 + weight_new**2 == pytest.approx(1)


# --- tables -------------------------------------------------------------------------------------------

TABLES = [table for table in vars(fields).values() if isinstance(table, fields.Table)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_gives_rows_at_birth_addresses_units_and_meanings(table: fields.Table) -> None:
    rows = table.rows(2)
    assert rows.dtype.itemsize % 8 == 0
    addresses = [table.column(field.name) for field in table.fields]
    assert addresses == sorted(set(addresses))
    for field in table.fields:
        assert np.all(rows[field.name] == field.birth)
        assert field.kind in ("i8", "u8", "f8", "4f8")
        assert field.meaning
    assert set(table.units()) == {field.name for field in table.fields}


def test_a_field_that_would_be_wrong_uncompiled_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        fields.Table("wrong", (fields.Field("size", "f8", "1", "an attribute of a record"),))

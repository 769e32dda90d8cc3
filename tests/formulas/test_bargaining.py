"""Bargaining: published answers, and what holds of every talk whatever its styles, trusts and deadlines."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import bargaining
from agents.bargaining import RECEIVER, SUPPLIER
from agents.choices import MODES, PROTOCOLS, STYLES, Mode, Protocol, Style

from .ranges import KNOWN, PRINTED, formula, money, rates, shares, trusts


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

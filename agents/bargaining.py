"""How two companies agree on a price: protocols and styles.

*concession* - both open at the public range and concede towards the limit that they state (Faratin,
Sierra & Jennings 1998, time-dependent tactics). *nash* - the surplus is split by patience and
outside options (Nash 1950; Rubinstein 1982; Binmore, Rubinstein & Wolinsky 1986). *fixed* - a
stated split. Styles: *boulware* holds out (b 0.2), *linear* (1), *conceder* gives in early (5).
"""

import math

from .compiled import rule

SUPPLIER, RECEIVER = 0, 1
LN2 = math.log(2.0)

# What decided a negotiation
AGREED, NO_SURPLUS, MISTRUST, PAYBACK, NO_CASH, TRUST, OUT_OF_TIME = 0, 1, 2, 3, 4, 5, 6
REASONS = {
    AGREED: "agreed",
    NO_SURPLUS: "no surplus",
    MISTRUST: "hidden by mistrust",
    PAYBACK: "payback",
    NO_CASH: "no cash",
    TRUST: "trust",
    OUT_OF_TIME: "out of time",
}


@rule
def pace(style, trust):
    """Exponent b' of the concessions: b 2^(2T-1); trust concedes sooner.

    By `exp`, because a compiler may turn a power of two into another function with other last bits.
    """
    return style * math.exp(LN2 * (2.0 * trust - 1.0))


@rule
def conceded(n, rounds, pace):
    """Fraction conceded after round n of N: (n/N)^(1/b')."""
    return math.pow(n / rounds, 1.0 / pace)


@rule
def offer(opening, stated_limit, n, rounds, pace):
    """Price offered in round n, between the opening and the stated limit."""
    return opening + (stated_limit - opening) * conceded(n, rounds, pace)


@rule
def hidden(guard, trust, public_range):
    """How far mistrust moves the stated limit inward: guard (1 - T)/8 of the public range, EUR/unit.

    At no trust and guard 1 both sides hide an eighth, so that a deal needs a quarter of the range,
    as in the linear equilibrium of the double auction (Chatterjee & Samuelson 1983).
    """
    return guard * (1.0 - trust) / 8.0 * public_range


@rule
def concession(
    opening_s, stated_s, pace_s, deadline_s, opening_r, stated_r, pace_r, deadline_r, rounds, first
):
    """Alternating offers of two time-dependent tactics; returns (agreed, round, price).

    The one who speaks first in a round offers; the other accepts what is no worse than the offer it
    would make itself, else makes it, and the first accepts what is no worse than its own next offer.
    In its own last round (its private deadline, or N) a side accepts what lies within its own stated
    limit. When the first deadline has passed without a deal, there is none.
    """
    end = min(int(rounds), min(deadline_s, deadline_r))
    ask = offer(opening_s, stated_s, 1, rounds, pace_s)
    bid = offer(opening_r, stated_r, 1, rounds, pace_r)
    for n in range(1, end + 1):
        last_s, last_r = n >= min(rounds, deadline_s), n >= min(rounds, deadline_r)
        if first == SUPPLIER:
            if ask <= (stated_r if last_r else bid):
                return True, n, ask
            next_ask = stated_s if last_s else offer(opening_s, stated_s, n + 1, rounds, pace_s)
            if bid >= next_ask:
                return True, n, bid
            ask, bid = next_ask, offer(opening_r, stated_r, n + 1, rounds, pace_r)
        else:
            if bid >= (stated_s if last_s else ask):
                return True, n, bid
            next_bid = stated_r if last_r else offer(opening_r, stated_r, n + 1, rounds, pace_r)
            if ask <= next_bid:
                return True, n, ask
            ask, bid = offer(opening_s, stated_s, n + 1, rounds, pace_s), next_bid
    return False, end, 0.0


@rule
def patience_share(own_rate, other_rate):
    """Share of the surplus by patience, offers in quick turn: r_other/(r_own + r_other) (Rubinstein 1982)."""
    return other_rate / (own_rate + other_rate)


@rule
def first_mover_share(own_factor, other_factor):
    """Share of who offers first, with discount factors between rounds: (1 - d2)/(1 - d1 d2) (Rubinstein 1982)."""
    return (1.0 - other_factor) / (1.0 - own_factor * other_factor)


@rule
def nash_split(patience, outside_supplier, outside_receiver, surplus):
    """Supplier's share of the surplus by patience; an outside option shifts it only when it binds.

    `outside_*` are what each could get elsewhere, in the unit of `surplus` (Binmore et al. 1986).
    Returns a share outside 0..1 when both cannot be satisfied.
    """
    if outside_supplier + outside_receiver > surplus:
        return -1.0
    share = patience
    if share * surplus < outside_supplier:
        share = outside_supplier / surplus
    if (1.0 - share) * surplus < outside_receiver:
        share = 1.0 - outside_receiver / surplus
    return share

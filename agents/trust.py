"""Trust as a beta reputation: evidence, forgetting, opinions, the threshold to sign.

r good and s bad evidence, a the prior, T the expected trust (Josang & Ismail 2002).
"""

import math

from .compiled import rule


@rule
def prior_trust(mean, spread, z):
    """Prior of one company for another: logistic(logit(a) + sigma z)."""
    return 1.0 / (1.0 + math.exp(-(math.log(mean / (1.0 - mean)) + spread * z)))


@rule
def member_prior(prior, membership):
    """Prior between members of the association: a + 0.2 (1 - a)."""
    return prior + membership * (1.0 - prior)


@rule
def expected_trust(good, bad, prior):
    """T = (r + 2 a) / (r + s + 2)."""
    return (good + 2.0 * prior) / (good + bad + 2.0)


@rule
def more_good(good, memory, weight, verdict):
    """r after a quarter: lambda r + w (1 + v)/2, verdict v in -1..1."""
    return memory * good + weight * (1.0 + verdict) / 2.0


@rule
def more_bad(bad, memory, weight, loss_weight, verdict):
    """s after a quarter: lambda s + eta w (1 - v)/2; loss weighs eta times (Slovic 1993)."""
    return memory * bad + loss_weight * weight * (1.0 - verdict) / 2.0


@rule
def verdict(kept, tolerance):
    """Verdict on a delivery, -1..1: 2 min(1, f/0.9) - 1, f the share kept of what was agreed."""
    return 2.0 * min(1.0, kept / tolerance) - 1.0


@rule
def opinion(good_of_witness, bad_of_witness, good, bad):
    """Evidence (r, s) of a witness about a third, discounted by the own evidence about the witness.

    (2 r_w r, 2 r_w s) / ((s_w + 2)(r + s + 2) + 2 r_w) (Josang & Ismail 2002, eq. 12-13).
    """
    weight = 2.0 * good_of_witness / ((bad_of_witness + 2.0) * (good + bad + 2.0) + 2.0 * good_of_witness)
    return weight * good, weight * bad


@rule
def would_sign(trust, gain, stake):
    """Whether the odds of trust carry the stake, both in EUR: T/(1-T) gain >= stake (Coleman 1990)."""
    return trust >= 1.0 or trust / (1.0 - trust) * gain >= stake


@rule
def least_trust(gain, stake):
    """Trust at which one would just sign: stake / (stake + gain) (Coleman 1990)."""
    return stake / (stake + gain)

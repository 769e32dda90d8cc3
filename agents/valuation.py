"""What a stream is worth to either side: quantity, carriage, reservation prices, value in search.

Symbols of the equations: s ratio of substitution, l share that arrives, m quality loss, e treatment
and transport, K capital, k = K CRF / Q, x transaction cost, g and h the supplier's shares of e and K.
"""

import math

from .compiled import rule


@rule
def capital_recovery_factor(rate, years):
    """Yearly payment for a capital of 1: r / (1 - (1 + r)^-n); 1/n without interest."""
    if rate <= 0.0:
        return 1.0 / years
    return rate / (1.0 - math.pow(1.0 + rate, -years))


@rule
def present_value_factor(rate, years):
    """Present value of 1 a year over `years`: the inverse of the capital recovery factor."""
    return 1.0 / capital_recovery_factor(rate, years)


@rule
def share_arriving(distance, loss_length):
    """Share of a flow that arrives over `distance` km: exp(-d / loss length)."""
    return math.exp(-distance / loss_length)


@rule
def scaled_cost(reference_cost, capacity, reference_capacity, exponent):
    """Cost of a plant or a km of pipe of `capacity`: c0 (Q/Q0)^b (six-tenths rule)."""
    if reference_cost == 0.0:
        return 0.0
    return reference_cost * math.pow(capacity / reference_capacity, exponent)


@rule
def joint_value(price, disposal, ratio, arriving, quality_loss, extra_cost):
    """Yearly gain of both sides per unit sent before capital and transaction: s l (1-m) price + disposal - e, EUR/unit."""
    return ratio * arriving * (1.0 - quality_loss) * price + disposal - extra_cost


@rule
def supplier_limit(disposal, extra_share, extra_cost, transaction, capital_share, capital):
    """Least price of the supplier, EUR per unit sent: -disposal + g e + x + h k."""
    return -disposal + extra_share * extra_cost + transaction + capital_share * capital


@rule
def receiver_limit(
    price, ratio, arriving, quality_loss, extra_share, extra_cost, transaction, capital_share, capital
):
    """Highest price of the receiver, EUR per unit sent: s l (1-m) price - (1-g) e - x - (1-h) k."""
    worth = ratio * arriving * (1.0 - quality_loss) * price
    return worth - (1.0 - extra_share) * extra_cost - transaction - (1.0 - capital_share) * capital


@rule
def search_value(trust, worth, disposal, extra_cost, own_capital, quantity):
    """Value of an opportunity from public figures: T (s l price + disposal - e - own k) Q / 2, EUR/year."""
    return trust * (worth + disposal - extra_cost - own_capital) * quantity / 2.0

"""Connections: lead time, payback and who accepts it."""

import math

from .compiled import rule

LEAD_REFERENCE = 100e3  # EUR: the cost at which the lead time is `investment.lead_base`


@rule
def lead_time(cost, base, slope, shortest, longest):
    """Years from order to operation: base + slope log10(K / 0.1 M EUR), within bounds."""
    if cost <= 0.0:
        return shortest
    return min(longest, max(shortest, base + slope * math.log10(cost / LEAD_REFERENCE)))


@rule
def payback(capital, yearly_benefit):
    """Years until the benefit has paid the capital; without a benefit a million."""
    if capital <= 0.0:
        return 0.0
    if yearly_benefit <= 0.0:
        return 1e6
    return min(1e6, capital / yearly_benefit)


@rule
def most_payback_accepted(draw, limit, taste):
    """The payback that this draw of taste just accepts: PB* + theta ln(1/u - 1).

    So a payback is accepted with the chance 1 / (1 + exp((PB - PB*)/theta)).
    """
    return limit + taste * math.log(1.0 / draw - 1.0)

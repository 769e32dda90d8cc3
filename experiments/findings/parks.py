"""Parks drawn at random as findings use them, and turbulence of prices in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from simulation.reading import load_scenario

PARK = {
    "synthetic.companies": 30,
    "synthetic.prospects": 0,
    "entry.base": 0.0,
    "association.starts": 9999.0,
}
"""Thirty companies, nobody to come later, nobody who facilitates."""
FIRST, LAST, EVERY, SPREAD = 1976, 2010, 3, 0.5
"""Years in which prices jump, years between jumps, standard deviation of the logarithm of a level."""


def calm(_pair: int) -> Sequence[str]:
    """Prices as in the scenario."""
    return ()


def jumping(pair: int) -> Sequence[str]:
    """Every three years a new level for the virgin price of each good that a residue can replace.

    Levels are exp(σ z - σ²/2), of mean 1, drawn for the pair and the good alone.
    """
    draw = np.random.default_rng([pair, 1976])
    years = range(FIRST, LAST, EVERY)
    levels = np.exp(SPREAD * draw.standard_normal((len(years), len(_goods()))) - SPREAD**2 / 2)
    return [
        f"{year} price {good} {level:.3f}"
        for year, row in zip(years, levels, strict=True)
        for good, level in zip(_goods(), row, strict=True)
    ]


@lru_cache(maxsize=1)
def _goods() -> tuple[str, ...]:
    """Inputs of substitutions of the general catalogue that have a price to be scaled."""
    scenario = load_scenario("synthetic", set=PARK)
    inputs = {name for uses in scenario.substitutions.values() for name in uses}
    return tuple(
        sorted(name for name in inputs if max(scenario.resources[name].price.by_year.values(), default=0) > 0)
    )

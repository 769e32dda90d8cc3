"""A condition on outcomes in words: "savings_2018 < 10e6", "streams_2000 < 10 and trust_mean_2020 < 0.4"."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from simulation.problems import Problem, ScenarioError, nearest, shown

COMPARISONS: dict[str, Callable[[Any, float], Any]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
PART = re.compile(r"\s*([A-Za-z]\w*(?:\.\d+)?)\s*(<=|>=|<|>)\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*")
ALLOWED = 'OUTCOME < NUMBER, such as "savings_2018 < 10e6"; several joined by " and "'


def cases(text: str, runs: pd.DataFrame, outcomes: list[str]) -> np.ndarray:
    """Of every run whether the condition holds. Raises ScenarioError for what is no condition on the outcomes."""
    holds = np.ones(len(runs), bool)
    for part in re.split(r"\band\b", text):
        match = PART.fullmatch(part)
        if match is None:
            raise ScenarioError([Problem("--bad", found=shown(text), allowed=ALLOWED)])
        name, comparison, limit = match.groups()
        if name not in outcomes:
            raise ScenarioError([Problem("--bad", found=shown(name), hint=nearest(name, outcomes))])
        try:
            value = float(limit)
        except ValueError:
            raise ScenarioError([Problem("--bad", found=shown(limit), allowed="a number")]) from None
        holds &= COMPARISONS[comparison](runs[name].to_numpy(float), value)
    return holds

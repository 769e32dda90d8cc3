"""Where formulas are tried: published answers, and the ranges from which inputs are drawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

KNOWN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "known_answers.json").read_text(encoding="utf-8")
)
PRINTED = 5e-7  # published numbers are printed with six decimals

formula = settings(deadline=None, derandomize=True, max_examples=200)
shares = st.floats(0, 1)
trusts = st.floats(0.001, 0.999)
rates = st.floats(0.005, 0.5)
money = st.floats(-100, 100)

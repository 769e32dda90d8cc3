"""Whether indices have settled: their intervals, and the same indices from a part of the sample."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import look
from ..sweeping.design import Design
from .indices import block_size, indices

WIDEST = 0.05
"""Half width of an interval that counts as settled: of the variance (Sobol), of the largest effect (Morris).

Sarrazin, Pianosi & Wagener 2016 ask half of that for values, and less for a ranking alone.
"""
WIDEST_SAID = {"sobol": f"± {look.number(WIDEST)}", "morris": f"± {look.share(WIDEST)} of the largest effect"}
MAIN = {"sobol": ("first", "total"), "morris": ("mu_star",)}


def with_verdict(design: Design, found: pd.DataFrame) -> pd.DataFrame:
    """The indices with `converged`: whether the interval of each is narrow enough to be quoted."""
    scale = 1.0
    if design.design == "morris":
        scale = float(found.loc[found["index"] == "mu_star", "value"].max()) or 1.0
    half = found["half_width"]
    return found.assign(converged=np.where(half.isna(), False, half <= WIDEST * scale))


def steps(design: Design, values: np.ndarray) -> pd.DataFrame:
    """The main indices from an eighth, a quarter, a half and all of the sample: `blocks` and the indices."""
    whole = len(values) // block_size(design)
    sizes = sorted({size for part in (8, 4, 2, 1) if (size := whole // part) >= 4} | {whole})
    frames = []
    for size in sizes:
        table = indices(design, values, size)
        frames.append(table[table["index"].isin(MAIN[design.design])].assign(blocks=size))
    return pd.concat(frames, ignore_index=True)

"""The map of damage: how much the park loses without each company, on the map of its streams."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from simulation.run import simulate

from .. import canvas, look, park_map
from ..look import LIGHT, Style
from ..park_ground import ground
from ..park_layout import Disc, layout
from . import words
from .figure_of_ranking import subject
from .findings import MEASURES, Findings
from .scales import from_zero, upward

WIDTH = 10.0
LEAST, MOST = 3.5, 24.0
"""Radius of a disc in points; its area follows the loss."""
SAID = 0.02
"""Losses of at least this share of the largest have their number on the map."""


def damage_map(findings: Findings, style: Style = LIGHT) -> Figure | None:
    """Companies with discs by the loss without them, before the date of the losses; None without companies."""
    losses = by_company(findings)
    if losses.empty:
        return None
    question = findings.question
    result = simulate(question.scenario, question.seed, until=question.until)
    date = question.date - 0.25
    drawn = layout(result, date, (WIDTH - 2 * canvas.MARGIN) * 72)
    streams = result.streams(date)
    divisor, unit = words.scaled(float(losses.max()), MEASURES[question.by][1])
    most = max(float(losses.max()), 1e-9)
    discs = {name: _sized(disc, losses, most) for name, disc in drawn.discs.items()}
    height = drawn.height / 72 + 1.55
    page = canvas.sheet(WIDTH, height, subject(findings), _title(losses, unit, divisor, question.by),
                        _caption(findings, unit), style)  # fmt: skip
    axes = ground(page, question.scenario.grid, drawn)
    points = park_map.arcs(axes, streams, discs, alpha=0.3)
    colours, norm = upward(style), from_zero(most / divisor)
    for disc in discs.values():
        _disc(axes, disc, colours(norm(max(0.0, losses.get(disc.name, 0.0)) / divisor)), style)
    said = {
        name: f"{look.number(value / divisor, 2)} {unit}"
        for name, value in losses.items()
        if abs(value) >= SAID * most
    }
    park_map.names(
        axes, list(discs.values()), points, drawn, style, {str(name): each for name, each in said.items()}
    )
    park_map.key(axes, drawn.scale, style)
    return page.figure


def by_company(findings: Findings) -> pd.Series:
    """Loss a year by company, for losses of one company in the first mode asked for."""
    found: dict[str, float] = {}
    first = "".join(findings.question.modes[:1])
    for key, row in findings.worst().iterrows():
        loss = findings.loss(str(key))
        if len(loss.companies) == 1 and loss.mode == first:
            found.setdefault(loss.companies[0], float(row["mean"]))
    return pd.Series(found, dtype=float)


def _sized(disc: Disc, losses: pd.Series, most: float) -> Disc:
    part = max(0.0, float(losses.get(disc.name, 0.0))) / most
    return replace(disc, radius=max(LEAST, MOST * math.sqrt(part)))


def _disc(axes: Axes, disc: Disc, colour: Any, style: Style) -> None:
    axes.add_patch(
        Circle(
            (disc.x, disc.y),
            disc.radius,
            facecolor=colour,
            edgecolor=style.ink,
            linewidth=0.9,
            zorder=5,
            gid="company",
        )
    )


def _title(losses: pd.Series, unit: str, divisor: float, by: str) -> str:
    ordered = losses.sort_values(ascending=False, kind="stable")
    first = f"{look.number(ordered.iloc[0] / divisor)} {unit}"
    share = ordered.iloc[0] / max(ordered.clip(lower=0).sum(), 1e-9)
    if len(ordered) == 1:
        return f"Without {ordered.index[0]} the park loses {first} of {words.name_of(by)}"
    return (
        f"Without {ordered.index[0]} the park loses {first} of {words.name_of(by)}, {look.share(share)} of "
        f"the sum of all {len(ordered)} single losses"
    )


def _caption(findings: Findings, unit: str) -> str:
    basis, name = words.basis(findings).replace(", 95 % intervals", ""), words.name_of(findings.question.by)
    return (
        f"{basis}. Area and colour of a disc: {name} lost a year ({unit}) without that company. Arcs: streams just "
        "before the losses in the first run, from supplier to receiver, pale in the colour of their class; discs "
        "without a number lose less than 2 % of the largest."
    )

"""The outcome of a stress job as a page, tables and a figure show it."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np

from experiments import look

from .stress_job import RECOVERED, SHOWN, Outcome

MOST_COMPANIES = 14
LOW, HIGH = 100 * (1 - SHOWN) / 2, 100 * (1 + SHOWN) / 2


def told(outcome: Outcome) -> dict[str, Any]:
    """Headline, ranking with bands, recovery curves, and who loses by whom."""
    plan, order = outcome.plan, outcome.order
    first, last = plan.quarters
    return {
        "headline": headline(outcome),
        "ranking": [_rank(outcome, k) for k in order],
        "years": (last - first) / 4,
        "curves": [
            {
                "name": plan.partners[k],
                "middle": np.round(np.median(outcome.curve[k], axis=0), 3).tolist(),
                "low": np.round(np.percentile(outcome.curve[k], LOW, axis=0), 3).tolist(),
                "high": np.round(np.percentile(outcome.curve[k], HIGH, axis=0), 3).tolist(),
            }
            for k in order
        ],
        "losses": _losses(outcome),
    }


def headline(outcome: Outcome) -> str:
    """The main result in a sentence, with its interval and number of runs."""
    k = outcome.order[0]
    plan = outcome.plan
    low, high = np.percentile(outcome.savings[k], [LOW, HIGH])
    worst = plan.partners[k]
    if outcome.savings[k].mean() >= 0:
        return f"Nobody who was tried is missed in {look.plural(plan.runs, 'run')}: savings do not fall."
    return (
        f"{worst} is missed most: without it the companies save {look.money(-float(outcome.savings[k].mean()))} less over "
        f"{look.number(plan.quarters[1] / 4 - plan.quarters[0] / 4)} years (90 % of {look.plural(plan.runs, 'run')}: "
        f"{look.money(-float(high))} to {look.money(-float(low))}). A model result, not a forecast."
    )


def _rank(outcome: Outcome, k: int) -> dict[str, Any]:
    loss = -outcome.savings[k] / 1e6
    quarters = outcome.recovery[k]
    back = float((quarters >= 0).mean())
    when = float(np.median(quarters[quarters >= 0])) / 4 if back > 0 else float("nan")
    return {
        "name": outcome.plan.partners[k],
        "mean": round(float(loss.mean()), 4),
        "low": round(float(np.percentile(loss, LOW)), 4),
        "high": round(float(np.percentile(loss, HIGH)), 4),
        "told": look.number(float(loss.mean())),
        "own": look.number(float(-outcome.own[k].mean() / 1e6)),
        "others": look.number(float((loss + outcome.own[k] / 1e6).mean())),
        "co2": look.number(float(-outcome.co2[k].mean() / 1e3)),
        "streams": look.number(float(-outcome.streams[k].mean())),
        "back": _back(back, when),
        "there": bool(outcome.there[k].any()),
    }


def _back(share: float, when: float) -> str:
    """How many runs recover, and when half of those have."""
    if share < 0.5:
        return look.share(share)
    return f"{look.share(share)}, " + (
        "half of them at once" if when == 0 else f"half of them in {look.number(when, 2)} years"
    )


def _losses(outcome: Outcome) -> dict[str, Any]:
    """Mean difference by company and leaver, the companies that are hit or helped most."""
    names = outcome.plan.course.foundation.names.companies
    total = np.abs(outcome.companies).sum(axis=0)
    rows = [row for row in np.argsort(-total, kind="stable")[:MOST_COMPANIES].tolist() if total[row] >= 1000]
    largest = max(float(np.abs(outcome.companies).max()), 1.0)
    return {
        "leavers": [outcome.plan.partners[k] for k in outcome.order],
        "rows": [
            {
                "name": names[row],
                "cells": [
                    [
                        _tenth(float(value) / 1e6),
                        round(float(np.sign(value) * np.sqrt(abs(value) / largest)), 3),
                    ]
                    for value in (outcome.companies[k][row] for k in outcome.order)
                ],
            }
            for row in rows
        ],
    }


def _tenth(value: float) -> str:
    """M EUR with one decimal; nothing where that would be 0.0."""
    return look.fixed(value, 1) if abs(value) >= 0.05 else ""


def table_of_ranking(outcome: Outcome) -> str:
    """CSV: a row a partner, units in the header."""
    rows = [
        [
            "partner",
            "loss_mean_EUR",
            "loss_5_EUR",
            "loss_95_EUR",
            "own_gain_lost_EUR",
            "co2_not_avoided_t",
            "streams_lost",
            "share_recovered",
        ]
    ]
    for k in outcome.order:
        loss = -outcome.savings[k]
        spread = [loss.mean(), np.percentile(loss, LOW), np.percentile(loss, HIGH), -outcome.own[k].mean()]
        others = [-outcome.co2[k].mean(), -outcome.streams[k].mean(), (outcome.recovery[k] >= 0).mean()]
        rows.append([outcome.plan.partners[k], *(f"{value:.6g}" for value in [*spread, *others])])
    return _csv(rows)


def table_of_runs(outcome: Outcome) -> str:
    """CSV: a row a partner and run."""
    rows = [["partner", "run", "loss_EUR", "co2_not_avoided_t", "streams_lost", "quarters_to_recovery"]]
    for k, name in enumerate(outcome.plan.partners):
        for run in range(outcome.plan.runs):
            values = (-outcome.savings[k, run], -outcome.co2[k, run], -outcome.streams[k, run])
            back = int(outcome.recovery[k, run])
            rows.append(
                [name, str(run), *(f"{value:.6g}" for value in values), "" if back < 0 else str(back)]
            )
    return _csv(rows)


def figure(outcome: Outcome) -> bytes:
    """The ranking as PNG, in the look of all figures."""
    from experiments import canvas

    order = outcome.order[::-1][-20:]
    style = look.LIGHT
    height = 1.9 + 0.28 * len(order)
    caption = (
        f"Model result, {look.plural(outcome.plan.runs, 'paired run')}. Mean loss of savings of all companies after the "
        f"partner left in {look.year(outcome.plan.year)}; line: 90 % of runs."
    )
    page = canvas.sheet(
        9.6, height, outcome.plan.course.scenario.title, headline(outcome).split(":")[0], caption, style
    )
    axes = page.panel(2.6, page.bottom + 0.5, 9.2, page.top - 0.1)
    for place, k in enumerate(order):
        loss = -outcome.savings[k] / 1e6
        axes.barh(place, loss.mean(), height=0.62, color=look.HARM if loss.mean() > 0 else look.GAIN)
        axes.plot(np.percentile(loss, [LOW, HIGH]), [place, place], color=style.ink, linewidth=1.2)
    axes.set_yticks(range(len(order)), [outcome.plan.partners[k] for k in order])
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("M EUR less saved", color=style.soft, family=look.FONT, size=look.SMALL)
    out = io.BytesIO()
    page.figure.savefig(out, format="png", facecolor=style.paper)
    return out.getvalue()


def _csv(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


EXPLAINED = f"Recovered: savings of a year are back at {100 * RECOVERED:.0f} % of the twin's and stay there for a year."

"""What happens when partners go: the test of `experiments.stressing` as the page asks it, shows it, hands it out."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments import look
from experiments.stressing import Findings
from experiments.stressing.contingencies import pairs
from experiments.stressing.notes import notes
from experiments.stressing.question import Question, asked
from experiments.stressing.recovery import medians
from experiments.stressing.results import TABLES
from experiments.stressing.stress import in_memory
from experiments.stressing.words import headline, ranks
from simulation.problems import Problem, ScenarioError

from .course import Course
from .limits import limits, too_much_work

if TYPE_CHECKING:
    import pandas as pd

MOST_COMPANIES, MOST_LOSSES, MOST_ROWS = 14, 8, 12
SURE = 0.05
DRAWING = threading.Lock()
"""Settings of matplotlib hold for all threads: one draws at a time."""
MORE: dict[str, tuple[str, dict[str, str]]] = {
    "differences": ("Ways of going compared, savings lost in M EUR a year", {
        "contingency": "Loss", "against": "compared", "loss": "in the first way", "loss_against": "in this way",
        "difference": "difference", "low": "95 % from", "high": "to"}),
    "pairs": ("Two at once, savings lost in M EUR a year", {
        "contingency": "Both lost", "both": "together", "loss_one": "the first alone",
        "loss_other": "the second alone", "interaction": "more than the sum", "low": "95 % from", "high": "to"}),
    "cascade": ("What follows in others", {
        "contingency": "After the loss of", "what": "what", "company": "company", "supplier": "from",
        "receiver": "to", "residue": "residue", "share_of_runs": "in runs", "year": "median year"}),
    "replaced": ("How lost streams are replaced", {
        "contingency": "Loss of", "supplier": "from", "receiver": "to", "residue": "residue", "value": "worth, M EUR a year",
        "share": "replaced", "years": "first after, years", "by": "mostly by"}),
}  # fmt: skip
"""Tables that are shown with their first rows: title, and headings by column."""


class Download(NamedTuple):
    """A file of an outcome, made when somebody wants it."""

    name: str
    label: str
    data: Callable[[], bytes]


class Outcome(NamedTuple):
    """An answer: what the page draws, and the files that it hands out."""

    told: dict[str, Any]
    downloads: list[Download]


def question_of(
    course: Course, partners: Sequence[str], modes: Sequence[str], year: float, years: float, runs: int, order: int
) -> Question:  # fmt: skip
    """The question of a visitor about the park as it is, with what was done to it. Raises ScenarioError."""
    partners, modes, most = list(dict.fromkeys(partners)), list(dict.fromkeys(modes)), limits()
    ends = course.foundation.calendar.year(course.quarters)
    count = len(partners)
    losses = len(modes) * (count + (count * (count - 1) // 2 if order == 2 else 0))
    problems = []
    if not losses:
        problems.append(Problem("partners", found="none", allowed="at least one, and a way of going"))
    if order == 2 and not 2 <= count <= most.stress_pairs:
        allowed = f"2 to {most.stress_pairs} where every two are lost together"
        problems.append(Problem("partners", found=str(count), allowed=allowed))
    if not runs >= 2 or runs * losses > most.stress_runs:
        found = f"{runs} for each of {look.plural(losses, 'loss', 'losses')}"
        problems.append(Problem("runs", found=found, allowed=f"at least 2, and {most.stress_runs} in all"))
    problems += too_much_work(course.scenario, (runs + 1) * (losses + 1))
    if not years >= 1 or not year + 1 <= ends:
        allowed = f"at least one before the run ends in {ends:g}"
        problems.append(Problem("years", found=f"{years:g} from {year:g}", allowed=allowed))
    if problems:
        raise ScenarioError(problems)
    park = course.scenario.model_copy(update={"events": list(course.words)})
    try:
        return asked(park, year=year, remove=partners, mode=modes, order=order, runs=runs, seed=course.seed,
                     until=min(year + years, ends))  # fmt: skip
    except ScenarioError as error:
        raise ScenarioError([replace(p, file=p.file.removeprefix("--")) for p in error.problems]) from None


def answered(question: Question, progress: Callable[[int, int], None]) -> Outcome:
    """Do all runs and work out every table; `progress` hears of paired runs, and may raise to stop it."""
    total = question.runs * (len(question.singles) + (question.order - 1) * len(pairs(question.singles)))
    findings = in_memory(question, lambda done, jobs: progress(done * total // jobs, total))
    tables = {}
    for name, table in TABLES.items():
        frame = table(findings)
        progress(total, total)
        if len(frame):
            tables[name] = frame[[column for column in frame if not str(column).startswith("_")]]
    return Outcome(told(findings, tables), downloads(findings, tables))


def downloads(findings: Findings, tables: dict[str, pd.DataFrame]) -> list[Download]:
    """Every table with rows as CSV, and the figures as PNG."""
    files = [
        Download(f"{name}.csv", f"{look.sentence(look.words(name))} (CSV)", partial(_csv, frame))
        for name, frame in tables.items()
    ]
    drawn = ["ranking", "recovery", "losers", *(["pairs"] if "pairs" in tables else [])]
    return files + [
        Download(f"{name}.png", f"{look.sentence(name)} (PNG)", partial(_png, findings, name))
        for name in drawn
    ]


def _csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


def _png(findings: Findings, name: str) -> bytes:
    """A figure, names as they stand: a dollar in one is no formula."""
    from matplotlib import rc_context

    from experiments.stressing.figures import FIGURES

    out = io.BytesIO()
    with DRAWING, rc_context({"text.parse_math": False}):
        figure = FIGURES[name](findings, look.LIGHT)
        assert figure is not None
        figure.savefig(out, format="png", dpi=look.DPI, facecolor=figure.get_facecolor())
    return out.getvalue()


def told(findings: Findings, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Headline, ranking, recovery curves, who loses, and the first rows of what else was found."""
    worst, back = findings.worst(), medians(findings, findings.question.by)
    co2 = findings.worst("co2_avoided")["mean"]
    bands = tables["curves"]
    bands = bands[bands["indicator"] == findings.question.by]
    names = worst["contingency"].tolist()
    curves = [bands[bands["loss"] == key] for key in worst.index]
    return {
        "headline": headline(findings),
        "notes": notes(findings),
        "years": findings.years,
        "ranking": [_rank(findings, row, float(co2[key]), back[key]) for key, row in worst.iterrows()],
        "curves": [
            {"name": name, **{each: own[each].round(3).tolist() for each in ("since", "median", "low_90", "high_90")}}
            for name, own in zip(names, curves, strict=True)
        ],
        "losses": _losses(tables, names),
        "more": [_more(name, tables[name], findings.question.by) for name in MORE if name in tables],
    }  # fmt: skip


def _rank(findings: Findings, row: Any, co2: float, back: float) -> dict[str, Any]:
    mean, low, high = (float(row[name]) / 1e6 for name in ("mean", "low", "high"))
    own, others = (float(row[name]) / findings.years / 1e6 for name in ("own_lost", "others_lost"))
    after = look.span(back) if np.isfinite(back) else f"not in {look.span(findings.years)}"
    return {
        "name": row["contingency"], "rank": ranks(row), "group": int(row["group"]),
        "mean": mean, "low": low, "high": high,
        "told": f"{look.number(mean)} ({look.number(low)} to {look.number(high)})",
        "own": look.number(own), "others": look.number(others), "co2": look.number(co2 / 1e3),
        "streams": look.fixed(float(row["streams_at_once"]), 1),
        "back": (after if back else "never away") if row["present"] else "not in the park then",
    }  # fmt: skip


def _losses(tables: dict[str, pd.DataFrame], names: Sequence[str]) -> dict[str, Any]:
    """Savings lost by company and loss, of the companies that are hit or helped most; sure where the test says so."""
    leavers = list(names)[:MOST_LOSSES]
    if "company_loss" not in tables:
        return {"leavers": leavers, "rows": []}
    table = tables["company_loss"]
    wide, p = (
        table.pivot(index="company", columns="contingency", values=column)
        .reindex(columns=leavers)
        .fillna(0.0)
        for column in ("savings", "p_adjusted")
    )
    weight = wide.abs().sum(axis=1).sort_values(ascending=False, kind="stable")
    largest = max(float(wide.abs().to_numpy().max(initial=0.0)), 1.0)
    companies = [name for name in weight.index[:MOST_COMPANIES] if weight[name] >= 1000]
    return {"leavers": leavers, "rows": [
        {"name": company, "cells": [
            {"text": look.fixed(value / 1e6, 2) if abs(value) >= 5000 else "", "sure": bool(p.loc[company, leaver] < SURE),
             "shade": round(float(np.sign(value) * np.sqrt(abs(value) / largest)), 3)}
            for leaver, value in wide.loc[company].items()]}
        for company in companies]}  # fmt: skip


def _more(name: str, frame: pd.DataFrame, by: str) -> dict[str, Any]:
    title, columns = MORE[name]
    chosen = frame[frame["measure"] == by] if "measure" in frame else frame
    if name == "replaced":
        chosen = chosen.sort_values("value", ascending=False, kind="stable")
    cells = [
        [_cell(each, row[each]) for each in columns] for row in chosen.head(MOST_ROWS).to_dict("records")
    ]
    return {"title": title, "columns": list(columns.values()), "cells": cells, "rows": len(chosen)}


def _cell(column: str, value: Any) -> str:
    if isinstance(value, str):
        return look.words(value) if column == "residue" else value
    if column.startswith("share"):
        return look.share(value)
    return look.year(value) if column == "year" else look.number(value if column == "years" else value / 1e6)

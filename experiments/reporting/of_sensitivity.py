"""The report of a sensitivity study: which fields matter for each outcome, and what has not settled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import look
from ..look import Style
from ..sensitivities import figures
from ..sensitivities.said import asked, headline, never_said
from ..sensitivities.study import Sensitivity, read
from ..sweeping.outcomes import parsed, unit_of_change
from ..sweeping.over_runs import field_value, shown
from ..sweeping.sweep import SCENARIO
from . import of_sweep
from .document import Block, Cell, Code, Column, Note, Picture, Prose, Report, Section, Table, words
from .drawing import picture

MEANING = {
    "sobol": "Total: the share of the variance of the outcome in which a field has a part, alone or with others. "
    "First order: the share that it explains alone. What the total has beyond that is interaction.",
    "morris": "Mean absolute effect: how far the outcome moves, on average, when a field goes from end to end of its "
    "range. Spread: how much that depends on the other fields, or bends.",
}


@dataclass(frozen=True)
class Study:
    """A study with what its ledger says of it."""

    found: Sensitivity
    sweep: of_sweep.Sweep


def opened(folder: Path) -> Study:
    """The study in a folder. Raises ScenarioError or ValueError where it cannot be read."""
    return Study(read(folder), of_sweep.opened(folder))


def report_of(study: Study, folder: Path) -> Report:
    """The report of a study that was opened."""
    found, outcomes = study.found, study.found.design.outcomes
    first = _picture(found, "ranking", outcomes[0])
    return Report(
        kind="Sensitivity",
        title=study.sweep.scenario,
        question=f"Which of {look.plural(len(found.design.axes), 'field')} do {', '.join(outcomes)} depend on?",
        headlines=[headline(found, outcome) + "." for outcome in outcomes],
        caution=figures.caption(found),
        picture=first,
        sections=[_section(found, outcome, outcome == outcomes[0]) for outcome in outcomes]
        + [Section("Ranges and method", "method", _method(study)), of_sweep.settings(study.sweep.settings)],
        repeat=[_again(found, folder), *of_sweep.repeat(folder, study.sweep.meta, study.sweep.model)[1:]],
        limits=[
            *of_sweep.limits(study.sweep.meta),
            "Indices hold for the ranges stated here: a wider range makes a field matter more.",
        ],
    )


def _section(found: Sensitivity, outcome: str, ranking_shown: bool) -> Section:
    kinds = ["settling"] if ranking_shown else ["ranking", "settling"]
    kinds.append("effects" if found.design.design == "morris" else "pairs")
    if found.design.design == "sobol" and not found.design.second_order:
        kinds.remove("pairs")
    parts: list[Block] = [_table(found, outcome), *(_picture(found, kind, outcome) for kind in kinds)]
    if said := never_said(found, outcome):
        parts.append(Note(said))
    if outcome in found.luck:
        said = f"{look.share(found.luck[outcome])} of the variance of single runs lies between replicates of one point: luck."
        parts.append(Prose(said))
    return Section(outcome, outcome, parts)


def _picture(found: Sensitivity, kind: str, outcome: str) -> Picture:
    def draw(study: Any, style: Style) -> Any:
        return figures.KINDS[kind](study, outcome, style)

    return picture(draw, found, f"{kind}-{outcome}", "The table has the same numbers.")


def _table(found: Sensitivity, outcome: str) -> Table:
    sobol = found.design.design == "sobol"
    main, beside = ("total", "first") if sobol else ("mu_star", "sigma")
    ranked, other = found.of(outcome, main), found.of(outcome, beside)
    both = ranked.merge(other[["value", "half_width"]], on="field", suffixes=("", "_beside")).reset_index()
    unit = unit_of_change(parsed(outcome))

    def said(value: float) -> str:
        return look.fixed(value, 2) if sobol else shown(value, unit)

    rows: list[list[Cell]] = [
        [row["field"], said(row["value"]), said(row["half_width"]), said(row["value_beside"]),
         said(row["half_width_beside"]) if sobol else look.NOTHING, "yes" if row["converged"] else "no"]
        for row in both.to_dict("records")
    ]  # fmt: skip
    heads = ("Total", "First order") if sobol else ("Mean absolute effect", "Spread")
    columns = (words("Field"), Column(heads[0]), Column("±"), Column(heads[1]), Column("±"), words("Settled"))
    return Table(f"Indices of {outcome}, largest first", columns, rows, MEANING[found.design.design])


def _method(study: Study) -> list[Block]:
    rows: list[list[Cell]] = [
        [name, field_value(name, axis.low), field_value(name, axis.high)]  # type: ignore[union-attr]
        for name, axis in study.found.design.axes.items()
    ]
    parts: list[Block] = [Table("Ranges", (words("Field"), Column("From"), Column("To")), rows)]
    if study.found.failed:
        parts.append(
            Note(f"{look.plural(study.found.failed, 'run')} failed; their blocks of the sample are left out.")
        )
    return parts


def _again(found: Sensitivity, folder: Path) -> Code:
    line = f"symbiopark sensitivity {folder.name}/{SCENARIO} {' '.join(asked(found.design))} --out NEW"
    return Code("The same study again, in a new folder:", [line])

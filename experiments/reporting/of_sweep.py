"""The report of a sweep: each outcome over the fields of the design, runs that failed, how to repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.fieldpaths import fields
from simulation.reading import load_scenario
from simulation.scenario import Scenario

from .. import look
from ..sweeping.design import Design, Until, load_design
from ..sweeping.figures import OverFields, headline, over_fields
from ..sweeping.folder import table_of
from ..sweeping.ledger import DONE, Ledger
from ..sweeping.outcomes import Outcome, parsed, unit_of
from ..sweeping.over_runs import field_value, quantiles, shown
from ..sweeping.stopping import came_to
from ..sweeping.sweep import SCENARIO, text_of
from . import run_changes, run_settings
from .document import (
    Block,
    Code,
    Column,
    Facts,
    Folded,
    KeyFigure,
    Note,
    Picture,
    Prose,
    Report,
    Section,
    Table,
    words,
)
from .drawing import picture

MOST_POINTS, MOST_FAILURES = 60, 10
CUTS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Sweep:
    """A sweep as its folder holds it, finished or not."""

    design: Design
    settings: Scenario
    scenario: str
    model: str
    runs: pd.DataFrame
    fields: list[str]
    planned: int
    meta: dict[str, Any]


def opened(folder: Path) -> Sweep:
    """The sweep in a folder. Raises ScenarioError or ValueError where it cannot be read."""
    ledger = Ledger.reading(folder)
    try:
        meta = {
            key: ledger.meta(key)
            for key in ("identity", "total", "points", "context", "workers", "began", "ended")
        }
    finally:
        ledger.close()
    runs = table_of(folder)
    if runs.empty or not (runs["status"] == DONE).any():
        raise ValueError("no run has finished yet")
    fields = list(dict.fromkeys(name for point in meta["points"] for name in point))
    design = load_design(folder / "design.toml")
    name = meta["context"]["scenario"].get("title") or meta["context"]["scenario"]["name"]
    return Sweep(
        design,
        load_scenario(folder / SCENARIO),
        name,
        meta["identity"]["model"],
        runs,
        fields,
        meta["total"],
        meta,
    )


def report_of(sweep: Sweep, folder: Path) -> Report:
    """The report of a sweep that was opened."""
    done = sweep.runs[sweep.runs["status"] == DONE]
    numeric = [
        name
        for name in sweep.fields
        if pd.api.types.is_numeric_dtype(done[name]) and done[name].nunique() > 1
    ]
    pictures = [
        _picture(OverFields(done, numeric, name))
        for name in sweep.design.outcomes
        if done[name].notna().any()
    ]
    sections = [
        Section("Outcomes", "outcomes", [*_rest(pictures), _outcomes(sweep, done), *_by_point(sweep, done)]),
        Section("Runs", "runs", _runs(sweep)),
        Section("Design", "design", _design(sweep)),
        settings(sweep.settings),
    ]
    return Report(
        kind="Sweep",
        title=sweep.scenario,
        question=sweep.design.question or _question(sweep),
        headlines=[headline(OverFields(done, numeric, name)) + "." for name in sweep.design.outcomes[:3]],
        caution=f"Model results of {look.plural(len(done), 'run')} at {look.plural(done['point'].nunique(), 'point')}, "
        f"seed {sweep.design.seed}; the same seeds at every point.",
        key_figures=[_key_figure(done, name) for name in sweep.design.outcomes[:4]],
        picture=pictures[0] if pictures else None,
        sections=sections,
        repeat=repeat(folder, sweep.meta, sweep.model),
        limits=limits(sweep.meta),
    )


def repeat(folder: Path, meta: dict[str, Any], model: str) -> list[Block]:
    """How to go on with a study, repeat one of its runs, and which model it was."""
    return [
        Code(
            "The same sweep again, in a new folder:",
            [f"symbiopark sweep {folder.name}/design.toml --out NEW"],
        ),
        Code("One of its runs, bit for bit:", [f"symbiopark rerun {folder.name} --run 0 --check"]),
        Code("This page again:", [f"symbiopark report {folder.name}"]),
        Facts(
            [
                ("Model", model),
                ("Scenario", str(meta["identity"]["scenario"])),
                ("Workers", str(meta["workers"])),
            ],
            code=True,
        ),
    ]


def settings(scenario: Scenario) -> Section:
    """The scenario that all runs start from, with where its numbers come from."""
    every = list(fields(scenario))
    blocks = run_settings.blocks(scenario, every, run_changes.changes(scenario, every), SCENARIO)
    return Section("Settings and where they come from", "settings", blocks)


def limits(meta: dict[str, Any]) -> list[str]:
    """What a study of many runs is not."""
    said = [
        "It is a model result, not a forecast: it says what follows from the rules and numbers of the scenario.",
        "Bands are those of chance in the model; they hold nothing of what the model leaves out.",
    ]
    if not meta["context"].get("uncertain"):
        said.append(
            "Estimates stand at their stated values; uncertain = true in the design draws them from their ranges."
        )
    return said


def _picture(of: OverFields) -> Picture:
    shows = "Small panels, one a field: median and bands of runs. The tables below have the same numbers."
    return picture(over_fields, of, f"over-{of.outcome}", shows)


def _rest(pictures: list[Picture]) -> list[Block]:
    return list(pictures[1:])


def _question(sweep: Sweep) -> str:
    names = " and ".join(sweep.fields[:4]) or "chance alone"
    return f"How do {', '.join(sweep.design.outcomes[:4])} depend on {names}?"


def _key_figure(done: pd.DataFrame, name: str) -> KeyFigure:
    outcome = parsed(name)
    low, middle, high = (shown(each, unit_of(outcome)) for each in quantiles(done[name], outcome))
    band = f"{low} to {high}" if low != high else low
    return KeyFigure(name, middle, "", f"median; 90 % of runs {band}")


def _outcomes(sweep: Sweep, done: pd.DataFrame) -> Table:
    rows = []
    for name in sweep.design.outcomes:
        outcome, values = parsed(name), done[name]
        cuts = [shown(each, unit_of(outcome)) for each in quantiles(values, outcome, CUTS)]
        rows.append([name, *cuts, look.count(len(values)), look.count(values.isna().sum())])
    columns = (
        words("Outcome"),
        *(Column(look.share(cut)) for cut in CUTS),
        Column("Runs"),
        Column("Never"),
    )
    return Table(
        "Outcomes over all runs, quantiles",
        columns,
        rows,
        "Never: runs that do not come to it by their end; they count as later than all others.",
    )


def _by_point(sweep: Sweep, done: pd.DataFrame) -> list[Block]:
    """Mean with its interval at every point, where points are few and have replicates."""
    groups = done.groupby("point")
    if len(groups) > MOST_POINTS or groups.size().min() < 3:
        return []
    rows = []
    for point, own in groups:
        cells = [_set(sweep.meta["points"][int(str(point))], name) for name in sweep.fields]
        for name in sweep.design.outcomes:
            cells.append(_at_point(own[name], parsed(name)))
        rows.append([*cells, look.count(len(own))])
    fields = [words(name) for name in sweep.fields] or [words("Point")]
    rows = [row if sweep.fields else ["as it is", *row] for row in rows]
    columns = (*fields, *(Column(name) for name in sweep.design.outcomes), Column("Runs"))
    note = "± half width of the 95 % interval (Student's t)."
    if any(parsed(name).may_never for name in sweep.design.outcomes):
        note += " Of times that may never come: the median, and in how many runs it comes."
    return [Table("Mean of the replicates of every point", columns, rows, note)]


def _at_point(values: pd.Series, outcome: Outcome) -> str:
    """An outcome at one point: mean and interval; of a time that may never come the median, and how often it comes."""
    from scipy import stats

    unit, known = unit_of(outcome), values.dropna()
    if outcome.may_never:
        (middle,) = quantiles(values, outcome, [0.5])
        return f"{shown(middle, unit)} ({look.count(len(known))} of {look.count(len(values))})"
    if len(known) < 3:
        return look.NOTHING
    half = stats.t.ppf(0.975, len(known) - 1) * stats.sem(known)
    return f"{shown(float(known.mean()), unit)} ± {shown(float(half), unit)}"


def _set(point: dict[str, Any], field: str) -> str:
    """The value of a field at a point; points of a list need not all set the same ones."""
    if field not in point:
        return "as it is"
    value = point[field]
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return field_value(field, value) if plain else str(value)


def _runs(sweep: Sweep) -> list[Block]:
    failed = sweep.runs[sweep.runs["status"] != DONE]
    rule = sweep.design.replicates
    of = "of at most" if isinstance(rule, Until) else "of"
    finished = f"{look.count(len(sweep.runs))} {of} {look.count(sweep.planned)} runs are finished"
    said = f"{finished}, {look.count(len(failed))} failed."
    parts: list[Block] = [Prose(said)]
    if isinstance(rule, Until):
        parts.append(Prose(came_to(sweep.runs, rule)))
    if len(sweep.runs) < sweep.planned and isinstance(rule, int):
        parts.append(
            Note(
                "The sweep has not finished. Runs go replicate by replicate, so this is an even sample of it."
            )
        )
    if len(failed):
        rows = [
            [
                str(row["run"]),
                str(row["point"]),
                str(row["replicate"]),
                str(row["error"]).strip().splitlines()[-1],
            ]
            for row in failed.head(MOST_FAILURES).to_dict("records")
        ]
        columns = (words("Run"), words("Point"), words("Replicate"), words("Error", wide=True))
        parts.append(Table("Runs that failed", columns, rows, "rerun DIR --run ID shows the traceback."))
    return parts


def _design(sweep: Sweep) -> list[Block]:
    seconds = sweep.runs["seconds"].sum()
    facts = [
        ("Method", sweep.design.design), ("Points", look.count(len(sweep.meta["points"]))),
        ("Time of all runs together", f"{look.number(float(seconds))} s"),
    ]  # fmt: skip
    return [
        Facts(facts),
        Folded("The design file", [Code("design.toml:", text_of(sweep.design).splitlines())]),
    ]

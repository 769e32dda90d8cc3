"""The report of a stress test: whose loss costs the park most, who is hurt, for how long, what replaced it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.problems import Problem, ScenarioError, number, shown
from simulation.records import read_study
from simulation.result import read_frame

from .. import look
from ..stressing.results import RECORD
from . import provenance
from .document import (
    Block,
    Cell,
    Code,
    Column,
    Facts,
    KeyFigure,
    Note,
    Picture,
    Prose,
    Report,
    Section,
    Table,
    words,
)
from .drawing import stored

PICTURES = {
    "ranking": (
        "Losses by what they cost the park",
        "A row a loss, with its interval, own part and that of others; tie groups.",
    ),
    "recovery": (
        "Savings after each loss, beside the twin",
        "Curves over the years with bands of 50 and 90 % of runs.",
    ),
    "not_recovered": ("Share of runs that have not recovered", "Falling steps over the years, Kaplan-Meier."),
    "damage": ("Map of damage", "Map of the park: companies coloured by what they lose."),
    "losers": ("Who loses by whose leaving", "Matrix of companies by leavers, harm and gain in two colours."),
    "pairs": (
        "Pairs that cost more, or less, than their parts",
        "Matrix of pairs in two colours around zero.",
    ),
}
MOST_ROWS = 40
NEEDED: dict[str, Any] = {
    "headline": str, "notes": list, "question": dict, "question.scenario": str, "question.title": str,
    "question.year": (float, int), "runs": int, "ranking": list, "model": str, "versions": dict,
}  # fmt: skip
RANKED = (
    "measure", "order", "rank", "contingency", "rank_low", "rank_high", "group", "mean", "unit", "low", "high",
    "streams_at_once", "streams_followed", "replaced", "savings_recovered",
)  # fmt: skip
HURT = ("contingency", "company", "hit", "p_adjusted", "savings", "share_losing")


@dataclass(frozen=True)
class Stress:
    """A stress test as its folder holds it."""

    record: dict[str, Any]
    ranking: pd.DataFrame
    company_loss: pd.DataFrame
    replaced: pd.DataFrame | None
    cascade: pd.DataFrame | None

    @property
    def losses(self) -> pd.DataFrame:
        """Single losses (or the highest order there is) by rank, in the measure of the test."""
        own = self.ranking[self.ranking["measure"] == self.record["ranking"][0]["measure"]]
        return own[own["order"] == own["order"].min()].sort_values("rank")


def opened(folder: Path) -> Stress:
    """The stress test in a folder. Raises ScenarioError where it cannot be read."""
    record = read_study(folder / RECORD, NEEDED)
    if not record["ranking"] or not isinstance(record["ranking"][0], dict):
        found, allowed = shown(record["ranking"]), "a list with a table a loss"
        raise ScenarioError([Problem(str(folder / RECORD), field="ranking", found=found, allowed=allowed)])
    ranking = read_frame(folder / "ranking.parquet", columns=RANKED)
    company_loss = read_frame(folder / "company_loss.parquet", columns=HURT)
    replaced, cascade = (
        read_frame(path) if (path := folder / f"{name}.parquet").is_file() else None
        for name in ("replaced", "cascade")
    )
    return Stress(record, ranking, company_loss, replaced, cascade)


def report_of(stress: Stress, folder: Path) -> Report:
    """The report of a stress test that was opened."""
    record = stress.record
    year, runs = look.date(record["question"]["year"]), record["runs"]
    caption = f"Model result, {look.count(runs)} paired runs; intervals 95 %."
    shown = {name: each for name in PICTURES if (each := _picture(folder, name, caption)) is not None}
    parts: list[tuple[str, str, list[Block]]] = [
        ("Ranking", "ranking", [_ranking(stress), *_chosen(shown, "recovery", "not_recovered")]),
        ("Who is hurt", "hurt", [*_chosen(shown, "damage", "losers"), _hurt(stress)]),
        ("What followed", "followed", [*_cascade(stress), *_replaced(stress)]),
        ("Pairs", "pairs", _chosen(shown, "pairs")),
    ]
    sentences = record["headline"].split(" A model result")[0]
    return Report(
        kind="Stress test",
        title=record["question"]["title"] or record["question"]["scenario"],
        question=f"Who is hurt, how much and for how long, when a partner is lost in {year}?",
        headlines=[sentences, *record["notes"]],
        caution=f"Model result, not a forecast: {look.count(runs)} runs, each beside its exact twin; intervals 95 %.",
        key_figures=_key_figures(stress),
        picture=shown.get("ranking"),
        sections=[Section(title, anchor, blocks) for title, anchor, blocks in parts if blocks],
        repeat=_repeat(stress, folder),
        limits=[
            "It is a model result, not a forecast: it says what follows from the rules and numbers of the scenario.",
            "An interval says how far chance moves the mean of this model. It does not hold what the model has wrong.",
            "Products, customers and jobs outside the streams are not in it; dates of the scenario stay as they are.",
        ],
    )


def _chosen(shown: dict[str, Picture], *names: str) -> list[Block]:
    return [shown[name] for name in names if name in shown]


def _picture(folder: Path, name: str, caption: str) -> Picture | None:
    path = folder / "figures" / f"{name}.png"
    return stored(path, *PICTURES[name], caption) if path.is_file() else None


def _ranking(stress: Stress) -> Table:
    """Every loss with its cost, own and others' part, interval, rank interval and tie group."""
    rows: list[list[Cell]] = []
    for row in stress.losses.head(MOST_ROWS).to_dict("records"):
        interval = f"{look.money(row['low'])} to {look.money(row['high'])}"
        rows.append([
            str(row["contingency"]), look.count(row["rank"]), f"{row['rank_low']:.0f}–{row['rank_high']:.0f}",
            look.count(row["group"]), look.amount(row["mean"], row["unit"]), interval, look.fixed(row["streams_at_once"], 1),
            look.fixed(row["streams_followed"], 1), look.share(row["replaced"]),
        ])  # fmt: skip
    columns = (
        words("Loss of"), Column("Rank"), Column("95 %"), Column("Group"), Column("Costs the park"), Column("95 %"),
        Column("Streams at once"), Column("later"), Column("Replaced"),
    )  # fmt: skip
    note = (
        "Group: losses that cannot be told apart from the first of the group. "
        "Replaced: share of the volume within five years."
    )
    return Table("Losses, the costliest first", columns, rows, note)


def _hurt(stress: Stress) -> Table:
    """Companies that lose or gain by the loss of another, the largest first; only what is beyond chance."""
    table = stress.company_loss
    sure = table[
        ~table["hit"] & (table["p_adjusted"] < 0.05) & table["contingency"].isin(stress.losses["contingency"])
    ]
    sure = sure.reindex(sure["savings"].abs().sort_values(ascending=False).index)
    rows: list[list[Cell]] = []
    for row in sure.head(MOST_ROWS).to_dict("records"):
        interval = f"{look.money(-row['high'])} to {look.money(-row['low'])}"
        change, losing = look.money(-row["savings"]), look.share(row["share_losing"])
        rows.append([row["contingency"], row["company"], change, interval, losing])
    columns = (
        words("Loss of"),
        words("Who"),
        Column("Change a year"),
        Column("95 %"),
        Column("Runs in which it loses"),
    )
    note = f"Adjusted for many tests; {look.plural(max(0, len(sure) - MOST_ROWS), 'further pair')}: company_loss.parquet."
    return Table("Others that lose (−) or gain", columns, rows, note)


def _cascade(stress: Stress) -> list[Block]:
    if stress.cascade is None or stress.cascade.empty:
        return [Prose("No other company left because of a loss in any run.")]
    return [_as_table("Companies that left because of a loss", stress.cascade)]


def _replaced(stress: Stress) -> list[Block]:
    if stress.replaced is None or stress.replaced.empty:
        return []
    return [_as_table("What stood in for lost streams", stress.replaced)]


def _as_table(caption: str, frame: pd.DataFrame) -> Table:
    shown = frame[[name for name in frame if not str(name).startswith("_")]].head(MOST_ROWS)
    numeric = {name: pd.api.types.is_numeric_dtype(frame[name]) for name in shown}
    columns = [Column(str(name)) if numeric[name] else words(str(name)) for name in shown]
    rows: list[list[Cell]] = [
        [
            look.number(float(value)) if numeric[name] else look.words(str(value))
            for name, value in row.items()
        ]
        for row in shown.to_dict("records")
    ]
    note = (
        f"{look.plural(len(frame) - len(shown), 'further row')} in the Parquet file."
        if len(frame) > len(shown)
        else ""
    )
    return Table(caption, columns, rows, note)


def _key_figures(stress: Stress) -> list[KeyFigure]:
    first = stress.losses.iloc[0]
    low, high = look.money(float(first["low"])), look.money(float(first["high"]))
    cost = look.amount(float(first["mean"]), str(first["unit"]))
    never = 1.0 - float(first["savings_recovered"])
    return [
        KeyFigure(f"Costliest loss: {first['contingency']}", cost, "", f"{low} to {high}"),
        KeyFigure("Streams lost at once", look.fixed(float(first["streams_at_once"]), 1), "", "mean of runs"),
        KeyFigure("Not recovered at the end", look.share(never), "", "of runs, savings at 95 % of the twin"),
    ]


def _repeat(stress: Stress, folder: Path) -> list[Block]:
    question = stress.record["question"]
    year, runs = number(question["year"]), stress.record["runs"]
    line = f"symbiopark stress {question['scenario']} --year {year} --runs {runs} --out NEW"
    events = [event for loss in question.get("losses", []) for event in loss["events"]][:MOST_ROWS]
    parts: list[Block] = [
        Code("Every single partner of the same park and year (narrow it with --remove, --mode):", [line]),
        Code("The losses of this test, as events:", events),
        Code("This page again:", [f"symbiopark report {folder.name}"]),
        Facts([("Model", str(stress.record["model"]))], code=True),
    ]
    if len(events) == MOST_ROWS:
        parts.append(Note("More losses stand in stress.json."))
    return [*parts, provenance.files(sorted(folder.glob("*.parquet")))]

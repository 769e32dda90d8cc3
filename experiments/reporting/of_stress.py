"""The report of a stress test: whose loss costs the park most, who is hurt, for how long, what replaced it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.problems import Problem, ScenarioError, shown
from simulation.reading import load_scenario
from simulation.records import read_study
from simulation.result import read_frame
from simulation.scenario import Scenario

from .. import look
from ..stressing.results import RECORD
from ..sweeping.sweep import SCENARIO
from . import of_sweep, provenance
from . import stress_tables as tables
from .document import Block, Code, Facts, Folded, KeyFigure, Note, Picture, Report, Section
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
MOST_EVENTS = 40
NEEDED: dict[str, Any] = {
    "headline": str, "notes": list, "question": dict, "question.scenario": str, "question.title": str,
    "question.year": (float, int), "question.ends": (float, int), "question.by": str, "question.options": list,
    "question.source": str, "runs": int, "ranking": list, "model": str, "versions": dict,
}  # fmt: skip
RANKED = (
    "measure", "order", "rank", "contingency", "rank_low", "rank_high", "group", "mean", "unit", "low", "high",
    "streams_at_once", "streams_followed", "own_lost", "others_lost", "replaced", "savings_recovered",
)  # fmt: skip


@dataclass(frozen=True)
class Stress:
    """A stress test as its folder holds it."""

    record: dict[str, Any]
    scenario: Scenario
    ranking: pd.DataFrame
    tables: dict[str, pd.DataFrame]
    """The other tables by name, those that were written."""

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
    others = {
        table: read_frame(path, columns=columns)
        for table, columns in tables.COLUMNS.items()
        if (path := folder / f"{table}.parquet").is_file() or table in tables.ALWAYS
    }
    return Stress(record, load_scenario(folder / SCENARIO), ranking, others)


def report_of(stress: Stress, folder: Path) -> Report:
    """The report of a stress test that was opened."""
    record = stress.record
    year, runs = look.date(record["question"]["year"]), record["runs"]
    caption = f"Model result, {look.count(runs)} paired runs; intervals 95 %."
    shown = {name: each for name in PICTURES if (each := _picture(folder, name, caption)) is not None}
    question, unit = record["question"], str(stress.losses["unit"].iloc[0])
    years = question["ends"] - question["year"]
    parts: list[tuple[str, str, list[Block]]] = [
        ("Ranking", "ranking", [
            tables.ranking(stress.losses, stress.tables["recovery"], question["by"], years),
            *_chosen(shown, "recovery", "not_recovered"),
        ]),
        ("Who is hurt", "hurt", [
            *_chosen(shown, "damage", "losers"), tables.hurt(stress.tables["company_loss"], stress.losses),
        ]),
        ("What followed", "followed", [
            *tables.cascade(stress.tables.get("cascade")), *tables.replaced(stress.tables.get("replaced"), runs),
        ]),
        ("Pairs", "pairs", [*_chosen(shown, "pairs"), *tables.pairs(stress.tables.get("pairs"), unit)]),
        ("Another setting or mode", "compared", tables.differences(stress.tables.get("differences"), question["by"])),
        ("The limit", "limit", tables.smallest_sets(stress.tables.get("smallest_sets"), question["limit"])),
        ("Structure", "structure", tables.network(stress.tables.get("network"), unit)),
    ]  # fmt: skip
    sentences = record["headline"].split(" A model result")[0]
    return Report(
        kind="Stress test",
        title=record["question"]["title"] or record["question"]["scenario"],
        question=f"Who is hurt, how much and for how long, {_what(question)} in {year}?",
        headlines=[sentences, *record["notes"]],
        caution=f"Model result, not a forecast: {look.count(runs)} runs, each beside its exact twin; intervals 95 %.",
        key_figures=_key_figures(stress),
        picture=shown.get("ranking"),
        sections=[
            *(Section(title, anchor, blocks) for title, anchor, blocks in parts if blocks),
            of_sweep.settings(stress.scenario),
        ],
        repeat=_repeat(stress, folder),
        limits=[
            "It is a model result, not a forecast: it says what follows from the rules and numbers of the scenario.",
            "An interval says how far chance moves the mean of this model. It does not hold what the model has wrong.",
            "Products, customers and jobs outside the streams are not in it; dates of the scenario stay as they are.",
        ],
    )


def _what(question: dict[str, Any]) -> str:
    """What happens in the test: partners are lost, or something else by events in words."""
    return "when a partner is lost" if question.get("modes") else "by what happens"


def _chosen(shown: dict[str, Picture], *names: str) -> list[Block]:
    return [shown[name] for name in names if name in shown]


def _picture(folder: Path, name: str, caption: str) -> Picture | None:
    path = folder / "figures" / f"{name}.png"
    return stored(path, *PICTURES[name], caption) if path.is_file() else None


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
    source = f"{folder.name}/{SCENARIO}" if question["source"] == SCENARIO else question["source"]
    options = " ".join(map(str, question["options"]))
    events = [event for loss in question.get("losses", []) for event in loss["events"]][:MOST_EVENTS]
    parts: list[Block] = [
        Code("The same test again, in a new folder:", [f"symbiopark stress {source} {options} --out NEW"]),
        Code("This page again:", [f"symbiopark report {folder.name}"]),
        Folded("The losses of this test, as events", [Code("An event a line:", events)]),
        Facts([("Model", str(stress.record["model"]))], code=True),
    ]
    if len(events) == MOST_EVENTS:
        parts.append(Note("More losses stand in stress.json."))
    return [*parts, provenance.files(sorted(folder.glob("*.parquet")))]

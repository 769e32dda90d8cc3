"""The report of a run: which trades emerged, what they saved, who gained, beside what is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation.fieldpaths import fields
from simulation.result import SavedResult, load_result

from .. import look
from ..figures import FIGURES
from ..news import News, news
from . import (
    provenance,
    run_changes,
    run_companies,
    run_network,
    run_settings,
    run_streams,
    run_words,
    run_years,
)
from .document import Block, Chronicle, Folded, Picture, Prose, Report, Section
from .drawing import picture

READ = {
    "indicators": ("year", "streams", "partners", "savings", "co2_avoided", "water_saved"),
    "contracts": (
        "supplier", "receiver", "residue", "input", "class", "unit", "quantity", "price", "starts", "ends", "status",
        "reason", "begun_by_supplier", "begun_by_receiver",
    ),
    "companies": ("name", "kind", "external", "arrives", "leaves", "status"),
    "accounts": ("year", "company", "streams", "savings", "stream_income", "stream_payments", "invested", "cash", "jobs"),
    "events": ("year", "what", "company", "partner", "residue", "contract", "value", "reason", "process"),
}  # fmt: skip
"""Columns of the tables that the report reads."""


def opened(folder: Path) -> SavedResult:
    """The run in a folder, all that the report reads of it read. Raises ScenarioError for what is damaged."""
    result = load_result(folder)
    result.require(READ)
    return result


def report_of(result: SavedResult, folder: Path) -> Report:
    """The report of a run that was opened."""
    scenario = result.scenario
    every = list(fields(scenario))
    changes = run_changes.changes(scenario, every)
    parts = (
        ("Streams", "streams", [figure(result, "map"), *run_streams.blocks(result)]),
        ("Year by year", "years", run_years.blocks(result)),
        ("Companies", "companies", [figure(result, "savings"), *run_companies.blocks(result)]),
        ("Network", "network", run_network.blocks(result)),
        ("News of the park", "news", _news(result)),
        ("Settings and where they come from", "settings", run_settings.blocks(scenario, every, changes)),
    )
    return Report(
        kind="Run of a scenario",
        title=scenario.title or scenario.name,
        question=run_words.question(result, changes),
        headlines=run_words.headlines(result),
        caution=run_words.caution(result),
        key_figures=run_words.key_figures(result),
        picture=figure(result, "streams"),
        sections=[Section(title, anchor, blocks) for title, anchor, blocks in parts if blocks],
        repeat=provenance.of_run(folder, result.record),
        limits=limits(result),
    )


ALTERNATIVES = {
    "streams": "Area chart of streams in operation by class of residue over the years, and below it a line of the "
    "companies that take part{recorded}.",
    "map": "Map of the park at the end of the run: companies as discs, streams as arcs from supplier to receiver, coloured "
    "by class. The table below has the same streams.",
    "savings": "Yearly savings of all companies as an area{recorded}, and of the largest savers one by one. The table of "
    "companies below has the sums.",
}
"""What each figure shows, for those who do not see it; the finding stands before it."""


def figure(result: Any, name: str) -> Picture:
    """A figure of a run with its alternative text."""
    recorded = ", recorded values as dots" if result.scenario.history.counts else ""
    return picture(FIGURES[name], result, name, ALTERNATIVES[name].format(recorded=recorded))


def limits(result: Any) -> list[str]:
    """What a run is not."""
    said = [
        "It is a model result, not a forecast, and not a measurement: it says what follows from the rules and numbers of "
        "the scenario, for one draw of chance.",
        f"It is one run (seed {result.seed}). symbiopark sweep runs many seeds and gives intervals.",
        "Many numbers are estimates (see the settings). symbiopark run --uncertain draws them from their ranges.",
        "Companies of the same name exist; prices, limits and trust of this run are the model's, not theirs.",
    ]
    if result.scenario.history.streams:
        said.append(
            "The record beside it comes mostly from the partners themselves; its counts changed their unit over the years."
        )
    return said


def _news(result: Any) -> list[Block]:
    years: list[News] = news(result)
    turning = [(str(each.year), each.turning) for each in years if each.turning]
    everything = [(str(each.year), [*each.turning, *each.daily]) for each in years]
    if not years:
        return [Prose("Nothing is in the journal of this run.")]
    count = sum(len(sentences) for _, sentences in everything)
    return [
        Chronicle(turning),
        Folded(f"All news, {look.plural(count, 'sentence')}", [Chronicle(everything)]),
    ]

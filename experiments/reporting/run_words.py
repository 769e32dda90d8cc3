"""What a run asked and what it found, in sentences and in a few numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import look, summary
from ..news import event_in_words
from ..record import formed, on_record, recorded_values
from .document import KeyFigure
from .run_changes import Change, Changes

MOST_SAID, LONGEST_MEANING = 3, 50
KEY_FIGURES = ("streams", "savings", "co2_avoided", "water_saved", "partners")


def question(result: Any, changes: Changes) -> str:
    """The question that the run asks, with what was changed for it."""
    scenario = result.scenario
    first, last = _span(result)
    many = look.plural(len(scenario.companies), "company", "companies")
    asked = f"Which residues do the {many} of this park come to trade between {first} and {last}, and what do they save by it"
    given = [_change_said(change) for change in changes.fields[:MOST_SAID]]
    if len(changes.fields) > MOST_SAID:
        given.append(f"{look.plural(len(changes.fields) - MOST_SAID, 'other field')} set for this run")
    given += [event_in_words(event, f"in {look.year(event.year)}") for event in changes.events[:MOST_SAID]]
    if len(changes.events) > MOST_SAID:
        given.append(f"{look.plural(len(changes.events) - MOST_SAID, 'other event')} from outside")
    return f"{asked}{f', if {_joined(given)}' if given else ''}?"


def headlines(result: Any) -> list[str]:
    """The findings in sentences, the main one first."""
    yearly = result.yearly()
    if yearly.empty:
        return ["Less than a year was run: there is no yearly result."]
    return [
        each
        for each in (
            _streams(result),
            _savings(result),
            _environment(result),
            _formed(result),
            _network(result),
        )
        if each
    ]


def key_figures(result: Any) -> list[KeyFigure]:
    """The numbers for a reader in a hurry, each at its last recorded year, or at the end of the run."""
    yearly = result.yearly()
    if yearly.empty:
        return []
    shown = {column.indicator: column for column in summary.COLUMNS}
    found = []
    for name in KEY_FIGURES:
        column, year, recorded = shown[name], *_when(result, name)
        value = yearly.at[year, name] / column.divisor
        written = look.count if column.divisor == 1 else look.number
        beside = "" if np.isnan(recorded) else f"{written(recorded / column.divisor)} recorded"
        label = f"{_label(column)}, {year}"
        found.append(KeyFigure(label, written(value), column.unit, beside))
    return found


def caution(result: Any) -> str:
    """What kind of result a run is."""
    drawn = f", replicate {result.record['replicate']}" if result.record.get("replicate") else ""
    return f"A model result, not a forecast: one run, seed {result.seed}{drawn}. Another seed gives other numbers."


def _label(column: summary.Column) -> str:
    names = {"streams": "streams", "partners": "companies that trade"}
    return look.sentence(names.get(column.indicator, column.header.replace("CO2", "CO₂")))


def _span(result: Any) -> tuple[str, str]:
    years = result.indicators["year"]
    return look.year(years.iloc[0]), look.year(years.iloc[-1] + 0.25)


def _change_said(change: Change) -> str:
    if change.path.endswith(".scale"):
        return f"{change.path.removesuffix('.scale')} is {change.now} instead of {change.before} times what the file says"
    if change.path in ("companies", "prospects"):
        if change.now == change.before:
            return f"some {change.path} are not those of the bundled scenario"
        return f"there are {change.now} {change.path} instead of {change.before}"
    meaning = change.field.meaning.replace("`", "")
    what = f"{meaning} ({change.path})" if meaning and len(meaning) <= LONGEST_MEANING else change.path
    return f"{what} is {change.now} instead of {change.before}"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _when(result: Any, name: str) -> tuple[int, float]:
    """The last year that has a recorded value in the run, and that value; else the last whole year."""
    yearly = result.yearly()
    recorded = {y: v for y, v in recorded_values(result.scenario.history, name).items() if y in yearly.index}
    if not recorded:
        return int(yearly.index[-1]), np.nan
    return max(recorded), recorded[max(recorded)]


def _streams(result: Any) -> str:
    year, recorded = _when(result, "streams")
    said = f"{look.plural(result.yearly().at[year, 'streams'], 'stream')} in operation at the end of {year}"
    if np.isnan(recorded):
        return f"{said}."
    hits, others = on_record(result, year + 0.99)
    return f"{said}, where {look.count(recorded)} are recorded: {hits} of them on record, {look.count(others)} not."


def _savings(result: Any) -> str:
    year, recorded = _when(result, "savings")
    said = f"The companies save {look.money(result.yearly().at[year, 'savings'])} in {year} by their trades"
    return f"{said}." if np.isnan(recorded) else f"{said}; {look.money(recorded)} are recorded."


def _environment(result: Any) -> str:
    yearly = result.yearly()
    year = int(yearly.index[-1])
    row = yearly.loc[year]
    parts = [
        f"{look.number(row[name] / divisor)} {words}"
        for name, divisor, words in (
            ("co2_avoided", 1e3, "kt of CO₂ avoided"),
            ("water_saved", 1e6, "M m3 of virgin water replaced"),
            ("energy_saved", 1e6, "PJ of virgin energy replaced"),
            ("material_saved", 1e3, "kt of virgin material replaced"),
        )
        if abs(row[name]) > 0
    ]
    return f"In {year}: {_joined(parts)}." if parts else ""


def _formed(result: Any) -> str:
    if not result.scenario.history.streams:
        return ""
    table = formed(result)
    known = table[(table["starts"] <= result.indicators["year"].iloc[-1]) & (table["confidence"] != "low")]
    if known.empty:
        return ""
    there = int(known["simulated"].notna().sum())
    share = look.share(there / len(known))
    return f"{there} of {len(known)} recorded streams form at some time ({share}; rows of low confidence left out)."


def _network(result: Any) -> str:
    accounts = result.accounts
    sums = accounts.groupby("company")["savings"].sum().sort_values(ascending=False)
    gainers = sums[sums > 0]
    if gainers.empty:
        return ""
    best = [str(name) for name in gainers.index[:3]]
    share = look.share(gainers.iloc[:3].sum() / gainers.sum())
    return f"{_joined(best)} {'has' if len(best) == 1 else 'have'} {share} of all gains over the run."

"""What a stress test says first: the headline with its interval; and how losses are written."""

from __future__ import annotations

from typing import Any

from .. import look
from .findings import MEASURES, Findings
from .modes import years_of

NOT_A_FORECAST = "A model result, not a forecast"


def headline(findings: Findings) -> str:
    """The worst loss in a sentence or two, with interval, share, rank interval, and number of runs."""
    by, table = findings.question.by, findings.worst()
    worst = table.iloc[0]
    unit = MEASURES[by][1]
    if worst["mean"] <= 0 or worst["low"] <= 0:
        said = f"No loss in {look.year(findings.question.date)} costs the park {name_of(by)} for certain"
        said += f"; {said_of(findings, worst)} comes nearest, {span(worst, unit)}"
        return f"{said}. {basis(findings)}."
    ahead = findings.ahead(by)
    part = f", {look.share(worst['mean'] / ahead)} of what the park would have" if ahead > 0 else ""
    lost = span(worst, unit) if by == unit else f"{name_of(by)} of {span(worst, unit)}"
    said = f"{said_of(findings, worst)} costs the park {lost}{part}"
    if len(table) > 1:
        said += f"; it ranks {ranks(worst)} of {len(table)} losses"
        tied = table[table["group"] == worst["group"]]["contingency"].tolist()[1:]
        if tied:
            said += f", in one group with {listed(tied)}"
    return f"{look.sentence(said)}. {basis(findings)}."


def basis(findings: Findings) -> str:
    """What the numbers are: a model result, its runs, the level of the intervals, the money."""
    year = look.year(findings.question.scenario.money.year)
    return f"{NOT_A_FORECAST}: {findings.replicates} paired runs, 95 % intervals, EUR of {year}"


def said_of(findings: Findings, row: Any) -> str:
    """A loss as the subject of a sentence."""
    label, loss = str(row["contingency"]), findings.loss(str(row.name))
    when = look.year(loss.date)
    if not loss.mode:
        dated = label[:4].isdigit()
        return f"the event {label}" if dated else f"the event {label} in {when}"
    return f"the loss of {loss.companies[0]} ({mode_words(loss.mode)}, {when})"


def mode_words(mode: str) -> str:
    """A mode as it is read in brackets."""
    name, _, value = mode.partition(":")
    if name in ("announced", "temporary"):
        years = years_of(float(value))
        return f"exit announced {years} ahead" if name == "announced" else f"{years} without trade"
    if name == "shrink":
        return f"shrinking by {look.share(float(value))}"
    return {"exit": "exit", "stop-trading": "an end of trade"}.get(name, f"the end of {value}")


def name_of(measure: str) -> str:
    """A measure as it is read."""
    return {"co2_avoided": "CO2 avoided", "socio_economic": "socio-economic benefit"}.get(measure, measure)


def quantity(value: float, unit: str) -> str:
    """A loss a year with its unit."""
    plain = unit.removesuffix("/year")
    if plain == "streams":
        return f"{look.number(value)} streams"
    sign = look.MINUS if value < 0 else ""
    return f"{sign}{look.amount(abs(value), plain)} a year"


def span(row: Any, unit: str) -> str:
    """Mean and interval: 3.1 M EUR a year (2.8 to 3.4)."""
    divisor = 1e6 if max(abs(row["mean"]), abs(row["high"])) >= 999_500 else 1.0
    low, high = look.number(row["low"] / divisor), look.number(row["high"] / divisor)
    mean = look.number(row["mean"] / divisor)
    plain = unit.removesuffix("/year")
    unit_said = f"{'M ' if divisor > 1 else ''}{plain}" + ("" if plain == "streams" else " a year")
    return f"{mean} {unit_said} ({low} to {high})"


def ranks(row: Any) -> str:
    """A rank with its interval: 1 (1 to 2)."""
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return f"{row['rank']}" if low == high == row["rank"] else f"{row['rank']} ({low} to {high})"


def scaled(largest: float, unit: str) -> tuple[float, str]:
    """Divisor and unit for an axis or a column: M EUR/yr, 1000 t/yr, streams."""
    plain = unit.replace("/year", "/yr")
    if "EUR" in unit:
        return (1e6, f"M {plain}") if largest >= 1e5 else (1e3, f"1000 {plain}")
    return (1e3, f"1000 {plain}") if largest >= 1e4 else (1.0, plain)


def cut(label: str, most: int = 34) -> str:
    """A label that fits: its last words stay, by which ways of losing one company differ."""
    if len(label) <= most:
        return label
    tail = label[-(2 * most // 5) :].partition(" ")[2]
    return label[: most - 1 - len(tail)].rstrip(" ,") + "…" + tail


def listed(names: list[str], most: int = 4) -> str:
    """Names in a sentence, the first few of many."""
    shown = names[:most]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)

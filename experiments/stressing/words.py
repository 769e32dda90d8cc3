"""What a stress test says: the headline with its interval, and a page of text for a terminal."""

from __future__ import annotations

import math
from typing import Any

from .. import look
from . import contrasts, recovery
from .findings import MEASURES, Findings

NOT_A_FORECAST = "A model result, not a forecast"
MOST_SHOWN = 12
WIDTH = 30


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
    said = f"{said_of(findings, worst)} costs the park {name_of(by)} of {span(worst, unit)}{part}"
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
        return f"{label} in {when}" if loss.companies == () else f"the event {label} in {when}"
    return f"the loss of {loss.companies[0]} ({mode_words(loss.mode)}, {when})"


def mode_words(mode: str) -> str:
    """A mode as it is read in brackets."""
    name, _, value = mode.partition(":")
    return {
        "exit": "exit", "stop-trading": "trade stopped", "shrink": f"capacity less {value}",
        "process": f"end of {value}", "announced": f"exit announced {value} years ahead",
        "temporary": f"no trade for {value} years",
    }[name]  # fmt: skip


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


def listed(names: list[str], most: int = 4) -> str:
    """Names in a sentence, the first few of many."""
    shown = names[:most]
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def text(findings: Findings) -> str:
    """Headline, ranking, and what else was asked, as lines for a terminal."""
    parts = [headline(findings), ranking_table(findings), *notes(findings)]
    return "\n\n".join(part for part in parts if part)


def ranking_table(findings: Findings, order: int = 1) -> str:
    """The worst losses: rank interval and group, streams and savings lost at once, by others, in all, recovery."""
    from .. import summary

    by = findings.question.by
    unit = MEASURES[by][1]
    scale = 1e6 if unit != "streams" else 1.0
    shown = findings.worst(order=order).head(MOST_SHOWN)
    rows: list[Any] = list(shown.itertuples())
    back = recovery.medians(findings, by) if order == 1 else {}
    years = findings.years
    columns = [
        ["rank", "", *(f"{r.rank}" for r in rows)],
        ["95 %", "", *(f"{r.rank_low}-{r.rank_high}" for r in rows)],
        ["tie", "group", *(str(r.group) for r in rows)],
        ["loss of", "", *(_cut(str(r.contingency)) for r in rows)],
        ["streams", "at once", *(look.fixed(r.streams_at_once, 1) for r in rows)],
        ["later", "others'", *(look.fixed(r.streams_followed, 1) for r in rows)],
        ["own", "M EUR/yr", *(look.fixed(r.own_lost / years / 1e6, 2) for r in rows)],
        ["others", "M EUR/yr", *(look.fixed(r.others_lost / years / 1e6, 2) for r in rows)],
        [name_of(by), _unit(unit, scale), *(look.fixed(r.mean / scale, 2) for r in rows)],
        ["95 %", "", *(f"{look.fixed(r.low / scale, 2)} to {look.fixed(r.high / scale, 2)}"
                       for r in rows)],
    ]  # fmt: skip
    if back:
        columns.append(["years to", "95 %", *(_years(back[str(key)], years) for key in shown.index)])
    left = {3}
    lines = summary.joined(
        [_left(column) if at in left else column for at, column in enumerate(columns)], "  "
    )
    more = len(findings.worst(order=order)) - len(shown)
    return "\n".join([*lines, *([f"and {more} more in ranking.parquet"] if more else [])])


def notes(findings: Findings) -> list[str]:
    """One sentence each for what was compared: network, pairs, settings, limit."""
    return [
        note for note in (_network(findings), _pairs(findings), _against(findings), _limit(findings)) if note
    ]


def _network(findings: Findings) -> str:
    placed = contrasts.beside_network(findings)
    if len(placed) < 3:
        return ""
    found = contrasts.agreement(findings)
    first = placed.iloc[0]
    structural = placed.sort_values("efficiency_loss", ascending=False, kind="stable").iloc[0]
    same = first["company"] == structural["company"]
    return (
        f"Beside the network of streams: efficiency falls most without {structural['company']} "
        f"({look.share(structural['efficiency_loss'])}), "
        f"{'the same company' if same else 'while ' + first['company'] + ' costs most'}; "
        f"Kendall's tau of both rankings {look.fixed(found['tau'], 2)} "
        f"(median of single runs {look.fixed(found['tau_run_median'], 2)})."
    )


def _pairs(findings: Findings) -> str:
    if findings.question.order < 2:
        return ""
    table = contrasts.interactions(findings)
    unit = MEASURES[findings.question.by][1]
    worst = findings.worst(order=2)
    if worst.empty:
        return ""
    first = worst.iloc[0]
    said = [f"Worst pair: {first['contingency']}, {span(first, unit)}."]
    sure = table[table["p_adjusted"] < 0.05]
    for words, chosen in (
        ("more than their parts", sure[sure["interaction"] > 0]), ("less", sure[sure["interaction"] < 0])
    ):  # fmt: skip
        if len(chosen):
            row = chosen.iloc[0].rename({"interaction": "mean"})
            said.append(
                f"{look.plural(len(chosen), 'pair')} of {len(table)} cost {words}; most "
                f"{row['contingency']}, {span(row, unit)}."
            )
    return " ".join(said)


def _against(findings: Findings) -> str:
    table = contrasts.differences(findings)
    lines = []
    for words, chosen in table[table["measure"] == findings.question.by].groupby("against", sort=False):
        unit = MEASURES[findings.question.by][1]
        sure = chosen[chosen["p_adjusted"] < 0.05].sort_values("difference", key=abs, ascending=False)
        said = f"{words}: {len(sure)} of {len(chosen)} losses differ"
        if len(sure):
            row = sure.iloc[0].rename({"difference": "mean"})
            said += f", most {row['contingency']}, by {span(row, unit)}"
        lines.append(said + ".")
    return "\n".join(lines)


def _limit(findings: Findings) -> str:
    limit = findings.question.limit
    if limit is None:
        return ""
    table = contrasts.smallest_sets(findings)
    first = table.iloc[0]
    within = look.number(findings.question.within)
    if not first["reached"]:
        largest = look.plural(table["order"].max(), "loss", "losses")
        said = (
            f"No set of up to {largest} that was tried takes the park to {limit.text} within {within} years"
        )
        return f"{said}; nearest {first['contingency']}, {look.share(first['share'])} of runs."
    size = look.plural(first["order"], "loss", "losses")
    tried = "all tried" if first["order"] <= findings.question.order else "found step by step"
    return (
        f"{size} can take the park to {limit.text} within {within} years: {first['contingency']}, in "
        f"{look.share(first['share'])} of runs ({look.share(first['share_without'])} without any loss; {tried})."
    )


def _years(value: float, horizon: float) -> str:
    return f"> {look.number(horizon)}" if math.isinf(value) else look.number(value)


def _unit(unit: str, scale: float) -> str:
    plain = unit.replace("/year", "/yr")
    return f"M {plain}" if scale > 1 else plain


def _cut(label: str) -> str:
    return label if len(label) <= WIDTH else label[: WIDTH - 1] + "…"


def _left(column: list[str]) -> list[str]:
    wide = max(map(len, column))
    return [each.ljust(wide) for each in column]

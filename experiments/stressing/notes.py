"""One sentence each for what a stress test compared: network, pairs, settings, limit."""

from __future__ import annotations

from typing import Any

from .. import look
from . import contrasts
from .findings import MEASURES, Findings
from .words import mode_words, span


def notes(findings: Findings) -> list[str]:
    """One sentence each for what was compared: network, pairs, settings, limit."""
    found = (_network(findings), _pairs(findings), *_against(findings), _limit(findings))
    return [note for note in found if note]


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


def _against(findings: Findings) -> list[str]:
    table = contrasts.differences(findings)
    modes, unit = findings.question.modes, MEASURES[findings.question.by][1]
    said = {
        f"{mode} against {modes[0]}": f"{mode_words(mode)} in place of {mode_words(modes[0])}"
        for mode in modes[1:]
    }
    lines = []
    for words, chosen in table[table["measure"] == findings.question.by].groupby("against", sort=False):
        sure = chosen[chosen["p_adjusted"] < 0.05].sort_values("difference", key=abs, ascending=False)
        count = f"{len(sure) or 'none'} of {look.plural(len(chosen), 'loss', 'losses')}"
        line = f"{_first(said.get(str(words)), str(words))} changes {count}"
        if len(sure):
            line += f", most {sure.iloc[0]['contingency']}: {_changed(sure.iloc[0], unit)}"
        lines.append(line + ".")
    return lines


def _first(mode: str | None, setting: str) -> str:
    """The subject of a sentence: a mode with a capital letter, a setting as it is typed."""
    return setting if mode is None else look.sentence(mode)


def _changed(row: Any, unit: str) -> str:
    """A difference without its sign: 3.31 M EUR a year less (3.2 to 3.43)."""
    more = row["difference"] > 0
    ends = (row["low"], row["high"]) if more else (-row["high"], -row["low"])
    size = {"mean": abs(row["difference"]), "low": ends[0], "high": ends[1]}
    return span(size, unit).replace(" (", f" {'more' if more else 'less'} (")


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

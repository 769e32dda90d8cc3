"""Why two companies traded, or did not: what they had for each other, every talk, what became of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Any

import pandas as pd

from simulation.problems import Problem, ScenarioError, nearest, shown
from simulation.result import Result

from . import deal, look, silence, talk
from .pair import Pair

WIDTH = 80
MOST_TALKS = 12
"""Negotiations told in full; of more the first, the signed and the last are, the others in a line."""


def why(
    result: Result, supplier: str, receiver: str, residue: str | None = None, all_talks: bool = False
) -> str:
    """The whole account as text. Raises ScenarioError for a name that is not there."""
    pair = Pair.of(result, supplier, receiver)
    residue = _resource(result, residue)
    parts = [_wrapped(_answer(pair, residue)), _acquaintance(pair), _uses(pair, residue)]
    parts.append(_talks(pair, residue, all_talks))
    contracts = deal.contracts_of(pair, residue)
    parts += [
        _wrapped(deal.told(pair, row.to_dict(), int(str(number)))) for number, row in contracts.iterrows()
    ]
    return "\n\n".join(part for part in [*parts, *silence.told(pair, residue)] if part)


def talks_of(pair: Pair, residue: str | None = None) -> pd.DataFrame:
    """Negotiations of a pair in this direction; the index is the place in the frame."""
    table = pair.result.negotiations
    own = table[(table["supplier"] == pair.supplier) & (table["receiver"] == pair.receiver)]
    return own if residue is None else own[own["residue"] == residue]


def _resource(result: Result, name: str | None) -> str | None:
    """A resource by its name, or as people read it (FGD gypsum)."""
    if name is None:
        return None
    known = result.foundation.names.resources
    for each in known:
        if name.casefold() in (each.casefold(), look.words(each).casefold()):
            return each
    found = f"{shown(name)}, no resource of {result.scenario.name}"
    raise ScenarioError([Problem("--residue", found=found, hint=nearest(name, known))])


def _answer(pair: Pair, residue: str | None) -> str:
    """The headline: whether they trade, and if not, what it hung on."""
    result = pair.result
    where = f"(model result: {result.scenario.name}, seed {result.seed})"
    contracts, talks = deal.contracts_of(pair, residue), talks_of(pair, residue)
    if len(contracts):
        said = "; ".join(deal.in_short(row) for row in contracts.to_dict("records"))
        return f"{pair.supplier} supplies {pair.receiver}: {said} {where}."
    names = f"{pair.supplier} and {pair.receiver}"
    if len(talks):
        counts = ", ".join(f"{reason} ({count})" for reason, count in talks["reason"].value_counts().items())
        return f"{names} negotiated {look.plural(len(talks), 'time')} and never agreed: {counts} {where}."
    if not pair.uses(residue):
        fits = "no residue of the first serves as an input of the second"
        return f"{names} have nothing that fits: {fits} {where}."
    return f"{names} never negotiated: {silence.main_reason(pair, residue)} {where}."


def _acquaintance(pair: Pair) -> str:
    known = "They never met"
    if pair.met is not None:
        known = f"They know each other since {look.date(pair.met)}, {look.number(pair.distance)} km apart"
    return _wrapped(f"{_presence(pair, pair.supplier)}. {_presence(pair, pair.receiver)}. {known}.")


def _presence(pair: Pair, name: str) -> str:
    row: Any = pair.result.companies.set_index("name").loc[name]
    if row["status"] == "absent":
        return f"{name} never came"
    first = pair.result.scenario.time.starts
    there = pd.isna(row["arrives"]) or row["arrives"] <= first
    said = f"{name} {'was there from the start' if there else f'came in {look.date(row["arrives"])}'}"
    if row["status"] != "left":
        return said
    return f"{said} and left in {look.date(row['leaves'])}" + (f" ({row['reason']})" if row["reason"] else "")


def _uses(pair: Pair, residue: str | None) -> str:
    uses, known = pair.uses(residue), pair.result.scenario.substitutions
    if uses:
        lines = ["What one leaves and the other can use:"]
        for left, used in uses:
            practised = look.year(known[left][used].from_year)
            lines.append(f"  {look.words(left)} for {look.words(used)}, practised from {practised}")
        return "\n".join(lines)
    lines = [
        f"{pair.supplier} leaves {_listed(pair.leaves())}.",
        f"{pair.receiver} needs {_listed(pair.needs())}.",
    ]
    own = [name for name in pair.leaves() if residue in (None, name)]
    serves = [
        f"{look.words(name)} serves as {_listed(sorted(known[name]))}" for name in own if known.get(name)
    ]
    if serves:
        lines.append(f"Of these, {'; '.join(serves)}.")
    return "\n".join(_wrapped(line) for line in lines)


def _talks(pair: Pair, residue: str | None, all_talks: bool) -> str:
    talks = talks_of(pair, residue)
    if talks.empty:
        return ""
    full = set(talks.index)
    if len(talks) > MOST_TALKS and not all_talks:
        signed = talks.index[talks["outcome"] == "signed"]
        full = {*talks.index[:2], *signed[:3], *talks.index[-2:]}
    lines = [f"{look.plural(len(talks), 'negotiation')}:"]
    for place, (number, row) in enumerate(talks.iterrows(), 1):
        if number not in full:
            outcome = "signed" if row["outcome"] == "signed" else f"failed, {row['reason']}"
            lines.append(f"{place}. {look.date(row['year'])}: {look.words(row['residue'])}, {outcome}")
            continue
        first, *rest = talk.told(pair, row.to_dict(), int(str(number)))
        lines += ["", *_indented(f"{place}. {first}", 0)]
        lines += [each for line in rest for each in _indented(line, 3)]
    if len(full) < len(talks):
        lines += ["", "--all tells every one in full."]
    return "\n".join(lines)


def _listed(names: Iterable[str]) -> str:
    words = [look.words(name) for name in names]
    return ", ".join(words) if words else "nothing that is traded"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=False)


def _indented(text: str, depth: int) -> list[str]:
    """Lines of a paragraph; a table, which begins with blanks, stays as it is."""
    if text.startswith("  "):
        return [" " * depth + text]
    rest = " " * max(depth, 3)
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * depth, subsequent_indent=rest, break_on_hyphens=False
    )

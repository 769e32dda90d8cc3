"""A sensitivity study in words: what matters most for each outcome, and what has not settled."""

from __future__ import annotations

import shlex

from simulation.problems import number

from .. import look
from ..sweeping.design import Design, Range
from ..sweeping.outcomes import parsed, unit_of_change
from ..sweeping.over_runs import shown
from .convergence import WIDEST_SAID
from .study import Sensitivity

NAMES = {
    "first": "first order",
    "total": "total",
    "second": "second order",
    "mu_star": "mean absolute effect",
}


def headline(found: Sensitivity, outcome: str) -> str:
    """One sentence: the field with the largest index, with its interval."""
    ranked = found.of(outcome, found.main)
    first = ranked.iloc[0]
    if first["value"] <= 0:
        never = found.never.get(outcome, 0) + found.failed >= found.runs
        return f"{outcome}: never, in any run" if never else f"{outcome} does not depend on any of the fields"
    if first["half_width"] >= first["value"]:
        return f"{outcome}: the sample is too small to say which field matters most"
    if found.design.design == "morris":
        unit = unit_of_change(parsed(outcome))
        size = f"{shown(first['value'], unit)} ± {shown(first['half_width'], unit)} from end to end"
        return f"{first.name} moves {outcome} most: {size}"
    share = f"{look.share(first['value'])} ± {look.share(first['half_width'])}"
    return f"{first.name} matters most for {outcome}: it has a part in {share} of the variance"


def never_said(found: Sensitivity, outcome: str) -> str:
    """In how many runs a time never comes, and what they count as; empty where it comes in all."""
    never = found.never.get(outcome, 0)
    if not never:
        return ""
    return f"Never in {look.count(never)} of {look.plural(found.runs, 'run')}: counted as the end of the run."


def asked(design: Design) -> list[str]:
    """The options that ask for a study of this design, but for scenario, settings and folder."""
    over = (
        f"{name}={number(axis.low)}..{number(axis.high)}"
        for name, axis in design.axes.items()
        if isinstance(axis, Range)
    )
    return [
        f"--method {design.design}",
        *(f"--over {shlex.quote(each)}" for each in over),
        *(f"--of {each}" for each in design.outcomes),
        *(f"--event {shlex.quote(each)}" for each in design.events),
        f"--samples {design.samples}",
        *(["--no-second-order"] if design.design == "sobol" and not design.second_order else []),
        f"--replicates {design.replicates}",
        f"--seed {design.seed}",
    ]


def text(found: Sensitivity) -> str:
    """Every outcome with its fields in order, as plain lines."""
    lines = []
    for outcome in found.design.outcomes:
        lines += [headline(found, outcome) + " (model result).", ""]
        lines += _table(found, outcome)
        if said := never_said(found, outcome):
            lines.append(f"  {said}")
        if outcome in found.luck:
            lines.append(
                f"  Luck: {look.share(found.luck[outcome])} of the variance of single runs is between replicates."
            )
        lines.append("")
    unsettled = _unsettled(found)
    if unsettled:
        widest = WIDEST_SAID[found.design.design]
        are = f"{look.plural(unsettled, 'interval')} {'is' if unsettled == 1 else 'are'}"
        lines.append(f"* not settled: {are} wider than {widest}; take more samples before quoting them.")
    if found.failed:
        lines.append(f"{look.plural(found.failed, 'run')} failed; their blocks of the sample are left out.")
    return "\n".join(lines).rstrip()


def _table(found: Sensitivity, outcome: str) -> list[str]:
    sobol = found.design.design == "sobol"
    main, beside = ("total", "first") if sobol else ("mu_star", "sigma")
    ranked, other = found.of(outcome, main), found.of(outcome, beside)
    wide = max(len(str(name)) for name in ranked.index)
    heads = ("total", "first order") if sobol else ("mean absolute effect", "spread of the effect")
    unit, divisor = unit_of_change(parsed(outcome)), 1.0
    if not sobol and ranked["value"].abs().max() >= 999_500:
        unit, divisor = f"M {unit}", 1e6
    lines = [f"  {'' if sobol else unit:{wide}}  {heads[0]:>24}  {heads[1]:>24}"]
    both = ranked.merge(other[["value", "half_width"]], on="field", suffixes=("", "_beside")).reset_index()
    for row in both.to_dict("records"):
        values = row["value"], row["half_width"], row["value_beside"], row["half_width_beside"]
        written = [
            look.fixed(value, 2) if sobol else look.number(value / divisor)
            for value in values[: 4 if sobol else 3]
        ]
        one, two = f"{written[0]} ± {written[1]}", " ± ".join(written[2:])
        lines.append(f"  {row['field']:{wide}}  {one:>24}{' ' if row['converged'] else '*'} {two:>24}")
    return lines


def _unsettled(found: Sensitivity) -> int:
    main = found.table["index"].isin(("first", "total", "mu_star"))
    return int((main & ~found.table["converged"]).sum())

"""What a calibration says on a terminal: headline, parameters, statistics, what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import look
from ..summary import joined
from .checking import proposed
from .coverage import holding, told
from .identified import IDENTIFIED, NOT, WEAK
from .writing import out_of_reach

if TYPE_CHECKING:
    from .calibrate import Calibration


def text(found: Calibration) -> str:
    """The whole result as plain lines."""
    parts = [headline(found), parameters(found), statistics(found), trust(found), gained(found), files(found)]
    return "\n\n".join(parts)


def headline(found: Calibration) -> str:
    """The finding in a sentence, then how it was made."""
    verdicts = [each.verdict for each in found.estimates]
    post = found.posterior
    title = found.scenario.title or found.scenario.name
    return (
        f"{title}: the record to {found.until} identifies {verdicts.count(IDENTIFIED)} of "
        f"{look.plural(len(verdicts), 'parameter')}, "
        f"{verdicts.count(WEAK)} weakly, {verdicts.count(NOT)} not at all (model result).\n"
        f"{look.count(len(found.sample.runs))} runs, {len(post.rows)} kept "
        f"(effective {post.effective:.0f}), distance up to {look.number(post.tolerance)}; "
        f"{'adjusted by regression' if post.adjusted else 'not adjusted: too few runs kept'}"
        + (f"; {look.plural(found.failed, 'run')} failed" if found.failed else "")
    )


def parameters(found: Calibration) -> str:
    """Posterior beside prior: median, 90 % interval, ratio of standard deviations, verdict."""
    rows = [["field", "present", "prior 90 %", "median", "posterior 90 %", "sd ratio", "", ""]]
    for each in found.estimates:
        low, high = each.ratio_interval
        rows.append(
            [each.free.path, look.number(each.free.present), _span(each.prior), look.number(each.median),
             _span(each.interval), f"{each.ratio:.2f}", f"({low:.2f} to {high:.2f})", each.verdict]
        )  # fmt: skip
    return _table(rows)


def statistics(found: Calibration) -> str:
    """Recorded values beside runs at the present and the proposed values."""
    rows = [["statistic", "recorded", "present", "5-95 %", "proposed", "5-95 %", "posterior", "5-95 %", ""]]
    for at, each in enumerate(found.statistics):
        factor, unit = (1e6, f"M {each.unit}") if abs(each.recorded) >= 1e6 else (1.0, each.unit)
        row = [each.name, look.number(each.recorded / factor)]
        for runs in (found.check.present, found.check.proposed, found.check.drawn):
            low, middle, high = np.quantile(runs[:, at], [0.05, 0.5, 0.95]) / factor
            row += [look.number(middle), _span((low, high))]
        rows.append([*row, unit])
    return "Medians of runs beside the record:\n" + _table(rows)


def trust(found: Calibration) -> str:
    """Whether the method finds known parameters, over records simulated from the prior."""
    table = told(found.coverage)
    held = holding(found)
    odd = table.loc[table["uniform"] < 0.01 / len(table), "field"].tolist()
    words = (
        f"Tried on {look.plural(table['cases'].iloc[0], 'simulated record')}: 90 % intervals hold the true value in "
        f"{look.share(held)} of cases"
    )
    missing = out_of_reach(found)
    if odd:
        words += f"; ranks are not uniform for {', '.join(odd)}"
    if missing:
        words += f".\nNo kept run reaches the record in: {', '.join(missing)}"
    return words + "."


def gained(found: Calibration) -> str:
    """Whether the proposed values are nearer to the record than the present ones."""
    gain = found.gain
    low, high = gain.interval
    names = ", ".join(f"{path} = {look.number(value)}" for path, value in proposed(found.estimates).items())
    verdict = (
        "nearer" if gain.better else "not nearer beyond chance" if low < 0 else "no nearer, rather farther"
    )
    subjects = "; ".join(f"{name} {a:.2f}, {b:.2f}" for name, (a, b) in gain.subjects.items())
    return (
        f"Proposed: {names or 'nothing'}.\n"
        f"Mean distance to the record: {gain.present:.3f} at the present values, {gain.proposed:.3f} at the proposed "
        f"ones and\n{gain.drawn:.3f} over the posterior; proposed less present {gain.difference:+.3f} "
        f"(95 % interval {low:+.3f} to {high:+.3f}): {verdict}.\n"
        f"By subject, present and proposed: {subjects}."
    )


def files(found: Calibration) -> str:
    """Where everything is."""
    return f"Written to {found.folder}: calibrated.toml, a scenario to run; calibration.json, posterior.parquet, figures"


def _span(ends: tuple[float, float]) -> str:
    return f"{look.number(ends[0])} to {look.number(ends[1])}"


def _table(rows: list[list[str]]) -> str:
    """Lines with the first column to the left, the others to the right."""
    first = [row[0] for row in rows]
    widest = max(map(len, first))
    return "\n".join(
        joined([[name.ljust(widest) for name in first], *map(list, zip(*(row[1:] for row in rows)))], "  ")
    )

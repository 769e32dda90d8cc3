"""A finding in words: for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from .. import look
from ..sweeping.jobs import model_version
from .answer import Answer, Finding, Matrix, amount
from .estimate import Estimate
from .study import Answered
from .table import CLAIMS, FINDINGS
from .verdict import RULE, Check

PAIRS = {
    "replicates": "replicates, the same luck in every setting",
    "parks": "parks drawn at random, the same in every setting",
    "both": "replicates of Kalundborg and as many drawn parks of each size",
}


def listed() -> str:
    """The findings by name, for a command without one."""
    width = max(map(len, FINDINGS))
    lines = [f"{name:{width}}  {each.question}" for name, each in FINDINGS.items()]
    return "\n".join([*lines, "", f"Run one: symbiopark finding {CLAIMS[0].name} --out findings"])


def text(done: Answered) -> str:
    """Verdict, headline, checks and effects as plain lines."""
    finding, answer = done.finding, done.answer
    lines = [finding.question]
    if answer.verdict:
        lines += [f"{look.sentence(answer.tally)}: {finding.claim} ({finding.source})", ""]
    lines.append(f"{answer.headline} (model result, {counted(finding, answer)}).")
    lines += [f"  {each.state:6} {_check(each)}" for each in answer.checks]
    for label, cells, signed in _rows(answer.matrix):
        lines.append(f"  {label}")
        for column, cell in zip(answer.matrix.columns, cells, strict=True):
            lines.append(f"    {column.name}, {column.unit}: {amount(cell, '', signed)}")
    if answer.failed:
        lines.append(f"{look.plural(answer.failed, 'run')} failed; their pairs are left out.")
    return "\n".join([*lines, f"Written to {done.folder}: finding.json, figures/, and the runs", ""])


def counted(finding: Finding, answer: Answer) -> str:
    """How many pairs of what: 24 parks drawn at random."""
    return f"{look.count(answer.pairs)} {PAIRS[finding.pair]}"


def markdown(done: Answered, figures: Sequence[str]) -> str:
    """The generated part of a page; `figures` are their addresses from the page."""
    finding, answer = done.finding, done.answer
    parts = [f"**{finding.question}**"]
    if finding.claim:
        parts.append(f"Claim: {finding.claim} Source: {finding.source}.")
        parts.append(
            f"Verdict: **{answer.verdict}**{answer.tally.removeprefix(answer.verdict)}. {answer.headline}."
        )
        if reason := finding.reasons.get(answer.verdict):
            parts.append(f"Why we think so: {reason}")
    else:
        parts.append(f"{answer.headline}.")
    parts += [f"![{finding.title}]({address})" for address in figures[:1]]
    if answer.checks:
        parts += ["## Checks", _checks(answer.checks)]
    parts += ["## Numbers", _matrix(answer)]
    parts += [f"![{finding.title}, further]({address})" for address in figures[1:]]
    parts += [
        "## How",
        finding.method,
        "## What this cannot tell",
        finding.limits,
        "## To repeat it",
        _repeat(done),
    ]
    return "\n\n".join(parts)


def _checks(checks: Sequence[Check]) -> str:
    head = "| Check | Difference (joint 95 % interval) | Least that matters | |\n| --- | --- | --- | --- |"
    rows = [
        f"| {look.sentence(each.says)} | {amount(each.estimate, each.unit)} | {look.number(each.least)} | {each.state} |"
        for each in checks
    ]
    return "\n".join([head, *rows]) + f"\n\n{RULE}"


def _check(check: Check) -> str:
    return f"{check.says}: {amount(check.estimate, check.unit)}"


def _rows(matrix: Matrix) -> list[tuple[str, tuple[Estimate | None, ...], bool]]:
    """Label, cells, and whether they are differences; the levels of the base first."""
    rows = [(label, cells, matrix.of == "difference") for label, cells in matrix.rows]
    return rows if matrix.base is None else [(f"{matrix.base[0]}, level", matrix.base[1], False), *rows]


def _matrix(answer: Answer) -> str:
    matrix = answer.matrix
    names = [f"{column.name}, {column.unit}" if column.unit else column.name for column in matrix.columns]
    lines = [f"| | {' | '.join(names)} |", "| --- |" + " --- |" * len(names)]
    for label, cells, signed in _rows(matrix):
        lines.append(f"| {look.sentence(label)} | {' | '.join(amount(cell, '', signed) for cell in cells)} |")
    what = "Below the levels: differences to them" if matrix.base is not None else "Effects"
    if matrix.of != "difference":
        what = "Levels"
    return "\n".join(lines) + f"\n\n{what}, with 95 % intervals."


def _repeat(done: Answered) -> str:
    finding, answer = done.finding, done.answer
    given = "" if answer.pairs == finding.runs else f" --runs {answer.pairs}"
    seed = "" if done.seed == 1 else f" --seed {done.seed}"
    failed = f"; {look.plural(answer.failed, 'run')} failed" if answer.failed else ""
    return (
        f"```sh\nsymbiopark finding {finding.name} --out findings{given}{seed}\n```\n\n"
        f"Model results of {counted(finding, answer)}: {look.plural(answer.jobs, 'job')} of work{failed}. "
        f"Model {model_version()}."
    )

"""The pages of findings: what stands between the markers is written from results, the rest by hand.

symbiopark finding all --out findings --pages docs
python -m experiments.findings.pages findings docs       (from a folder that is finished)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..marked import between
from .said import markdown
from .study import RECORD, Answered, answered, draw
from .table import CLAIMS, FINDINGS, MECHANISMS, QUESTIONS

MARKS = "<!-- results: written by symbiopark finding --pages -->", "<!-- end of results -->"
INDEX = (
    "# Findings\n\nWhat others found, tried on this model, and questions of our own. Each page has the answer with its "
    "intervals, how it was got, and what it cannot tell. All numbers are model results of the Kalundborg scenario or of "
    "parks drawn at random, and are written by the command that makes them."
)
GROUPS = (
    ("Claims of the literature", CLAIMS),
    ("Mechanisms", MECHANISMS),
    ("Questions of our own", QUESTIONS),
)


def write_pages(done: Sequence[Answered], docs: Path) -> list[Path]:
    """Write the page and figures of every answer, and the index; returns what was written.

    Pages of findings that are not among them stay, and so do their lines in the index.
    """
    written: list[Path] = []
    for each in done:
        name = each.finding.name
        figures = draw(each, docs / "images" / "findings", f"{name}-")
        addresses = [f"../images/findings/{figure.name}" for figure in figures]
        page = docs / "findings" / f"{name}.md"
        _put(page, f"# {each.finding.title}", markdown(each, addresses))
        written += [page, *figures]
    index = docs / "findings.md"
    lines = _lines(index) | {each.finding.name: _line(each) for each in done}
    _put(index, INDEX, "\n\n".join(_group(title, [f.name for f in group], lines) for title, group in GROUPS))
    return [*written, index]


def _put(page: Path, head: str, results: str) -> None:
    page.parent.mkdir(parents=True, exist_ok=True)
    old = page.read_text(encoding="utf-8") if page.is_file() else f"{head}\n\n{MARKS[0]}\n{MARKS[1]}\n"
    page.write_text(between(old, results, MARKS), encoding="utf-8")


def _line(each: Answered) -> str:
    finding, answer = each.finding, each.answer
    verdict = f"**{answer.verdict}**{answer.tally.removeprefix(answer.verdict)}. " if answer.verdict else ""
    return f"- [{finding.title}](findings/{finding.name}.md): {verdict}{answer.headline}."


def _lines(index: Path) -> dict[str, str]:
    """The lines of the index as it is, by name."""
    if not index.is_file():
        return {}
    lines = index.read_text(encoding="utf-8").splitlines()
    return {name: line for name in FINDINGS for line in lines if f"](findings/{name}.md)" in line}


def _group(title: str, names: Sequence[str], lines: dict[str, str]) -> str:
    known = [lines[name] for name in names if name in lines]
    return "\n".join([f"## {title}\n", *known])


def _finished(folder: Path) -> list[Answered]:
    """The findings of a folder, from runs that are done."""
    done: list[Answered] = []
    for name, finding in FINDINGS.items():
        path = folder / name / RECORD
        if path.is_file():
            known = json.loads(path.read_text(encoding="utf-8"))
            done += answered([finding], folder, runs=known["pairs"], seed=known["seed"], workers=1)
    return done


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(
        "\n".join(f"Written: {path}" for path in write_pages(_finished(Path(sys.argv[1])), Path(sys.argv[2])))
    )

"""The report of a validation: scores of both periods beside the null models, patterns, streams, totals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation.records import read_study

from .. import look
from . import provenance
from .document import (
    Block,
    Cell,
    Code,
    Column,
    Facts,
    Folded,
    KeyFigure,
    Picture,
    Prose,
    Report,
    Section,
    Table,
    words,
)
from .drawing import stored

PICTURES = {
    "counts": (
        "Streams in operation beside the record",
        "Bands of runs over the years, recorded counts as dots.",
    ),
    "streams": (
        "Which recorded streams form, and when",
        "A row a recorded stream: share of runs, recorded and simulated start.",
    ),
    "totals": ("Totals as ratios to the published ones", "A dot and an interval a total; 1 is as published."),
    "false-streams": ("Streams that the model forms and nobody reported", "Bars by kind."),
}
NEEDED: dict[str, Any] = {
    "scenario": str, "title": str, "headline": str, "tables": list, "seeds": list, "patterns": list,
    "versions": dict, "skill": list,
}  # fmt: skip


def opened(folder: Path) -> dict[str, Any]:
    """The validation in a folder. Raises ScenarioError, ValueError or TypeError where it cannot be read."""
    record = dict(read_study(folder / "validation.json", NEEDED))
    record["tables"] = {heading: (names, rows) for heading, names, rows in record["tables"]}
    return record


def report_of(record: dict[str, Any], folder: Path) -> Report:
    """The report of a validation that was opened."""
    first, last = record["seeds"]
    sentences = _sentences(record["headline"])
    caption = f"Model result, {last - first + 1} runs, seeds {first} to {last}."
    pictures = {name: each for name in PICTURES if (each := _picture(folder, name, caption)) is not None}
    shown = {heading: _table(heading, *record["tables"][heading]) for heading in record["tables"]}
    parts: list[tuple[str, str, list[Block]]] = [
        (
            "Counts and streams",
            "streams",
            _present(shown, pictures, ["Streams in operation"], ["streams", "false-streams"]),
        ),
        (
            "Against the null models",
            "nulls",
            _present(shown, pictures, ["By period, beside the null models", "Verdicts"], []),
        ),
        ("Totals", "totals", _present(shown, pictures, [], ["totals"])),
        ("Patterns", "patterns", [_patterns(record)]),
    ]
    used = {"Streams in operation", "By period, beside the null models", "Verdicts"}
    rest: list[Block] = [Folded(heading, [table]) for heading, table in shown.items() if heading not in used]
    parts.append(("All tables", "tables", rest))
    return Report(
        kind="Validation against the record",
        title=record["title"],
        question="Does the model form the trades that history knows, in their time, better than models that explain nothing?",
        headlines=sentences[1:4],
        caution=sentences[0],
        key_figures=_key_figures(record),
        picture=pictures.pop("counts", None),
        sections=[Section(title, anchor, blocks) for title, anchor, blocks in parts if blocks],
        repeat=_repeat(record, folder),
        limits=[
            "Agreement with one history is no proof: many models could have made it.",
            "The record holds what partners reported; a stream that nobody reported counts against the model.",
            "Years up to the calibration were seen when parameters were set; only what comes after is a test.",
        ],
    )


def _present(
    shown: dict[str, Table], pictures: dict[str, Picture], tables: list[str], figures: list[str]
) -> list[Block]:
    found: list[Block] = [shown[name] for name in tables if name in shown]
    return found + [pictures[name] for name in figures if name in pictures]


def _picture(folder: Path, name: str, caption: str) -> Picture | None:
    path = folder / "figures" / f"{name}.png"
    return stored(path, *PICTURES[name], caption) if path.is_file() else None


def _table(heading: str, names: list[str], rows: list[list[str]]) -> Table:
    """A table of the validation; a column whose cells begin with figures stands at the right."""
    numeric = [all(row[at][:1] in "0123456789−–" for row in rows) for at in range(len(names))]
    columns = [
        Column(name) if number and at else words(name)
        for at, (name, number) in enumerate(zip(names, numeric, strict=True))
    ]
    cells: list[list[Cell]] = [list(row) for row in rows]
    return Table(heading, columns, cells)


def _patterns(record: dict[str, Any]) -> Table:
    rows: list[list[Cell]] = [
        [str(each["number"]), each["verdict"], each["tested"], each["simulated"], each["recorded"]]
        for each in record["patterns"]
    ]
    columns = (
        words("Pattern"),
        words("Verdict"),
        words("Tested", wide=True),
        words("Simulated", wide=True),
        words("Recorded", wide=True),
    )
    return Table("Patterns of the record", columns, rows)


def _key_figures(record: dict[str, Any]) -> list[KeyFigure]:
    figures = []
    for row in record["skill"]:
        if row["score"] == "F1" and row["null"] == "frictionless":
            value = "" if row["model"] is None else look.fixed(row["model"], 2)
            beside = (
                ""
                if row["null_model"] is None
                else f"frictionless null {look.fixed(row['null_model'], 2)}: {row['verdict']}"
            )
            figures.append(KeyFigure(f"F1 {row['period']}", value, "", beside))
    passed = sum(each["verdict"] == "pass" for each in record["patterns"])
    figures.append(KeyFigure("Patterns passed", f"{passed} of {len(record['patterns'])}"))
    return figures


def _repeat(record: dict[str, Any], folder: Path) -> list[Block]:
    first, last = record["seeds"]
    drawn = " --uncertain" if record.get("uncertain") else ""
    line = (
        f"symbiopark validate {record['scenario']} --runs {last - first + 1} --seed {first}{drawn} --out NEW"
    )
    versions = [(str(name), str(value)) for name, value in record["versions"].items()]
    parts: list[Block] = [
        Code("The same validation again:", [line]),
        Code("This page again:", [f"symbiopark report {folder.name}"]),
    ]
    parquet = sorted(folder.glob("*.parquet"))
    return [
        *parts,
        Prose("Versions."),
        Facts(versions, code=True),
        *([provenance.files(parquet)] if parquet else []),
    ]


def _sentences(text: str) -> list[str]:
    return [each if each.endswith(".") else f"{each}." for each in text.split(". ")]

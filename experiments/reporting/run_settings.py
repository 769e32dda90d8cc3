"""What a run was set to, and where its numbers come from: changes, parameters of the rules, numbers of the park."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.fieldpaths import Field, fields
from simulation.parameters import SECTIONS
from simulation.quantities import DatedPath
from simulation.scenario import Scenario

from .. import look
from .document import Block, Cell, Code, Column, Folded, Prose, Table, words
from .run_changes import Changes, plain, written

DEFAULTS = Scenario(name="defaults")
MOST_ROWS, MOST_COMPANY_ROWS = 60, 600


def blocks(scenario: Scenario, every: list[Field], found: Changes, record: str = "run.json") -> list[Block]:
    """The section: what was changed, the park's own values, all parameters, the numbers of the park.

    `record` is the file beside the page that holds the scenario.
    """
    rules = [field for field in every if field.path.partition(".")[0] in SECTIONS]
    defaults = {field.path: field for field in fields(DEFAULTS)}
    parts: list[Block] = [_changed(found, record), *_events(scenario)]
    own = [
        field
        for field in rules
        if field.path in defaults and plain(field.value) != plain(defaults[field.path].value)
    ]
    if own:
        parts.append(_park_values(scenario, own, defaults))
    parts.append(Folded(f"All {len(rules)} parameters of the rules", [_parameters(rules, defaults)]))
    return [*parts, *_numbers_of_park(every, record)]


def _changed(found: Changes, record: str) -> Block:
    if not found.base:
        return Prose(
            "The scenario is a file of its own: no bundled scenario to compare it with has this name."
        )
    if not found.fields:
        return Prose(f"Every field is as in the bundled scenario {found.base}.")
    columns = (
        words("Field"), Column("This run"), Column(f"Bundled {found.base}"),
        words("Meaning", wide=True), words("Source of the bundled value", wide=True),
    )  # fmt: skip
    rows = [
        [each.path, each.now, each.before, _meaning(each.field), _origin(each.field)]
        for each in found.fields[:MOST_ROWS]
    ]
    rest = len(found.fields) - len(rows)
    note = f"{look.plural(rest, 'other field')}: see {record}." if rest else ""
    return Table("What was changed for this run", columns, rows, note)


def _events(scenario: Scenario) -> list[Block]:
    return [Code("Events of the scenario:", list(scenario.events))] if scenario.events else []


def _park_values(scenario: Scenario, own: list[Field], defaults: dict[str, Field]) -> Table:
    columns = (
        words("Field"), Column("This run"), Column("Default"),
        words("Meaning", wide=True), words("Source", wide=True),
    )  # fmt: skip
    named = {field.path for field in own}
    rows = [
        [
            field.path, written(field.value, field.unit),
            written(defaults[field.path].value, defaults[field.path].unit), _meaning(field), _origin(field),
        ]
        for field in own
        if field.path.removesuffix(".scale") == field.path or field.path.removesuffix(".scale") not in named
    ]  # fmt: skip
    name = scenario.title or scenario.name
    return Table(f"Parameters of the rules that {name} sets apart from the model's defaults", columns, rows)


def _parameters(rules: Iterable[Field], defaults: dict[str, Field]) -> Table:
    columns = (
        words("Field"), Column("Value"), words("Unit"), Column("Default"),
        Column("Plausible"), words("Estimate"), words("Meaning", wide=True),
        words("Source", wide=True),
    )  # fmt: skip
    rows = [
        [
            field.path, written(field.value), field.unit,
            written(defaults[field.path].value) if field.path in defaults else look.NOTHING,
            _range(field), _estimate(field), _meaning(field), field.source or look.NOTHING,
        ]
        for field in rules
    ]  # fmt: skip
    note = "A unit of 1 is a share or a ratio. The range of a value by year, and of its scale, is a factor on it."
    return Table("Parameters of the rules", columns, rows, note)


def _numbers_of_park(every: list[Field], record: str) -> list[Block]:
    """Of the numbers that describe the park: how many there are, and those of the companies one by one."""
    park = [field for field in every if field.path.partition(".")[0] in PARTS]
    if not park:
        return []
    counts = []
    for part, said in PARTS.items():
        own = [
            f for f in park if f.path.partition(".")[0] == part and type(f.value) in (int, float, DatedPath)
        ]
        if own:
            sourced, guessed = sum(bool(f.source) for f in own), sum(f.estimate for f in own)
            counts.append([said, look.count(len(own)), look.count(sourced), look.count(guessed)])
    columns = (
        words("Numbers of"), Column("in all"), Column("with a source beside them"),
        Column("marked as estimates"),
    )  # fmt: skip
    note = (
        f"Every one stands in {record}, under the path that sets it; docs/data.md says where they come from."
    )
    return [Table("Numbers that describe the park", columns, counts, note), *_of_companies(park, record)]


PARTS = {
    "companies": "companies and their processes",
    "prospects": "prospects",
    "resources": "resources: prices, disposal, transport",
    "substitutions": "uses of residues",
    "archetypes": "kinds of process",
    "money": "money",
}


def _of_companies(park: list[Field], record: str) -> list[Block]:
    own = [
        field
        for field in park
        if field.path.partition(".")[0] in ("companies", "prospects", "money")
        and type(field.value) in (int, float, DatedPath)
        and (field.source or field.low is not None)
    ]
    if not own:
        return []
    columns = (
        words("Field"), Column("Value"), Column("Range"), words("Estimate"),
        words("Source", wide=True),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            field.path,
            written(field.value, field.unit),
            _range(field),
            _estimate(field),
            field.source or look.NOTHING,
        ]
        for field in own
        if not field.path.endswith(".scale")
    ]
    shown = rows[:MOST_COMPANY_ROWS]
    note = "" if len(shown) == len(rows) else f"{look.count(len(rows) - len(shown))} more stand in {record}."
    table = Table("Companies, prospects and money", columns, shown, note)
    return [
        Folded(
            f"{look.plural(len(rows), 'number')} of companies, prospects and money, with their sources",
            [table],
        )
    ]


def _meaning(field: Field) -> str:
    return field.meaning.replace("`", "")


def _origin(field: Field) -> str:
    mark = "estimate" if field.estimate and not field.source.startswith("estimate") else ""
    return "; ".join(part for part in (field.source, mark) if part) or look.NOTHING


def _range(field: Field) -> str:
    if field.low is None or field.high is None:
        return look.NOTHING
    factor = "× " if isinstance(field.value, DatedPath) else ""
    return f"{factor}{look.number(field.low)} to {look.number(field.high)}"


def _estimate(field: Field) -> str:
    return "estimate" if field.estimate else ("sourced" if field.source else look.NOTHING)

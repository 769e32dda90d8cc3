"""The reference of parameters and tables, built from their declarations.

`python -m simulation.reference` writes it to `docs/parameters.md`. Nothing is said twice: meaning,
unit, range and source stand in `simulation.parameters`, `agents.fields`, `simulation.indicators` and
`simulation.metrics`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from agents.fields import TABLES

from .fieldpaths import Field, describe
from .indicators import INDICATOR, STOCKS
from .limits import TOO_FAR_TO_TELL, Limits
from .metrics import METRICS
from .parameters import SECTIONS
from .problems import number
from .quantities import DatedPath
from .scenario import Scenario

PAGE = Path(__file__).parents[1] / "docs" / "parameters.md"
NEVER = 9999
"""A year that means never."""

DEFAULTS = Scenario(name="defaults")
THIN = "\N{NARROW NO-BREAK SPACE}"

INTRODUCTION = f"""# Parameters and tables

Written by `python -m simulation.reference` from the declarations in the code; do not edit by hand.
What each parameter does is described in [model.md](model.md), where it stands under the same name.

## How to read it

A field is named by its dotted path. The same path sets it in a file (`[trust]`, `prior = 0.6`), on
the command line (`--set trust.prior=0.6`), in Python and as the axis of a sweep.

- **Plausible** is the range that a sweep or an uncertain run should cover. **Allowed** is the hard limit.
- **Estimate**: no document gives the number. Calibrate it or vary it.
- **Live**: an event may change it in mid-run (`2005 set trust.prior 0.4`).
- Money is EUR of `money.year`. A unit of 1 is a share or a ratio. The year {NEVER} means never.
"""

METRICS_INTRODUCTION = """## Metrics

`result.metrics` has a row a year: what can be seen of the park in its last quarter. Each is a function of the
streams in operation and the companies there, apart from the model.
"""

ROWS = {
    "companies": "A row a legal entity, prospects and partners beyond the map included.",
    "processes": "A row a process of a company.",
    "flows": "A row an input or a residue of a process.",
    "balances": "Two tables of this kind, `residues` and `needs`: a row a company and resource.",
    "resources": "A row a good that is a residue, an input, or both.",
    "substitutions": "A row a way in which a residue replaces an input.",
    "ties": "A row a pair of companies that has met or is going to.",
    "opportunities": "A row a residue of one side of a tie that could serve a need of the other.",
    "connections": "A row a pipe, or a plant at the end of a road, that was ordered.",
    "contracts": "A row a stream that was signed.",
    "negotiations": "A row a negotiation, whatever came of it.",
    "terms": "Scratch: what is on the table while two companies talk.",
    "journal": "A row an event: what happened, when, to whom, why.",
    "interventions": "A row an intervention from outside, dated.",
    "successions": "A row a hand-over of processes to another company, dated.",
    "clock": "One row: the date, counters, and what belongs to the park as a whole.",
    "accounts": "A row a company and year.",
    "indicators": "A row a quarter: what a run is measured by.",
}


def parameter_page() -> str:
    """The whole page in Markdown."""
    parts = [INTRODUCTION]
    for section, declared in SECTIONS.items():
        sentence = (declared.__doc__ or "").split(" (model.md")[0].rstrip(".")
        paths = [f"{section}.{name}" for name in declared.model_fields]
        parts += [f"## {section}\n\n{sentence}.\n", *_section(describe(DEFAULTS, path) for path in paths)]
    stocks = ", ".join(f"`{name}`" for name in STOCKS)
    parts.append(
        "## Tables\n\nThe state of a run, and what is recorded of it. A row number of another table is -1"
        " for none.\n"
    )
    for table in (*TABLES, INDICATOR):
        parts.append(f"### {table.name}\n\n{ROWS[table.name]}\n")
        if table is INDICATOR:
            parts.append(f"Of a moment: {stocks}. All others are summed over a year.\n")
        rows = ((f"`{field.name}`", field.unit, field.meaning) for field in table.fields)
        parts.append(_markdown(("Field", "Unit", "Meaning"), rows))
    parts += [METRICS_INTRODUCTION, metrics_table()]
    return "\n".join(parts)


def metrics_table() -> str:
    """Every metric with unit, meaning, formula, source and the value of the empty park, in Markdown."""
    names = ("Metric", "Unit", "Meaning", "Formula", "Empty park", "Source")
    rows = (
        (f"`{each.name}`", each.unit, each.meaning, each.formula, _shown(each.empty), each.source)
        for each in METRICS.values()
    )
    return _markdown(names, rows)


def _section(declared: Iterable[Field]) -> Iterator[str]:
    """A table of the numbers, and one of the choices, switches and dated paths."""
    every = list(declared)
    numbers = [_number(field) for field in every if type(field.value) in (int, float)]
    others = [_other(field) for field in every if type(field.value) not in (int, float)]
    if numbers:
        names = ("Field", "Meaning", "Unit", "Default", "Plausible", "Allowed", "Source", "Estimate", "Live")
        yield _markdown(names, numbers)
    if others:
        yield _markdown(("Field", "Meaning", "Default", "May be"), others)


def _number(field: Field) -> tuple[str, ...]:
    assert field.low is not None and field.high is not None
    plausible = f"{_shown(field.low)} to {_shown(field.high)}"
    return (
        f"`{field.path}`", field.meaning, field.unit, _shown(field.value), plausible, _allowed(field.limits),
        field.source, _yes(field.estimate), _yes(field.live),
    )  # fmt: skip


def _allowed(limits: Limits) -> str:
    if limits.least is None or limits.most is None or limits.most >= TOO_FAR_TO_TELL:
        return limits.words()
    return f"{_shown(limits.least)} to {_shown(limits.most)}"


def _other(field: Field) -> tuple[str, ...]:
    meaning = field.meaning or "see model.md"
    if isinstance(field.value, DatedPath):
        default = f"{_shown(field.value.at(2000))} {field.unit}".strip()
        return f"`{field.path}`", field.source, default, "a number, or values by year; its `scale` is live"
    return f"`{field.path}`", meaning, f"`{str(field.value).lower() or 'none'}`", field.allowed or "a name"


def _shown(value: float) -> str:
    """A number as it is read: thin spaces for thousands, no needless digits."""
    if abs(value) < 1e-2 and value != 0:
        return f"{value:g}"
    if abs(value) >= 1e4 and value == int(value):
        return f"{int(value):,}".replace(",", THIN)
    return number(value)


def _yes(mark: bool) -> str:
    return "yes" if mark else "no"


def _markdown(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [names, tuple("---" for _ in names), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(parameter_page(), encoding="utf-8")
    print(f"Written: {PAGE}")

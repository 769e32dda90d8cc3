"""Two runs side by side: indicators at dates, differences, streams that only one of them has."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.problems import Problem, ScenarioError
from simulation.result import load_result, write_frame

from . import folders, look, summary
from .record import KEY
from .request import requested

FILES = frozenset({"compare.parquet", "compare.png"})
SHOWN = tuple(c for c in summary.COLUMNS if c.indicator in ("streams", "partners", "co2_avoided", "savings"))
READ = {
    "indicators": ("year", "quarter", *(column.indicator for column in SHOWN)),
    "contracts": (
        "supplier", "receiver", "residue", "input", "class", "quantity", "starts", "ends", "begun_by_supplier",
        "begun_by_receiver",
    ),
    "events": ("year", "what", "company", "partner", "contract"),
}  # fmt: skip
"""Columns of the tables that a comparison reads."""
MOST_LISTED = 10
WIDTH = 80


@dataclass(frozen=True)
class Comparison:
    """Two results, the first and the second, with a short name for each."""

    first: Any
    second: Any
    names: tuple[str, str]

    @property
    def years(self) -> list[int]:
        """Whole years that both have run."""
        return sorted(set(self.first.yearly().index) & set(self.second.yearly().index))

    def table(self) -> pd.DataFrame:
        """A row a year and indicator: `first`, `second`, `difference` (second less first)."""
        one, other = self.first.yearly().loc[self.years], self.second.yearly().loc[self.years]
        frame = pd.DataFrame({"first": one.stack(), "second": other.stack()})
        frame.index.names = ["year", "indicator"]
        return frame.assign(difference=frame["second"] - frame["first"]).reset_index()

    def only(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Streams that only the first, and only the second has ever had, with the years in operation."""
        tables = [
            result.holders.groupby(KEY).agg(starts=("starts", "min"), ends=("ends", "max"))
            for result in (self.first, self.second)
        ]
        one, other = (
            tables[k].loc[tables[k].index.difference(tables[1 - k].index)].sort_values("starts")
            for k in (0, 1)
        )
        return one.reset_index(), other.reset_index()


def compared(first: str, second: str, seed: int | None = None, until: float | None = None) -> Comparison:
    """A comparison of two run folders, or of two scenarios run with the same seed."""
    results = [_result(source, seed, until) for source in (first, second)]
    names = [result.scenario.name for result in results]
    if names[0] == names[1]:
        names = [Path(source).name or source for source in (first, second)]
    if names[0] == names[1]:
        names = ["first", "second"]
    return Comparison(results[0], results[1], (names[0], names[1]))


def performed(
    first: str, second: str, seed: int | None, until: float | None, out: Path | None, force: bool
) -> str:
    """Compare, write to `out` if it is given, and return the text."""
    folders.checked(out, force, FILES)
    comparison = compared(first, second, seed, until)
    said = text(comparison)
    if out is None:
        return said
    from .canvas import save
    from .figures_of_comparison import curves

    try:
        with folders.alone(out):
            write_frame(comparison.table(), out / "compare.parquet", {"year": "year"})
            save(curves(comparison), out / "compare.png")
    except OSError as error:
        raise folders.unwritable(out, error) from None
    return f"{said}\n\nWritten to {out}: compare.parquet, compare.png"


def text(comparison: Comparison) -> str:
    """Headline, table, and the streams that only one has."""
    parts = [textwrap.fill(headline(comparison), WIDTH)]
    if comparison.years:
        parts.append(side_by_side(comparison))
    only = comparison.only()
    if all(table.empty for table in only):
        parts.append("Both have had the same streams.")
    else:
        parts += [_only_said(name, table) for name, table in zip(comparison.names, only, strict=True)]
    seeds = {comparison.first.seed, comparison.second.seed}
    said = (
        f"seed {seeds.pop()}"
        if len(seeds) == 1
        else f"seeds {comparison.first.seed} and {comparison.second.seed}"
    )
    parts.append(f"Model results, {said}. Money in EUR of {look.year(comparison.first.scenario.money.year)}.")
    return "\n\n".join(parts)


def headline(comparison: Comparison) -> str:
    """The main difference in a sentence."""
    one, other = comparison.names
    if not comparison.years:
        return f"{one} and {other} have no whole year in common."
    year = comparison.years[-1]
    table = comparison.table()
    if not table["difference"].abs().gt(0).any():
        return f"{one} and {other} do not differ: every indicator is equal to {year}."
    row: Any = table[table["year"] == year].set_index("indicator")
    streams, savings = row.loc["streams"], row.loc["savings"]
    parts = [
        f"{look.plural(streams['second'], 'stream')} against {look.count(streams['first'])} in {year}",
        f"savings of {look.money(savings['second'])} a year against {look.money(savings['first'])}",
    ]
    return f"{other} against {one}: {', '.join(parts)}."


def side_by_side(comparison: Comparison) -> str:
    """The table at the dates that the summary of a run shows."""
    table = comparison.table().set_index(["year", "indicator"])
    years = [year for year in summary.shown_years(comparison.first) if year in comparison.years]
    years = years or comparison.years[-1:]
    groups = [["", "", "year", *map(str, years)]]
    for column in SHOWN:
        rows = table.loc[[(year, column.indicator) for year in years]] / column.divisor
        places = 0 if column.divisor == 1 or rows.abs().max().max() >= 99.95 else 1
        heads = {"A": "first", "B": "second", "B\u2212A": "difference"}
        columns = [
            [head, *(look.fixed(value, places) for value in rows[name])] for head, name in heads.items()
        ]
        groups.append([column.header, column.unit, *summary.joined(columns, " ")])
    return "\n".join(
        [*summary.joined(groups, "  "), "", f"A: {comparison.names[0]}; B: {comparison.names[1]}."]
    )


def _only_said(name: str, streams: pd.DataFrame) -> str:
    if streams.empty:
        return f"No stream only in {name}."
    lines = [f"Only in {name} ({look.plural(len(streams), 'stream')}):"]
    for row in streams.head(MOST_LISTED).to_dict("records"):
        lines.append(f"  {look.year(row['starts'])} to {look.year(row['ends'])}  {summary.stream(row)}")
    if len(streams) > MOST_LISTED:
        lines.append(f"  and {len(streams) - MOST_LISTED} more")
    return "\n".join(lines)


def _result(source: str, seed: int | None, until: float | None) -> Any:
    """A run folder (or its run.json) as it was saved; a scenario as it runs now."""
    path = Path(source)
    folder = path.parent if path.name == "run.json" else path
    if not folder.is_dir() or source in ("", "."):
        return requested(source, seed=seed, until=until).result()
    if not (folder / "run.json").exists():
        found = "a folder without the run.json of a finished run"
        allowed = "a run folder, a bundled scenario or a TOML file"
        raise ScenarioError([Problem(source, found=found, allowed=allowed)])
    result = load_result(folder)
    result.require(READ)
    return result

"""From talk to stream: how many of the ideas become business, how long it takes, how far they reach, who gains.

The words are those of facilitated programmes (ideas, studies, business): an *idea* is a pair and a flow
that was talked over at least once, a *study* one that the association brought to the table. As a command:

    python -m experiments.funnel ulsan --runs 50
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click
import numpy as np
import pandas as pd

from simulation.problems import ScenarioError
from simulation.reading import load_scenario
from simulation.run import Source, simulate

from . import options

IDEA = ["supplier", "receiver", "residue", "input"]


@dataclass(frozen=True)
class Figure:
    """A number of the table: column, words, unit as printed, decimal places."""

    column: str
    words: str
    unit: str = ""
    places: int = 1


FIGURES = (
    Figure("ideas", "ideas talked over", places=0),
    Figure("ideas_in_business", "of them in business", "%", 0),
    Figure("studies", "brought together by the association", places=0),
    Figure("studies_in_business", "of them in business", "%", 0),
    Figure("idea_to_flow", "from first talk to first delivery, median", "years"),
    Figure("order_to_flow", "from signing to first delivery, median", "years"),
    Figure("pipe", "length of a pipe, median", "km"),
    Figure("longest_pipe", "longest pipe", "km"),
    Figure("steam_pipe", "length of a steam pipe, median", "km"),
    Figure("longest_steam_pipe", "longest steam pipe", "km"),
    Figure("payback", "payback of what was built, median", "years"),
    Figure("supplier_share", "supplier's share of the gain, median", "%", 0),
    Figure("delivered", "delivered of what was signed, median", "%", 0),
    Figure("steam_streams", "streams of steam among all", "%", 0),
    Figure("largest_year", "year with most streams", places=0),
    Figure("companies", "companies with a stream then", places=0),
    Figure("top_five", "share of stream ends at the five largest then", "%", 0),
)


def funnel(result: Any) -> dict[str, float]:
    """The figures of one run, by column of `FIGURES`; missing where nothing of the kind happened.

    Renewals are left out, and lengths of time count streams for which something was built.
    """
    talks = result.negotiations
    talks = talks[~talks["renewal"]]
    contracts = result.contracts
    built = contracts[contracts["capex"] > 0]
    pipes = built[built["carrier"] == "pipe"]
    steam = pipes[pipes["residue"] == "steam"]
    ideas, studies = _ideas(talks), _ideas(talks[talks["facilitated"]])
    business = _ideas(contracts)
    begun = talks.groupby(IDEA)["year"].min().rename("begun")
    since = built.merge(begun, left_on=IDEA, right_index=True)
    return {
        "ideas": float(len(ideas)),
        "ideas_in_business": 100 * _part(ideas, business),
        "studies": float(len(studies)),
        "studies_in_business": 100 * _part(studies, business),
        "idea_to_flow": float((since["starts"] - since["begun"]).median()),
        "order_to_flow": float((built["starts"] - built["signed"]).median()),
        "pipe": float(pipes["distance"].median()),
        "longest_pipe": float(pipes["distance"].max()),
        "steam_pipe": float(steam["distance"].median()),
        "longest_steam_pipe": float(steam["distance"].max()),
        "payback": float(built["payback"].median()),
        "supplier_share": 100 * float(contracts["split"].median()),
        "delivered": 100 * _delivered(result),
        "steam_streams": 100 * float((contracts["residue"] == "steam").mean()),
        **_at_most_streams(result),
    }


def funnels(
    scenario: Source,
    runs: int = 50,
    seed: int = 1,
    set: Mapping[str, Any] | None = None,
    tell: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """The figures of `runs` seeds, `seed` being the first, a row a run, and streams at the end of every fifth year.

    `tell` is called with the number done. Raises ScenarioError.
    """
    scenario, rows = load_scenario(scenario, set), []
    for done in range(runs):
        result = simulate(scenario, seed + done)
        streams = result.yearly()["streams"]
        fifth = {f"streams in {year}": streams[year] for year in streams.index if year % 5 == 0}
        rows.append({**funnel(result), **fifth})
        if tell is not None:
            tell(done + 1)
    return pd.DataFrame(rows)


def text(runs: pd.DataFrame) -> str:
    """The figures of many runs, a row a run, as plain lines: median run and the middle nine tenths."""
    lines = ["From talk to stream, median run (and the middle nine tenths of runs):", ""]
    fifth = [Figure(name, name, places=0) for name in map(str, runs) if name.startswith("streams in ")]
    for each in (*FIGURES, *fifth):
        values = runs[each.column].dropna()
        if values.empty:
            continue
        low, middle, high = np.percentile(values, [5, 50, 95])
        spread = f"({low:.{each.places}f} to {high:.{each.places}f})"
        lines.append(f"  {each.words:<44}{middle:>7.{each.places}f} {each.unit:<5} {spread}")
    return "\n".join(lines)


def _at_most_streams(result: Any) -> dict[str, float]:
    """How concentrated the network is in the last quarter of the year with most streams."""
    streams = result.yearly()["streams"]
    if streams.empty or streams.max() == 0:
        return {}
    year = int(streams.idxmax())
    now = result.streams(year + 0.99)
    degrees = pd.concat([now["supplier"], now["receiver"]]).value_counts()
    return {
        "largest_year": float(year),
        "companies": float(len(degrees)),
        "top_five": 100 * float(degrees.head(5).sum() / degrees.sum()),
    }


def _delivered(result: Any) -> float:
    """Sent over signed quantity while a stream was in operation, the median stream."""
    begun = result.contracts[result.contracts["status"] != "ordered"]
    now = float(result.indicators["year"].iloc[-1]) + 0.25
    years = np.minimum(begun["ends"], now) - begun["starts"]
    share = begun["sent_total"] / (begun["quantity"] * years)
    return float(share[years >= 1].median())


def _ideas(table: pd.DataFrame) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in table[IDEA].to_numpy()}


def _part(some: set[tuple[Any, ...]], of: set[tuple[Any, ...]]) -> float:
    return len(some & of) / len(some) if some else float("nan")


@click.command()
@click.argument("scenario")
@click.option(
    "--runs", default=50, show_default=True, type=click.IntRange(1, 100_000), help="Number of seeds."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="First seed.")
@options.settings
def main(scenario: str, runs: int, seed: int, settings: tuple[tuple[str, str], ...]) -> None:
    """From talk to stream in many seeds of SCENARIO."""
    try:
        with click.progressbar(length=runs, label="runs", file=sys.stderr) as bar:
            found = funnels(scenario, runs, seed, dict(settings), lambda _done: bar.update(1))
    except ScenarioError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{text(found)}\n\nModel result, {runs} runs, seeds {seed} to {seed + runs - 1}.")


if __name__ == "__main__":
    main()

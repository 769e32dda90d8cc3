"""The command `discover`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("folder", metavar="DIR", type=options.Place())
@click.option("--bad", required=True, metavar="CONDITION", help='What to explain: "savings_2018 < 10e6".')
@click.option("--method", type=click.Choice(["prim", "cart"]), default="prim", show_default=True)
@click.option(
    "--density", default=0.8, show_default=True, type=click.FloatRange(0.0, 1.0, min_open=True),
    help="Least share of runs in a box that meet the condition.",
)  # fmt: skip
@options.as_json
def discover(folder: Path, bad: str, method: str, density: float, as_json: bool) -> None:
    """Which conditions lead there: boxes of field values on the finished sweep in DIR."""
    from ..discovery.command import performed

    click.echo(performed(folder, bad, method, density, as_json))

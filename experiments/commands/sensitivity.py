"""The command `sensitivity`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import options


@click.command()
@click.argument("scenario")
@click.option("--method", type=click.Choice(["sobol", "morris"]), default="sobol", show_default=True)
@options.over
@click.option(
    "--of", "outcomes", multiple=True, metavar="OUTCOME", required=True, help="An outcome; may be repeated."
)
@click.option(
    "--samples", type=click.IntRange(2), required=True, metavar="N",
    help="Base points (sobol, a power of 2) or trajectories (morris).",
)  # fmt: skip
@click.option(
    "--replicates", type=click.IntRange(1), default=1, show_default=True, help="Seeds of every point."
)
@click.option("--no-second-order", is_flag=True, help="Leave pairs out: nearly half the runs.")
@options.together(
    options.study_out, options.settings, options.events, options.workers, options.cluster, options.seed
)
@click.option("--no-figures", is_flag=True, help="Write no figures.")
@options.as_json
def sensitivity(scenario: str, **given: Any) -> None:
    """Which fields the outcomes of SCENARIO depend on, with intervals and a mark on what has not settled.

    The same DIR again: goes on where it stopped.
    """
    from ..sensitivities.command import performed

    out: Path | None = given["out"]
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    click.echo(performed(scenario, **given))

"""`symbiopark stress`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .. import options


@click.command()
@click.argument("scenario")
@click.option("--year", type=float, metavar="Y", help="Date of the loss, with --remove.")
@click.option(
    "--remove",
    multiple=True,
    metavar="NAME|all",
    help="Take this company out; may be repeated.  [default: all]",
)
@click.option(
    "--order", type=click.IntRange(1, 2), default=1, help="2: every pair of losses too.  [default: 1]"
)
@click.option(
    "--mode", "modes", multiple=True, metavar="MODE",
    help="exit, stop-trading, shrink:SHARE, process:NAME, announced:YEARS, temporary:YEARS; "
    "several are compared.  [default: exit]",
)  # fmt: skip
@click.option(
    "--event", "events", multiple=True, metavar="WORDS",
    help='A loss in words, "1998 facilitator off"; parts split by ";" happen as one.',
)  # fmt: skip
@click.option(
    "--runs", type=click.IntRange(2, 100_000), default=100, metavar="N", help="Replicates.  [default: 100]"
)
@click.option(
    "--against", type=options.Setting(), multiple=True,
    help="A second setting: does it soften the losses? May be repeated.",
)  # fmt: skip
@click.option(
    "--limit", metavar="WORDS", help='Smallest set of losses that takes the park there: "streams < 10".'
)
@click.option(
    "--within",
    type=float,
    default=5.0,
    metavar="YEARS",
    help="Time for replacements and limit.  [default: 5]",
)
@click.option(
    "--by", default="savings", metavar="INDICATOR", help="savings, streams, co2_avoided or socio_economic."
)
@options.together(
    options.until, options.settings, options.seed, options.workers, options.cluster, options.study_out
)
@click.option("--retry-failed", is_flag=True, help="Do failed runs again.")
@click.option("--no-figures", is_flag=True, help="Write no figures.")
@options.as_json
def stress(scenario: str, out: Path | None, as_json: bool, **given: Any) -> None:
    """What SCENARIO loses when partners leave in a year, each loss against its exact twin run.

    The same DIR again goes on where it stopped. Without --out nothing is kept.
    """
    from ..stressing.command import stressed

    click.echo(stressed(scenario, out, as_json, **given))

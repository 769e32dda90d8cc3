"""The command `calibrate`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("scenario")
@click.option(
    "--until", type=float, metavar="YEAR",
    help="Last year of the record that is used.  [default: calibrated_to of the record]",
)  # fmt: skip
@options.over
@options.study_out
@click.option(
    "--samples", type=click.IntRange(2), default=2048, show_default=True, metavar="N",
    help="Points of the ranges.",
)  # fmt: skip
@click.option(
    "--replicates", type=click.IntRange(1), default=4, show_default=True, metavar="R", help="Runs of a point."
)
@click.option(
    "--accept", type=float, default=0.05, show_default=True, metavar="SHARE",
    help="Share of the runs that is kept.",
)  # fmt: skip
@options.together(options.seed, options.workers, options.cluster)
@click.option("--no-figures", is_flag=True, help="Draw no figures.")
@options.as_json
def calibrate(
    scenario: str,
    until: float | None,
    over: tuple[tuple[str, float, float], ...],
    out: Path | None,
    samples: int,
    replicates: int,
    accept: float,
    seed: int | None,
    workers: int | None,
    cluster: str | None,
    no_figures: bool,
    as_json: bool,
) -> None:
    """Free parameters of SCENARIO from the early part of its record, with what it cannot tell.

    Without --over the free parameters and their ranges are those of docs/calibration.md. The same DIR
    again: goes on where it stopped.
    """
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    from ..calibration.calibrate import calibrate as calibrated
    from ..calibration.said import text
    from ..calibration.writing import json_text

    found = calibrated(
        scenario, out, until=until, over=over, samples=samples, replicates=replicates, accept=accept,
        seed=1 if seed is None else seed, workers=workers, cluster=cluster, figures=not no_figures, quiet=False,
    )  # fmt: skip
    click.echo(json_text(found) if as_json else text(found))

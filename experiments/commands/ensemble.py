"""The command `ensemble`."""

from __future__ import annotations

import sys

import click

from experiments import options


@click.command()
@click.argument("scenario")
@click.option(
    "--runs", default=200, show_default=True, type=click.IntRange(1, 100_000), help="Number of seeds."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="First seed.")
@options.settings
def ensemble(scenario: str, runs: int, seed: int, settings: tuple[tuple[str, str], ...]) -> None:
    """Many seeds of SCENARIO beside its record: counts with their band, which streams form, and how."""
    from experiments.ensemble import ensemble as run_many
    from experiments.ensemble import text

    with click.progressbar(length=runs, label="runs", file=sys.stderr) as bar:
        found = run_many(scenario, runs, seed, lambda _done: bar.update(1), dict(settings))
    click.echo(text(found))

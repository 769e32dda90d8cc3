"""The command `validate`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("scenario")
@click.option(
    "--runs", default=200, show_default=True, type=click.IntRange(2, 100_000), help="Number of seeds."
)
@options.together(options.seed, options.settings)
@click.option("--uncertain", is_flag=True, help="Draw every number marked estimate anew in each run.")
@click.option("--no-nulls", is_flag=True, help="Leave the null models out: four times faster.")
@options.together(options.workers, options.cluster, options.out, options.force)
@click.option("--no-figures", is_flag=True, help="Write no figures.")
@options.as_json
def validate(
    scenario: str,
    runs: int,
    seed: int | None,
    settings: tuple[tuple[str, str], ...],
    uncertain: bool,
    no_nulls: bool,
    workers: int | None,
    cluster: str | None,
    out: Path | None,
    force: bool,
    no_figures: bool,
    as_json: bool,
) -> None:
    """Many seeds of SCENARIO against its record and three null models: scores, skill, patterns.

    A folder gets the tables, figures, and the numbers of a page in Markdown.
    """
    from ..validation.command import validated

    said = validated(
        scenario, runs=runs, seed=seed, settings=settings, uncertain=uncertain, nulls=not no_nulls,
        workers=workers, cluster=cluster, out=out, force=force, as_json=as_json, draw=not no_figures,
    )  # fmt: skip
    click.echo(said)

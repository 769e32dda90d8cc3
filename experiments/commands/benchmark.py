"""The command `benchmark`."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option(
    "--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures here."
)
@click.option("--companies", "sizes", multiple=True, type=int, help="Sizes of random parks (repeatable).")
def benchmark(target: Path | None, sizes: tuple[int, ...]) -> None:
    """Measure speed: company-quarters a second beside Mesa's own trading example, in one process."""
    from experiments.benchmark import SIZES, table
    from experiments.benchmark import benchmark as measure

    figures = measure(sizes or SIZES)
    click.echo(table(figures))
    if target is not None:
        target.write_text(json.dumps(figures, indent=1), encoding="utf-8")

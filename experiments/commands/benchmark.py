"""The command `benchmark`."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.option(
    "--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures here."
)
@click.option(
    "--companies",
    "sizes",
    multiple=True,
    type=click.IntRange(2, 200_000),
    help="Sizes of random parks (repeatable).",
)
@click.option(
    "--sweep", "swept", type=click.IntRange(100), metavar="RUNS", help="Only: a sweep of so many runs."
)
@click.option(
    "--store", "stored", type=click.IntRange(100), metavar="RUNS", help="Only: the store with so many runs."
)
def benchmark(target: Path | None, sizes: tuple[int, ...], swept: int | None, stored: int | None) -> None:
    """Measure speed: company-quarters a second beside Mesa's own trading example, in one process."""
    if target is not None and not target.absolute().parent.is_dir():
        raise click.BadParameter(f"no folder {str(target.parent)!r}", param_hint="'--json'")
    if swept or stored:
        from experiments.sweeping.benchmark import store_figures, sweep_figures, text

        of_sweep = sweep_figures(swept) if swept else None
        of_store = store_figures(stored) if stored else None
        click.echo(text(of_sweep, of_store))
        if target is not None:
            found = {"sweep": of_sweep, "store": of_store}
            target.write_text(json.dumps(found, indent=1), encoding="utf-8")
        return
    from experiments.benchmark import SIZES, table
    from experiments.benchmark import benchmark as measure

    figures = measure(sizes or SIZES)
    click.echo(table(figures))
    if target is not None:
        target.write_text(json.dumps(figures, indent=1), encoding="utf-8")

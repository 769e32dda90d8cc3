"""The command `benchmark`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from simulation.writing import write_text


@click.command()
@click.option("--full", is_flag=True, help="Also 10,000 companies and 10,000 runs: ten minutes or so.")
@click.option(
    "--json", "target", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures here."
)
@click.option(
    "--companies",
    "sizes",
    multiple=True,
    type=click.IntRange(10, 200_000),
    help="Sizes of random parks (repeatable).",
)
@click.option(
    "--sweep", "swept", type=click.IntRange(100), metavar="RUNS", help="Only: a sweep of so many runs."
)
@click.option(
    "--store", "stored", type=click.IntRange(100), metavar="RUNS", help="Only: the store with so many runs."
)
def benchmark(
    full: bool, target: Path | None, sizes: tuple[int, ...], swept: int | None, stored: int | None
) -> None:
    """Measure speed and memory: each figure with its goal, a ratio from the same run, and its limit."""
    from experiments.benchmarking.figure import HEADER, as_objects, line

    if target is not None and not target.absolute().parent.is_dir():
        raise click.BadParameter(f"there is no folder {target.parent}", param_hint="--json")
    click.echo(line(HEADER))
    figures = []
    for figure in _chosen(full, sizes, swept, stored):
        click.echo(line(figure.cells()))
        figures.append(figure)
    if target is not None:
        from experiments.benchmarking.benchmark import machine

        found = {"machine": machine(), "figures": as_objects(figures)}
        write_text(target, json.dumps(found, indent=1, ensure_ascii=False))


def _chosen(full: bool, sizes: tuple[int, ...], swept: int | None, stored: int | None) -> Iterator[Any]:
    if swept or stored:
        from experiments.benchmarking import store, sweep

        yield from sweep.swept(swept) if swept else []
        yield from store.store(stored) if stored else []
        return
    from experiments.benchmarking.benchmark import measured

    yield from measured(full, sizes)

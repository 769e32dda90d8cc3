"""`symbiopark compare`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("first", metavar="RUN")
@click.argument("second", metavar="RUN")
@options.together(options.seed, options.until, options.out, options.force)
def compare(
    first: str, second: str, seed: int | None, until: float | None, out: Path | None, force: bool
) -> None:
    """Compare two run folders, or two scenarios run with the same seed.

    With --out the table and a figure are written too.
    """
    from ..compare import performed

    click.echo(performed(first, second, seed, until, out, force))

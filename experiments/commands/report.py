"""`symbiopark report`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("folder", metavar="DIR", type=options.Place())
def report(folder: Path) -> None:
    """Write DIR/report.html: one page about a result, with its figures, that opens anywhere.

    DIR is the folder of a finished run.
    """
    from ..reporting import report as write

    written = write(folder)
    click.echo(f"Written: {written}")

"""`symbiopark finding`."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("name", required=False)
@options.together(options.study_out)
@click.option(
    "--runs", type=click.IntRange(2, 100_000), metavar="N",
    help="Pairs: replicates, or parks drawn at random.  [default: each finding's own]",
)  # fmt: skip
@options.together(options.workers, options.seed)
@click.option(
    "--pages",
    type=options.Place(),
    metavar="DOCS",
    help="Write its page and figures into these docs.",
)
@options.as_json
def finding(
    name: str | None, out: Path | None, runs: int | None, workers: int | None, seed: int | None, pages: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Try a claim of the literature, or answer a question, with runs that differ in one thing.

    NAME is a finding, or all; without it they are listed. The same DIR again goes on where it stopped.
    """
    if name is None:
        from ..findings.said import listed

        click.echo(listed())
        return
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    from ..findings.command import found

    found(name, out, runs=runs, workers=workers, seed=seed, pages=pages, as_json=as_json, say=_say)


def _say(text: str) -> None:
    """A finding as it is done; a reader that has gone does not end the work."""
    with contextlib.suppress(OSError):
        click.echo(text)

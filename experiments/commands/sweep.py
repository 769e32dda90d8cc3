"""The commands `sweep`, `status` and `rerun`."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
@click.argument("design", type=options.Place())
@options.study_out
@options.together(options.workers, options.cluster, options.seed)
@click.option("--dry-run", is_flag=True, help="Say what it would take, from three pilot runs; write nothing.")
@click.option("--retry-failed", is_flag=True, help="Do failed runs again.")
def sweep(
    design: Path,
    out: Path | None,
    workers: int | None,
    cluster: str | None,
    seed: int | None,
    dry_run: bool,
    retry_failed: bool,
) -> None:
    """Run the design of a TOML file. The same DIR again: goes on where it stopped."""
    from ..sweeping.command import dry, swept

    if dry_run:
        click.echo(dry(design, workers, seed))
    elif out is None:
        raise click.UsageError("Missing option '--out'.")
    else:
        click.echo(swept(design, out, workers, cluster, seed, retry_failed))


@click.command()
@click.argument("folder", metavar="DIR", type=options.Place())
def status(folder: Path) -> None:
    """Runs done and failed, rate and time left of the sweep in DIR, while it runs or after."""
    from ..sweeping.status import status as status_of

    click.echo(status_of(folder).text())


@click.command()
@click.argument("folder", metavar="DIR", type=options.Place())
@click.option(
    "--run", "run", required=True, type=click.IntRange(0, 2**63 - 1), metavar="ID", help="Number of the run."
)
@click.option("--check", is_flag=True, help="Compare with what the sweep kept; exit 1 where a bit differs.")
@options.out
@click.pass_obj
def rerun(command: str | None, folder: Path, run: int, check: bool, out: Path | None) -> int:
    """One run of the sweep in DIR again, bit for bit, with everything recorded.

    Without --out the run folder is DIR/reruns/ID. A run that failed shows its traceback.
    """
    from ..sweeping.command import again

    said, same = again(folder, run, out, command or "")
    click.echo(said)
    return 1 if check and not same else 0

"""`symbiopark run`."""

from __future__ import annotations

from typing import Any

import click

from .. import options, terminal


@click.command()
@click.argument("scenario", required=False)
@options.together(options.seed, options.until, options.settings, options.events)
@click.option("--set-from", type=options.Place(), metavar="run.json", help="Repeat the run of this record.")
@click.option("--uncertain", is_flag=True, help="Draw every number marked estimate from its range.")
@options.together(options.out, options.force)
@click.option("--no-figures", is_flag=True, help="Write no figures.")
@options.as_json
@click.pass_obj
def run(command: str | None, scenario: str | None, **given: Any) -> None:
    """Run SCENARIO and print a summary beside the record; files and figures go to a run folder.

    Without --out the folder is runs/SCENARIO-SEED-DATE.
    """
    from ..performance import performed

    said, notes = performed(scenario, command=command or "", **given)
    for note in notes:
        terminal.say(note)
    click.echo(said)

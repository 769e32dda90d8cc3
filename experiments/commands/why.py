"""`symbiopark why`."""

from __future__ import annotations

from typing import Any

import click

from .. import options


@click.command()
@click.argument("scenario")
@click.argument("supplier")
@click.argument("receiver")
@click.option("--residue", metavar="NAME", help="Only this residue.")
@click.option("--all", "all_talks", is_flag=True, help="Tell every negotiation in full.")
@options.together(options.seed, options.until, options.settings, options.events)
def why(
    scenario: str, supplier: str, receiver: str, residue: str | None, all_talks: bool, **given: Any
) -> None:
    """Why SUPPLIER and RECEIVER traded in SCENARIO, or did not.

    Each negotiation with limits, trust, offers by round, outcome and reason.
    """
    from ..request import requested
    from ..why import why as account

    result = requested(scenario, **given).result()
    click.echo(account(result, supplier, receiver, residue, all_talks))

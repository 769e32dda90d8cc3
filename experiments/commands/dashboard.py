"""The command `dashboard`."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 lets others in."
)
@click.option(
    "--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port to listen at."
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A name under which it is reached besides this machine's, such as that of a web server in front; repeatable.",
)
def dashboard(host: str, port: int, names: tuple[str, ...]) -> None:
    """The live page: watch a park, withdraw a partner, see what would have happened without it.

    It needs the packages of the extra `dashboard`: pip install "symbiopark[dashboard]".
    """
    from experiments.dashboard.server import installed, serve

    if not installed():
        raise click.ClickException('the page needs more packages: pip install "symbiopark[dashboard]"')
    serve(host, port, names)

"""Starting the page: compile first, say where it is, serve it from this process."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
import sys
import threading
import time
import warnings

from simulation.problems import Problem, ScenarioError

from .limits import SERVED, limits
from .places import WAITING
from .room import few_pools, give_back

APP = "experiments.dashboard.page"
SETTINGS = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_TITLE": "symbiopark",
    "SOLARA_KERNEL_CULL_TIMEOUT": "2m",
    "SOLARA_MODE": "production",
    "SOLARA_ROOT_PATH": "",
    "SOLARA_SESSION_HTTP_ONLY": "True",
}
"""No telemetry, no banner, a tab that does not come back is forgotten after two minutes, all files from here."""
EVERYWHERE = ("0.0.0.0", "::")
MESSAGE = 100_000
"""Bytes of one message from a page besides an upload, whose line breaks and quotes take two."""
CONNECTIONS = 10
"""Connections of one tab, at most: its channel, and those of its files while it is drawn."""
TIDIED = 10.0
"""Seconds after which what visitors have left behind goes back to the machine."""
PATIENCE = 60.0
"""Seconds that a tab may take to say that it is still there, before it counts as lost."""
GOODBYE = 3
"""Seconds for what is being answered when the server is told to end."""


def serve(host: str, port: int, names: tuple[str, ...] = ()) -> None:
    """Serve the page until it is interrupted. Raises ScenarioError when nobody can listen there.

    `names` are those under which it is reached besides those of this machine, such as a web server's in front.
    """
    checked(host, port)
    secret = {"SOLARA_SESSION_SECRET_KEY": secrets.token_hex(16)}
    os.environ.update(SETTINGS | secret | {"SOLARA_APP": APP, "SERVER_NAME": host, "SERVER_PORT": str(port)})
    if not at_home(host):
        os.environ[SERVED] = "1"
    warnings.filterwarnings("ignore", message="Cookies with samesite")
    few_pools()
    warm_up()
    import uvicorn

    from .application import application

    most = limits()
    config = uvicorn.Config(
        application(host, names, served=not at_home(host)),
        host=host,
        port=port,
        log_level="error",
        access_log=False,
        server_header=False,
        ws_ping_timeout=PATIENCE,
        ws_max_size=2 * most.upload + MESSAGE,
        limit_concurrency=CONNECTIONS * (most.visitors + WAITING),
        timeout_graceful_shutdown=GOODBYE,
    )
    server = uvicorn.Server(config)
    threading.Thread(target=_give_back, name="memory", daemon=True).start()
    name = "localhost" if at_home(host) else socket.gethostname() if host in EVERYWHERE else host
    say(f"symbiopark is at http://{name}:{port} (Ctrl+C ends it)")
    if not at_home(host):
        say(
            f"Served to others: at most {most.visitors} visitors, {most.companies} companies, {most.stress_runs} runs a job."
        )
    server.run()


def _give_back() -> None:
    while True:
        time.sleep(TIDIED)
        give_back()


def warm_up() -> None:
    """Compile the rules and import what a page needs, so that the first visitor does not wait.

    Pandas must be there before anybody is: where a page is drawn in one thread while another still imports it,
    reacton takes hold of the half of it and fails.
    """
    import pandas  # noqa: F401

    from .show import Show

    show = Show("classroom")
    show.to_year(2010)
    show.picture(), show.cards(), show.possible()
    __import__(APP)


def checked(host: str, port: int) -> None:
    """Refuse an address where nobody can listen, before anything is compiled. Raises ScenarioError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, UnicodeError) as error:
        said = (getattr(error, "strerror", None) or str(error)).lower()
        hint = f"try --port {port + 1}" if "in use" in said else ""
        problem = Problem("--host, --port", "", "", f"{host}:{port} ({said})", "a free address", hint)
        raise ScenarioError([problem]) from None


def at_home(host: str) -> bool:
    """Whether only this machine can reach the page."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def say(text: str) -> None:
    """A line for whoever started the server."""
    print(text, file=sys.stderr, flush=True)


def installed() -> bool:
    """Whether what the page is drawn with is there."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in ("solara", "uvicorn"))

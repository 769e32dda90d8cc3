"""Starting the page: compile first, say where it is, serve it from this process."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
import sys
import warnings

from simulation.problems import Problem, ScenarioError

from .limits import SERVED, limits

APP = "experiments.dashboard.page"
SETTINGS = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_TITLE": "symbiopark",
    "SOLARA_KERNEL_CULL_TIMEOUT": "2m",
    "SOLARA_KERNEL_MAX_PER_SESSION": "20",
    "SOLARA_MODE": "production",
}
"""No telemetry, no banner, a tab that does not come back is forgotten after two minutes, all files from here."""
EVERYWHERE = ("0.0.0.0", "::")
LONGEST_MESSAGE = 6_000_000
"""Bytes of one message from a page: an upload and little else."""


def serve(host: str, port: int) -> None:
    """Serve the page until it is interrupted. Raises ScenarioError when nobody can listen there."""
    checked(host, port)
    os.environ.update(SETTINGS | {"SOLARA_SESSION_SECRET_KEY": secrets.token_hex(16)})
    if not at_home(host):
        os.environ[SERVED] = "1"
    warnings.filterwarnings("ignore", message="Cookies with samesite")
    warm_up()
    import uvicorn

    os.environ.update({"SOLARA_APP": APP, "SERVER_NAME": host, "SERVER_PORT": str(port)})
    config = uvicorn.Config(
        "solara.server.starlette:app",
        host=host,
        port=port,
        log_level="error",
        ws_max_size=LONGEST_MESSAGE,
        access_log=False,
    )
    server = uvicorn.Server(config)
    name = "localhost" if at_home(host) else socket.gethostname() if host in EVERYWHERE else host
    say(f"symbiopark is at http://{name}:{port} (Ctrl+C ends it)")
    if not at_home(host):
        most = limits()
        say(
            f"Served to others: at most {most.visitors} visitors, {most.companies} companies, {most.stress_runs} runs a job."
        )
    server.run()


def warm_up() -> None:
    """Compile the rules and import what a page needs, so that the first visitor does not wait."""
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
    except OSError as error:
        said = (error.strerror or str(error)).lower()
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

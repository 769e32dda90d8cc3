"""The door of the server: who asks under which name, from which page, and with what the answer is sent along.

A page of somebody else that is open in the same browser may reach this machine, directly or by a name of its own
that it lets point here; it must neither read nor steer what runs here.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from .messages import may_pass

Scope = MutableMapping[str, Any]
LOOPBACK = ("localhost", "127.0.0.1", "::1")
BAD_MESSAGE = 1008
SENT_ALONG = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Door:
    """Lets those requests and messages pass that a page of this server would send.

    Parameters
    ----------
    app
        What answers them.
    names
        Names under which the server is reached; addresses in numbers pass besides when it is `served` to others.
    """

    def __init__(self, app: Any, names: set[str], served: bool) -> None:
        self._app, self._names, self._served = app, names, served

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer one request, or carry the messages of one tab."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        problem = self.problem(Headers(scope=scope), asks=scope.get("method") in ("GET", "HEAD"))
        if scope["type"] == "http":
            answer = PlainTextResponse(problem, 403) if problem else self._app
            if not scope["path"].isprintable():  # no file and no page has such a name
                answer = PlainTextResponse("Not Found", 404)
            await answer(scope, receive, _with_headers(send))
        elif problem:
            await send({"type": "websocket.close", "code": BAD_MESSAGE, "reason": problem[:120]})
        else:
            await self._app(scope, _checked(receive, send), send)

    def problem(self, headers: Headers, asks: bool) -> str:
        """Why a request is refused; empty if it may pass. `asks` for one that changes nothing."""
        host, origin = headers.get("host", ""), headers.get("origin")
        name = _hostname(f"//{host}")
        if name not in self._names and not (self._served and _is_address(name)):
            return f"This server does not go by the name {name[:100]!r}. Start it with --name, if it should."
        if origin is None or asks or _same(origin, host) or _hostname(origin) in self._names - set(LOOPBACK):
            return ""
        return "Only pages of this server may talk to it."


def names_of(host: str, more: tuple[str, ...]) -> set[str]:
    """Names under which a server that listens at `host` is reached: this machine's, and those given."""
    names = {*LOOPBACK, *more}
    if host not in LOOPBACK:
        own = socket.gethostname()
        names |= {host, own, f"{own}.local", socket.getfqdn()}
    return {name.strip("[]").lower() for name in names}


def _hostname(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def _same(origin: str, host: str) -> bool:
    """Whether a page comes from this server: the same name and port. Which protocol, a server in front decides."""
    here, there = urlsplit(f"//{host}"), urlsplit(origin)
    standard = {"http": 80, "https": 443}
    try:
        port = there.port or standard.get(there.scheme)
        return here.hostname == there.hostname and (here.port or standard.get(there.scheme)) == port
    except ValueError:
        return False


def _with_headers(send: Callable[[Any], Any]) -> Callable[[Any], Any]:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SENT_ALONG.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


def _checked(receive: Callable[[], Any], send: Callable[[Any], Any]) -> Callable[[], Any]:
    """Messages of a tab; at one that no page of ours sends, the connection ends."""

    async def received() -> Any:
        message = await receive()
        if message["type"] == "websocket.receive" and not may_pass(message.get("text")):
            await send({"type": "websocket.close", "code": BAD_MESSAGE, "reason": "no such message"})
            return {"type": "websocket.disconnect", "code": BAD_MESSAGE}
        return message

    return received

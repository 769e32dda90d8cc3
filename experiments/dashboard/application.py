"""What the server answers: our pages, their files, a channel for every tab. Of Solara's own routes no other.

Solara would also fetch packages from the internet on request, forget whole folders of its own files on request,
and tell anybody about its threads.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from solara.server import kernel_context, server, settings
from solara.server import starlette as solara_server
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from .door import Door, names_of
from .page import PAGES
from .places import refused

TRY_AGAIN = 1013
SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""Scripts are those of this server and those that its page holds, by their hash. Vue makes functions of our
templates, hence eval; it sets styles, hence those."""


def application(host: str, names: tuple[str, ...], served: bool) -> Door:
    """The server behind its door. `names` are those under which it is reached besides its own."""
    app = Starlette(
        routes=[
            Route("/readyz", solara_server.readyz),
            *(Route(path, page) for path, _ in PAGES),
            WebSocketRoute("/jupyter/api/kernels/{kernel_id}/channels", channel),
            Route("/_solara/api/close/{kernel_id}", left, methods=["POST"]),
            Mount("/_solara/cdn", Packages(directory=settings.assets.proxy_cache_dir)),
            Mount("/jupyter/nbextensions", solara_server.StaticNbFiles()),
            Mount("/static/assets", solara_server.StaticAssets()),
            Mount("/static", StaticFiles(directory=server.solara_static)),
        ],
        lifespan=solara_server.lifespan,
        exception_handlers={404: lost},
        middleware=[Middleware(solara_server.SolaraGZipMiddleware, minimum_size=1000)],
    )
    return Door(app, names_of(host, names), served)


class Packages(solara_server.StaticCdn):
    """The front-end files that are installed: none is fetched and none is deleted."""

    lookup_path = StaticFiles.lookup_path


async def page(request: Request) -> Response:
    """One of our pages, or why there is none now."""
    words = refused(server.get_session_id_cookie(request.cookies))
    if words:
        return told(words, 503, {"Retry-After": "60"})
    response = await solara_server.root(request)
    response.headers["Content-Security-Policy"] = policy(bytes(response.body).decode())
    response.headers["Cache-Control"] = "no-store"
    return response


async def lost(_request: Request, _error: Exception) -> Response:
    """An address where nothing is."""
    pages = ", ".join(path for path, _ in PAGES)
    return told(f"Nothing is at this address. The pages are {pages}; begin with the park at /.", 404)


def told(words: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A page of a few words."""
    body = f'<!doctype html><html lang="en"><title>symbiopark</title><p>{escape(words)}</p></html>'
    return HTMLResponse(
        body, status, {**(headers or {}), "Content-Security-Policy": POLICY.format(scripts="")}
    )


def policy(html: str) -> str:
    """What a browser may load and run for a page: of scripts in the page only those that it came with."""
    digests = (hashlib.sha256(script.encode()).digest() for script in SCRIPT.findall(html))
    return POLICY.format(scripts=" ".join(f"'sha256-{base64.b64encode(each).decode()}'" for each in digests))


async def channel(websocket: WebSocket) -> None:
    """The messages of a tab, where there is room for one more."""
    tab, session = websocket.path_params["kernel_id"], server.get_session_id_cookie(websocket.cookies)
    asked = websocket.query_params.get("session_id", "")
    if not (re.fullmatch(r"[\w.-]{1,128}", tab) and re.fullmatch(r"[\w.-]{1,128}", asked)):
        await websocket.close(TRY_AGAIN, "no such tab")
    elif refused(session, tab):
        await websocket.close(TRY_AGAIN, refused(session, tab)[:120])
    else:
        await solara_server.kernel_connection(websocket)


def left(request: Request) -> Any:
    """A tab says that it is gone: its park is forgotten at once."""
    context = kernel_context.contexts.get(request.path_params["kernel_id"])
    tab, session = request.query_params.get("session_id", ""), server.get_session_id_cookie(request.cookies)
    if context is not None and context.session_id == session and tab in context.page_status:
        context.page_close(tab)
    return PlainTextResponse("")

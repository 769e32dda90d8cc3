"""A tab without a browser: asks for the page and talks to the server as the page does, for measurements and attacks.

It keeps the state of every part of the page that the server sends, answers that a frame was drawn, and draws
nothing. Needs the package websockets, which Solara brings.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import logging
import socket
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 60.0
"""Seconds after which an answer counts as missing."""
DRAWING = 0.03
"""Seconds that a browser takes to draw a frame."""

DRAWN = 5.0
"""Seconds after which a page counts as drawn."""

QUIET = logging.getLogger("symbiopark.tab")
QUIET.setLevel(logging.CRITICAL + 1)


class TurnedAway(Exception):
    """The server has no place, or does not want this tab."""


class Tab:
    """One tab on a server at an address.

    Parameters
    ----------
    address
        http://127.0.0.1:8765
    path
        The page that is opened first.

    Raises TurnedAway when the server does not answer with the page.
    """

    def __init__(self, address: str, path: str = "/") -> None:
        from websockets.exceptions import InvalidStatus
        from websockets.sync.client import connect

        self.address, self.kernel, self.page = address, uuid.uuid4().hex, uuid.uuid4().hex
        self.parts: dict[str, dict[str, Any]] = {}
        self._answers: dict[str, threading.Event] = {}
        self._cookie = self._asked("GET", path, 200)
        url = f"{address.replace('http', 'ws', 1)}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.page}"
        headers = {"Cookie": self._cookie, "Origin": address}
        self._open = contextlib.ExitStack()
        try:
            self._socket = self._open.enter_context(
                connect(
                    url,
                    additional_headers=headers,
                    max_size=None,
                    open_timeout=PATIENCE,
                    close_timeout=1,
                    logger=QUIET,
                    ping_interval=None,
                )
            )
        except InvalidStatus as error:
            raise TurnedAway(f"{error.response.status_code} at the door") from None
        threading.Thread(target=self._listen, name="tab", daemon=True).start()
        control = uuid.uuid4().hex
        run = {"path": path, "dark": False, "themes": {"light": {}, "dark": {}}, "appName": None}
        try:
            self.send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
            self.send("comm_msg", {"comm_id": control, "data": {"method": "run", "args": run}})
        except BaseException:
            self.leave(goodbye=False)
            raise

    def tell(self, event: str, data: Any = 1) -> float:
        """What a click tells the part of the page that takes it; seconds until the page was drawn anew."""
        part = self.part(event)
        content = {"comm_id": part, "data": {"method": "custom", "content": {"event": event, "data": data}}}
        return self.send("comm_msg", content)

    def part(self, event: str) -> str:
        """The part of the page that takes an event, once it is drawn. Raises TurnedAway if the page has none."""
        ends = time.monotonic() + DRAWN
        while True:
            for name, state in list(self.parts.items()):
                if event in (state.get("events") or ()):
                    return name
            if time.monotonic() > ends:
                break
            time.sleep(0.05)
        raise TurnedAway(f"no part of the page takes {event!r}: {self.words()[:200]}")

    def state(self, event: str) -> dict[str, Any]:
        """The state of the part of the page that takes an event."""
        return self.parts[self.part(event)]

    def words(self) -> str:
        """Plain texts on the page, apart from those of our own parts."""
        children = (child for state in list(self.parts.values()) for child in state.get("children") or ())
        return " ".join(child for child in children if not child.startswith("IPY_MODEL_"))

    def send(self, kind: str, content: dict[str, Any]) -> float:
        """Send a message and wait until it was worked through; seconds that took."""
        name, began = uuid.uuid4().hex, time.monotonic()
        answered = self._answers[name] = threading.Event()
        header = {"msg_id": name, "msg_type": kind, "session": self.page, "username": "", "version": "5.2",
                  "date": "2000-01-01T00:00:00Z"}  # fmt: skip
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "buffers": []}
        self.say(json.dumps(message | {"content": content}))
        if not answered.wait(PATIENCE):
            raise TimeoutError(f"no answer to {kind} in {PATIENCE:g} s")
        if self._answers.pop(name, None) is None:
            raise TurnedAway("the server ended the connection")
        return time.monotonic() - began

    def say(self, text: str) -> None:
        """Send a text as it is. Raises TurnedAway when nobody listens any more."""
        from websockets.exceptions import ConnectionClosed

        try:
            self._socket.send(text)
        except ConnectionClosed as error:
            raise TurnedAway(str(error)) from None

    def leave(self, goodbye: bool = True) -> None:
        """Close the tab: as a browser does, or as if its machine had been switched off.

        The channel is closed even when the goodbye is not heard: a tab that nobody looks at would keep its park.
        """
        try:
            if goodbye:
                self._asked("POST", f"/_solara/api/close/{self.kernel}?session_id={self.page}", 200)
            else:
                self._open.pop_all()  # no word of closing either
                with contextlib.suppress(OSError):
                    self._socket.socket.shutdown(socket.SHUT_RDWR)
        finally:
            self._open.close()

    def wait_for(self, met: Callable[[], Any], seconds: float = PATIENCE) -> None:
        """Wait until something is met. Raises TimeoutError."""
        ends = time.monotonic() + seconds
        while not met():
            if time.monotonic() > ends:
                raise TimeoutError(f"not met in {seconds:g} s")
            time.sleep(0.05)

    def _asked(self, method: str, path: str, wanted: int) -> str:
        """Ask for a path; the cookies of the answer. Raises TurnedAway for another status than is wanted."""
        place = urlsplit(self.address)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers={"Cookie": getattr(self, "_cookie", "")})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != wanted:
                raise TurnedAway(f"{answer.status} {body.decode(errors='replace')[:300]}")
            cookies = (
                value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"
            )
            return "; ".join(cookies)
        finally:
            connection.close()

    def _listen(self) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            for message in self._socket:
                if isinstance(message, str):
                    self._take(json.loads(message))
        except (ConnectionClosed, OSError, EOFError):
            pass
        finally:
            waiting, self._answers = self._answers, {}
            for answered in waiting.values():
                answered.set()

    def _take(self, message: dict[str, Any]) -> None:
        kind, content = message["header"]["msg_type"], message["content"]
        data = content.get("data") or {}
        match kind:
            case "comm_open":
                self.parts[content["comm_id"]] = dict(data.get("state", {}))
            case "comm_close":
                self.parts.pop(content["comm_id"], None)
            case "comm_msg" if data.get("method") in ("update", "echo_update"):
                part = self.parts.setdefault(content["comm_id"], {})
                part.update(data["state"])
                if "frame" in data["state"] and "drawn" in part.get("events", ()):
                    threading.Timer(DRAWING, self._drawn, (content["comm_id"],)).start()
            case "status" if content["execution_state"] == "idle":
                answered = self._answers.get(message["parent_header"].get("msg_id", ""))
                if answered is not None:
                    answered.set()

    def _drawn(self, part: str) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "comm_msg", "session": self.page, "version": "5.2"}
        told = {"method": "custom", "content": {"event": "drawn", "data": 0}}
        content = {"comm_id": part, "data": told}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "buffers": []}
        with contextlib.suppress(TurnedAway):
            self.say(json.dumps(message | {"content": content}))

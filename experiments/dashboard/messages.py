"""What a tab may say to the server: the few kinds of message that the page needs, and no other.

Solara hands what comes in to ipywidgets and ipyvue, which would make any widget, import any Python module and
call what is in it by the words of a message. The page needs none of that.
"""

from __future__ import annotations

import json
from typing import Any

CHANNELS = {"solara.control", "jupyter.widget.control"}
"""What a tab opens: one asks for the page to be drawn, one for its state after a break of the connection."""
STATE = {"dark_effective", "location", "request_download"}
"""What a tab may set: whether its page is dark, its address, a download that it waits for."""


def may_pass(text: str | None) -> bool:
    """Whether a message is one of those that the page sends."""
    try:
        message = json.loads(text or "")
        kind, content = message["header"]["msg_type"], message["content"]
        if message["channel"] != "shell" or not isinstance(content, dict):
            return False
        match kind:
            case "kernel_info_request" | "comm_close" | "comm_info_request":
                return True
            case "comm_open":
                return content["target_name"] in CHANNELS
            case "comm_msg":
                return _asks(content["data"])
        return False
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _asks(data: Any) -> bool:
    """Whether a message asks for the page, tells an event of one of our parts, or sets what a tab may set."""
    match data["method"]:
        case "run":
            return data["args"].get("appName") is None
        case "app-status" | "request_state" | "request_states":
            return True
        case "custom":
            content = data["content"]
            return content.keys() == {"event", "data"} and isinstance(content["event"], str)
        case "update":
            return data["state"].keys() <= STATE and not data.get("buffer_paths")
    return False

"""Who has a place on this server: tabs that were let in, no more than it can bear."""

from __future__ import annotations

import threading

from simulation.problems import ScenarioError

from .limits import limits
from .room import enough_room

FULL = "As many people are here as this server can bear. Please come back in some minutes."
WAITING = 10
"""Tabs beyond those with a place that are drawn at all, to say so; any more are turned away at the door."""
MOST_TABS = 20
"""Tabs of one browser."""
_taken: set[str] = set()
_lock = threading.Lock()


def admitted(tab: str) -> bool:
    """Take a place for a tab, by its kernel; whether it has one now. Places of tabs that are gone are free."""
    with _lock:
        _taken.intersection_update(_tabs())
        if len(_taken) < limits().visitors and _room():
            _taken.add(tab)
        return tab in _taken


def _room() -> bool:
    try:
        enough_room()
    except ScenarioError:
        return False
    return True


def refused(session: str | None, tab: str = "") -> str:
    """Why somebody cannot even be told on a page that there is no place; empty if they can.

    A tab that is known comes back at any time. The browser of somebody who is here may ask for the page
    again: its old tab goes before the new one is drawn.
    """
    here = _tabs()
    own = sum(each == session for each in here.values())
    if tab in here:
        return ""
    if own >= MOST_TABS:
        return f"{own} tabs of this browser are open here already. Close some of them, and come again."
    full = len(here) >= limits().visitors + WAITING
    return FULL if full and (tab or not own) else ""


def _tabs() -> dict[str, str]:
    """Kernels that are alive, and the session of each."""
    from solara.server import kernel_context

    return {name: each.session_id for name, each in list(kernel_context.contexts.items())}

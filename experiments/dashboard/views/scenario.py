"""The page of the scenario: another park, an own file, every setting with its unit, range and source."""

from __future__ import annotations

from functools import cache

import solara

from simulation.files import bundled_names, read

from ..limits import limits
from . import front
from .visitor import Visitor


@cache
def bundled() -> list[dict[str, str]]:
    """Name, title and description of the parks that come with symbiopark."""
    found = []
    for name in bundled_names():
        raw = read(name).raw
        found.append(
            {"name": name, "title": str(raw.get("title", "")), "description": str(raw.get("description", ""))}
        )
    return found


@solara.component
def ScenarioPage(visitor: Visitor) -> None:
    """All of it."""
    wanted, _ = visitor.wanted.value, visitor.acts.value
    front.ScenarioForm(
        bundled=bundled(),
        now=visitor.name.value,
        limit=limits().upload,
        problems=visitor.problems.value,
        opened=visitor.opened.value,
        found=visitor.show.settings(wanted["words"], wanted["live"]),
        message=visitor.message.value,
        event_choose=visitor.open,
        event_upload=visitor.upload,
        event_search=visitor.search,
        event_assign=visitor.assign,
    )

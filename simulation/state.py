"""The state of a park: its tables in one named tuple, and how they grow.

Rows are never moved and never reused. Compiled code cannot make an array longer, so a run stops
between two quarters when a table has less room than a quarter can need, and `grown` doubles it.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np

from agents import fields
from agents.compiled import INTERPRETED

from .handle import Handle

GROWING = ("ties", "opportunities", "connections", "contracts", "negotiations", "journal")
"""Tables that get longer; the clock counts their rows under the same names (`journal`: events)."""

COUNTED = {name: ("events" if name == "journal" else name) for name in GROWING}

Park = namedtuple(
    "Park",
    (
        "clock", "parameters", "companies", "processes", "flows", "residues", "needs", "resources", "substitutions",
        "ties", "opportunities", "connections", "contracts", "open_contracts", "wakes", "terms", "negotiations", "journal",
        "interventions", "successions", "paths", "need_of", "cells", "indicators", "accounts",
        "resources_flat", "parameters_flat", "clock_flat",
    ),
)  # fmt: skip
"""All tables of a park (`agents.fields`), and

- `clock`, `parameters`: one row each
- `open_contracts`: rows of the contracts not ended, in order of signing
- `wakes`: for each opportunity, the quarter in which the survey looks at it again
- `paths`: dated values, a row a path, a column a quarter
- `need_of`: row in `needs` of (company, resource), -1 none
- `cells`: state of every cell (`agents.fields`), by (column, row)
- `*_flat`: the same memory as plain numbers, for events that set a field by address
"""


def for_rules(park: Park) -> Any:
    """The same tables in the form that the rules take: compiled, or as they are when interpreted."""
    return park if INTERPRETED else Handle(park)


def flat(table: np.ndarray) -> np.ndarray:
    """The same memory as a matrix of 8-byte numbers: a row a record, a column a field."""
    return table.view(np.ndarray).view("f8").reshape(len(table), table.dtype.itemsize // 8)


def resized(table: np.ndarray, declared: fields.Table, rows: int) -> np.ndarray:
    """A longer table with the old rows in place and the others at birth."""
    longer = declared.rows(rows)
    longer[: len(table)] = table
    return longer


ALONGSIDE = {"open_contracts": "contracts", "wakes": "opportunities"}
"""Lists of whole numbers that are as long as a table, and get longer with it."""

DECLARED: dict[str, fields.Table] = {
    "ties": fields.TIE,
    "opportunities": fields.OPPORTUNITY,
    "connections": fields.CONNECTION,
    "contracts": fields.CONTRACT,
    "negotiations": fields.NEGOTIATION,
    "journal": fields.EVENT,
}


def grown(park: Park, room: dict[str, int]) -> Park:
    """The park with at least `room` free rows in each growing table, or all that it can ever hold.

    What is too short is doubled where that is more.
    """
    changed = {}
    clock = park.clock[0]
    most = {"ties": int(clock["most_ties"]), "opportunities": int(clock["most_opportunities"])}
    for name, wanted in room.items():
        table = getattr(park, name)
        used = int(clock[COUNTED[name]])
        if len(table) - used < wanted:
            rows = max(2 * len(table), used + wanted)
            changed[name] = resized(table, DECLARED[name], min(rows, most.get(name, rows)))
    for name, of in ALONGSIDE.items():
        if of in changed:
            longer, old = np.zeros(len(changed[of]), np.int64), getattr(park, name)
            longer[: len(old)] = old
            changed[name] = longer
    return park._replace(**changed)


UNCHANGED = ("substitutions", "successions", "paths", "need_of")
"""Tables that no rule writes, which copies share."""


def copied(park: Park) -> Park:
    """An independent copy: the same history goes on from both."""
    views = {"resources_flat", "parameters_flat", "clock_flat"}
    tables = {
        name: getattr(park, name) if name in UNCHANGED else getattr(park, name).copy()
        for name in Park._fields
        if name not in views
    }
    return with_views(tables)


def with_views(tables: dict[str, np.ndarray]) -> Park:
    """A park from its tables; adds the flat views."""
    views = {f"{name}_flat": flat(tables[name]) for name in ("resources", "parameters", "clock")}
    return Park(**tables, **views)


def as_rows(table: np.ndarray) -> np.ndarray:
    """Records with attributes when the rules run uncompiled."""
    return table.view(np.recarray) if INTERPRETED else table

"""The state of a park: its tables in one named tuple, and how they grow.

Rows are never moved and never reused. Compiled code cannot make an array longer, so a run stops
between two quarters when a table has less room than a quarter can need, and `grown` doubles it.
"""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np
from numba import types
from numba.core import cgutils
from numba.experimental import structref
from numba.extending import intrinsic

from agents import fields
from agents.compiled import INTERPRETED, rule

GROWING = ("ties", "opportunities", "connections", "contracts", "negotiations", "journal")
"""Tables that get longer; the clock counts their rows under the same names (`journal`: events)."""

COUNTED = {name: ("events" if name == "journal" else name) for name in GROWING}

Park = namedtuple(
    "Park",
    (
        "clock", "parameters", "companies", "processes", "flows", "residues", "needs", "resources", "substitutions",
        "ties", "opportunities", "connections", "contracts", "open_contracts", "terms", "negotiations", "journal",
        "interventions", "successions", "paths", "need_of", "cells", "indicators", "accounts",
        "resources_flat", "parameters_flat", "clock_flat",
    ),
)  # fmt: skip
"""All tables of a park (`agents.fields`), and

- `clock`, `parameters`: one row each
- `open_contracts`: rows of the contracts not ended, in order of signing
- `paths`: dated values, a row a path, a column a quarter
- `need_of`: row in `needs` of (company, resource), -1 none
- `cells`: 0 free, 1 taken, 2 not for building; by (column, row)
- `*_flat`: the same memory as plain numbers, for events that set a field by address
"""


@structref.register
class _ParkType(types.StructRef):
    """The park as compiled rules see it: one pointer, where a tuple of 27 arrays would be copied at every call."""

    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class _CompiledPark(structref.StructRefProxy):
    def __new__(cls, *tables: np.ndarray) -> Any:
        return structref.StructRefProxy.__new__(cls, *tables)


structref.define_proxy(_CompiledPark, _ParkType, list(Park._fields))


@intrinsic
def _borrowed(_typing: Any, table: Any) -> Any:
    """The same memory without a reference count, which would cost an atomic step at every access.

    Whoever calls a rule keeps the tables alive while it runs.
    """

    def codegen(context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        array = context.make_array(table)(context, builder, args[0])
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()

    return table(table), codegen


@rule
def _bundled(park):
    """One object with all tables, made in compiled code so that its making is cached too."""
    return _CompiledPark(
        _borrowed(park.clock),
        _borrowed(park.parameters),
        _borrowed(park.companies),
        _borrowed(park.processes),
        _borrowed(park.flows),
        _borrowed(park.residues),
        _borrowed(park.needs),
        _borrowed(park.resources),
        _borrowed(park.substitutions),
        _borrowed(park.ties),
        _borrowed(park.opportunities),
        _borrowed(park.connections),
        _borrowed(park.contracts),
        _borrowed(park.open_contracts),
        _borrowed(park.terms),
        _borrowed(park.negotiations),
        _borrowed(park.journal),
        _borrowed(park.interventions),
        _borrowed(park.successions),
        _borrowed(park.paths),
        _borrowed(park.need_of),
        _borrowed(park.cells),
        _borrowed(park.indicators),
        _borrowed(park.accounts),
        _borrowed(park.resources_flat),
        _borrowed(park.parameters_flat),
        _borrowed(park.clock_flat),
    )


def for_rules(park: Park) -> Any:
    """The same tables in the form that the rules take: compiled, or as they are when interpreted."""
    return park if INTERPRETED else _bundled(park)


def flat(table: np.ndarray) -> np.ndarray:
    """The same memory as a matrix of 8-byte numbers: a row a record, a column a field."""
    return table.view(np.ndarray).view("f8").reshape(len(table), table.dtype.itemsize // 8)


def resized(table: np.ndarray, declared: fields.Table, rows: int) -> np.ndarray:
    """A longer table with the old rows in place and the others at birth."""
    longer = declared.rows(rows)
    longer[: len(table)] = table
    return longer


DECLARED: dict[str, fields.Table] = {
    "ties": fields.TIE,
    "opportunities": fields.OPPORTUNITY,
    "connections": fields.CONNECTION,
    "contracts": fields.CONTRACT,
    "negotiations": fields.NEGOTIATION,
    "journal": fields.EVENT,
}


def grown(park: Park, room: dict[str, int]) -> Park:
    """The park with at least `room` free rows in each growing table (doubled where that is more)."""
    changed = {}
    clock = park.clock[0]
    for name, wanted in room.items():
        table = getattr(park, name)
        used = int(clock[COUNTED[name]])
        if len(table) - used < wanted:
            changed[name] = resized(table, DECLARED[name], max(2 * len(table), used + wanted))
    if "contracts" in changed:
        longer = np.zeros(len(changed["contracts"]), np.int64)
        longer[: len(park.open_contracts)] = park.open_contracts
        changed["open_contracts"] = longer
    return park._replace(**changed)


def copied(park: Park) -> Park:
    """An independent copy: the same history goes on from both."""
    views = {"resources_flat", "parameters_flat", "clock_flat"}
    tables = {name: getattr(park, name).copy() for name in Park._fields if name not in views}
    return with_views(tables)


def with_views(tables: dict[str, np.ndarray]) -> Park:
    """A park from its tables; adds the flat views."""
    views = {f"{name}_flat": flat(tables[name]) for name in ("resources", "parameters", "clock")}
    return Park(**tables, **views)


def as_rows(table: np.ndarray) -> np.ndarray:
    """Records with attributes when the rules run uncompiled."""
    return table.view(np.recarray) if INTERPRETED else table

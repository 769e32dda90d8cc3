"""How a table of the model is declared.

One declaration gives the column (`companies["cash"]`), the row (`companies[i].cash`), the header
and unit of the output and the table of the docs. All fields are 8 bytes wide, whole numbers (i8)
or reals (f8); `4f8` is a value for each quarter of the year. Names must not be attributes of
`np.record` (`size`, `data`, `mean`...): `Table` refuses them. What the rules read together stands
together: in a large park each row is fetched from far.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..compiled import INTERPRETED


class Field(NamedTuple):
    """One column: name, kind (i8, f8, 4f8), unit, meaning, value at birth."""

    name: str
    kind: str
    unit: str
    meaning: str
    birth: float = 0


@dataclass(frozen=True)
class Table:
    """A table of the model, declared once."""

    name: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        taken = {field.name for field in self.fields if hasattr(np.record, field.name)}
        if taken:
            raise ValueError(
                f"{self.name}: {sorted(taken)} are attributes of np.record and would be wrong uncompiled"
            )

    @cached_property
    def dtype(self) -> np.dtype:
        """The structured type; aligned to 8 bytes by construction."""
        return np.dtype([(f.name, "f8", (4,)) if f.kind == "4f8" else (f.name, f.kind) for f in self.fields])

    def rows(self, count: int) -> np.ndarray:
        """`count` rows at birth; records with attributes when the rules run uncompiled."""
        table = np.zeros(count, self.dtype)
        for field in self.fields:
            if field.birth != 0:
                table[field.name] = field.birth
        return table.view(np.recarray) if INTERPRETED else table

    def column(self, name: str) -> int:
        """Position of a field in units of 8 bytes, for events that set a field by address."""
        offsets = dict(self.dtype.fields or {})
        return int(offsets[name][1]) // 8

    def units(self) -> dict[str, str]:
        """Unit of every field."""
        return {field.name: field.unit for field in self.fields}


def table(name: str, *fields: tuple) -> Table:
    """A table of rows (name, kind, unit, meaning, value at birth)."""
    return Table(name, tuple(Field(*field) for field in fields))

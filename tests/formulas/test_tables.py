"""Tables of the park: rows at birth, addresses, units, and fields that would be wrong."""

from __future__ import annotations

import numpy as np
import pytest

from agents import fields

TABLES = [table for table in vars(fields).values() if isinstance(table, fields.Table)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_gives_rows_at_birth_addresses_units_and_meanings(table: fields.Table) -> None:
    rows = table.rows(2)
    assert rows.dtype.itemsize % 8 == 0
    addresses = [table.column(field.name) for field in table.fields]
    assert addresses == sorted(set(addresses))
    for field in table.fields:
        assert np.all(rows[field.name] == field.birth)
        assert field.kind in ("i8", "u8", "f8", "4f8")
        assert field.meaning
    assert set(table.units()) == {field.name for field in table.fields}


def test_a_field_that_would_be_wrong_uncompiled_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        fields.Table("wrong", (fields.Field("size", "f8", "1", "an attribute of a record"),))

"""The park as compiled rules take it: one plain pointer, with the tables behind it.

A tuple of 28 arrays would be copied at every call of a rule, and a reference-counted object would pay
an atomic step at every access. The handle is the address of a small block that holds, for every
table, the address of its memory and its shape; `park.companies` in a rule reads that block. Whoever
calls a rule keeps the handle alive while it runs.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numba
import numpy as np
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import populate_array

WORDS = 3  # of a table in the block: address, length, second dimension


class ParkType(types.Type):
    """Numba's type of a park: the names of the tables and the type of each."""

    def __init__(self, tables: tuple[tuple[str, Any], ...]) -> None:
        self.tables = tables
        self.place = {name: place for place, (name, _kind) in enumerate(tables)}
        text = ", ".join(f"{name}: {kind}" for name, kind in tables)
        super().__init__(name=f"Park({hashlib.sha256(text.encode()).hexdigest()[:16]})")


register_model(ParkType)(models.OpaqueModel)


_KINDS: dict[tuple[int, ...], tuple[ParkType, list[np.dtype]]] = {}


def _kind_of(tables: Any) -> ParkType:
    """The type of a park; made once for the same column types, which copies of a park share."""
    dtypes = [table.dtype for table in tables]
    known = tuple(map(id, dtypes))
    if known not in _KINDS:
        kind = ParkType(tuple((name, numba.typeof(getattr(tables, name))) for name in tables._fields))
        _KINDS[known] = (kind, dtypes)  # keeps the column types alive, so that no other takes their place
    return _KINDS[known][0]


class Handle:
    """What a rule is given for a park; keeps the tables alive."""

    __slots__ = ("address", "block", "kind", "tables")

    def __init__(self, tables: Any) -> None:
        """`tables` is the named tuple of all tables (`simulation.state.Park`)."""
        self.tables = tables
        self.kind = _kind_of(tables)
        self.block = np.array([(t.ctypes.data, *(t.shape + (0,))[:2]) for t in tables], np.int64)
        self.address = self.block.ctypes.data


@typeof_impl.register(Handle)
def _typeof(handle: Handle, _context: Any) -> ParkType:
    return handle.kind


@unbox(ParkType)
def _unbox(kind: ParkType, handle: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(handle, "address")
    address = c.pyapi.long_as_longlong(number)
    c.pyapi.decref(number)
    return NativeValue(c.builder.inttoptr(address, cgutils.voidptr_t))


@infer_getattr
class _Tables(AttributeTemplate):
    key = ParkType

    def generic_resolve(self, park: ParkType, name: str) -> Any:
        return park.tables[park.place[name]][1] if name in park.place else None


@lower_getattr_generic(ParkType)
def _table(context: Any, builder: Any, park: ParkType, address: Any, name: str) -> Any:
    """Build the array from the block: no reference, no copy."""
    kind = park.tables[park.place[name]][1]
    word = context.get_value_type(types.intp)
    block = builder.bitcast(address, word.as_pointer())

    def read(offset: int) -> Any:
        at = builder.gep(block, [context.get_constant(types.intp, WORDS * park.place[name] + offset)])
        value = builder.load(at)
        value.set_metadata("invariant.load", builder.module.add_metadata([]))
        return value

    array = context.make_array(kind)(context, builder)
    size = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    shape = [read(1 + axis) for axis in range(kind.ndim)]
    strides = [builder.mul(shape[1], size), size] if kind.ndim == 2 else [size]
    data = builder.inttoptr(read(0), array.data.type)
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=size, meminfo=None)
    return array._getvalue()

"""Sound input made unsound: entries deleted, doubled, renamed or of another type; bytes cut, moved and torn."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Place = tuple[Any, ...]

EDGES = [
    10**400,
    2**63,
    -1,
    0,
    1e308,
    -1e308,
    5e-324,
    float("nan"),
    float("inf"),
    float("-inf"),
    "",
    "nan",
    True,
]
KEYS = st.text(max_size=8) | st.sampled_from(
    [
        "value",
        "low",
        "high",
        "by_year",
        "scale",
        "base",
        "remove",
        "name",
        "2000",
        "a.b",
        "__proto__",
        "events",
    ]
)
LEAVES = (
    st.booleans() | st.integers() | st.floats() | st.sampled_from(EDGES) | st.text(max_size=8) | st.dates()
)
JUNK = st.recursive(
    LEAVES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=6,
)
"""Whatever may stand in a TOML file."""


def places(node: Any, above: Place = ()) -> list[Place]:
    """Every place in a table of tables and lists."""
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [above, *(place for key, each in below for place in places(each, (*above, key)))]


def at(node: Any, place: Place) -> Any:
    """What stands at a place."""
    for key in place:
        node = node[key]
    return node


def replaced(node: Any, place: Place, value: Any) -> Any:
    """A table with another value at a place; as it was where an earlier edit took the place away."""
    if not place:
        return value
    if isinstance(node, dict):
        return {**node, place[0]: replaced(node.get(place[0], {}), place[1:], value)}
    if isinstance(node, list):
        return [
            replaced(each, place[1:], value) if place[0] == where else each for where, each in enumerate(node)
        ]
    return node


def renamed(table: Any, old: Any, new: str) -> Any:
    """A table in which an entry has another name; a list without the entry."""
    if isinstance(table, dict):
        return {(new if key == old else key): each for key, each in table.items()}
    return [each for where, each in enumerate(table) if where != old]


def deleted(table: Any, key: Any) -> Any:
    """A table or list without an entry."""
    if isinstance(table, dict):
        return {name: each for name, each in table.items() if name != key}
    return [each for where, each in enumerate(table) if where != key]


@st.composite
def tables(draw: st.DrawFn, sound: dict[str, Any]) -> dict[str, Any]:
    """A sound table after one to three edits."""
    raw: Any = sound
    for _ in range(draw(st.integers(1, 3))):
        known = places(raw)[1:]
        if not known:
            return dict(raw)
        place = draw(st.sampled_from(known))
        above, key = at(raw, place[:-1]), place[-1]
        match draw(st.sampled_from(["delete", "rename", "retype", "move", "wrap"])):
            case "delete":
                raw = replaced(raw, place[:-1], deleted(above, key))
            case "rename":
                raw = replaced(raw, place[:-1], renamed(above, key, draw(KEYS)))
            case "retype":
                raw = replaced(raw, place, draw(JUNK))
            case "move":
                raw = replaced(raw, place, at(raw, draw(st.sampled_from(known))))
            case "wrap":
                inner = above[key]
                raw = replaced(
                    raw, place, draw(st.sampled_from([[inner], {"value": inner}, {"a": inner}, [inner] * 3]))
                )
    return dict(raw)


@st.composite
def torn(draw: st.DrawFn, sound: bytes) -> bytes:
    """Sound bytes after one to three cuts, insertions, repetitions or flips."""
    content = sound
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from([0, 1, 2, 8, 40, 400, 4096, 10**6])))
        match draw(st.sampled_from(["cut", "insert", "repeat", "move", "flip"])):
            case "cut":
                content = content[:start] + content[end:]
            case "insert":
                content = (
                    content[:start]
                    + draw(st.binary(max_size=20) | st.text(max_size=8).map(str.encode))
                    + content[start:]
                )
            case "repeat":
                content = content[:end] + content[start:end] * draw(st.integers(1, 4)) + content[end:]
            case "move":
                where = draw(st.integers(0, len(content)))
                content = content[:where] + content[start:end] + content[where:]
            case "flip" if start < len(content):
                mask = draw(st.integers(1, 255))
                content = content[:start] + bytes([content[start] ^ mask]) + content[start + 1 :]
    return content[: 4 * len(sound) + 1000]

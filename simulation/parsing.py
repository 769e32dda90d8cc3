"""Bytes of a file into tables, TOML or JSON: unchanged bytes are parsed once, what is no table is refused.

Nothing here takes longer, or deeper, than a file of its size must: what makes a parser slow is refused first.
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from .problems import Problem, ScenarioError, shown

KEPT = 1_000_000
"""Bytes of the largest file whose tables are kept: one takes some hundred times its size."""
DEEPEST = 60
MOST_ENTRIES = 1_000_000
MOST_IN_RECORD = 10_000_000
"""Entries of a JSON file: the record of a run has some seventy a company."""
LONGEST_PATH = 20
"""Parts of a dotted name, longer than any of ours: the time and memory to parse it grow with a power of them."""
_WORDS = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:""")?+|"(?:[^"\\\n]|\\.)*+"?+'''
    r"""|'''(?:[^']|'(?!''))*+(?:''')?+|'[^'\n]*+'?+|\#[^\n]*+|[^\s"'\#.=,\[\]{}]++|[ \t]++|.""",
    re.DOTALL,
)
"""Texts, comments, names and signs of TOML, one after the other: a dot in a text separates nothing."""


def tables(label: str, content: bytes) -> dict[str, Any]:
    """The tables of a TOML file that is called `label`, which nobody may change. Raises ScenarioError."""
    return _said(label, _toml if len(content) <= KEPT else _toml.__wrapped__, content)


def record(label: str, content: bytes) -> dict[str, Any]:
    """The tables of a JSON file, which nobody may change. Raises ScenarioError."""
    return _said(label, _json if len(content) <= KEPT else _json.__wrapped__, content)


def scenario_of(label: str, content: bytes) -> dict[str, Any]:
    """The scenario in the record of a run. Raises ScenarioError."""
    return _said(label, _scenario, content)


def measured(label: str, raw: Mapping[str, Any]) -> None:
    """Refuse a table that is nested too deeply or has too many entries, before anything walks through it."""
    _said(label, _measure, raw)


class _Refused(Exception):
    """Found and allowed, before the name of the file is known."""


def _said[T, R](label: str, parse: Callable[[T], R], content: T) -> R:
    """What comes of parsing, or what is wrong as a problem of the file."""
    try:
        return parse(content)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"{shown(error.object[error.start : error.start + 1])} in line {line}, which is not UTF-8"
        raise _refused(label, found, "UTF-8 text", "save the file as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        what, where = _line_of(str(error))
        raise _refused(label, f"no TOML: {what}", entry=where) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise _refused(label, f"no JSON: {error.msg}", entry=where) from None
    except RecursionError:
        raise _refused(label, "tables nested too deeply", f"at most {DEEPEST} levels") from None
    except _Refused as error:
        raise _refused(label, *error.args) from None
    except ValueError as error:
        raise _refused(label, f"a value that cannot be read: {error}") from None


@lru_cache(maxsize=32)
def _toml(content: bytes) -> dict[str, Any]:
    text = _text(content)
    if _has_long_path(text):
        raise _Refused(
            f"a name of more than {LONGEST_PATH} parts", f"at most {LONGEST_PATH}, with dots between"
        )
    raw = tomllib.loads(text)
    _measure(raw)
    return raw


def _has_long_path(text: str) -> bool:
    if all(line.count(".") < LONGEST_PATH for line in text.split("\n")):
        return False
    dots = 0
    for word in _WORDS.finditer(text):
        match word[0]:
            case ".":
                dots += 1
            case "\n" | "=" | "," | "[" | "]" | "{" | "}":
                dots = 0
        if dots >= LONGEST_PATH:
            return True
    return False


@lru_cache(maxsize=4)
def _json(content: bytes) -> dict[str, Any]:
    raw = json.loads(_text(content), object_pairs_hook=_once)
    if not isinstance(raw, dict):
        raise _Refused(shown(raw), "a table of JSON, in braces")
    _measure(raw, MOST_IN_RECORD)
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table of JSON, in which the parser itself would keep the last of two entries of one name."""
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in table if names.count(name) > 1)
        raise _Refused(f"the name {shown(twice)} twice in a table", "each name once")
    return table


def _scenario(content: bytes) -> dict[str, Any]:
    parse = _json if len(content) <= KEPT else _json.__wrapped__
    raw = parse(content).get("scenario")
    if not isinstance(raw, dict):
        raise _Refused("no scenario in the record", "the run.json of a run folder")
    return {"catalogue": "none", **raw}


def _text(content: bytes) -> str:
    """Bytes as text, without a byte order mark. Raises UnicodeDecodeError, and _Refused for other encodings."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _Refused("UTF-32 text", "UTF-8 text")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _every_other_is_null(content[:200]):
        raise _Refused("UTF-16 text", "UTF-8 text")
    if b"\0" in content or content.startswith(b"\x1f\x8b"):
        raise _Refused("a binary file", "a text file")
    return content.decode("utf-8-sig")


def _every_other_is_null(content: bytes) -> bool:
    """Whether these bytes look like UTF-16 without its mark."""
    nulls = sorted((content[::2].count(0), content[1::2].count(0)))
    return len(content) >= 8 and nulls[0] == 0 and nulls[1] > len(content) / 4


def _measure(raw: Mapping[str, Any], most: int = MOST_ENTRIES) -> None:
    level: list[Any] = [raw]
    entries = depth = 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _Refused(f"tables nested more than {DEEPEST} levels deep", f"at most {DEEPEST} levels")
        entries += sum(map(len, level))
        if entries > most:
            raise _Refused(f"more than {most:,} entries", f"at most {most:,}")
        level = [item for each in level for item in _items(each) if isinstance(item, Mapping | list)]


def _items(table: Any) -> Iterable[Any]:
    return table.values() if isinstance(table, Mapping) else table


def _line_of(message: str) -> tuple[str, str]:
    match = re.search(r"\s*\(at (line \d+, column \d+|end of document)\)", message)
    return (message.replace(match[0], ""), match[1]) if match else (message, "")


def _refused(label: str, found: str, allowed: str = "", hint: str = "", entry: str = "") -> ScenarioError:
    return ScenarioError([Problem(file=label, entry=entry, found=found, allowed=allowed, hint=hint)])

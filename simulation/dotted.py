"""Names with dots between them: `companies."Asnaes power station".payback`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from .problems import Problem, ScenarioError

Keys = tuple[str, ...]
BARE = re.compile(r"(?!.*__)[\w-]+")
PART = re.compile(r"""\s*(?:("(?:[^"\\]|\\.)*")|'([^']*)'|([^\s."'][^."]*?))\s*(\.|\Z)""", re.DOTALL)


def parse_path(text: str) -> Keys:
    """The names along a dotted path; `trust__prior` stands for `trust.prior`.

    Raises ScenarioError where a quote is open or a name is empty.
    """
    if text.isidentifier():
        text = text.replace("__", ".")
    keys: list[str] = []
    position = 0
    while match := PART.match(text, position):
        quoted, literal, bare, separator = match.groups()
        keys.append(unquoted(quoted) if quoted else bare if literal is None else literal)
        position = match.end()
        if not separator:
            return tuple(keys)
    allowed = "names with dots between them, in quotes where a name holds a dot"
    raise ScenarioError([Problem("", "", text, "no field path", allowed)])


def format_path(keys: Iterable[str]) -> str:
    """The dotted path of some names, with quotes where a name needs them."""
    return ".".join(key if BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False) for key in keys)


def unquoted(text: str) -> str:
    """A name without the double quotes around it, escapes resolved; other text as it is."""
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text[1:-1]

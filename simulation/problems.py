"""What is wrong with an input, said in one line: file, entry, field, found, allowed, suggestion."""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

LONGEST_SHOWN = 80
LONGEST_PART = 600
MOST_TOLD = 100
"""Problems of a kind that are looked for and told; nobody mends more at a time."""
MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input. Every part may be empty; `str` joins those that are not.

    `file` is the file (or `set`, `event`), `entry` the dotted path of the table, `field` its field,
    `found` what stands there, `allowed` what may stand there, `hint` a suggestion.
    """

    file: str = ""
    entry: str = ""
    field: str = ""
    found: str = ""
    allowed: str = ""
    hint: str = ""

    def __str__(self) -> str:
        file, entry, field, found, allowed, hint = map(_said, dataclasses.astuple(self))
        fault = ", ".join(f"{word} {text}" for word, text in (("found", found), ("allowed", allowed)) if text)
        where = ": ".join(part for part in (file, entry, field) if part)
        what = "; ".join(part for part in (fault, hint) if part)
        return ": ".join(part for part in (where, what) if part)


class ScenarioError(ValueError):
    """A scenario, a field path or an event that cannot be used; `problems` holds every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: list[Problem] = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def tried[T](problems: list[Problem], attempt: Callable[[], T]) -> T | None:
    """What an attempt gives, or nothing with its problems added to those found: all are told at once."""
    try:
        return attempt()
    except ScenarioError as error:
        problems += error.problems
        return None


def nearest(name: str, known: Iterable[str]) -> str:
    """A suggestion for a name that is not known: "did you mean 'steam'?", or the known ones if few."""
    names = list(islice(dict.fromkeys(known), MOST_COMPARED))
    close = close_names(name, names)
    if close:
        return did_you_mean(close)
    if not names:
        return "none is known here"
    return f"known: {', '.join(names)}" if len(names) <= 12 else ""


def close_names(name: str, known: Iterable[str]) -> list[str]:
    """At most three known names that look like this one, the closest first; case does not count."""
    folded = {each.casefold(): each for each in reversed(list(islice(dict.fromkeys(known), MOST_COMPARED)))}
    wanted = name.casefold()
    close = [folded[each] for each in difflib.get_close_matches(wanted, folded, n=3)]
    if not close and len(wanted) > 3:
        close = [
            each for fold, each in folded.items() if wanted in fold or (len(fold) > 3 and fold in wanted)
        ][:3]
    return close


def did_you_mean(names: list[str]) -> str:
    """The question that suggests one or more names."""
    quoted = [repr(each) for each in names]
    return f"did you mean {quoted[0] if len(quoted) == 1 else f'{", ".join(quoted[:-1])} or {quoted[-1]}'}?"


def shown(value: Any) -> str:
    """A value as a reader of the file would recognise it, shortened."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return _shortened(repr(value))
    if isinstance(value, Mapping):
        return (
            _shortened(f"a table of {', '.join(map(str, islice(value, 8)))}") if value else "an empty table"
        )
    if isinstance(value, list | tuple):
        return _shortened(f"[{', '.join(shown(each) for each in islice(value, 20))}]")
    return _shortened(str(value))


def number(value: float) -> str:
    """A number without needless digits: 3, 0.5, 1e+15."""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**40 else "a number of more than 40 digits"
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))


def printable(text: str) -> str:
    """Text on one line: line breaks, control and half characters are written as escapes."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def _said(part: str) -> str:
    """A part of a message, printable, and not longer than a reader stands."""
    text = printable(part)
    return text if len(text) <= LONGEST_PART else f"{text[: LONGEST_PART - 3]}..."


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."

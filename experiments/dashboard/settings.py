"""The fields of a park as a visitor finds and sets them: value now, unit, range, source."""

from __future__ import annotations

from typing import Any

from experiments import look
from simulation.dotted import parse_path
from simulation.fieldpaths import Field, fields
from simulation.intervening import CLOCK_FIELDS, RESOURCE_FIELDS
from simulation.problems import shown
from simulation.slots import SCENARIO

from .course import Course
from .uploads import may_be_set

MOST = 60
"""Fields that are sent to the page at once; the search finds the others."""
RULES = (
    "trust",
    "policy",
    "bargaining",
    "meeting",
    "association",
    "contract",
    "investment",
    "trade",
    "entry",
    "town",
    "economy",
    "activity",
)
"""Tables of a scenario with the parameters of rules, in the order in which visitors ask for them."""


def sections_first(field: Field) -> int:
    """Place of a field among others: rules in the order of `RULES`, other tables, then entries that have names."""
    section = str(parse_path(field.path)[0])
    if section in RULES:
        return RULES.index(section)
    return len(RULES) + (SCENARIO[section].kind == "named")


def sweepable(course: Course) -> list[Field]:
    """Numeric parameters of the rules with a plausible range, and the factors of the policy."""
    return [
        field
        for field in sorted(fields(course.scenario), key=sections_first)
        if sections_first(field) < len(RULES)
        and isinstance(field.value, int | float)
        and not isinstance(field.value, bool)
        and field.low is not None
        and field.high is not None
        and field.low < field.high
        and may_be_set(field.path)
    ]


class Settings:
    """All fields of one scenario, read once."""

    def __init__(self, course: Course) -> None:
        self.course = course
        allowed = (field for field in fields(course.scenario) if may_be_set(field.path))
        self.fields: list[Field] = sorted(allowed, key=sections_first)

    def found(self, course: Course, words: str, live: bool) -> dict[str, Any]:
        """Fields in whose path, meaning or source all the words stand; `live` those that may change in mid-run."""
        wanted = words.casefold().split()
        hits = [
            field
            for field in self.fields
            if field.live == live
            and all(word in f"{field.path} {field.meaning} {field.source}".casefold() for word in wanted)
        ]
        return {
            "count": len(hits),
            "live": live,
            "words": words,
            "fields": [_row(course, field) for field in hits[:MOST]],
        }


def value_now(course: Course, field: Field) -> Any:
    """The value of a field in this quarter, events included."""
    if not field.live:
        return field.value
    tables, path = course.tables, parse_path(field.path)
    match path:
        case ("policy", levy, "scale") if levy in CLOCK_FIELDS:
            return float(tables.clock[0][CLOCK_FIELDS[levy]]) * getattr(course.scenario.policy, levy).scale
        case ("resources", name, kind, "scale") if kind in RESOURCE_FIELDS:
            row = course.foundation.names.resource_row.get(name)
            base = getattr(course.scenario.resources[name], kind).scale
            return base if row is None else float(tables.resources[row][RESOURCE_FIELDS[kind]]) * base
    name = "_".join(path)
    known = tables.parameters.dtype.names or ()
    return float(tables.parameters[0][name]) if name in known else field.value


def _row(course: Course, field: Field) -> dict[str, Any]:
    value = value_now(course, field)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    simple = number or isinstance(value, bool | str)
    return {
        "path": field.path,
        "meaning": _meaning(field),
        "unit": "" if field.unit in ("", "1") else look.unit(field.unit),
        "value": (round(value, 6) if number else value) if simple else shown(value),
        "kind": "switch" if isinstance(value, bool) else "number" if number else "word" if simple else "path",
        "low": field.low,
        "high": field.high,
        "choices": _choices(field),
        "allowed": field.allowed,
        "source": field.source,
        "estimate": field.estimate,
    }


def _meaning(field: Field) -> str:
    """What a field is for; a factor on a path of values also says which."""
    *above, last = parse_path(field.path)
    if last != "scale":
        return field.meaning
    return f"{look.words(' '.join(part for part in above[1:]))}: {field.meaning}"


def _choices(field: Field) -> list[str]:
    """The words of a named choice: "'linear', 'conceder' or 'boulware'"."""
    if not isinstance(field.value, str) or "'" not in field.allowed:
        return []
    return field.allowed.split("'")[1::2]

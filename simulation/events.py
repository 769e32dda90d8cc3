"""Events in words: year, verb, object, value. The same words in a file, an option, Python and a page."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Literal

from .dotted import format_path, unquoted
from .problems import Problem, ScenarioError, nearest, number, shown

NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
QUOTED = r'"(?:[^"\\]|\\.)*"'


@dataclass(frozen=True, slots=True)
class Verb:
    """A kind of event: the words that follow it, and what it does.

    `object` says what is named, `value` what follows: `share` more than 0 and at most 1, `factor`
    from 0 to 1000, `warning` years announced before, `amount` any number, `switch` on or off.
    """

    name: str
    object: Literal["", "company", "process", "prospect", "resource", "field"]
    value: Literal["", "warning", "share", "factor", "amount", "switch"]
    takes: str
    sentence: str


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("withdraw", "company", "warning", "NAME [announced YEARS]", "A company leaves the park."),
        Verb("stop-trading", "company", "", "NAME", "A company ends its streams, makes no more, and stays."),
        Verb("resume-trading", "company", "", "NAME", "A company that stopped trading may trade again."),
        Verb("shrink", "company", "share", "NAME SHARE", "All capacities of a company fall by this share."),
        Verb("close", "process", "", "NAME/PROCESS", "One process of a company ends."),
        Verb("invite", "prospect", "", "NAME", "A prospect arrives."),
        Verb("facilitator", "", "switch", "on|off", "The association begins or stops its work."),
        Verb("set", "field", "amount", "FIELD VALUE", "A live field takes a value."),
        Verb("price", "resource", "factor", "RESOURCE FACTOR", "The virgin price is scaled to this factor."),
        Verb("levy", "", "factor", "FACTOR", "The landfill levy is scaled to this factor."),
    )
}  # fmt: skip
LIMITS: dict[str, tuple[float, float, str]] = {
    "share": (0, 1, "a share, more than 0, at most 1"),
    "factor": (0, 1000, "a factor, 0 to 1000"),
    "warning": (0, 100, "years, 0 to 100"),
    "amount": (-math.inf, math.inf, "a number"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a date (decimal year) to an object, with a value.

    `object` is a name, NAME/PROCESS, or a dotted path. `value` is the share, the factor, the number,
    the years of warning (0 if none), or 1 for on and 0 for off; None where the verb takes none.
    """

    year: float
    verb: str
    object: str = ""
    value: float | None = None

    @property
    def quarter(self) -> int:
        """Quarters since the year 0: the quarter in which the date lies."""
        return math.floor(self.year * 4)

    @property
    def company(self) -> str:
        """The company, prospect or resource that is named; for `close` the part before the last slash."""
        return self.object.rpartition("/")[0] if self.verb == "close" else self.object

    @property
    def process(self) -> str:
        """The process that `close` names, else empty."""
        return self.object.rpartition("/")[2] if self.verb == "close" else ""

    @property
    def field(self) -> str:
        """The dotted path that takes the value: of `set`, `price` and `levy`; else empty."""
        if self.verb == "price":
            return format_path(("resources", self.object, "price", "scale"))
        return {"set": self.object, "levy": "policy.landfill_levy.scale"}.get(self.verb, "")

    def __str__(self) -> str:
        words = [number(self.year), self.verb]
        if self.object:
            bare = self.verb == "set" or not re.search(r'[\s"]', self.object)
            words.append(self.object if bare else json.dumps(self.object, ensure_ascii=False))
        kind = VERBS[self.verb].value
        if kind == "switch":
            words.append("on" if self.value else "off")
        elif kind == "warning":
            words += ["announced", number(self.value)] if self.value else []
        elif self.value is not None:
            words.append(number(self.value))
        return " ".join(words)


def parse_event(text: str) -> Event:
    """An event from its words, `2000 withdraw "Asnaes power station" announced 2`.

    Names stand in quotes or run to the value or the end. Raises ScenarioError with one problem: an
    unknown verb lists the known ones.
    """
    if not isinstance(text, str):
        raise _refused(text, found=shown(text), allowed="words: YEAR VERB OBJECT VALUE")
    when, _, rest = text.strip().partition(" ")
    name, _, rest = rest.strip().partition(" ")
    if not re.fullmatch(NUMBER, when) or not 1500 <= float(when) <= 2500:
        raise _refused(
            text, found=f"{shown(when)} as year", allowed="a year first, 1500 to 2500, as 2000 or 2000.25"
        )
    verb = VERBS.get(name)
    if verb is None:
        known = f"verbs: {', '.join(VERBS)}"
        suggestion = nearest(name, VERBS)
        hint = f"{suggestion} {known}" if suggestion.startswith("did you mean") else known
        raise _refused(text, found=f"the verb {shown(name)}" if name else "no verb", hint=hint)
    words, value = _split(text, verb, rest.strip())
    return Event(float(when), verb.name, _name(text, verb, words), value)


def _split(text: str, verb: Verb, rest: str) -> tuple[str, float | None]:
    """The words of the object, and the value."""
    if verb.value == "":
        return rest, None
    if verb.value == "switch":
        if rest not in ("on", "off"):
            raise _refused(text, found=shown(rest), allowed="on or off")
        return "", 1.0 if rest == "on" else 0.0
    if verb.value == "warning":
        announced = re.search(rf"(?:\A|\s)announced\s+({NUMBER})\Z", rest)
        words, last = (rest[: announced.start()], announced[1]) if announced else (rest, "0")
    else:
        words, _, last = rest.rpartition(" ") if verb.object else ("", "", rest)
        if not re.fullmatch(NUMBER, last):
            raise _refused(
                text, found=f"{shown(last)} as value" if last else "no value", allowed=_usage(verb)
            )
    least, most, allowed = LIMITS[verb.value]
    value = float(last)
    if not least <= value <= most or not math.isfinite(value) or (verb.value == "share" and value == 0):
        raise _refused(text, found=last, allowed=allowed)
    return words.strip(), value


def _name(text: str, verb: Verb, words: str) -> str:
    """The name without its quotes."""
    if verb.object not in ("", "field") and words.startswith('"'):
        pattern = rf"({QUOTED})(?:\s*/\s*(.+))?" if verb.object == "process" else f"({QUOTED})"
        match = re.fullmatch(pattern, words, re.DOTALL)
        if match is None:
            raise _refused(
                text, found=shown(words), allowed=f"{_usage(verb)}, a name with blanks in double quotes"
            )
        words = "/".join(unquoted(part) for part in match.groups() if part)
    elif verb.object == "process":
        words = "/".join(part.strip() for part in words.rsplit("/", 1))
    company, slash, process = words.rpartition("/")
    if (verb.object and not words) or (verb.object == "process" and not (company and slash and process)):
        raise _refused(text, found=shown(words) if words else "no name", allowed=_usage(verb))
    return words


def _usage(verb: Verb) -> str:
    return f"YEAR {verb.name} {verb.takes}"


def _refused(text: object, **words: str) -> ScenarioError:
    return ScenarioError([Problem(entry="events", field=shown(text), **words)])

"""Ways in which a partner can be lost, as words on a command line and as events."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from simulation.events import Event
from simulation.problems import Problem, ScenarioError, nearest, number, shown

NUMBER = r"\d+(?:\.\d+)?"


@dataclass(frozen=True)
class Mode:
    """A way in which a partner is lost, as typed and in words; `process` is the one that ends, if one."""

    text: str
    words: str
    events: Callable[[float, str], tuple[Event, ...]]
    process: str = ""


def years_of(years: float) -> str:
    """A span of time in words: 1 year, 2.5 years."""
    return f"{number(years)} {'year' if years == 1 else 'years'}"


def _exit(_value: str) -> Mode:
    return Mode("exit", "leaves", lambda year, name: (Event(year, "withdraw", name, 0.0),))


def _stop(_value: str) -> Mode:
    return Mode("stop-trading", "stops trading", lambda year, name: (Event(year, "stop-trading", name),))


def _shrink(value: str) -> Mode:
    part = float(value)
    if not 0 < part <= 1:
        raise ValueError("shrink:SHARE with a share more than 0, at most 1")
    words = f"shrinks by {round(100 * part)} %"
    return Mode(f"shrink:{value}", words, lambda year, name: (Event(year, "shrink", name, part),))


def _process(value: str) -> Mode:
    def events(year: float, name: str) -> tuple[Event, ...]:
        return (Event(year, "close", f"{name}/{value}"),)

    return Mode(f"process:{value}", f"ends {value}", events, process=value)


def _announced(value: str) -> Mode:
    years = float(value)
    words = f"leaves, announced {years_of(years)} ahead"
    return Mode(f"announced:{value}", words, lambda year, name: (Event(year, "withdraw", name, years),))


def _temporary(value: str) -> Mode:
    years = float(value)
    if years <= 0:
        raise ValueError("temporary:YEARS with more than 0 years")

    def events(year: float, name: str) -> tuple[Event, ...]:
        return Event(year, "stop-trading", name), Event(year + years, "resume-trading", name)

    return Mode(f"temporary:{value}", f"stops trading for {years_of(years)}", events)


MODES: dict[str, tuple[str, str, Callable[[str], Mode]]] = {
    "exit": ("", "the company leaves", _exit),
    "stop-trading": ("", "it ends its streams and stays", _stop),
    "shrink": (NUMBER, "its capacities fall by this share", _shrink),
    "process": (".+", "one process ends, the company stays", _process),
    "announced": (NUMBER, "it leaves, and says so some years ahead", _announced),
    "temporary": (NUMBER, "it stops trading for some years", _temporary),
}
"""Ways of losing a partner: the form of the value behind the colon, what happens, how it is made."""
FORMS = "exit, stop-trading, shrink:SHARE, process:NAME, announced:YEARS, temporary:YEARS"


def parse_mode(text: str) -> Mode:
    """A mode from its words. Raises ScenarioError with the forms, or the nearest one."""
    name, colon, value = text.strip().partition(":")
    name, value = name.strip(), value.strip()
    if name not in MODES:
        raise _refused(shown(text), FORMS, nearest(name, MODES) if colon or name else "")
    form, _, make = MODES[name]
    if not re.fullmatch(form, value) or bool(colon) != bool(form):
        raise _refused(shown(text), FORMS)
    try:
        return make(value)
    except ValueError as error:
        raise _refused(shown(text), str(error)) from None


def _refused(found: str, allowed: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Problem("--mode", found=found, allowed=allowed, hint=hint)])

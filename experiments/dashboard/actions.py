"""What a visitor can do to a park now, in the words of events, and what was done in sentences."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from agents.choices import STYLES
from agents.fields import ABSENT, PRESENT
from experiments import look
from simulation.events import parse_event

from .course import Course

STYLE_FIELD = "bargaining.style"


def withdraw(name: str) -> str:
    """The words that take a company out."""
    return f"withdraw {json.dumps(name, ensure_ascii=False)}"


def invite(name: str) -> str:
    """The words that bring a prospect in."""
    return f"invite {json.dumps(name, ensure_ascii=False)}"


def switch(on: bool) -> str:
    """The words that start or stop the association."""
    return f"facilitator {'on' if on else 'off'}"


def put(field: str, value: float) -> str:
    """The words that give a live field a value."""
    return f"set {field} {float(value)!r}"


def possible(course: Course) -> dict[str, Any]:
    """What can be done now: who may leave, who may come, and the levers where they stand."""
    tables, names = course.tables, course.foundation.names.companies
    status = tables.companies["status"]
    clock, policy = tables.clock[0], course.scenario.policy
    starting = (course.quarter == 0) & (tables.companies["arrives"] <= 0)
    here = [names[row] for row in np.flatnonzero((status == PRESENT) | starting)]
    return {
        "partners": here,
        "prospects": [
            names[row] for row in np.flatnonzero((status == ABSENT) & (tables.companies["prospect"] == 1))
        ],
        "facilitator": bool(clock["facilitator"]),
        "levy": round(float(clock["levy_scale"]) * policy.landfill_levy.scale, 3),
        "levy_told": f"{look.number(float(clock['landfill_levy']))} EUR/t now",
        "carbon": round(float(clock["carbon_scale"]) * policy.carbon_price.scale, 3),
        "carbon_told": f"{look.number(float(clock['carbon_price']))} EUR/t now",
        "prior": round(float(tables.parameters[0]["trust_prior"]), 3),
        "styles": list(STYLES),
        "style": course.scenario.bargaining.style,
        "ended": course.ended,
    }


def told(words: str) -> tuple[float, str]:
    """Year and sentence of an event in words: (1998.0, "Gyproc is withdrawn")."""
    event = parse_event(words)
    value = look.number(event.value) if event.value is not None else ""
    said = {
        "withdraw": f"{event.object} is withdrawn",
        "invite": f"{event.object} is invited",
        "stop-trading": f"{event.object} stops trading",
        "resume-trading": f"{event.object} may trade again",
        "shrink": f"{event.object} shrinks by {look.share(event.value or 0.0)}",
        "close": f"{event.company} closes {event.process}",
        "facilitator": f"the association {'begins' if event.value else 'stops'} its work",
        "set": f"{field_told(event.object)} is set to {value}",
        "levy": f"the landfill levy becomes {value} times what it was"
        if event.value
        else "the landfill levy is taken away",
        "price": f"the price of {look.words(event.object)} becomes {value} times what it was",
    }
    return event.year, look.sentence(said[event.verb])


def field_told(path: str) -> str:
    """A dotted path as people read it."""
    known = {
        "policy.landfill_levy.scale": "the factor on the landfill levy",
        "policy.carbon_price.scale": "the factor on the carbon price",
        "trust.prior": "the first trust in a stranger",
        "bargaining.style": "the bargaining style",
        "association.starts": "the year in which the association begins its work",
    }
    return known.get(path, path)

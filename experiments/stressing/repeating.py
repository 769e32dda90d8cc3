"""How a stress test is asked again: the options of its question, as they are typed."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from simulation.files import bundled_names
from simulation.problems import number
from simulation.reading import load_scenario

from ..sweeping.sweep import SCENARIO

if TYPE_CHECKING:
    from .question import Question


def options(question: Question) -> list[str]:
    """The options that ask a question again, but for its scenario and its folder."""
    named = [each for each in question.singles if each.mode]
    words = ["; ".join(each.events) for each in question.singles if not each.mode]
    values = [("--runs", str(question.runs)), ("--seed", str(question.seed))]
    if named:
        values.insert(0, ("--year", number(named[0].date)))
    values += [("--remove", name) for name in question.remove]
    values += [("--mode", mode) for mode in question.modes if question.modes != ("exit",)]
    values += [("--event", each) for each in words]
    values += [("--against", f"{path}={_plain(value)}") for path, value in question.against]
    if question.order != 1:
        values.append(("--order", str(question.order)))
    if question.limit is not None:
        values.append(("--limit", question.limit.text))
    if question.limit is not None or question.within != 5.0:
        values.append(("--within", number(question.within)))
    if question.by != "savings":
        values.append(("--by", question.by))
    if question.until is not None:
        values.append(("--until", number(question.until)))
    return [f"{name} {shlex.quote(value)}" for name, value in values]


def source(question: Question) -> str:
    """The scenario as it is named: one that comes with symbiopark, as it comes, or the file in the folder."""
    name = question.scenario.name
    same = name in bundled_names() and load_scenario(name) == question.scenario
    return name if same else SCENARIO


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return number(value) if isinstance(value, int | float) else str(value)

"""Guided lessons: short texts beside a live park, things to do, a question, a worksheet. Data in `lessons/`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from experiments import look

from .course import Course
from .difference import difference, streams_apart, streams_now, total
from .frame import operating
from .inspection import company
from .series import BY_NAME, now
from .show import Show

FOLDER = Path(__file__).parent / "lessons"
Stream = tuple[str, str, str]


class Entry(BaseModel):
    """A table of a lesson; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Deed(Entry):
    """One thing that a button does. Exactly one of the fields is given."""

    to_year: float | None = None
    play_to: float | None = Field(
        None, description="to the end of this year quarter by quarter, to be watched"
    )
    act: str | None = None
    from_start: dict[str, Any] | None = None
    company: str | None = None
    stream: Stream | None = Field(None, description="supplier, receiver, residue as people read it")


class Sign(Entry):
    """What must be seen after a step, so that a lesson stays true when the model changes."""

    stream: Stream | None = None
    gone: Stream | None = Field(None, description="a stream that only the twin has")
    new: Stream | None = Field(None, description="a stream that the twin has not")
    failed: Stream | None = Field(
        None, description="a stream whose last negotiation failed, as its supplier shows"
    )
    than_twin: tuple[str, str] | None = Field(None, description="an indicator now, and less or more")
    saved: str | None = Field(None, description="less or more than in the twin, over all years")
    loses: list[str] | None = Field(None, description="companies that the page names as gaining less")


class Step(Entry):
    """A paragraph, perhaps with something to do, something to look for, and a question."""

    text: str
    button: str = ""
    do: list[Deed] = []
    look: str = ""
    ask: str = ""
    choices: list[str] = []
    right: int = 0
    because: str = ""
    shows: list[Sign] = []


class Task(Entry):
    """A question of the worksheet, and an answer for the teacher."""

    ask: str
    answer: str


class Lesson(Entry):
    """A lesson of about ten minutes. Everybody sees the same: its seed is fixed."""

    title: str
    minutes: int
    scenario: str
    seed: int
    about: str
    steps: list[Step]
    worksheet: list[Task]


@cache
def lessons() -> dict[str, Lesson]:
    """All lessons by the name of their file, in order."""
    return {
        path.stem: Lesson.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    }


def begin(show: Show, lesson: Lesson, seed: int | None = None) -> None:
    """The park of the lesson at its start, with the luck of the lesson where no other seed is given."""
    show.start(lesson.scenario, lesson.seed if seed is None else seed)


def come_to(show: Show, lesson: Lesson, place: int, seed: int | None = None) -> None:
    """Its park as all steps before a place leave it, whatever a visitor has done meanwhile. Raises ScenarioError."""
    begin(show, lesson, seed)
    for step in lesson.steps[:place]:
        perform(show, step.do)


def perform(show: Show, deeds: list[Deed]) -> None:
    """Do what a button of a lesson does, at once. Raises ScenarioError."""
    for deed in deeds:
        for year in (deed.to_year, deed.play_to):
            if year is not None:
                show.to_year(year)
        if deed.act is not None:
            show.act(deed.act)
        if deed.from_start is not None:
            show.act_from_start(deed.from_start)
        if deed.company is not None:
            show.choose_company(deed.company)
        if deed.stream is not None:
            row = find(show, deed.stream)
            if row >= 0:
                show.choose("stream", row)


def looks(lesson: Lesson, place: int) -> bool:
    """Whether a step is about what was clicked, and not about what was done: the last deed of either kind tells."""
    deeds = [deed for step in lesson.steps[: place + 1] for deed in step.do]
    for deed in reversed(deeds):
        if deed.act is not None or deed.from_start is not None:
            return False
        if deed.company is not None or deed.stream is not None:
            return True
    return False


def find(show: Show, stream: Stream) -> int:
    """Row of the contract on a stream that is in operation, -1 if there is none."""
    course, names = show.course, show.course.foundation.names
    for row in operating(course).tolist():
        contract = course.tables.contracts[row]
        residue = names.resources[int(course.tables.residues["resource"][contract["residue"]])]
        who = (names.companies[int(contract["supplier"])], names.companies[int(contract["receiver"])])
        if (*who, look.words(residue)) == tuple(stream):
            return row
    return -1


def seen(show: Show, sign: Sign) -> bool:
    """Whether what a lesson promises can be seen now."""
    held = []
    if sign.stream is not None:
        held.append(tuple(sign.stream) in streams_now(show.course))
    if sign.failed is not None:
        supplier, receiver, residue = sign.failed
        talks = company(show.course, show.row_of(supplier))["talks"]
        ends = [talk for talk in talks if (talk["partner"], talk["residue"]) == (receiver, residue)]
        held.append(bool(ends) and not ends[0]["signed"])
    if any(each is not None for each in (sign.gone, sign.new, sign.than_twin, sign.saved, sign.loses)):
        held += [False] if show.twin is None else _apart(show.course, show.twin, sign)
    return bool(held) and all(held)


def _apart(park: Course, twin: Course, sign: Sign) -> list[bool]:
    """What a sign says of the park beside its twin, and whether it is so."""
    gone, new = streams_apart(park, twin)
    held = [tuple(named) in streams for named, streams in ((sign.gone, gone), (sign.new, new)) if named]
    if sign.than_twin is not None:
        measure = BY_NAME[sign.than_twin[0]]
        apart = now(park, measure) - now(twin, measure)
        held.append(apart < 0 if sign.than_twin[1] == "less" else apart > 0)
    if sign.saved is not None:
        apart = total(park, twin, "savings")
        held.append(apart < 0 if sign.saved == "less" else apart > 0)
    if sign.loses is not None:
        held.append(set(sign.loses) <= {name for name, _ in difference(park, twin)["losers"]})
    return held

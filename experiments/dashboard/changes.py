"""What an intervention did, in words: the journal knows only that a field was set or a process closed."""

from __future__ import annotations

from experiments.news import FIELD_VERBS
from simulation import journal
from simulation.events import Event, parse_event
from simulation.happenings import VERB_WORDS

from .actions import told
from .course import Course


def change(course: Course, row: int) -> str:
    """The sentence of an intervention in a row of the journal, empty where no event of the park's words is its cause.

    Interventions of a quarter are carried out in the order of their words, so the third field that the journal
    knows as set in a quarter is that of the third such event.
    """
    table, line = course.tables.journal, course.tables.journal[row]
    before, place = row - 1, 0
    while before >= 0 and table[before]["quarter"] == line["quarter"]:
        same = table[before]["kind"] == journal.INTERVENES and table[before]["reason"] == line["reason"]
        place += int(same and table[before]["company"] == line["company"])
        before -= 1
    causes = _causes(course, int(line["quarter"]), VERB_WORDS.get(int(line["reason"]), ""))
    names = course.foundation.names.companies
    whom = names[int(line["company"])] if line["company"] >= 0 else ""
    causes = [(words, event) for words, event in causes if event.verb in FIELD_VERBS or event.company == whom]
    return told(causes[place][0])[1] if place < len(causes) else ""


def _causes(course: Course, quarter: int, verb: str) -> list[tuple[str, Event]]:
    """Events of a quarter with a verb, in their order."""
    calendar = course.foundation.calendar
    found = [(words, parse_event(words)) for words in course.words]
    return [
        (words, event)
        for words, event in found
        if max(0, calendar.quarter(event.year)) == quarter
        and verb == ("set" if event.verb in FIELD_VERBS else event.verb)
    ]

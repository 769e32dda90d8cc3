"""What a visitor has clicked, known by what it is: the years may be run again and its row be another's."""

from __future__ import annotations

from dataclasses import dataclass

from .course import Course
from .frame import operating

Known = tuple[int | str, ...]


@dataclass(frozen=True)
class Choice:
    """A `company`, a `stream` or a `talk`, and where it stood when it was clicked."""

    kind: str
    row: int
    known: Known

    @classmethod
    def of(cls, course: Course, kind: str, row: int) -> Choice | None:
        """The choice of a row, None where there is no such row."""
        known = _known(course, kind, row)
        return None if known is None else cls(kind, row, known)

    def row_in(self, course: Course) -> int:
        """Its row in a park as it is now, -1 where it is not. A stream is the same with another contract."""
        if _known(course, self.kind, self.row) == self.known:
            return self.row
        if self.kind == "company":
            return int(course.foundation.names.company_row.get(str(self.known[0]), -1))
        if self.kind == "talk":
            return -1
        return next(
            (row for row in operating(course).tolist() if _known(course, "stream", row) == self.known), -1
        )


def _known(course: Course, kind: str, row: int) -> Known | None:
    """What stays the same of a row when the years are run again: a name; who, to whom, what; and when for a talk."""
    tables, clock = course.tables, course.tables.clock[0]
    if kind == "company" and 0 <= row < len(tables.companies):
        return (course.foundation.names.companies[row],)
    if kind == "stream" and 0 <= row < int(clock["contracts"]):
        contract = tables.contracts[row]
        return int(contract["supplier"]), int(contract["receiver"]), int(contract["residue"])
    if kind == "talk" and 0 <= row < int(clock["negotiations"]):
        talk = tables.negotiations[row]
        return tuple(int(talk[field]) for field in ("supplier", "receiver", "substitution", "quarter"))
    return None

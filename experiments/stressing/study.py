"""A stress test as a study: which losses go into one job, and rounds that depend on what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from simulation.run import foundation_of

from ..sweeping.jobs import Job, Study
from ..sweeping.ledger import Ledger, Row
from . import work
from .contingencies import pairs
from .limits import LARGEST_SET, reaches
from .question import Question

QUARTERS_A_JOB = 120_000
"""Company-quarters in a job: some tenths of a second."""

Sets = list[list[int]]


def study_of(question: Question) -> Study:
    """The jobs of a stress test; replicate by replicate, so that one cut short is an even sample."""
    rounds = Rounds(question)
    units = {
        "savings": "EUR", "profit": "EUR", "value": "EUR/year", "year": "year", "years": "year",
        "efficiency_loss": "1", "share": "1",
    }  # fmt: skip
    return Study(
        "stress", question.identity(), question.context(), work.done, work.OUTCOMES, rounds, rounds.most,
        [{"setting": arm, "losses": len(sets)} for arm, sets in rounds.points], units,
    )  # fmt: skip


class Rounds:
    """All single losses, and pairs if asked for; then, with a limit not yet reached, larger sets one by one."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.single = [[each] for each in range(len(question.singles))]
        both = [list(pair) for pair in pairs(question.singles)] if question.order == 2 else []
        self.size = _group_size(question)
        groups = _groups(self.single + both, self.size)
        self.points = [(arm, sets) for arm in range(len(question.arms)) for sets in groups]
        self.base = len(self.points) * question.runs
        self.groups_a_step = len(_groups(self.single, self.size))

    @property
    def steps(self) -> int:
        """Most sets beyond the exhaustive ones."""
        return 0 if self.question.limit is None else max(0, LARGEST_SET - self.question.order)

    @property
    def most(self) -> int:
        """Most jobs there can be."""
        return self.base + self.steps * self.groups_a_step * self.question.runs

    def __call__(self, ledger: Ledger | list[Row]) -> Iterator[Sequence[Job]]:
        count = len(self.points)
        yield [
            Job(replicate * count + point, point, replicate, _fields(*self.points[point], point))
            for replicate in range(self.question.runs)
            for point in range(count)
        ]
        for step in range(self.steps):
            members = self._nearest(lowest_of(ledger), self.question.order + step)
            widened = [sorted([*members, each]) for each in self._others(members)] if members else []
            groups = _groups(widened, self.size)
            if not groups:
                return
            start = self.base + step * self.groups_a_step * self.question.runs
            yield [
                Job(start + replicate * len(groups) + at, count + step, replicate,
                    {"arm": 0, "sets": sets, "first": False})
                for replicate in range(self.question.runs)
                for at, sets in enumerate(groups)
            ]  # fmt: skip

    def _nearest(self, lowest: dict[str, list[float]], size: int) -> tuple[int, ...]:
        """The set of this size that came nearest to the limit; none when a set up to this size reaches it."""
        assert self.question.limit is not None
        known = {key: values for key, values in lowest.items() if key.count("+") < size}
        ordered = reaches(known, self.question.limit)
        if not ordered or ordered[0].reached:
            return ()
        return next((each.members for each in ordered if len(each.members) == size), ())

    def _others(self, members: Sequence[int]) -> list[int]:
        taken = {name for each in members for name in self.question.singles[each].companies}
        return [
            each
            for each, single in enumerate(self.question.singles)
            if each not in members and not taken & set(single.companies)
        ]


def lowest_of(ledger: Ledger | list[Row]) -> dict[str, list[float]]:
    """Lowest value of the limited indicator by set of losses, a number a replicate, in the scenario as it is."""
    found: dict[str, list[float]] = {}
    for row in ledger if isinstance(ledger, list) else ledger.rows("status = 'done'"):
        for name, value in row.outcomes.items():
            if name.startswith("lowest "):
                found.setdefault(name.removeprefix("lowest "), []).append(value)
    return found


def _fields(arm: int, sets: Sets, point: int) -> dict[str, Any]:
    return {"arm": arm, "sets": sets, "first": sets[0] == [0]}


def _groups(sets: Sets, size: int) -> list[Sets]:
    return [sets[at : at + size] for at in range(0, len(sets), size)]


def _group_size(question: Question) -> int:
    """Losses in a job: fewer in a large park or long run. The same in every session, or jobs would not match."""
    foundation = foundation_of(question.scenario, question.until)
    calendar = foundation.calendar
    quarters = max(1, calendar.quarters - calendar.quarter(question.date))
    return max(1, min(200, QUARTERS_A_JOB // (quarters * len(foundation.names.companies))))

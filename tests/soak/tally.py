"""What a soak counts: checks and failures by law, and how to see a failure again."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.laws.book import Law, sentence


@dataclass
class Tally:
    """Checks, failures and seconds by law."""

    show: bool = False
    checks: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, str], str] = field(default_factory=dict)

    def ask(self, law: Law, of: Any, where: str) -> None:
        """Ask a law; what it raises is a failure, told once for each park."""
        name, begun = sentence(law), time.perf_counter()
        self.checks[name] += 1
        try:
            law(of)
        except Exception as error:
            self.fail(name, where, error)
        self.seconds[name] += time.perf_counter() - begun

    def fail(self, name: str, where: str, error: Exception) -> None:
        self.failures[name] += 1
        if (name, where) not in self.told:
            at = traceback.extract_tb(error.__traceback__)[-1]
            said = str(error).strip().splitlines()
            self.told[name, where] = f"{at.line} {type(error).__name__} {said[0] if said else ''}".strip()
            if self.show:
                traceback.print_exception(error)

    def table(self) -> str:
        """Laws, checks, failures, seconds as a table in Markdown."""
        rows = ["| law | checks | failures | seconds |", "|---|---:|---:|---:|"]
        for name, count in self.checks.items():
            rows.append(f"| {name} | {count:,} | {self.failures[name]:,} | {self.seconds[name]:.0f} |")
        total, failed, took = (sum(each.values()) for each in (self.checks, self.failures, self.seconds))
        return "\n".join([*rows, f"| **all** | {total:,} | {failed:,} | {took:.0f} |"])

    def again(self) -> list[str]:
        """A line for each failure: how to see it again, the law, what was found."""
        return [
            f"python -m tests.soak --only {where}   # {name}: {words[:160]}"
            for (name, where), words in self.told.items()
        ]

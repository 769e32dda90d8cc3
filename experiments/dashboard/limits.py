"""Bounds of what one visitor may ask for: generous at home, tight when the page is served to others."""

from __future__ import annotations

import os
from dataclasses import dataclass

from experiments import look
from simulation.problems import Problem
from simulation.scenario import Scenario

SERVED = "SYMBIOPARK_SERVED"
"""Set to 1 by the server when it listens to more than this machine."""


@dataclass(frozen=True)
class Limits:
    """The most that is allowed of each.

    Attributes
    ----------
    visitors
        Tabs at a time.
    companies, cells, years
        Size of a park: companies and prospects, cells of its grid, years of its run.
    company_years
        Companies and prospects times years: a run takes time and memory in proportion.
    upload
        Bytes of a dropped file.
    stress_runs
        Runs of a stress test or sweep, all of which are kept until its tables are worked out.
    work
        Runs of a stress test or sweep times the company-years of each.
    stress_pairs
        Partners of whom every two are lost together.
    jobs_at_once
        Jobs of all visitors that compute at the same time.
    """

    visitors: int
    companies: int
    cells: int
    years: int
    company_years: int
    upload: int
    stress_runs: int
    work: int
    stress_pairs: int
    jobs_at_once: int


HOME = Limits(50, 2000, 40_000, 500, 130_000, 2_000_000, 20_000, 100_000_000, 12, 2)
PUBLIC = Limits(40, 300, 10_000, 150, 20_000, 500_000, 2_000, 10_000_000, 8, 2)


def limits() -> Limits:
    """Those in force: `PUBLIC` when the page is served to others."""
    return PUBLIC if os.environ.get(SERVED) == "1" else HOME


def company_years(scenario: Scenario) -> float:
    """Companies and prospects times the years of a run."""
    years = scenario.time.ends - scenario.time.starts
    return years * (len(scenario.companies) + len(scenario.prospects))


def too_much_work(scenario: Scenario, runs: int) -> list[Problem]:
    """The problem of so many runs of a park, where they are more than a job may have."""
    size, most = company_years(scenario), limits().work
    if runs * size <= most:
        return []
    return [
        Problem(
            "runs", found=look.count(runs), allowed=f"{look.count(most // max(size, 1))} for so large a park"
        )
    ]

"""The table of findings: claims of the literature, ablations, and questions of our own."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.problems import Problem, ScenarioError, nearest

from . import ablations, anchor, contracts, entry_cost, kalundborg, partners, planned, policies
from .answer import Finding

CLAIMS = (
    contracts.FINDING,
    policies.FINDING,
    anchor.FINDING,
    planned.FINDING,
    entry_cost.FINDING,
)
"""Tried on the model, each with a verdict."""
MECHANISMS = (ablations.FINDING,)
QUESTIONS = (
    kalundborg.TRUST,
    kalundborg.OIL,
    kalundborg.FACILITATOR,
    kalundborg.LEVY,
    partners.FINDING,
    kalundborg.NEUTRAL,
)
"""Our own, without a claim to be judged."""
FINDINGS: dict[str, Finding] = {each.name: each for each in (*CLAIMS, *MECHANISMS, *QUESTIONS)}


def chosen(name: str) -> Sequence[Finding]:
    """The finding of that name, or all of them. Raises ScenarioError with the nearest name."""
    if name == "all":
        return list(FINDINGS.values())
    if name not in FINDINGS:
        hint = nearest(name, [*FINDINGS, "all"])
        raise ScenarioError([Problem("finding", found=f"no finding {name!r}", hint=hint)])
    return [FINDINGS[name]]

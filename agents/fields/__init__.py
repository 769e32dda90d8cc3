"""What a company, a process, a tie, a contract is: each field with unit, meaning, value at birth."""

from __future__ import annotations

from .codes import (
    ABSENT,
    ENDED,
    FREE,
    LEFT,
    NEVER,
    NOT_FOR_BUILDING,
    OPERATING,
    ORDERED,
    PLANNED,
    PRESENT,
    TAKEN,
    TAKEN_FOR_GOOD,
)
from .company_tables import ACCOUNT, BALANCE, COMPANY, FLOW, PROCESS
from .contract_tables import CONNECTION, CONTRACT
from .course_tables import CLOCK, EVENT, INTERVENTION, SUCCESSION
from .declaring import Field, Table
from .pair_tables import NEGOTIATION, OPPORTUNITY, TERMS, TIE
from .resource_tables import RESOURCE, SUBSTITUTION

TABLES = (
    *(COMPANY, PROCESS, FLOW, BALANCE, RESOURCE, SUBSTITUTION),
    *(TIE, OPPORTUNITY, CONNECTION, CONTRACT, NEGOTIATION, TERMS),
    *(EVENT, INTERVENTION, SUCCESSION, CLOCK, ACCOUNT),
)
"""All of them, in the order of `docs/parameters.md`."""

__all__ = [
    "ABSENT",
    "ACCOUNT",
    "BALANCE",
    "CLOCK",
    "COMPANY",
    "CONNECTION",
    "CONTRACT",
    "ENDED",
    "EVENT",
    "FLOW",
    "FREE",
    "INTERVENTION",
    "LEFT",
    "NEGOTIATION",
    "NEVER",
    "NOT_FOR_BUILDING",
    "OPERATING",
    "OPPORTUNITY",
    "ORDERED",
    "PLANNED",
    "PRESENT",
    "PROCESS",
    "RESOURCE",
    "SUBSTITUTION",
    "SUCCESSION",
    "TABLES",
    "TAKEN",
    "TAKEN_FOR_GOOD",
    "TERMS",
    "TIE",
    "Field",
    "Table",
]

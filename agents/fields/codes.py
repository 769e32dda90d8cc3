"""Numbers that stand for a state. Rules are compiled with them: `agents.compiled` watches this file."""

from __future__ import annotations

NEVER = 1 << 40
"""A quarter that never comes."""

# Status of a company
ABSENT, PLANNED, PRESENT, LEFT = 0, 1, 2, 3
# State of a cell; an old company may stand where nobody could build today
FREE, TAKEN, NOT_FOR_BUILDING, TAKEN_FOR_GOOD = 0, 1, 2, 3
# Status of a contract
ORDERED, OPERATING, ENDED = 1, 2, 3

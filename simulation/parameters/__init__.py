"""The parameters of the rules: a module a section, `trust.prior` in `trust`; each with unit, range, limits, source.

This is the only place where a default stands. The numeric fields become, under the name
`section_field`, the fields of the one parameter record that the compiled rules read.
"""

from __future__ import annotations

from ..quantities import Entry
from .activity import Activity
from .association import Association
from .bargaining import Bargaining
from .contract import Contract
from .economy import Economy
from .entry import Newcomers
from .investment import Investment
from .meeting import Meeting
from .policy import Policy
from .town import Town
from .trade import Trade
from .trust import Trust

SECTIONS: dict[str, type[Entry]] = {
    "activity": Activity,
    "economy": Economy,
    "trade": Trade,
    "bargaining": Bargaining,
    "trust": Trust,
    "meeting": Meeting,
    "investment": Investment,
    "contract": Contract,
    "association": Association,
    "entry": Newcomers,
    "town": Town,
    "policy": Policy,
}
"""The sections of a scenario that hold parameters, in the order of the reference."""

__all__ = [
    "SECTIONS",
    "Activity",
    "Association",
    "Bargaining",
    "Contract",
    "Economy",
    "Investment",
    "Meeting",
    "Newcomers",
    "Policy",
    "Town",
    "Trade",
    "Trust",
]

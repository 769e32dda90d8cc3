"""Sectors of companies as the map shows them: a few groups of NACE codes, each with a colour.

The colours are Paul Tol's light scheme, distinct for colour-blind eyes and apart from those of the streams.
"""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Sectors that share a colour: the beginnings of their NACE codes."""

    name: str
    colour: str
    codes: tuple[str, ...]


GROUPS = (
    Group("farming and fish", "#BBCC33", ("A",)),
    Group("food and drink", "#44BB99", ("C10", "C11", "C12")),
    Group("refining", "#AAAA00", ("C19",)),
    Group("chemistry, pharma", "#FFAABB", ("C20", "C21", "C22")),
    Group("minerals and metals", "#EEDD88", ("B", "C23", "C24", "C25")),
    Group("energy", "#EE8866", ("D",)),
    Group("water and waste", "#99DDFF", ("E",)),
    Group("other", "#DDDDDD", ("",)),
)


def group_of(sector: str) -> Group:
    """The group of a NACE code (C23); other where none fits."""
    return next(group for group in GROUPS if sector.startswith(group.codes))

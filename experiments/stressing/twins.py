"""The run without a loss, and from it the run with each: one base run serves them all.

The base is advanced to the quarter in which a loss first interferes; there its tables are copied, the
interventions laid in, and the copy goes its own way. Draws are keyed, so it has the bits that
`simulate(..., events=[...])` has from the start, and until then the bits of its twin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from agents.fields import LEFT, OPERATING
from simulation.founding import Foundation
from simulation.intervening import interventions
from simulation.run import advanced, started
from simulation.state import Park, copied

from .contingencies import Contingency

YEAR = 4
"""Quarters."""


class Laid(NamedTuple):
    """A loss as rows for the calendar: the table, its first quarter, and the quarter of its date."""

    table: np.ndarray
    first: int
    date: int


@dataclass(frozen=True)
class Before:
    """The park just before a date: streams in operation (rows of contracts), who holds them, their worth.

    `value` is the gain of both sides in the year before, EUR a year; `present` tells of each company
    whether it is in the park.
    """

    streams: np.ndarray
    supplier: np.ndarray
    receiver: np.ndarray
    residue: np.ndarray
    need: np.ndarray
    served: np.ndarray
    quantity: np.ndarray
    value: np.ndarray
    present: np.ndarray

    def held_by(self, companies: Sequence[int]) -> np.ndarray:
        """Which of the streams have one of these companies at an end."""
        mask: np.ndarray = np.isin(self.supplier, companies) | np.isin(self.receiver, companies)
        return mask


@dataclass(frozen=True)
class Twin:
    """The run without any loss, to its end, with copies at the quarters that losses need."""

    park: Park
    copies: dict[int, Park]
    before: dict[int, Before]

    def with_loss(self, laid: Laid) -> Park:
        """The run with a loss, to its end."""
        park = copied(self.copies[laid.first])._replace(interventions=laid.table)
        return advanced(park, int(park.clock[0]["last"]))


def laid(foundation: Foundation, loss: Contingency) -> Laid:
    """The interventions of the scenario and of a loss, by quarter."""
    scenario, names, calendar = foundation.scenario, foundation.names, foundation.calendar
    own = interventions(loss.events, scenario, names, calendar)
    table = interventions([*scenario.events, *loss.events], scenario, names, calendar)
    date = max(0, calendar.quarter(loss.date))
    return Laid(table, int(own["quarter"].min()) if len(own) else date, date)


def twin_of(
    foundation: Foundation, seed: int, replicate: int, losses: Sequence[Laid], also: Sequence[int] = ()
) -> Twin:
    """Run the base to its end, with a copy wherever one of the losses begins; look at it at dates `also`."""
    firsts, dates = {each.first for each in losses}, {*also, *(each.date for each in losses)}
    watched = {quarter for date in dates for quarter in range(max(0, date - YEAR + 1), date + 1)}
    park = started(foundation, seed, replicate)
    copies, before = {}, {}
    gains: dict[int, np.ndarray] = {}
    for quarter in sorted(firsts | watched):
        park = advanced(park, quarter)
        if quarter in watched:
            gains[quarter] = _gains(park)
        if quarter in firsts:
            copies[quarter] = copied(park)
        if quarter in dates:
            before[quarter] = _before(park, gains)
    return Twin(advanced(park, foundation.calendar.quarters), copies, before)


def _gains(park: Park) -> np.ndarray:
    """Gain of both sides of every contract in the last quarter, EUR."""
    table = park.contracts[: int(park.clock[0]["contracts"])]
    total: np.ndarray = table["gain_supplier"] + table["gain_receiver"]
    return total


def _before(park: Park, gains: dict[int, np.ndarray]) -> Before:
    clock = park.clock[0]
    quarter = int(clock["quarter"])
    streams = np.flatnonzero(park.contracts["status"][: int(clock["contracts"])] == OPERATING)
    table = park.contracts[streams]
    value = np.zeros(len(streams))
    for back in range(max(0, quarter - YEAR + 1), quarter + 1):
        known = streams < len(gains[back])
        ran = known & (table["starts"] < back)
        value[ran] += gains[back][streams[ran]]
    quarters = np.clip(quarter - table["starts"], 1, YEAR)
    yearly = table["quantity"].sum(axis=1)
    ratio = park.substitutions["ratio"][table["substitution"]]
    companies = park.companies
    return Before(
        streams, table["supplier"].copy(), table["receiver"].copy(),
        park.residues["resource"][table["residue"]], park.needs["resource"][table["need"]],
        yearly * ratio * table["arrives"], yearly, value * YEAR / quarters,
        (companies["status"] != LEFT) & (companies["arrives"] <= quarter),
    )  # fmt: skip

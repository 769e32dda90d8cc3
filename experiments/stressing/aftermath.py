"""What follows a loss, one by one: who leaves through which lost stream, and what replaces the lost streams."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.fields import ENDED
from simulation.frames import REASONS
from simulation.state import Park

from .damage import Damage

Rows = list[dict[str, Any]]


def cascade(damage: Damage) -> Rows:
    """Companies that leave and streams that end earlier than in the twin, those of the loss itself apart.

    `through_*` is the lost stream by which a company was reached: of its streams before the date that
    ended in the run by then and not yet in the twin, the one of most worth. Rows of companies and
    resources stand as numbers; quarters too.
    """
    before, (run, twin) = damage.before, damage.ended()
    rows: Rows = []
    for company in damage.departures():
        leaves = int(damage.park.companies["leaves"][company])
        reason = REASONS.get(int(damage.park.companies["left_reason"][company]), "")
        own = before.held_by([int(company)]) & (run <= leaves) & (run < twin)
        row: dict[str, Any] = {"what": "company leaves", "quarter": leaves, "reason": reason}
        row |= {"company": int(company), "supplier": -1, "receiver": -1, "residue": -1, "value": 0.0}
        if own.any():
            at = int(np.flatnonzero(own)[np.argmax(before.value[own])])
            row |= _stream(damage, at)
        rows.append(row)
    for at in np.flatnonzero(damage.followed()).tolist():
        reason = REASONS.get(int(damage.park.contracts["reason"][before.streams[at]]), "")
        row = {"what": "stream ends", "quarter": int(run[at]), "reason": reason, "company": -1}
        rows.append(row | _stream(damage, at))
    return rows


def _stream(damage: Damage, at: int) -> dict[str, Any]:
    before = damage.before
    return {
        "supplier": int(before.supplier[at]), "receiver": int(before.receiver[at]),
        "residue": int(before.residue[at]), "value": float(before.value[at]),
    }  # fmt: skip


@dataclass(frozen=True)
class _New:
    """Contracts of a run that came into operation in a span: who began them, what they carry, how much."""

    supplier: np.ndarray
    receiver: np.ndarray
    residue: np.ndarray
    need: np.ndarray
    quantity: np.ndarray
    served: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, park: Park, first: int, start: int, until: int) -> _New:
        """Contracts signed from quarter `first` on that start in `start`..`until` and did run."""
        table = park.contracts[: int(park.clock[0]["contracts"])]
        ran = (table["status"] != ENDED) | (table["ends"] > table["starts"])
        table = table[
            (table["signed"] >= first) & (table["starts"] >= start) & (table["starts"] <= until) & ran
        ]
        yearly = table["quantity"].sum(axis=1)
        ratio = park.substitutions["ratio"][table["substitution"]]
        return cls(
            table["begun_by_supplier"], table["begun_by_receiver"], park.residues["resource"][table["residue"]],
            park.needs["resource"][table["need"]], yearly, yearly * ratio * table["arrives"], table["starts"],
        )  # fmt: skip

    def but_not(self, other: _New) -> np.ndarray:
        """Which of these streams the other run has not."""
        theirs = set(zip(*(each.tolist() for each in other._key()), strict=True))
        return np.array(
            [key not in theirs for key in zip(*(e.tolist() for e in self._key()), strict=True)], bool
        )

    def _key(self) -> tuple[np.ndarray, ...]:
        return self.supplier, self.receiver, self.residue, self.need


def replaced(damage: Damage, within: float) -> Rows:
    """Each lost stream of the companies that are hit, from the side of the partner that is left over.

    A partner that lost a source looks for the same input; one that lost a taker, for another taker of
    the same residue. New streams count when they start within so many years of the date and the twin
    has them not; their volume over the lost one, at most 1, is the share replaced. Who takes over a
    company's business acts for it.
    """
    before, date = damage.before, damage.laid.date
    until = date + round(4 * within)
    run, twin = damage.ended()
    lost = np.flatnonzero((damage.held() | damage.at_once()) & (run < twin) & (run <= until))
    if not len(lost):
        return []
    new = _New.of(damage.park, damage.laid.first, damage.laid.first, until)
    extra = new.but_not(_New.of(damage.twin, damage.laid.first, damage.laid.first, until))
    rows: Rows = []
    for side in ("input", "residue"):
        ends, good, volume = (
            (before.receiver, before.need, before.served) if side == "input"
            else (before.supplier, before.residue, before.quantity)
        )  # fmt: skip
        theirs, their_good, their_volume = (
            (new.receiver, new.need, new.served)
            if side == "input"
            else (new.supplier, new.residue, new.quantity)
        )
        for at in lost:
            partner = int(ends[at])
            if partner in damage.companies:
                continue
            alike = [k for k in lost if ends[k] == partner and good[k] == good[at]]
            found = extra & np.isin(theirs, _heirs(damage.park, partner, until)) & (their_good == good[at])
            total = float(volume[alike].sum())
            share = min(1.0, float(their_volume[found].sum()) / total) if total > 0 else 0.0
            years = (int(new.starts[found].min()) - date) / 4 if found.any() else math.nan
            by = new.supplier if side == "input" else new.receiver
            largest = int(by[found][np.argmax(their_volume[found])]) if found.any() else -1
            rows.append(
                _stream(damage, int(at))
                | {"input": int(before.need[at]), "quantity": float(before.quantity[at]), "side": side,
                   "partner": partner, "streams": int(found.sum()), "share": share, "years": years,
                   "by": largest}
            )  # fmt: skip
    return rows


def _heirs(park: Park, company: int, until: int) -> list[int]:
    """A company and all who take over from it by a quarter."""
    found = [company]
    for row in park.successions:
        if row["giver"] in found and row["quarter"] <= until:
            found.append(int(row["taker"]))
    return found


def replaced_share(rows: Rows) -> float:
    """Share of the worth of the lost streams that was replaced; NaN where nobody was left to replace any."""
    if not rows:
        return math.nan
    worth = np.array([max(row["value"], 0.0) for row in rows])
    shares = np.array([row["share"] for row in rows])
    return float(np.average(shares, weights=worth if worth.sum() > 0 else None))

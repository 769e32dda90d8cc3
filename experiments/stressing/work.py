"""One job of a stress test: a base run, and from it the run with each of some losses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from simulation.calendar import Calendar
from simulation.founding import Foundation, Names
from simulation.indicators import STOCKS
from simulation.run import foundation_of
from simulation.scenario import Scenario

from ..sweeping.jobs import Job, Record
from . import aftermath
from .contingencies import Contingency, together
from .damage import INDICATORS, Damage, lowest
from .twins import Before, Laid, Twin, laid, twin_of

OUTCOMES = ("streams", "savings", "largest_loss")
"""Outcomes of a job in the ledger: the park before the date, and the largest loss of savings among its losses."""

LARGE_NETWORK = 80
"""Companies that trade, from which the network is large."""

Rows = list[dict[str, Any]]


def done(context: Any, job: Job) -> Record:
    """The figures of the losses of a job, as the runner calls it."""
    arm, sets = job.fields["arm"], job.fields["sets"]
    bench = _bench(context["digest"], arm, _Unhashed(context))
    foundation, losses = bench.foundation, [bench.loss(tuple(each)) for each in sets]
    date = max(0, foundation.calendar.quarter(min(each["date"] for each in context["singles"])))
    twin = twin_of(foundation, context["seed"], job.replicate, [each for _, each in losses], [date])
    collected = _Collected(foundation.names, foundation.calendar, arm)
    outcomes: dict[str, float] = {}
    limit = context["limit"]
    for which, (loss, each) in zip(sets, losses, strict=True):
        rows = [foundation.names.company_row[name] for name in loss.companies]
        damage = Damage.of(twin, each, rows)
        key = "+".join(map(str, which))
        below = damage.lowest(limit["name"], context["within"]) if limit else np.nan
        collected.add(key, damage, context["within"], below, detailed=len(which) == 1)
        if limit and arm == 0:
            outcomes[f"lowest {key}"] = below
    if job.fields["first"]:
        collected.park(twin, date, limit and limit["name"], context["within"], job.replicate)
    outcomes |= _summary(twin, twin.before[date], collected.tables["contingencies"])
    return Record(outcomes, collected.columns())


def _summary(twin: Twin, before: Before, rows: Rows) -> dict[str, float]:
    largest = max(row["savings_lost"] for row in rows)
    return {
        "streams": float(len(before.streams)), "savings": float(before.value.sum()), "largest_loss": largest
    }  # fmt: skip


class _Collected:
    """Rows of every table, gathered loss by loss, with names in place of rows and years in place of quarters."""

    def __init__(self, names: Names, calendar: Calendar, arm: int) -> None:
        self.names, self.calendar, self.arm = names, calendar, arm
        self.tables: dict[str, Rows] = {}
        self.curves: list[dict[str, Any]] = []

    def add(self, key: str, damage: Damage, within: float, below: float, detailed: bool) -> None:
        """All that is kept of a loss; of several at once the figures alone."""
        replaced = aftermath.replaced(damage, within)
        own = {"replaced": aftermath.replaced_share(replaced), "lowest": below}
        self._put("contingencies", key, [damage.numbers() | own])
        if not detailed:
            return
        self._put("company_loss", key, self._companies(damage))
        self._put("cascade", key, [self._named(row) for row in aftermath.cascade(damage)])
        self._put("replaced", key, [self._named(row) for row in replaced])
        curves = damage.curves(self.calendar)
        count = len(curves["since"])
        self.curves.append({"loss": [key] * count, "arm": np.full(count, self.arm)} | curves)

    def park(self, twin: Twin, date: int, limited: str | None, within: float, replicate: int) -> None:
        """The park just before the first date: what each company is in its network of streams.

        The network of a large park takes long, and is looked at in the first replicate alone.
        """
        before = twin.before[date]
        if replicate == 0 or len({*before.supplier, *before.receiver}) <= LARGE_NETWORK:
            self._put("network", "", _network(before, self.names))
        last = int(twin.park.clock[0]["quarter"])
        row: dict[str, Any] = {"streams": len(before.streams), "companies": int(before.present.sum())}
        row["value"] = float(before.value.sum())
        for name in INDICATORS:
            ahead = twin.park.indicators[name][date:last]
            row[f"{name}_ahead"] = float(ahead.sum()) * (0.25 if name in STOCKS else 1.0)
        if limited:
            span = twin.park.indicators[limited][date : min(last, date + round(4 * within))]
            row["lowest"] = lowest(span, limited in STOCKS)
        else:
            row["lowest"] = np.nan
        self._put("parks", "", [row])

    def columns(self) -> dict[str, dict[str, Any]]:
        """Tables as columns; a table without a row is left out."""
        tables = {name: _columns(rows) for name, rows in self.tables.items() if rows}
        if self.curves:
            tables["curves"] = {
                name: np.concatenate([np.asarray(each[name]) for each in self.curves])
                for name in self.curves[0]
            }
        return {f"runs/{name}": columns for name, columns in tables.items()}

    def _put(self, table: str, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
        own = {"loss": key, "arm": self.arm} if key else {"arm": self.arm}
        self.tables.setdefault(table, []).extend(own | dict(row) for row in rows)

    def _companies(self, damage: Damage) -> Rows:
        savings, profit = damage.lost_by_company(), damage.lost_by_company("profit")
        touched = np.flatnonzero((savings != 0) | (profit != 0))
        return [
            {"company": self.names.companies[row], "savings": savings[row], "profit": profit[row]}
            for row in touched
        ]

    def _named(self, row: Mapping[str, Any]) -> dict[str, Any]:
        named = dict(row)
        for field in ("company", "supplier", "receiver", "partner", "by"):
            if field in named:
                named[field] = self.names.companies[named[field]] if named[field] >= 0 else ""
        for field in ("residue", "input"):
            if field in named:
                named[field] = self.names.resources[named[field]] if named[field] >= 0 else ""
        if "quarter" in named:
            named["year"] = self.calendar.year(named.pop("quarter"))
        return named


def _columns(rows: Rows) -> dict[str, Any]:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _network(before: Before, names: Names) -> Rows:
    """Streams, partners, their worth and network efficiency lost, by company that trades (`simulation.network`)."""
    import pandas as pd

    from simulation.network import efficiency_losses, trade_network

    streams = pd.DataFrame(
        {
            "supplier": [names.companies[row] for row in before.supplier],
            "receiver": [names.companies[row] for row in before.receiver],
        }
    )
    graph = trade_network(streams)
    losses = efficiency_losses(graph)
    plain = graph.to_undirected(as_view=True)
    held = {name: before.held_by([names.company_row[name]]) for name in graph}
    return [
        {"company": name, "efficiency_loss": float(losses[name]), "partners": int(plain.degree(name)),
         "streams": int(held[name].sum()), "value": float(before.value[held[name]].sum())}
        for name in graph
    ]  # fmt: skip


class _Unhashed:
    """Things beside the digests by which a cache knows them."""

    def __init__(self, things: Any) -> None:
        self.things = things

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


class _Bench:
    """An arm of a test as its jobs share it: the park founded, and the losses so far as they are laid upon it."""

    def __init__(self, context: Any, arm: int) -> None:
        scenario = Scenario.model_validate(context["arms"][arm]["scenario"])
        self.foundation: Foundation = foundation_of(scenario, context["until"])
        self._singles, self._losses = context["singles"], dict[tuple[int, ...], tuple[Contingency, Laid]]()

    def loss(self, which: tuple[int, ...]) -> tuple[Contingency, Laid]:
        """A set of losses as one, and its interventions."""
        if which not in self._losses:
            loss = together([_single(self._singles[each]) for each in which])
            self._losses[which] = loss, laid(self.foundation, loss)
        return self._losses[which]


@lru_cache(maxsize=8)
def _bench(_digest: str, arm: int, unhashed: _Unhashed) -> _Bench:
    return _Bench(unhashed.things, arm)


def forget() -> None:
    """Let go of all arms: a process that lives on after a test would keep them."""
    _bench.cache_clear()


def _single(plain: Mapping[str, Any]) -> Contingency:
    return Contingency(
        plain["label"], tuple(plain["companies"]), tuple(plain["events"]), plain["date"], plain["mode"]
    )

"""What a stress test found: the rows of all replicates, and tables of losses that are paired by replicate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..sweeping.parts import table
from . import paired
from .contingencies import Contingency, together
from .damage import INDICATORS
from .question import Question

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("contingencies", "company_loss", "cascade", "replaced", "curves", "network", "parks")
MEASURES = {
    "savings": ("savings_lost", "EUR/year"),
    "savings of the others": ("others_lost", "EUR/year"),
    "streams": ("streams_lost", "streams"),
    "co2_avoided": ("co2_avoided_lost", "t/year"),
    "socio_economic": ("socio_economic_lost", "EUR/year"),
}
"""What losses are ranked by: the column that is summed up, and the unit of it a year from the date on."""
AVERAGED = (
    "present", "streams_held", "value_held", "streams_at_once", "value_at_once", "streams_followed",
    "value_followed", "companies_followed", "own_lost", "others_lost", "others_harm", "others_gain", "replaced",
    *(f"{name}_{figure}" for name in INDICATORS for figure in ("depth", "integral", "recovered")),
)  # fmt: skip


@dataclass
class Findings:
    """The rows of a stress test by table, and its question. `key` columns name sets of losses: "0", "0+3"."""

    question: Question
    rows: dict[str, pd.DataFrame]

    @property
    def years(self) -> float:
        """Years from the date of the losses to the end of the run."""
        ends = self.question.scenario.time.ends if self.question.until is None else self.question.until
        return ends - self.question.date

    @cached_property
    def contingencies(self) -> pd.DataFrame:
        """A row a loss, replicate and setting, with its figures."""
        frame = self.rows["contingencies"]
        labels = {key: self.label(key) for key in frame["loss"].unique()}
        setting = frame["arm"].map({0: "", 1: self.question.against_text})
        lead = {"contingency": frame["loss"].map(labels), "order": frame["loss"].str.count(r"\+") + 1,
                "setting": setting}  # fmt: skip
        front = frame[["replicate"]].assign(**lead)
        rest = frame.drop(columns=["run", "point", "replicate", "arm"])
        return front.join(rest)[[*lead, "replicate", *rest.columns]]

    def loss(self, key: str) -> Contingency:
        """The losses of a set, as one."""
        return together([self.question.singles[int(each)] for each in key.split("+")])

    def label(self, key: str) -> str:
        """The name of a set of losses."""
        return self.loss(key).label

    def keys(self, order: int | None = None) -> list[str]:
        """Sets of losses that were tried exhaustively, all or those of one order."""
        known = self.contingencies["loss"].unique()
        sizes = (order,) if order else range(1, self.question.order + 1)
        return sorted((key for key in known if key.count("+") + 1 in sizes), key=_numbers)

    def differences(self, column: str, order: int | None = 1, setting: str = "") -> pd.DataFrame:
        """A column of the figures, a row a replicate, a column a set of losses; whole replicates only.

        A loss counts a year: sums over the years from the date to the end, divided by their number.
        """
        frame = self.contingencies
        chosen = frame[(frame["setting"] == setting) & frame["loss"].isin(self.keys(order))]
        wide = chosen.pivot(index="replicate", columns="loss", values=column)
        return wide.reindex(columns=self.keys(order)).dropna(how="any")

    def yearly(self, measure: str, order: int | None = 1, setting: str = "") -> pd.DataFrame:
        """Differences of a measure a year (`MEASURES`)."""
        return self.differences(MEASURES[measure][0], order, setting) / self.years

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """A row a loss and measure, worst first: loss a year with interval, rank with interval, tie group."""
        import pandas as pd

        parts = []
        for order in range(1, self.question.order + 1):
            if not self.keys(order):
                continue
            means = self.averages(order)
            for measure, (_, unit) in MEASURES.items():
                found = paired.ranked(self.yearly(measure, order), self.question.seed)
                found.insert(0, "order", order)
                found.insert(1, "measure", measure)
                found.insert(2, "contingency", [self.label(key) for key in found.index])
                parts.append(found.assign(unit=unit).join(means).rename_axis("loss").reset_index())
        frame = pd.concat(parts, ignore_index=True)
        return frame[[*(name for name in frame.columns if name != "loss"), "loss"]]

    def averages(self, order: int | None = None) -> pd.DataFrame:
        """Means over the replicates of what a loss does, by set of losses; sums of EUR as they are."""
        frame = self.contingencies
        chosen = frame[(frame["setting"] == "") & frame["loss"].isin(self.keys(order))]
        return chosen.groupby("loss")[list(AVERAGED)].mean()

    def worst(self, measure: str | None = None, order: int = 1) -> pd.DataFrame:
        """The ranking by one measure, with the set of losses as index."""
        measure = measure or self.question.by
        frame = self.ranking
        return frame[(frame["measure"] == measure) & (frame["order"] == order)].set_index("loss")

    @cached_property
    def replicates(self) -> int:
        """Replicates in which every loss was tried."""
        return len(self.differences("savings_lost", None))

    def ahead(self, measure: str) -> float:
        """What the park would have of a measure without any loss, a year from the date to the end, mean."""
        name = {"savings of the others": "savings"}.get(measure, measure)
        frame = self.rows["parks"]
        return float(frame.loc[frame["arm"] == 0, f"{name}_ahead"].mean()) / self.years


def from_folder(question: Question, folder: Path) -> Findings:
    """The findings of a finished stress test in a folder."""
    return Findings(question, {name: complete(name, table(folder, f"runs/{name}")) for name in TABLES})


COLUMNS = {
    "network": ("arm", "company", "efficiency_loss", "partners", "streams", "value"),
    "company_loss": ("loss", "arm", "company", "savings", "profit"),
    "cascade": ("loss", "arm", "what", "year", "reason", "company", "supplier", "receiver", "residue", "value"),
    "replaced": ("loss", "arm", "supplier", "receiver", "residue", "value", "input", "quantity", "side", "partner",
                 "streams", "share", "years", "by"),
}  # fmt: skip
"""Columns of tables that may stay empty."""


def complete(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with its columns even where no run had a row for it, in order of runs."""
    if name in COLUMNS:
        texts = {
            "loss",
            "company",
            "supplier",
            "receiver",
            "residue",
            "input",
            "side",
            "partner",
            "by",
            "what",
            "reason",
        }
        for column in COLUMNS[name]:
            if column not in frame:
                frame[column] = "" if column in texts else math.nan
    return frame.sort_values(["replicate", "point"], kind="stable", ignore_index=True)


def _numbers(key: str) -> tuple[int, tuple[int, ...]]:
    numbers = tuple(int(each) for each in key.split("+"))
    return len(numbers), numbers

"""Parquet tables of a run or a study that are cut, torn, of other columns, or no tables at all."""

from __future__ import annotations

import base64
import pickle
from pathlib import Path
from typing import Any

from .results import Damage, a, cut, instead, run, stress, sweep, torn, without
from .row import Bad

TABLES = ("indicators", "contracts", "negotiations", "companies", "accounts", "events")


def report(what: str, damage: Damage, says: str) -> Bad:
    """A report on a run with a damaged table."""
    return Bad(
        f"report: {what}",
        "report ran",
        f"report: ran: found the folder of a run that cannot be read ... {says}",
        {"ran": a(run, damage)},
    )


def compare(what: str, damage: Damage, says: str) -> Bad:
    """A comparison with a run with a damaged table."""
    return Bad(f"compare: {what}", "compare small.toml ran", f"ran ... {says}", {"ran": a(run, damage)})


def columns(name: str, change: str, rows: int | None = None) -> Damage:
    """A table without a column, or with few rows."""

    def done(folder: Path) -> None:
        import pandas as pd

        path = folder / f"{name}.parquet"
        frame = pd.read_parquet(path)
        frame = frame.drop(columns=change) if change else frame.iloc[:rows]
        frame.to_parquet(path)

    return done


class Trap:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> Any:
        return Path.touch, (self.mark,)


def pickled(name: str) -> Damage:
    """A pickle that would write a file stands where a table was."""
    return lambda folder: (folder / f"{name}.parquet").write_bytes(pickle.dumps(Trap(folder / "sprung")))


def widened(name: str) -> Damage:
    """Whole numbers of more bits than there are: a find of the search led by coverage."""

    def done(folder: Path) -> None:
        import pyarrow.parquet as pq

        path = folder / f"{name}.parquet"
        said = pq.read_metadata(path).metadata[b"ARROW:schema"]
        bits = base64.b64decode(said).replace(b"\x40\0\0\0", b"\x80\0\0\0")
        path.write_bytes(path.read_bytes().replace(said, base64.b64encode(bits)))

    return done


def words(name: str, column: str) -> Damage:
    """A column of words where numbers were."""

    def done(folder: Path) -> None:
        import pandas as pd

        path = folder / f"{name}.parquet"
        frame = pd.read_parquet(path)
        frame.assign(**{column: "many"}).to_parquet(path)

    return done


ROWS = (
    *(report(f"{name} cut", cut(f"{name}.parquet"), f"{name}.parquet") for name in TABLES if name != "negotiations"),
    *(report(f"{name} gone", without(f"{name}.parquet"), f"{name}.parquet") for name in TABLES if name != "negotiations"),
    report("an empty table", instead("indicators.parquet", b""), "indicators.parquet"),
    report("text for a table", instead("companies.parquet", "name,kind\n"), "companies.parquet"),
    report("torn metadata", torn("indicators.parquet", -400, b"\xff" * 300), "indicators.parquet"),
    report("torn pages", torn("indicators.parquet", 4, b"\xff" * 400), "indicators.parquet"),
    report("a column gone", columns("indicators", "savings"), "indicators.parquet: found no column savings"),
    report("a pickle for a table", pickled("contracts"), "contracts.parquet: found a table that cannot be read"),
    report("numbers of 128 bits", widened("indicators"), "indicators.parquet: found a table that cannot be read (Integers with more than 64 bits"),
    report("no row", columns("indicators", "", 0), "indicators.parquet: found no row"),
    report("words for numbers", words("indicators", "savings"), "indicators.parquet: savings: found words, allowed numbers"),
    compare("indicators cut", cut("indicators.parquet"), "indicators.parquet"),
    compare("indicators gone", without("indicators.parquet"), "indicators.parquet"),
    compare("contracts cut", cut("contracts.parquet"), "contracts.parquet"),
    compare("a column gone", columns("indicators", "year"), "indicators.parquet: found no column year"),
    compare("words for numbers", words("indicators", "savings"), "indicators.parquet"),
    compare("text for a table", instead("events.parquet", "year,verb\n"), "events.parquet"),
    Bad("report: the ranking of a stress test cut", "report stressed", "report: stressed: found the folder of a stress test that cannot be read ... ranking.parquet",
        {"stressed": a(stress, cut("ranking.parquet"))}),
    Bad("report: the losers of a stress test gone", "report stressed", "a stress test that cannot be read ... company_loss.parquet",
        {"stressed": a(stress, without("company_loss.parquet"))}),
    Bad("rerun: a part of a sweep cut", "rerun swept --run 0 --check --out again", "swept/runs/part-00001.parquet",
        {"swept": a(sweep, cut("runs/part-00001.parquet"))}),
    Bad("rerun: a part of a sweep gone", "rerun swept --run 0 --check --out again", "swept/runs/part-00001.parquet",
        {"swept": a(sweep, without("runs/part-00001.parquet"))}),
)  # fmt: skip

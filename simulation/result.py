"""The result of a run: frames, the network at a date, and the files that repeat it bit for bit."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .founding import Foundation
from .frames import FRAMES, UNITS
from .problems import Problem, ScenarioError
from .reading import load_scenario
from .records import FORMAT, run_record
from .scenario import Scenario
from .state import Park
from .writing import aside, write_text

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import pyarrow as pa

PACKAGES = ("symbiopark", "numpy", "numba", "mesa", "pydantic", "pandas", "pyarrow", "networkx", "matplotlib")


class _Frames:
    """What a result offers, made from tables or read from files."""

    scenario: Scenario
    indicators: pd.DataFrame
    contracts: pd.DataFrame
    negotiations: pd.DataFrame
    companies: pd.DataFrame
    accounts: pd.DataFrame
    events: pd.DataFrame

    def network(self, year: float) -> nx.MultiDiGraph:
        """The streams in operation at a date: companies as nodes, a contract as an edge with its columns."""
        import networkx as nx

        graph: nx.MultiDiGraph = nx.MultiDiGraph(year=year)
        there = self.companies
        here = (
            there["arrives"].fillna(-1e9).le(year) & ~there["leaves"].le(year) & (there["status"] != "absent")
        )
        for row in there[here].to_dict("records"):
            graph.add_node(row["name"], **{str(key): value for key, value in row.items() if key != "name"})
        for row in self.streams(year).to_dict("records"):
            edge = {str(key): value for key, value in row.items() if key not in ("supplier", "receiver")}
            graph.add_edge(row["supplier"], row["receiver"], **edge)
        return graph

    @cached_property
    def holders(self) -> pd.DataFrame:
        """Who held each contract when (`simulation.holders`): a succession passes it on."""
        from .holders import holders

        return holders(self.contracts, self.events, float(self.indicators["year"].iloc[-1]) + 0.25)

    def streams(self, year: float) -> pd.DataFrame:
        """The contracts in operation at a date (decimal year), with those who held them at that date."""
        held = self.holders
        now = held[(held["starts"] <= year) & (held["ends"] > year)]
        pairs = {name: now[name].to_numpy() for name in ("supplier", "receiver")}
        return self.contracts.loc[now["contract"]].assign(**pairs)

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """Every metric of networks, flows and symbiosis by calendar year (`simulation.metrics`)."""
        from .metrics import metrics

        return metrics(self)

    def yearly(self) -> pd.DataFrame:
        """Indicators by calendar year: stocks at its end, flows summed over it; only whole years."""
        from .indicators import STOCKS

        table = self.indicators.assign(year=self.indicators["year"].astype(int)).drop(columns="quarter")
        groups = table.groupby("year")
        names = [name for name in table.columns if name != "year"]
        frame = groups.agg({name: "last" if name in STOCKS else "sum" for name in names})
        return frame[groups.size() == 4]


class Result(_Frames):
    """A finished (or stopped) run. Frames are made when they are asked for and then kept."""

    def __init__(
        self, foundation: Foundation, park: Park, seed: int, replicate: int = 0, until: float | None = None
    ) -> None:
        self.foundation, self.park = foundation, park
        self.seed, self.replicate, self.until = seed, replicate, until
        self.scenario = foundation.scenario
        self._frames: dict[str, pd.DataFrame] = {}

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in FRAMES:
            raise AttributeError(name)
        if name not in self._frames:
            self._frames[name] = FRAMES[name](self.foundation, self.park)
        return self._frames[name]

    def save(self, folder: str | Path, command: str = "", started: datetime | None = None) -> Path:
        """Write the frames as Parquet (units in the column metadata) and `run.json`; returns the folder.

        `run.json` is written last: a folder without it is no finished run. Raises OSError.
        """
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in FRAMES:
            write_frame(getattr(self, name), folder / f"{name}.parquet", UNITS[name])
        record = self.record(command, started)
        write_text(folder / "run.json", json.dumps(record, indent=1, ensure_ascii=False))
        return folder

    def record(self, command: str = "", started: datetime | None = None) -> dict[str, Any]:
        """What repeats this run bit for bit: scenario with every value resolved, seed, versions."""
        now = datetime.now(UTC)
        scenario = self.scenario.model_dump(mode="json", by_alias=True)
        text = json.dumps(scenario, sort_keys=True, ensure_ascii=False)
        return {
            "symbiopark": FORMAT,
            "seed": self.seed,
            "replicate": self.replicate,
            "until": self.until,
            "command": command,
            "started": (started or now).isoformat(timespec="seconds"),
            "ended": now.isoformat(timespec="seconds"),
            "versions": versions(),
            "scenario_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "scenario": scenario,
        }


class SavedResult(_Frames):
    """The same frames read back from a run folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record: dict[str, Any] = run_record(folder / "run.json")
        self.seed: int = self.record["seed"]

    @cached_property
    def scenario(self) -> Scenario:  # type: ignore[override]
        """The scenario of the run, every value resolved. Raises ScenarioError."""
        return load_scenario(self.folder / "run.json")

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in FRAMES:
            raise AttributeError(name)
        numbers = [column for column, unit in UNITS[name].items() if unit not in ("", "row")]
        frame = read_frame(self.folder / f"{name}.parquet", numbers)
        self.__dict__[name] = frame
        return frame

    def require(self, columns: Mapping[str, Iterable[str]]) -> None:
        """Read the scenario and these columns of these tables. Raises ScenarioError for what is not there."""
        self.scenario  # noqa: B018 - checked when it is read
        for name, wanted in columns.items():
            frame, path = getattr(self, name), self.folder / f"{name}.parquet"
            refuse_without(frame, wanted, path)
            if name == "indicators" and frame.empty:
                raise ScenarioError([Problem(str(path), found="no row", allowed="a row a quarter")])


def load_result(folder: str | Path) -> SavedResult:
    """Open a run folder. Raises FileNotFoundError when it holds no finished run, ScenarioError for a damaged one."""
    folder = Path(folder)
    if not (folder / "run.json").is_file():
        raise FileNotFoundError(f"{folder}: no run.json; this is not the folder of a finished run")
    return SavedResult(folder)


def read_frame(path: Path, numbers: Iterable[str] = (), columns: Iterable[str] = ()) -> pd.DataFrame:
    """A Parquet file as a frame that has these columns; the `numbers` that are there are numbers.

    Raises ScenarioError.
    """
    import pandas as pd

    table = read_table(path)
    try:
        frame = table.to_pandas()
    except unsound() as error:
        raise unreadable(path, error) from None
    refuse_without(frame, columns, path)
    words = [name for name in numbers if name in frame and not pd.api.types.is_numeric_dtype(frame[name])]
    if words:
        raise ScenarioError(
            [Problem(str(path), field=name, found="words", allowed="numbers") for name in words]
        )
    return frame


def refuse_without(frame: pd.DataFrame, columns: Iterable[str], path: Path) -> None:
    """Raise ScenarioError for a table without some of these columns."""
    if missing := [Problem(str(path), found=f"no column {each}") for each in columns if each not in frame]:
        raise ScenarioError(missing)


def read_table(path: Path) -> pa.Table:
    """A Parquet file as an Arrow table. Raises ScenarioError for what is none, or damaged."""
    import pyarrow.parquet as pq

    try:
        if not path.is_file():
            raise FileNotFoundError("no such file")
        with path.open("rb") as file:
            return pq.read_table(file)
    except unsound() as error:
        raise unreadable(path, error) from None


def unsound() -> tuple[type[Exception], ...]:
    """What pyarrow raises for a damaged table."""
    from pyarrow import ArrowException

    return (
        ArrowException, OSError, ValueError, TypeError, LookupError, OverflowError, NotImplementedError, MemoryError,
    )  # fmt: skip


def unreadable(path: Path, error: Exception) -> ScenarioError:
    """The message for a table that cannot be read."""
    said = " ".join(str(getattr(error, "strerror", None) or error).split())[:160]
    found = f"a table that cannot be read ({said or type(error).__name__})"
    return ScenarioError([Problem(str(path), found=found, allowed="a Parquet file")])


def write_frame(frame: pd.DataFrame, path: Path, units: dict[str, str]) -> None:
    """A Parquet file with the unit of each column in its field metadata; written aside, then renamed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(frame, preserve_index=False)
    schema = pa.schema(
        [field.with_metadata({"unit": units.get(field.name, "")}) for field in table.schema],
        metadata=table.schema.metadata,
    )
    with aside(path) as part:
        pq.write_table(table.cast(schema), part, compression="zstd")


def versions() -> dict[str, str]:
    """Versions of Python, the platform and what the numbers depend on."""
    found = {"python": platform.python_version(), "platform": sys.platform, "machine": platform.machine()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found

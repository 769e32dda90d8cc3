"""The readers of files and words, each as a function of bytes: what they take, and what may come of it.

For tests that make up their input: `test_mutations` changes sound files, `tests.fuzz_readers` searches.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from simulation.problems import ScenarioError

from .results import SMALL_PARK, kept, sweep

Reader = Callable[[bytes, Path], object]


def scenario(content: bytes, folder: Path) -> None:
    """A scenario file."""
    from simulation.reading import load_scenario

    load_scenario(_file(folder / "a.toml", content))


def variant(content: bytes, folder: Path) -> None:
    """A file that lies over the small park."""
    scenario(f"base = '{SMALL_PARK}'\n".encode() + content, folder)


def design(content: bytes, folder: Path) -> None:
    """A design of a sweep, and its points."""
    from experiments.sweeping.design import load_design
    from experiments.sweeping.points import points
    from experiments.sweeping.sweep import in_file
    from simulation.reading import load_scenario

    found = load_design(_file(folder / "a.toml", content))
    if found.scenario in ("small.toml", "classroom") or found.scenario.endswith("small_park.toml"):
        few = {"samples": min(found.samples, 8)} if found.samples else {}
        with in_file(str(folder / "a.toml")):
            points(found.model_copy(update=few), load_scenario(SMALL_PARK, set=found.set))


def record(content: bytes, folder: Path) -> None:
    """The run.json of a run."""
    from simulation.reading import load_scenario
    from simulation.records import run_record

    path = _file(folder / "run.json", content)
    run_record(path)
    load_scenario(path)


def ledger(content: bytes, folder: Path) -> None:
    """The ledger of a sweep."""
    from experiments.sweeping.folder import table_of
    from experiments.sweeping.parts import table
    from experiments.sweeping.status import status

    if not (folder / "runs").exists():
        shutil.copytree(kept(sweep) / "runs", folder / "runs")
    for name in ("ledger.sqlite-wal", "ledger.sqlite-shm", "ledger.sqlite-journal"):
        (folder / name).unlink(missing_ok=True)
    _file(folder / "ledger.sqlite", content)
    status(folder).text()
    table_of(folder)
    table(folder, "runs")


def parquet(content: bytes, folder: Path) -> None:
    """A Parquet table of a run."""
    from simulation.frames import UNITS
    from simulation.result import read_frame

    read_frame(_file(folder / "indicators.parquet", content), UNITS["indicators"], ["year", "quarter"])


def setting(content: bytes, folder: Path) -> None:
    """FIELD=VALUE."""
    from simulation.reading import load_scenario

    path, _, value = content.decode("utf-8", "replace").partition("=")
    load_scenario(SMALL_PARK, set={path: value})


def event(content: bytes, folder: Path) -> None:
    """An event in words."""
    from simulation.reading import load_scenario

    load_scenario(SMALL_PARK, events=[content.decode("utf-8", "replace")])


def words(content: bytes, folder: Path) -> None:
    """Outcomes, conditions, modes of a loss: what is typed as an option."""
    import pandas as pd

    from experiments.discovery.condition import cases
    from experiments.stressing.modes import parse_mode
    from experiments.sweeping.outcomes import parsed

    text = content.decode("utf-8", "replace")
    runs = pd.DataFrame({"streams_1995": [1.0, 2.0]})
    for read in (parsed, parse_mode, lambda each: cases(each, runs, ["streams_1995"])):
        refused(lambda read=read: read(text))


READERS: dict[str, Reader] = {
    each.__name__: each
    for each in (scenario, variant, design, record, ledger, parquet, setting, event, words)
}
NAMED: Mapping[str, str] = {
    "scenario": "a.toml", "variant": "a.toml", "design": "a.toml", "record": "run.json",
    "ledger": "", "parquet": "indicators.parquet",
}  # fmt: skip
"""Readers of files, and the file (of a ledger the folder) that their messages must name."""


def refused(read: Callable[[], object], named: str = "") -> bool:
    """Whether a reader refuses its input, in messages of one printable line that name the file; else it takes it.

    Any other exception is a fault, and goes on.
    """
    try:
        read()
    except ScenarioError as refusal:
        lines = [str(problem) for problem in refusal.problems]
        assert lines, "no problem is told"
        for line in lines:
            assert line.isprintable() and len(line) < 2000, line
        assert not named or any(named in line for line in lines), lines
        return True
    return False


def tried(reader: str, content: bytes, folder: Path) -> bool:
    """Whether a reader refuses some bytes. Raises what is a fault."""
    named = str(folder / NAMED[reader]) if reader in NAMED else ""
    return refused(lambda: READERS[reader](content, folder), named)


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path

"""Tables of finished runs as Parquet parts: written aside, synced, renamed, then noted in the ledger.

A part that the ledger does not know was left by a kill between the rename and the commit; its runs
still wait in the ledger, so it is removed and written again.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.result import read_table, unreadable, unsound

from .ledger import NAME as LEDGER
from .ledger import Ledger

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from .jobs import Columns, Job

ROLL_RUNS, ROLL_SECONDS = 500, 60.0


def packed(finished: Sequence[tuple[Job, dict[str, Columns]]]) -> list[tuple[str, int, bytes]]:
    """The tables of several runs as Arrow streams: name, number of runs, bytes; each row has its run."""
    import pyarrow as pa

    collected: dict[str, list[pa.Table]] = {}
    for job, tables in finished:
        for name, columns in tables.items():
            table = pa.table(columns)
            own = {"run": job.run, "point": job.point, "replicate": job.replicate}
            for at, (key, value) in enumerate(own.items()):
                table = table.add_column(at, key, pa.repeat(pa.scalar(value, pa.int64()), len(table)))
            collected.setdefault(name, []).append(table)
    return [(name, len(tables), _stream(pa.concat_tables(tables))) for name, tables in collected.items()]


def _stream(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def roll(ledger: Ledger, units: dict[str, str]) -> None:
    """Write all waiting tables as one part each, then let the ledger forget them."""
    names = [name for (name,) in ledger.connection.execute("SELECT DISTINCT name FROM waiting ORDER BY name")]
    for name in names:
        waiting = ledger.connection.execute(
            "SELECT id, arrow FROM waiting WHERE name = ? ORDER BY id", (name,)
        ).fetchall()
        file = _write(ledger, name, [arrow for _, arrow in waiting], units)
        with ledger.transaction():
            ledger.connection.execute("INSERT INTO parts VALUES (?, ?)", (name, file))
            ledger.connection.execute(
                "DELETE FROM waiting WHERE name = ? AND id <= ?", (name, waiting[-1][0])
            )


def _write(ledger: Ledger, name: str, streams: list[bytes], units: dict[str, str]) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.concat_tables([pa.ipc.open_stream(each).read_all() for each in streams]).combine_chunks()
    fields = [field.with_metadata({"unit": units.get(field.name, "")}) for field in table.schema]
    table = table.cast(pa.schema(fields))
    (count,) = ledger.connection.execute("SELECT COUNT(*) FROM parts WHERE name = ?", (name,)).fetchone()
    folder = ledger.folder / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"part-{count + 1:05d}.parquet"
    aside = path.with_suffix(".part")
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    with aside.open("wb") as file:
        pq.write_table(table, file, compression="zstd", use_dictionary=[
            field.name for field in table.schema if not pa.types.is_floating(field.type)],
            use_byte_stream_split=floats)  # fmt: skip
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    entry = os.open(folder, os.O_RDONLY)
    os.fsync(entry)  # the name, too, must outlive a power cut
    os.close(entry)
    return path.name


def clear_strays(ledger: Ledger) -> None:
    """Remove what a kill left: files aside, and parts of which the ledger knows nothing."""
    known = {(name, file) for name, file in ledger.connection.execute("SELECT name, file FROM parts")}
    names = {
        name for (name,) in ledger.connection.execute("SELECT name FROM waiting UNION SELECT name FROM parts")
    }
    for name in names:
        for path in sorted((ledger.folder / name).glob("part-*.par*")):
            if (name, path.name) not in known:
                path.unlink()


def table(folder: Path, name: str) -> pd.DataFrame:
    """All rows of a table in a folder, in order of runs; parts and what still waits in the ledger.

    Raises ScenarioError for a folder without a study, or one that is damaged.
    """
    import pandas as pd
    import pyarrow as pa

    ledger = Ledger.reading(folder)
    try:
        files, waiting = ledger.parts(name)
    finally:
        ledger.close()
    tables = [read_table(folder / name / file) for file in files]
    try:
        tables += [pa.ipc.open_stream(arrow).read_all() for arrow in waiting]
        if not tables:
            return pd.DataFrame({"run": [], "point": [], "replicate": []})
        frame = pa.concat_tables(tables, promote_options="permissive").to_pandas()
    except unsound() as error:
        raise unreadable(folder / LEDGER, error) from None
    return frame.sort_values("run", kind="stable", ignore_index=True)

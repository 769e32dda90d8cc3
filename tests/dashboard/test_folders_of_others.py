"""Result folders that came from somebody else: links out of them, tables that grow, names that are paths, code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard import folders
from simulation import simulate
from simulation.problems import ScenarioError


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of results, with a result beside it that nobody may see."""
    monkeypatch.chdir(tmp_path)
    simulate("classroom", 1, until=2002).save(tmp_path / "outside")
    (tmp_path / "outside" / "private.png").write_bytes(b"\x89PNG private")
    (tmp_path / "runs").mkdir()
    return tmp_path / "runs"


def test_a_link_out_of_a_folder_is_not_followed(runs: Path) -> None:
    outside = runs.parent / "outside"
    simulate("classroom", 1, until=2002).save(runs / "mine")
    (runs / "mine" / "figures").symlink_to(outside)
    (runs / "mine" / "secret.parquet").symlink_to(outside / "contracts.parquet")
    (runs / "mine" / "link.png").symlink_to(outside / "private.png")
    found = folders.opened("mine")
    assert found["pictures"] == []
    assert "secret" not in found["tables"]
    for name in ("private.png", "link.png", "../outside/private.png", str(outside / "private.png")):
        with pytest.raises(ScenarioError, match="no figure"):
            folders.picture("mine", name)
    for name in ("secret", "../../outside/contracts", "figures/contracts", "x\0y", ""):
        with pytest.raises(ScenarioError, match="no table"):
            folders.table("mine", name)


def test_a_folder_of_links_is_no_result(runs: Path) -> None:
    outside = runs.parent / "outside"
    (runs / "linked").symlink_to(outside)
    (runs / "record").mkdir()
    (runs / "record" / "run.json").symlink_to(outside / "run.json")
    (runs / "ledger").mkdir()
    (runs / "ledger" / "ledger.sqlite").symlink_to("/etc/passwd")
    os.mkfifo(runs / "waits")
    assert folders.listed() == []
    for name in ("linked", "record", "ledger", "waits", "..", ".", "a\0b", "runs/../../outside"):
        with pytest.raises(ScenarioError):
            folders.opened(name)


def test_a_table_that_is_small_as_a_file_and_large_in_memory_is_refused(runs: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    (runs / "bomb").mkdir()
    zeros = pa.table({"x": pa.array([0.0] * 1000)})
    with pq.ParquetWriter(
        runs / "bomb" / "bomb.parquet", zeros.schema, compression="zstd", use_dictionary=False
    ) as out:
        block = pa.concat_tables([zeros] * 20_000).combine_chunks()
        for _ in range(4):
            out.write_table(block)
    assert (runs / "bomb" / "bomb.parquet").stat().st_size < folders.LARGEST_TABLE / 10
    with pytest.raises(ScenarioError, match="MB of tables"):
        folders.table("bomb", "bomb")


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1" + b"\xff" * 60 + b"PAR1", b"\x80\x04cos\nsystem\n"]
)
def test_a_broken_table_is_told(runs: Path, content: bytes) -> None:
    (runs / "broken").mkdir()
    (runs / "broken" / "a.parquet").write_bytes(content)
    with pytest.raises(ScenarioError, match="cannot be read"):
        folders.table("broken", "a")


@pytest.mark.parametrize(
    "content",
    [b"", b"[" * 100_000, b"[]", b"{}", b'{"headline": "x", "notes": 5}', b" " * 2_000_000, b"\xff"],
)
def test_a_broken_record_of_a_stress_test_is_told(runs: Path, content: bytes) -> None:
    simulate("classroom", 1, until=2002).save(runs / "mine")
    (runs / "mine" / "stress.json").write_bytes(content)
    with pytest.raises(ScenarioError, match=r"stress\.json that cannot be read"):
        folders.opened("mine")


def test_a_table_that_names_a_class_of_python_makes_none(runs: Path) -> None:
    import pickle

    import pyarrow as pa
    import pyarrow.parquet as pq

    class Evil:
        def __reduce__(self) -> Any:
            return (Path(runs / "proof").touch, ())

    field = pa.field(
        "x",
        pa.string(),
        metadata={
            "ARROW:extension:name": "arrow.py_extension_type",
            "ARROW:extension:metadata": pickle.dumps(Evil()),
        },
    )
    (runs / "evil").mkdir()
    pq.write_table(pa.table({"x": ["a"]}, schema=pa.schema([field])), runs / "evil" / "evil.parquet")
    assert folders.table("evil", "evil")["cells"]
    assert not (runs / "proof").exists()

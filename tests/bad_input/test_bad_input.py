"""Every bad input is told in clear words, in time, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .corpus import CORPUS
from .results import SMALL_PARK
from .row import Bad, prepare
from .trial import tried

ROWS = {f"{kind}: {row.what}"[:90]: row for kind, rows in CORPUS.items() for row in rows}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_bad_input_is_told_and_nothing_is_written(
    row: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if reason := row.missing():
        pytest.skip(reason)
    prepare(row, tmp_path, SMALL_PARK.read_bytes())
    monkeypatch.chdir(tmp_path)
    faults = tried(row, tmp_path)
    assert not faults, "\n".join(faults)

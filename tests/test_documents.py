"""Every block of the documents runs, and prints what the document says."""

from pathlib import Path

import pytest

from tests.documents import DOCUMENTS, ROOT, run


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_runs_and_prints_what_it_says(name: str, tmp_path: Path) -> None:
    document = (ROOT / name).read_text(encoding="utf-8")
    ran = 0
    for block, said, output in run(document, tmp_path):
        ran += 1
        if output is not None:
            assert said == output.text, f"{name}, line {block.line}: python -m tests.documents writes it anew"
    assert ran >= 4

"""Every worked example of docs/extending.md works as it stands, and touches as many files as it says."""

from __future__ import annotations

from pathlib import Path

from tests.extending import DOCUMENT, copied_to, run, stated, touched


def test_every_example_works_on_a_copy_and_prints_what_it_says(tmp_path: Path) -> None:
    copied_to(tmp_path)
    ran = 0
    for block, said, output in run(DOCUMENT.read_text(encoding="utf-8"), tmp_path):
        ran += 1
        assert output is not None and said == output.text, (
            f"line {block.line}: python -m tests.extending writes it anew; it printed\n{said}"
        )
    assert ran >= 7


def test_the_table_counts_the_files_that_the_examples_touch() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert stated(document) == touched(document)
    assert len(stated(document)) == 7

"""The worked examples of docs/extending.md, tried on a copy of the packages.

A `diff` block is applied to the copy, a `toml` block is written to the file that its first line names, a `python`
block is run in the copy by a Python of its own, with the rules as plain Python: nothing is compiled, and nothing
of this tree is touched. `python -m tests.extending` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.documents import ROOT, Block, blocks, with_outputs, written

DOCUMENT = ROOT / "docs" / "extending.md"
PACKAGES = ("agents", "simulation", "experiments")
TARGET = re.compile(r"^\+\+\+ b/(\S+)$", re.MULTILINE)
SECTION = re.compile(r"^## (.*)$", re.MULTILINE)
ROW = re.compile(r"^\| \[(.*?)\]\(.*?\) \| (\d+) \|", re.MULTILINE)


def copied_to(folder: Path) -> None:
    """The packages as they are here, without what was compiled."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))


def run(document: str, folder: Path) -> Iterator[tuple[Block, str, Block | None]]:
    """Apply and run the blocks in a copy: each block that was run, what it printed, the block of its output."""
    found = blocks(document)
    for block, following in zip(found, [*found[1:], None], strict=True):
        if block.language == "diff":
            _done(["git", "apply", "-"], folder, block.text)
        elif block.language == "toml":
            written(block.text, folder)
        elif block.language == "python":
            output = following if following is not None and following.language == "text" else None
            yield block, _done([sys.executable, "-c", block.text], folder), output


def _done(command: list[str], folder: Path, given: str | None = None) -> str:
    plain = {
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONPATH": str(folder),
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }
    done = subprocess.run(
        command, input=given, cwd=folder, env={**os.environ, **plain}, capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{given or command[-1]}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def touched(document: str) -> dict[str, int]:
    """Files that each section changes or writes."""
    files: dict[str, set[str]] = {}
    headings = [(match.start(), match[1]) for match in SECTION.finditer(document)]
    for block in blocks(document):
        section = [title for start, title in headings if start < block.start][-1]
        if block.language == "diff":
            files.setdefault(section, set()).update(TARGET.findall(block.text))
        elif block.language == "toml":
            files.setdefault(section, set()).add(block.text.splitlines()[0])
    return {section: len(names) for section, names in files.items()}


def stated(document: str) -> dict[str, int]:
    """Files of each section as the table at its head counts them."""
    return {match[1]: int(match[2]) for match in ROW.finditer(document)}


def main() -> None:
    """Write the outputs anew."""
    text = DOCUMENT.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        copied_to(Path(folder))
        outputs = [(block, said) for _, said, block in run(text, Path(folder)) if block is not None]
    DOCUMENT.write_text(with_outputs(text, outputs), encoding="utf-8")
    print(f"{DOCUMENT.name}: {len(outputs)} outputs")


if __name__ == "__main__":
    main()

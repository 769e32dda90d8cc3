"""Documents whose blocks are run: `python` and `sh`, in order, in a folder of their own.

The output stands in a `text` block behind its block. `python -m tests.documents` writes the outputs anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("docs/libraries.md", "docs/sweeps.md", "docs/tutorial.md")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of a document: its language, text, and where it ends."""

    language: str
    text: str
    line: int
    start: int
    end: int


def blocks(document: str) -> list[Block]:
    """The fenced blocks of a document that name a language."""
    return [
        Block(match[1], match[2], document.count("\n", 0, match.start()) + 1, match.start(2), match.end(2))
        for match in FENCE.finditer(document)
    ]


def run(document: str, folder: Path) -> Iterator[tuple[Block, str, Block | None]]:
    """Run the blocks of a document in a folder: each block, what it printed, the block of its output."""
    found = blocks(document)
    names: dict[str, object] = {"__name__": "document"}
    before = Path.cwd()
    os.chdir(folder)
    try:
        for block, following in zip(found, [*found[1:], None], strict=True):
            output = following if following is not None and following.language == "text" else None
            if block.language == "python":
                said = io.StringIO()
                with contextlib.redirect_stdout(said):
                    exec(compile(block.text, f"line {block.line}", "exec"), names)
                yield block, said.getvalue(), output
            elif block.language == "sh":
                yield block, _shell(block.text), output
            elif block.language == "toml":
                written(block.text, folder)
    finally:
        os.chdir(before)


def _shell(text: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-eu", "-c", text],
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path},
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{text}\nended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def written(text: str, folder: Path) -> None:
    """A TOML block whose first line is a comment with a file name is that file."""
    first = text.splitlines()[0]
    if first.startswith("# ") and first.endswith(".toml"):
        (folder / first.removeprefix("# ")).write_text(text, encoding="utf-8")


def with_outputs(text: str, outputs: list[tuple[Block, str]]) -> str:
    """The document with other outputs; those of later blocks first, so that places stay."""
    for block, said in reversed(outputs):
        text = text[: block.start] + said + text[block.end :]
    return text


def main() -> None:
    """Write the outputs of every document anew."""
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            outputs = [(block, said) for _, said, block in run(text, Path(folder)) if block is not None]
        path.write_text(with_outputs(text, outputs), encoding="utf-8")
        print(f"{name}: {len(outputs)} outputs")


if __name__ == "__main__":
    main()

"""Files of results: written aside, synced, then renamed, so that no half of one is ever taken for the whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """The place to write to; it becomes `path` when all went well, and goes when not. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def write_text(path: Path, text: str) -> None:
    """A text file in UTF-8. Raises OSError."""
    with aside(path) as part:
        part.write_text(text, encoding="utf-8")

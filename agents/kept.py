"""Compiled rules on disk: a file that is damaged, or cannot be written, costs a compilation and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
from numba.core.caching import FunctionCache, IndexDataCacheFile

CHOSEN = "SYMBIOPARK_CACHE"
"""Environment variable: the folder to keep compiled rules in."""
NAME = r"rules-[0-9a-f]{12}"
SUM = 4  # bytes
OTHERS = 4
"""Folders of other versions of the rules that stay, those used last; each is about fifty megabytes."""


def folder_for(name: str) -> Path | None:
    """A folder of this name that can be written: in the user's cache, else in one of our own among temporary files.

    None where neither can be: rules are then compiled in every process anew.
    """
    chosen = os.environ.get(CHOSEN) or platformdirs.user_cache_dir("symbiopark", appauthor=False)
    with contextlib.suppress(OSError):
        return _written(Path(chosen) / name)
    with contextlib.suppress(OSError):
        return _written(_own_temporary() / name)
    return None


def _written(folder: Path) -> Path:
    """The folder, in which a file could be written; a new one takes the place of the oldest. Raises OSError."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"probe")
        probe.flush()
    with contextlib.suppress(OSError):
        os.utime(folder)  # the time of its last use
        if new:
            _make_room(folder)
    return folder


def _make_room(folder: Path) -> None:
    """Remove what other versions have left beside the folder, all but the `OTHERS` used last.

    A version that is still in use and loses its folder compiles once more.
    """
    others = [each for each in folder.parent.iterdir()
              if re.fullmatch(NAME, each.name) and each.name != folder.name and not each.is_symlink()]  # fmt: skip
    for each in sorted(others, key=lambda each: each.stat().st_mtime)[:-OTHERS]:
        shutil.rmtree(each, ignore_errors=True)


def _own_temporary() -> Path:
    """A folder among temporary files to which nobody else can write: what lies in it is run. Raises OSError."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"symbiopark-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if hasattr(os, "getuid") and (about.st_uid != user or about.st_mode & 0o77 or folder.is_symlink()):
        raise PermissionError(f"{folder} is not ours alone")
    return folder


class _Checked(IndexDataCacheFile):
    """Files of a rule that end with a checksum."""

    def _dump(self, thing: Any) -> bytes:
        data: bytes = super()._dump(thing)
        return data + zlib.crc32(data).to_bytes(SUM)

    def _load_data(self, name: str) -> Any:
        data = Path(self._data_path(name)).read_bytes()
        if zlib.crc32(data[:-SUM]).to_bytes(SUM) != data[-SUM:]:
            raise ValueError("not what was written")
        return super()._load_data(name)


class Kept(FunctionCache):
    """Numba's cache of one rule, in `folder`."""

    def __init__(self, rule: Callable[..., Any], folder: Path) -> None:
        super().__init__(rule)
        self._cache_file = _Checked(
            cache_path=self._cache_path,
            filename_base=self._impl.filename_base,
            source_stamp=self._impl.locator.get_source_stamp(),
        )
        if not Path(self._cache_path).is_relative_to(folder):
            self.disable()  # Numba chose a place that does not follow the sources

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The compiled rule; None where there is none, or its files are not what was written."""
        try:
            return super().load_overload(signature, target)
        except Exception:  # whatever a damaged file makes of itself
            with contextlib.suppress(OSError):
                self.flush()
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep it, where there is room."""
        with contextlib.suppress(OSError):
            super().save_overload(signature, compiled)

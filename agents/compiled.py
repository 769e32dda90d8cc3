"""How a rule is compiled: one decorator, one cache folder that follows the sources.

Numba's own cache looks only at the file of the function it compiles, so a change in a function
that lives in another file would go unnoticed. The cache folder is therefore named by a digest of
all sources with a rule, and of the codes compiled into them: edit any, and everything is compiled
anew. With `NUMBA_DISABLE_JIT=1` the same functions run as plain Python.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from .kept import Kept, folder_for

SOURCES = ("agents", "simulation")
CODES = "agents/fields/codes.py"
"""Constants that rules are compiled with, in a file without a rule."""


def source_digest(root: Path) -> str:
    """Twelve characters that change when any source of the rules, Python or Numba changes."""
    digest = hashlib.sha256(f"{sys.version}{numba.__version__}".encode())
    for package in SOURCES:
        for path in sorted((root / package).rglob("*.py")):
            source = path.read_bytes()
            name = path.relative_to(root).as_posix()
            if b"@rule" in source or name == CODES:
                digest.update(name.encode() + source)
    return digest.hexdigest()[:12]


INTERPRETED: bool = bool(numba.config.DISABLE_JIT)
CACHE_FOLDER = folder_for(f"rules-{source_digest(Path(__file__).parents[1])}")
"""None where nothing can be kept."""
if CACHE_FOLDER is not None:
    numba.config.CACHE_DIR = str(CACHE_FOLDER)


def rule(function: Callable[..., Any]) -> Any:
    """Compile a rule of the model; it must use scalars, rows, loops and `math` only (same bits everywhere)."""
    compiled = numba.njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True)(function)  # none goes to C
    if CACHE_FOLDER is not None and not INTERPRETED:
        compiled._cache = Kept(function, CACHE_FOLDER)
    return compiled


def compiled_before() -> bool:
    """Whether the rules have been compiled on this machine, so that a run starts at once."""
    return INTERPRETED or (CACHE_FOLDER is not None and any(CACHE_FOLDER.rglob("*.nbi")))

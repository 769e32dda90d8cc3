"""Stress tests: what a park loses when partners leave, each loss against the exact twin run without it.

`experiments.stress` answers a question into a folder, `quick` in memory for a page; both give `Findings`.
"""

from importlib import import_module
from typing import Any

_HOMES = {"Cancelled": "stress", "Findings": "findings", "quick": "stress"}
__all__ = ["Cancelled", "Findings", "quick"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

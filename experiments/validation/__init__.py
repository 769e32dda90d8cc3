"""The model held against a recorded history: scores, null models, patterns, figures.

`validate` runs the ensemble and the null models and gives a `Validation`; `text()` says what was found and
`save(folder)` writes tables, figures and the part of the page that holds numbers.
"""

from typing import Any

__all__ = ["Validation", "validate"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'experiments.validation' has no attribute {name!r}")
    from . import study

    return getattr(study, name)

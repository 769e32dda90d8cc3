"""Questions put to the model: runs with their summary and figures, sweeps, stress tests, comparisons.

Names are imported when asked for, so that none pays for what another needs.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "calibrate": "calibration.calibrate",
    "outcome": "sweeping.single",
    "sensitivity": "sensitivities.study",
    "stress": "stressing.stress",
    "sweep": "sweeping.sweep",
    "validate": "validation.study",
}
__all__ = ["calibrate", "outcome", "sensitivity", "stress", "sweep", "validate"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'experiments' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

"""What happens between companies, quarter by quarter.

`simulate` runs a scenario to its end; `IndustrialPark` is the same park as a Mesa model, a step a
quarter; `load_scenario` and `load_result` read what was written. Names are imported when asked for,
so that a worker that needs the rules does not pay for Mesa or pandas.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "simulate": "run",
    "IndustrialPark": "park",
    "load_scenario": "reading",
    "load_result": "result",
    "Result": "result",
    "Scenario": "scenario",
    "ScenarioError": "problems",
}
__all__ = [
    "IndustrialPark",
    "Result",
    "Scenario",
    "ScenarioError",
    "load_result",
    "load_scenario",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'simulation' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)

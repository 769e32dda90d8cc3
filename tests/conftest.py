"""Compile the rules once, before the tests are dealt out to workers that would each compile them."""

import pytest

from simulation import simulate


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        simulate("classroom", 0)

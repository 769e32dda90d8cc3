"""Kalundborg and its validation by a few runs, once for all tests of a process."""

from __future__ import annotations

import pytest

from experiments import validate
from experiments.validation.study import Validation
from simulation.reading import load_scenario
from simulation.scenario import Scenario

FEW = 4


@pytest.fixture(scope="session")
def kalundborg() -> Scenario:
    return load_scenario("kalundborg")


@pytest.fixture(scope="session")
def found() -> Validation:
    return validate("kalundborg", runs=FEW, seed=3)

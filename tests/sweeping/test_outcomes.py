"""Outcomes by name are what the frames of the same run say."""

import math

import numpy as np
import pytest

from experiments import outcome
from experiments.sweeping.outcomes import parsed, unit_of
from simulation import simulate
from simulation.problems import ScenarioError

GONE = ['2012 withdraw "Power station"']


def test_outcomes_are_what_the_frames_say() -> None:
    names = ["streams_2020", "savings_2015", "savings_mean_2010_2019", "streams_max_2001_2020", "co2_avoided_sum_2005_2010",
             "streams_first_above_4", "streams_first_above_1000", "density_2020", "savings_min_2010_2019"]  # fmt: skip
    found = outcome("classroom", 3, outcomes=names, trust__prior=0.6)
    result = simulate("classroom", 3, set={"trust.prior": 0.6})
    yearly, metrics = result.yearly(), result.metrics.set_index("year")
    assert list(found) == names
    assert found["streams_2020"] == yearly.loc[2020, "streams"]
    assert found["savings_2015"] == pytest.approx(yearly.loc[2015, "savings"], rel=1e-12)
    assert found["savings_mean_2010_2019"] == pytest.approx(
        yearly.loc[2010:2019, "savings"].mean(), rel=1e-12
    )
    assert found["savings_min_2010_2019"] == pytest.approx(yearly.loc[2010:2019, "savings"].min(), rel=1e-12)
    assert found["streams_max_2001_2020"] == yearly.loc[2001:2020, "streams"].max()
    assert found["co2_avoided_sum_2005_2010"] == pytest.approx(
        yearly.loc[2005:2010, "co2_avoided"].sum(), rel=1e-12
    )
    assert found["streams_first_above_4"] == yearly.index[yearly["streams"] > 4][0]
    assert math.isnan(found["streams_first_above_1000"])
    assert found["density_2020"] == metrics.loc[2020, "density"]


def test_every_indicator_when_no_outcome_is_named() -> None:
    found = outcome("classroom")
    assert found["streams_2029"] == simulate("classroom").yearly().loc[2029, "streams"]


def test_an_event_that_changes_nothing_has_no_depth_no_loss_and_recovers_at_once() -> None:
    names = ["savings_depth", "savings_loss", "savings_recovery"]
    assert outcome("classroom", outcomes=names, events=["2010 set trust.prior 0.5"]) == dict.fromkeys(
        names, 0.0
    )


def test_a_partner_lost_shows_against_the_twin() -> None:
    names = ["streams_depth", "streams_loss", "streams_recovery"]
    largest = simulate("classroom").streams(2012)["supplier"].mode()[0]
    found = outcome("classroom", outcomes=names, events=[f'2012 withdraw "{largest}"'])
    assert 0 < found["streams_depth"] <= 1 and 0 < found["streams_loss"] <= 18
    assert np.isnan(found["streams_recovery"]) or found["streams_recovery"] > 0


def test_units() -> None:
    units = {"savings_2020": "EUR/year", "savings_sum_2010_2020": "EUR", "streams_2020": "", "savings_depth": "1",
             "savings_recovery": "years", "streams_first_above_3": "year"}  # fmt: skip
    assert {name: unit_of(parsed(name)) for name in units} == units


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(ScenarioError, match="streams"):
        outcome("classroom", outcomes=["streens_2020"])
    with pytest.raises(ScenarioError, match="a list of names"):
        outcome("classroom", outcomes="streams_2020")

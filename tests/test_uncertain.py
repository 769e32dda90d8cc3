"""Estimates drawn from their ranges: keyed by field and replicate, within range, and nothing else touched."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.fieldpaths import describe, fields
from simulation.quantities import DatedPath
from simulation.reading import load_scenario
from simulation.run import simulate
from simulation.scenario import Scenario
from simulation.uncertain import DATES, WHOLE, drawn, quantile, uncertain_fields, value_of


@pytest.fixture(scope="module", params=["kalundborg", "classroom"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


def values(scenario: Scenario) -> dict[str, object]:
    return {each.path: each.value for each in fields(scenario) if not isinstance(each.value, DatedPath)}


def test_the_same_seed_and_replicate_draw_the_same_scenario(scenario: Scenario) -> None:
    assert drawn(scenario, 1, 2) == drawn(scenario, 1, 2)


def test_another_replicate_or_seed_draws_other_numbers(scenario: Scenario) -> None:
    first = drawn(scenario, 1, 0)
    assert first.trust.prior != drawn(scenario, 1, 1).trust.prior
    assert first.trust.prior != drawn(scenario, 2, 0).trust.prior


def test_a_draw_belongs_to_its_field_and_not_to_the_others() -> None:
    plain, other = load_scenario("classroom"), load_scenario("kalundborg")
    assert drawn(plain, 1).trust.evidence == drawn(other, 1).trust.evidence
    changed = load_scenario("classroom", set={"trust.prior": 0.3})
    assert drawn(changed, 1).trust.evidence == drawn(plain, 1).trust.evidence


def test_only_estimates_are_drawn_and_they_stay_in_their_range(scenario: Scenario) -> None:
    before, after = values(scenario), values(drawn(scenario, 5, 1))
    uncertain = {each.path: each for each in uncertain_fields(scenario)}
    assert len(uncertain) > 100
    moved = {path for path in before if before[path] != after[path]}
    assert moved <= set(uncertain)
    assert len(moved) > 0.95 * len(uncertain)
    for path in moved:
        field, value = uncertain[path], after[path]
        assert field.low is not None and field.high is not None and isinstance(value, float)
        stated = field.value if path.endswith(".scale") else 1.0
        assert field.low * stated - 1e-9 <= value <= field.high * stated + 1e-9
        assert field.limits.hold(value)


def test_dates_counts_and_what_makes_the_run_are_never_drawn(scenario: Scenario) -> None:
    paths = {each.path for each in uncertain_fields(scenario)}
    assert not paths & (WHOLE | DATES)
    assert not [path for path in paths if path.split(".")[0] in ("time", "money", "history", "grid")]
    assert not [path for path in paths if path.endswith(("from_year", "starts", "ends", "arrives"))]


def test_what_is_switched_off_stays_off() -> None:
    kalundborg = load_scenario("kalundborg")
    assert kalundborg.entry.base == 0
    assert drawn(kalundborg, 3).entry.base == 0
    assert drawn(kalundborg, 3).meeting.ties_target == 0


def test_what_an_experiment_has_set_is_kept() -> None:
    scenario = load_scenario("kalundborg", set={"trust.prior": 0.7, "resources.coal.price": 60})
    after = drawn(scenario, 1, kept=["trust.prior", "resources.coal.price"])
    assert after.trust.prior == 0.7
    assert after.resources["coal"].price == scenario.resources["coal"].price
    assert after.resources["steam"].price.scale != 1


def test_values_follow_a_triangle_with_its_mode_at_the_stated_value() -> None:
    field = describe(load_scenario("classroom"), "trust.prior")
    drawn_values = np.array([value_of(field, quantile(field.path, 1, k)) for k in range(4000)])
    low, mode, high = field.low, float(field.value), field.high
    assert low is not None and high is not None
    assert drawn_values.mean() == pytest.approx((low + mode + high) / 3, abs=0.01)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert drawn_values.std() == pytest.approx(variance**0.5, rel=0.05)
    assert (drawn_values < mode).mean() == pytest.approx((mode - low) / (high - low), abs=0.03)


def test_a_value_outside_its_range_widens_the_range() -> None:
    scenario = load_scenario("classroom", set={"trust.prior": 0.95})
    field = describe(scenario, "trust.prior")
    assert field.high == 0.8
    assert value_of(field, 1.0) == pytest.approx(0.95)


def test_a_drawn_scenario_runs() -> None:
    for replicate in range(5):
        result = simulate(drawn(load_scenario("kalundborg"), 1, replicate), replicate=replicate)
        assert len(result.indicators) == 260

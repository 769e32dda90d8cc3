"""What holds of a scenario run from start to end: same bits however it is run, no trade without gain."""

from __future__ import annotations

from typing import Any

import numpy as np

from agents.bargaining import NO_SURPLUS
from simulation.park import IndustrialPark
from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import ALONGSIDE, DECLARED, GROWING, Park, grown
from tests.running import changed, history, quarters, run, used

from .trust import EVIDENCE


def a_run_repeats_itself_whole_or_quarter_by_quarter(scenario: Scenario) -> None:
    whole = history(run(scenario))
    assert history(run(scenario)) == whole
    *_, last = quarters(scenario)
    assert history(last) == whole


def the_mesa_model_gives_the_same_bits(scenario: Scenario) -> None:
    model = IndustrialPark(scenario, rng=1)
    while model.running:
        model.step()
    assert history(model.tables) == history(run(scenario))


def with_empty_tables(park: Park) -> Park:
    """The park before its first quarter, with one row in each table that grows."""
    tiny = {name: DECLARED[name].rows(1) for name in GROWING}
    return park._replace(**tiny, **{name: np.zeros(1, np.int64) for name in ALONGSIDE})


def tables_that_grow_on_the_way_hold_the_same_as_large_ones(scenario: Scenario) -> None:
    foundation = foundation_of(scenario)
    small = with_empty_tables(started(foundation, 1))
    large = grown(started(foundation, 1), dict.fromkeys(GROWING, 3000))
    ends = [advanced(park, foundation.calendar.quarters) for park in (small, large)]
    assert history(ends[0]) == history(ends[1])


def an_opportunity_that_sleeps_would_not_have_been_open(scenario: Scenario) -> None:
    """The same history where everything is woken every quarter."""
    foundation = foundation_of(scenario)
    awake = started(foundation, 1)
    for quarter in range(1, foundation.calendar.quarters + 1):
        awake.wakes[:] = 0
        awake = advanced(awake, quarter)
    assert history(awake) == history(run(scenario))


def reversed_order(given: Any) -> Any:
    """The same tables with their entries the other way round, all the way down; dates stay in order."""
    if isinstance(given, dict):
        if "by_year" in given:
            return given
        return {key: reversed_order(each) for key, each in reversed(given.items())}
    return given


def the_order_in_which_companies_and_resources_are_listed_means_nothing(scenario: Scenario) -> None:
    raw = scenario.model_dump(by_alias=True)
    for part in ("companies", "prospects", "resources", "substitutions"):
        raw[part] = reversed_order(raw[part])
    other_order = Scenario.model_validate(raw)
    assert list(other_order.companies) == list(scenario.companies)[::-1]
    assert history(run(other_order)) == history(run(scenario))


def another_seed_is_another_history(scenario: Scenario) -> None:
    one, other = history(run(scenario, seed=1)), history(run(scenario, seed=2))
    assert one["clock"] != other["clock"]
    runs = [each for each in scenario.companies.values() if each.arrives is None and each.processes]
    if scenario.activity.spread > 0 and runs:
        assert one["processes"] != other["processes"]


DEAR = 1e9
"""The highest cost of looking after a stream that a scenario may state, EUR a year for each side."""


def no_trade_where_talking_costs_more_than_all_there_is_to_gain(scenario: Scenario) -> None:
    """Flows at the end of every range may be worth more even so: then each that is talked over with a gain must be."""
    dear = changed(scenario, "trade.transaction", DEAR, "association.mediation", 0.5)
    now = run(dear.model_copy(update={"events": []}))
    talks = used("negotiations", now)
    gain = talks["p_max"] > talks["p_min"]
    earns = np.maximum(0.0, -now.substitutions["treatment"][talks["substitution"]])
    at_the_door = (talks["opening_supplier"] - talks["opening_receiver"] + earns) * talks["quantity"]
    cost = 2 * DEAR * np.where(talks["facilitated"], 0.5, 1.0)
    assert (at_the_door[gain] > cost[gain] * (1 - 1e-9)).all()
    assert (talks["reason"][~gain] == NO_SURPLUS).all() and not talks["outcome"][~gain].any()
    if not gain.any():
        assert len(used("contracts", now)) == now.indicators["streams"].max() == 0


def no_talks_where_goods_and_disposal_are_free(scenario: Scenario) -> None:
    free = {"price": 0.0, "disposal": 0.0, "limit": None, "scarcity_price": None}
    raw = scenario.model_dump(by_alias=True)
    raw["events"] = []
    raw["policy"] |= {"landfill_levy": 0.0, "carbon_price": 0.0}
    for resource in raw["resources"].values():
        resource |= free
    for uses in raw["substitutions"].values():
        for use in uses.values():
            use["treatment"] = abs(use["treatment"])
    now = run(Scenario.model_validate(raw))
    assert len(used("negotiations", now)) == len(used("contracts", now)) == 0
    assert np.asarray(now.indicators["delivered_material"]).max() == 0


def without_learning_nobody_has_evidence(scenario: Scenario) -> None:
    unlearned = changed(scenario, "trust.learning", False).model_copy(update={"events": []})
    ties = used("ties", run(unlearned))
    assert not np.any([ties[name] for name in EVIDENCE])


LAWS = (
    a_run_repeats_itself_whole_or_quarter_by_quarter,
    the_mesa_model_gives_the_same_bits,
    tables_that_grow_on_the_way_hold_the_same_as_large_ones,
    an_opportunity_that_sleeps_would_not_have_been_open,
    the_order_in_which_companies_and_resources_are_listed_means_nothing,
    another_seed_is_another_history,
    no_trade_where_talking_costs_more_than_all_there_is_to_gain,
    no_talks_where_goods_and_disposal_are_free,
    without_learning_nobody_has_evidence,
)

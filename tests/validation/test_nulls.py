"""Null models: without friction, with a delay, at random."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.sweeping.executors import local
from experiments.validation import nulls
from experiments.validation.record import Record, first_starts
from experiments.validation.runs import Variant, numbers_of, runs_of
from experiments.validation.study import Validation
from simulation.scenario import Scenario

from .histories import recorded, small


def test_without_friction_every_trade_with_a_surplus_starts_in_the_next_quarter() -> None:
    scenario = small(recorded("First", 2003), meeting={"chance": 0.01, "chance_beyond": 0.01})
    run = runs_of(Variant(scenario, nulls.frictionless), [1])[0]
    assert set(run.contracts["begun_by_supplier"]) == {"First", "Second"}
    assert run.contracts["starts"].max() <= 2000.75


def test_with_a_delay_every_trade_starts_that_much_later() -> None:
    scenario = small(recorded("First", 2003))
    at_once = runs_of(Variant(scenario, nulls.frictionless), [1])[0].contracts["starts"]
    delayed = runs_of(Variant(scenario, nulls.Delayed(7.0)), [1])[0].contracts["starts"]
    assert delayed.min() == pytest.approx(at_once.min() + 7.0, abs=0.5)


def test_the_delay_is_fitted_to_the_counts_of_the_calibration_only() -> None:
    told = {"counts": {2004: 0, 2008: 2, 2015: 99}}
    scenario = small(recorded("First", 2006), recorded("Second", 2006), **told)
    assert 4.0 <= nulls.fitted_delay(scenario, Record.of(scenario), [1, 2]) <= 8.0


def test_at_random_as_many_streams_start_in_a_quarter_as_in_the_paired_run(found: Validation) -> None:
    for model, drawn in zip(found.ensemble.runs, found.ensemble.null("random"), strict=True):
        starts = [
            each.contracts.loc[~each.contracts["divided"], "starts"].tolist() for each in (model, drawn)
        ]
        assert model.seed == drawn.seed
        assert len(starts[0]) - 1 <= len(starts[1]) <= len(starts[0])
        assert np.quantile(starts[1], 0.5) == pytest.approx(np.quantile(starts[0], 0.5), abs=0.5)
    pairs = [set(first_starts(run)) for run in found.ensemble.null("random")[:2]]
    assert len(pairs[0] & pairs[1]) < len(pairs[0]) / 2  # two seeds draw different partners


def test_random_streams_obey_the_laws_of_quantity(kalundborg: Scenario) -> None:
    paired = {1: np.array([1975.0, 1975.0, 1985.0, 1990.25, 2001.0])}
    # until 2005: later the power station shrinks, and a contract outlives the flow for which it was signed
    early = kalundborg.model_copy(update={"time": kalundborg.time.model_copy(update={"ends": 2005})})
    trades = nulls.RandomTrades(Variant(early), paired)
    variant = Variant(early, nulls.strangers_trade)
    result = trades.run(variant.foundation(1), 1)
    begun = numbers_of(result).contracts
    assert sorted(begun.loc[~begun["divided"], "starts"]) == sorted(paired[1].tolist())
    for name in ("residues", "needs"):
        table = getattr(result.park, name)
        flow = np.asarray(table["expected"]).sum(axis=1)
        assert (np.asarray(table["committed"]).sum(axis=1) <= flow * (1 + 1e-9) + 1e-6).all()


def test_runs_spread_over_processes_are_the_runs_one_by_one(kalundborg: Scenario) -> None:
    pool = local(2)
    alone, spread = (runs_of(Variant(kalundborg), [1, 2], each) for each in (None, pool))
    pool.kill()
    for one, other in zip(alone, spread, strict=True):
        pd.testing.assert_frame_equal(one.contracts, other.contracts)
        pd.testing.assert_frame_equal(one.yearly, other.yearly)


def test_uncertain_runs_differ_in_their_estimates(kalundborg: Scenario) -> None:
    stated, drawn = (runs_of(Variant(kalundborg, uncertain=each), [1])[0] for each in (False, True))
    assert stated.yearly["jobs"].iloc[-1] != drawn.yearly["jobs"].iloc[-1]

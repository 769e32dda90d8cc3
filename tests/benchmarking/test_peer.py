"""The peer, the same rules written again as plain Python objects, trades as the model does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.benchmarking.alike import trades, trades_of_peer
from experiments.benchmarking.peer import PeerPark
from simulation import ScenarioError, simulate

PARK_AT_RANDOM = {
    "synthetic.companies": 40, "synthetic.prospects": 3, "entry.base": 0.0, "association.starts": 1985.0,
}  # fmt: skip
PRICES_THAT_FALL = {
    "resources.low_temp_heat.price.by_year": {2000: 12, 2008: 12, 2010: 0.2},
    "resources.steam.price.by_year": {2000: 12, 2008: 12, 2010: 0.2},
    "resources.protein_meal.price.by_year": {2000: 300, 2008: 300, 2012: 1},
}


def same_trades(source: str, seed: int, fields: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The contracts of a run, after the peer was asked whether it has the same."""
    rows, numbers = trades(simulate(source, seed, set=fields))
    own_rows, own_numbers = trades_of_peer(PeerPark(source, seed, fields).run())
    assert own_rows == rows
    np.testing.assert_allclose(own_numbers, numbers, rtol=1e-9)
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_the_peer_trades_as_the_model_does_in_the_classroom(seed: int) -> None:
    assert len(same_trades("classroom", seed, {})) >= 5


def test_the_peer_trades_as_the_model_does_in_a_park_drawn_at_random() -> None:
    rows = same_trades("synthetic", 2, PARK_AT_RANDOM)
    assert len(rows) >= 20
    assert any(facilitated for *_, facilitated in rows)
    assert any(renewals for *_, renewals, _ in rows)
    assert "better use found" in set(simulate("synthetic", 2, set=PARK_AT_RANDOM).contracts["reason"])


@pytest.mark.parametrize(
    "fields",
    [
        {"trust.prior": 0.25, "bargaining.guard": 2.0},
        {"contract.guarantee": 1.0, "contract.take_or_pay": 0.9, "activity.outage_hazard": 0.2},
        {"economy.margin": -0.02, "economy.patience": 4, "economy.credit": 0.02},
        {"contract.indexation": 0.0, **PRICES_THAT_FALL},
        {"investment.mains": False, "contract.enlargement": False, "policy.subsidy": 0.3},
    ],
    ids=["mistrust", "clauses", "failures", "losses", "switches"],
)
def test_the_peer_trades_as_the_model_does_under_other_parameters(fields: dict[str, Any]) -> None:
    for seed in (1, 2):
        assert same_trades("classroom", seed, fields)


def test_these_parameters_lead_to_failures_and_to_contracts_that_are_broken() -> None:
    ruined = simulate(
        "classroom", 1, set={"economy.margin": -0.02, "economy.patience": 4, "economy.credit": 0.02}
    )
    assert "partner left" in set(ruined.contracts["reason"])
    at_a_loss = simulate("classroom", 1, set={"contract.indexation": 0.0, **PRICES_THAT_FALL})
    assert "lost money for long" in set(at_a_loss.contracts["reason"])


def test_the_savings_of_every_quarter_are_those_of_the_model() -> None:
    peer = PeerPark("classroom", 3).run()
    frame = peer.datacollector.get_model_vars_dataframe()
    indicators = simulate("classroom", 3).indicators
    assert (frame["streams"].to_numpy() == indicators["streams"].to_numpy()).all()
    np.testing.assert_allclose(frame["savings"], indicators["savings"], rtol=1e-6, atol=1.0)


@pytest.mark.parametrize(
    ("source", "fields", "said"),
    [
        ("kalundborg", {}, "changes of owner"),
        ("synthetic", {"synthetic.companies": 10}, "entry: base"),
        ("classroom", {"bargaining.protocol": "nash"}, "nash"),
        ("classroom", {"trust.learning": False}, "learning"),
    ],
)
def test_the_peer_refuses_what_it_lacks(source: str, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ScenarioError, match="the peer lacks this rule") as error:
        PeerPark(source, 1, fields)
    assert said in str(error.value)

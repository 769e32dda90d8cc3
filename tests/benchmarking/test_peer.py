"""The peer, the same rules written again as plain Python objects, trades as the model does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.benchmarking.peer import PeerPark
from simulation import ScenarioError, simulate

PARK_AT_RANDOM = {
    "synthetic.companies": 20, "synthetic.prospects": 3, "entry.base": 0.0, "association.starts": 1985.0,
}  # fmt: skip


def trades(source: str, seed: int, fields: dict[str, Any]) -> tuple[list[tuple], np.ndarray]:
    """Contracts of the model in order of signing: who, what and when; prices and quantities; cash of companies."""
    result = simulate(source, seed, set=fields)
    park, names = result.park, result.foundation.names
    contracts = park.contracts[: int(park.clock[0]["contracts"])]
    rows, numbers = [], []
    for each in contracts:
        use = park.substitutions[each["substitution"]]
        pair = names.companies[each["supplier"]], names.companies[each["receiver"]]
        goods = names.resources[use["residue"]], names.resources[use["input"]]
        times = int(each["signed"]), int(each["starts"]), int(each["ends"]), int(each["renewals"])
        rows.append((*pair, *goods, *times, bool(each["facilitated"])))
        numbers.append([each["signed_price"], each["price"], each["carriage"], *each["quantity"]])
    return rows, np.array(numbers)


def trades_of_peer(source: str, seed: int, fields: dict[str, Any]) -> tuple[list[tuple], np.ndarray]:
    """The same of the peer."""
    rows, numbers = [], []
    for each in PeerPark(source, seed, fields).run().signed:
        use = each.opportunity.use
        times = each.signed, each.starts, each.ends, each.renewals
        rows.append(
            (
                each.supplier.name,
                each.receiver.name,
                use.residue.name,
                use.input.name,
                *times,
                each.facilitated,
            )
        )
        numbers.append([each.signed_price, each.price, each.carriage, *each.quantity])
    return rows, np.array(numbers)


@pytest.mark.parametrize("seed", range(12))
def test_the_peer_trades_as_the_model_does_in_the_classroom(seed: int) -> None:
    rows, numbers = trades("classroom", seed, {})
    same_rows, same_numbers = trades_of_peer("classroom", seed, {})
    assert rows == same_rows and len(rows) >= 5
    np.testing.assert_allclose(same_numbers, numbers, rtol=1e-9)


@pytest.mark.parametrize("seed", range(2))
def test_the_peer_trades_as_the_model_does_in_a_park_drawn_at_random(seed: int) -> None:
    rows, numbers = trades("synthetic", seed, PARK_AT_RANDOM)
    same_rows, same_numbers = trades_of_peer("synthetic", seed, PARK_AT_RANDOM)
    assert rows == same_rows and len(rows) >= 20
    assert any(facilitated for *_, facilitated in rows)
    assert any(renewals for *_, renewals, _ in rows)
    np.testing.assert_allclose(same_numbers, numbers, rtol=1e-9)


@pytest.mark.parametrize(
    "fields",
    [
        {"trust.prior": 0.25, "bargaining.guard": 2.0},
        {"contract.guarantee": 1.0, "contract.take_or_pay": 0.9, "activity.outage_hazard": 0.2},
        {"economy.margin": -0.02, "economy.patience": 4, "economy.credit": 0.02},
        {"investment.mains": False, "contract.enlargement": False, "policy.subsidy": 0.3},
    ],
    ids=["mistrust", "clauses", "failures", "switches"],
)
def test_the_peer_trades_as_the_model_does_under_other_parameters(fields: dict[str, Any]) -> None:
    for seed in (1, 2):
        rows, numbers = trades("classroom", seed, fields)
        same_rows, same_numbers = trades_of_peer("classroom", seed, fields)
        assert rows == same_rows
        np.testing.assert_allclose(same_numbers, numbers, rtol=1e-9)


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

"""One base run serves every loss: the same bits as a run with the events from the start."""

from typing import Any

import numpy as np
import pytest

from experiments.stressing.contingencies import Contingency, contingencies, from_events
from experiments.stressing.damage import Damage
from experiments.stressing.modes import parse_mode
from experiments.stressing.twins import laid, twin_of
from simulation.reading import load_scenario
from simulation.run import foundation_of, simulate
from tests.parks import ash_for_clinker, maker, park, two_companies, user
from tests.running import history, used

MODES = ("exit", "stop-trading", "shrink:0.5", "announced:3", "temporary:2")


def damage(scenario: Any, loss: Contingency, seed: int = 1, replicate: int = 0) -> Damage:
    foundation = foundation_of(scenario)
    rows = [foundation.names.company_row[name] for name in loss.companies]
    one = laid(foundation, loss)
    return Damage.of(twin_of(foundation, seed, replicate, [one]), one, rows)


def same_bits(one: Any, other: Any) -> None:
    ours, theirs = history(one), history(other)
    assert ours == theirs, [name for name in ours if ours[name] != theirs[name]]


@pytest.mark.parametrize("mode", MODES)
def test_a_loss_has_the_bits_of_a_run_with_its_events(mode: str) -> None:
    scenario = load_scenario("classroom", events=["2012 levy 2"])
    (loss,) = contingencies(scenario, 2015, ["Brewery"], [parse_mode(mode)])
    found = damage(scenario, loss, seed=3, replicate=5)
    same_bits(found.park, simulate(scenario, 3, replicate=5, events=loss.events).park)
    same_bits(found.twin, simulate(scenario, 3, replicate=5).park)


def test_losses_of_many_dates_and_pairs_share_one_base_run() -> None:
    scenario = load_scenario("kalundborg")
    texts = (
        "1998 withdraw Gyproc",
        "1995 withdraw Gyproc announced 4; 2003 price natural_gypsum 3",
        '1998 withdraw "Asnaes power station"; 1998 withdraw Gyproc',
    )
    foundation = foundation_of(scenario)
    losses = [from_events(text) for text in texts]
    rows = [laid(foundation, loss) for loss in losses]
    twin = twin_of(foundation, 7, 2, rows)
    for loss, row in zip(losses, rows, strict=True):
        same_bits(twin.with_loss(row), simulate(scenario, 7, replicate=2, events=loss.events).park)
    same_bits(twin.park, simulate(scenario, 7, replicate=2).park)


@pytest.mark.parametrize("mode", ("exit", "announced:3"))
def test_until_the_first_event_the_difference_is_exactly_none(mode: str) -> None:
    scenario = load_scenario("classroom")
    (loss,) = contingencies(scenario, 2015, ["Power station"], [parse_mode(mode)])
    found = damage(scenario, loss)
    first = found.laid.first
    assert first == (60 if mode == "exit" else 48) and found.laid.date == 60
    run, twin = found.park.indicators, found.twin.indicators
    assert run[:first].tobytes() == twin[:first].tobytes()
    assert run[60:].tobytes() != twin[60:].tobytes()
    year = found.curves(foundation_of(scenario).calendar)
    assert year["since"][0] == -1
    if mode == "exit":
        assert year["savings"][0] == year["savings_twin"][0] > 0


def test_taking_out_a_company_without_streams_changes_nothing() -> None:
    """Bystander has a residue that nobody can use: nobody misses it, and the luck of nobody else changes."""
    works = {"product_price": 1000.0, "capacity": 100.0, "residues": {"dust": 1.0}}
    companies = {
        "Maker": maker(),
        "User": user(),
        "Bystander": {"cell": (5, 5), "processes": {"works": works}},
    }
    goods = ash_for_clinker()
    goods["resources"]["dust"] = {"unit": "t", "class": "material", "disposal": 5.0, "truck": {}}
    scenario = park(companies, **goods)
    found = damage(scenario, from_events("2004 withdraw Bystander"))
    numbers = found.numbers()
    recovered = {name for name in numbers if name.endswith("_recovered")}
    assert numbers["present"] == 1 and all(numbers[name] == 1 for name in recovered)
    assert {name for name, value in numbers.items() if value != 0} == {"present", *recovered}
    for name in ("streams", "savings", "trust_trading", "delivered_material", "socio_economic"):
        assert np.array_equal(found.park.indicators[name], found.twin.indicators[name])
    assert (found.twin.indicators["streams"] > 0).any()
    assert used("contracts", found.park).tobytes() == used("contracts", found.twin).tobytes()


def test_a_company_that_is_not_there_yet_is_not_counted_as_present() -> None:
    scenario = two_companies(maker(arrives=2003), years=12)
    early = damage(scenario, from_events("2002 set trust.prior 0.9"))
    assert early.before.present.tolist() == [False, True]
    assert early.numbers()["present"] == 0

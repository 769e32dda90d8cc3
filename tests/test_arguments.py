"""What a call in Python is given: every wrong argument is told in one message, before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments import calibrate, outcome, sensitivity, stress, sweep, validate
from simulation import IndustrialPark, ScenarioError, load_scenario, simulate
from simulation.arguments import LARGEST_SEED

WHOLE = f"allowed a whole number, 0 to {LARGEST_SEED}"
YEAR = "allowed a year, 2000.25 to 2500"
NO_SEEDS = [-1, 1.5, np.float64(2), float("nan"), "1", None, True, [1], LARGEST_SEED + 1]
NO_YEARS = ["2010", float("nan"), float("inf"), -5, 1999, True, [2010], np.array([2010.0])]
DESIGN = {
    "scenario": "classroom",
    "design": "list",
    "points": [{"trust.prior": 0.5}],
    "outcomes": ["streams_2010"],
}


def park(**given: Any) -> Any:
    return IndustrialPark("classroom", **given)


def told(call: Callable[[], Any]) -> str:
    """The one message of a call that is refused."""
    with pytest.raises(ScenarioError) as refused:
        call()
    assert len(refused.value.problems) == 1
    return str(refused.value)


@pytest.mark.parametrize("seed", NO_SEEDS, ids=repr)
def test_a_seed_that_is_none_is_told(seed: Any) -> None:
    assert told(lambda: simulate("classroom", seed)).startswith("seed: found ")
    assert told(lambda: simulate("classroom", replicate=seed)).startswith("replicate: found ")
    assert told(lambda: park(replicate=seed)).startswith("replicate: found ")
    assert told(lambda: outcome("classroom", seed)).endswith(WHOLE)
    if seed is not None:  # a Mesa model draws one where none is given
        assert told(lambda: park(rng=seed)).startswith("rng: found ")


@pytest.mark.parametrize("seed", [-1, 1.5, "1"], ids=repr)
def test_a_study_refuses_such_a_seed_and_writes_nothing(seed: Any, tmp_path: Path) -> None:
    out = tmp_path / "out"
    over = {"trust.prior": (0.3, 0.7), "trust.spread": (0.0, 0.2)}
    calls: list[Callable[[], Any]] = [
        lambda: sweep(DESIGN, out, seed=seed),
        lambda: stress("classroom", 2010, "Brewery", out=out, runs=2, seed=seed),
        lambda: sensitivity("classroom", over=over, of=["streams_2010"], samples=2, out=out, seed=seed),
        lambda: calibrate("kalundborg", out, until=1995, seed=seed),
        lambda: validate("kalundborg", 2, seed),
    ]
    for call in calls:
        assert "seed" in told(call)
        assert not out.exists()


@pytest.mark.parametrize("until", NO_YEARS, ids=repr)
def test_an_end_that_is_no_year_of_the_run_is_told(until: Any) -> None:
    for call in (lambda: simulate("classroom", until=until), lambda: park(until=until)):
        message = told(call)
        assert message.startswith("until: found ") and message.endswith(YEAR)


@pytest.mark.parametrize(
    "host", [lambda **given: simulate("classroom", **given), park], ids=["simulate", "park"]
)
def test_fields_and_events_that_are_none_are_told(host: Callable[..., Any]) -> None:
    fields = 'values by field, such as {"trust.prior": 0.6}'
    assert told(lambda: host(set="trust.prior=1")) == f"set: found 'trust.prior=1', allowed {fields}"
    assert told(lambda: host(set={1: 2, "trust.prior": 0.6})) == f"set: found 1 as a field, allowed {fields}"
    assert told(lambda: host(events=None)).startswith("events: found nothing, allowed words such as")
    assert told(lambda: host(events=[1])).startswith("events: found 1, allowed words such as")


@pytest.mark.parametrize("source", [None, 3, b"classroom"], ids=repr)
def test_a_source_that_is_none_is_told(source: Any) -> None:
    for call in (lambda: simulate(source), lambda: IndustrialPark(source), lambda: load_scenario(source)):
        assert told(call).endswith(
            "allowed a bundled name, the path of a TOML file, the table of one, or a Scenario"
        )


def test_numbers_of_numpy_are_numbers(tmp_path: Path) -> None:
    plain = simulate("classroom", 3, until=2010)
    other = simulate("classroom", np.int64(3), until=np.int64(2010), replicate=np.uint8(0))
    assert plain.indicators.equals(other.indicators)
    other.save(tmp_path / "run")  # the record is JSON, which knows no numbers of NumPy
    stepped = park(rng=np.int32(3), until=np.float64(2010))
    stepped.set("policy.landfill_levy.scale", np.float64(2.0))
    assert stepped.words[-1] == "2000 set policy.landfill_levy.scale 2.0"


def test_one_event_needs_no_list_and_a_table_is_a_scenario() -> None:
    words = '2005 withdraw "Brewery"'
    alone, listed = simulate("classroom", events=words), simulate("classroom", events=[words])
    assert alone.indicators.equals(listed.indicators)
    table = {"base": "classroom", "trust": {"prior": 0.9}}
    assert simulate(table).indicators.equals(simulate("classroom", set={"trust.prior": 0.9}).indicators)


def test_what_a_park_is_told_between_quarters_is_checked_too() -> None:
    stepped = park(rng=1)
    assert "did you mean 'Brewery'?" in told(lambda: stepped.trust("Brewry", "Town"))
    assert (
        told(lambda: stepped.withdraw("Town", announced="1"))
        == "announced: found '1', allowed years, 0 to 100"
    )
    assert told(lambda: stepped.event_at("2005", "levy 2")) == "year: found '2005', allowed a year"
    field = "policy.landfill_levy.scale"
    for value, found in ((None, "nothing"), ("2", "'2'"), (True, "true"), (float("nan"), "nan")):
        assert (
            told(lambda value=value: stepped.set(field, value)) == f"{field}: found {found}, allowed a number"
        )  # type: ignore[misc]

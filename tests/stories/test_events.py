"""What an intervention says and does, and what it leaves alone (each once went wrong)."""

from __future__ import annotations

import pytest

from simulation import simulate
from simulation.checks import check
from simulation.metrics import metrics
from simulation.park import IndustrialPark
from tests.parks import Raw, maker, story, two_companies, user

from .told import only


def newcomer(**given: object) -> Raw:
    """A prospect that would need clinker too."""
    entry = user(amount=500, cell=None)
    return {**entry, **given}


def with_prospect(*events: str, base: float = 0.0):  # type: ignore[no-untyped-def]
    return story(
        {"Maker": maker(), "User": user()},
        prospects={"Newcomer": newcomer()},
        events=list(events),
        entry={"base": base, "most_a_year": 5},
    )


def test_an_event_about_a_resource_names_the_resource_and_no_company() -> None:
    """More resources than companies: the row of the resource once stood as that of a company."""
    events = simulate(two_companies(), events=["2003 price clinker 2", "2004 set trust.prior 0.4"]).events
    told = events[events["what"] == "intervention"]
    assert told[["company", "residue", "value"]].to_numpy().tolist() == [["", "clinker", 2.0], ["", "", 0.4]]


@pytest.mark.parametrize("words", ["2003 withdraw Newcomer"])
def test_who_withdraws_before_it_came_never_comes_and_is_no_exit(words: str) -> None:
    result = simulate(with_prospect(words, base=5.0), set={"entry.base": 0.0})
    row = only(result.companies[result.companies["name"] == "Newcomer"])
    assert (row["status"], row["reason"]) == ("absent", "withdrawn")
    assert row[["arrives", "leaves"]].isna().all()
    assert result.indicators["exits"].sum() == result.indicators["entries"].sum() == 0
    assert "Newcomer" not in result.network(2001).nodes


def test_a_prospect_that_has_withdrawn_is_not_invited_again() -> None:
    """Neither by an event nor by the draw of newcomers: it would take a cell and never arrive."""
    result = simulate(with_prospect("2000.5 withdraw Newcomer", "2002 invite Newcomer", base=5.0))
    assert "plans to come" not in set(result.events["what"])
    row = only(result.companies[result.companies["name"] == "Newcomer"])
    assert row["cell_x"] == -1 and row["status"] == "absent"


def test_a_planned_company_that_withdraws_was_never_in_the_park() -> None:
    result = simulate(with_prospect("2001 invite Newcomer", "2002 withdraw Newcomer"))
    events = result.events[result.events["company"] == "Newcomer"]
    assert events["what"].tolist() == ["intervention", "plans to come", "intervention", "leaves"]
    assert only(result.companies[result.companies["name"] == "Newcomer"])["status"] == "absent"
    assert "Newcomer" not in result.network(2001.5).nodes


@pytest.mark.parametrize("starts", [2000.0, 2000.1, 2000.25])
def test_metrics_are_there_whatever_the_date_of_the_start(starts: float) -> None:
    scenario = two_companies(time={"starts": starts, "ends": starts + 5})
    frame = metrics(simulate(scenario))
    assert frame["year"].tolist() == [2000, 2001, 2002, 2003, 2004]
    assert frame["links"].iloc[-1] == 1


def test_a_run_shorter_than_a_year_has_no_metrics_and_says_so() -> None:
    result = simulate(two_companies(), until=2000.5)
    assert metrics(result).empty
    with pytest.raises(ValueError, match="none is whole"):
        metrics(result, [2000])


def test_an_event_by_hand_happens_in_the_next_quarter_whatever_the_date_of_the_start() -> None:
    park = IndustrialPark(two_companies(time={"starts": 2000.0625, "ends": 2010}), rng=1)
    for _ in range(5):
        park.step()
    park.event("facilitator on")
    park.step()
    told = park.result.events[park.result.events["what"] == "intervention"]
    assert told["year"].tolist() == [2000.0625 + 5 / 4]


@pytest.mark.parametrize(
    "words", ["2003 levy 0.5", "2003 set policy.landfill_levy.scale 0.5", "2003 price ash 2"]
)
def test_what_a_run_could_not_carry_out_is_found_by_the_check(words: str) -> None:
    """An event scales a path against the scenario's own scale: with 0 there is nothing to scale."""
    still = two_companies(
        policy={"landfill_levy": {"value": 20, "scale": 0}}, ash={"price": {"value": 1, "scale": 0}}
    )
    (problem,) = check(still.model_copy(update={"events": [words]}))
    assert "is 0 in the scenario" in problem.allowed
    assert check(still.model_copy(update={"events": [words.rpartition(" ")[0] + " 0"]})) == []
    assert simulate(still, events=[words.rpartition(" ")[0] + " 0"]).indicators["streams"].iloc[-1] == 1

"""Losses in words: what is taken out, how, when; and what is refused."""

from typing import Any

import pytest

from experiments.stressing.contingencies import contingencies, pairs, together
from experiments.stressing.modes import FORMS, MODES, parse_mode
from experiments.stressing.question import asked
from simulation.problems import ScenarioError
from simulation.reading import load_scenario

CLASSROOM = load_scenario("classroom")


def losses(year: float, remove: list[str], *modes: str, events: tuple[str, ...] = ()) -> list[Any]:
    return contingencies(CLASSROOM, year, remove, [parse_mode(mode) for mode in modes or ("exit",)], events)


@pytest.mark.parametrize(
    ("mode", "events"),
    [
        ("exit", ('2015 withdraw "Pig farm"',)),
        ("stop-trading", ('2015 stop-trading "Pig farm"',)),
        ("shrink:0.5", ('2015 shrink "Pig farm" 0.5',)),
        ("process:fields", ('2015 close "Pig farm/fields"',)),
        ("announced:3", ('2015 withdraw "Pig farm" announced 3',)),
        ("temporary:2", ('2015 stop-trading "Pig farm"', '2017 resume-trading "Pig farm"')),
    ],
)
def test_a_mode_is_an_event_in_words(mode: str, events: tuple[str, ...]) -> None:
    (loss,) = losses(2015, ["Pig farm"], mode)
    assert (loss.label, loss.companies, loss.events, loss.date) == ("Pig farm", ("Pig farm",), events, 2015)
    assert mode.partition(":")[0] in MODES


def test_all_are_the_companies_there_at_the_date_by_their_dates() -> None:
    assert "Greenhouse" not in [each.label for each in losses(2005, ["all"])]
    assert [each.label for each in losses(2010, ["all"])] == sorted(
        set(CLASSROOM.companies) - {"Biogas plant"}
    )


def test_all_with_a_process_are_those_that_have_it() -> None:
    assert [each.label for each in losses(2015, ["all"], "process:boiler")] == ["Power station"]


def test_several_modes_are_told_apart_and_pair_only_among_themselves() -> None:
    found = losses(2015, ["Brewery", "Town"], "exit", "announced:2")
    assert [each.label for each in found] == [
        "Brewery leaves", "Town leaves", "Brewery leaves, announced 2 years ahead",
        "Town leaves, announced 2 years ahead",
    ]  # fmt: skip
    assert pairs(found) == [(0, 1), (2, 3)]


def test_an_event_of_several_parts_is_one_loss() -> None:
    text = "2012 set policy.landfill_levy.scale 0; 2016 set policy.landfill_levy.scale 1"
    (loss,) = losses(2012, [], events=(text,))
    assert len(loss.events) == 2 and loss.date == 2012 and loss.companies == ()
    (loss,) = losses(2012, [], events=("2012 facilitator off",))
    assert loss.label == "facilitator off"


def test_two_losses_together_have_the_events_of_both() -> None:
    one, other = losses(2015, ["Brewery", "Town"])
    both = together([one, other])
    assert both.events == one.events + other.events and both.companies == ("Brewery", "Town")
    assert together([one]) is one


ASKED: dict[str, Any] = {"source": "classroom", "year": 2015, "remove": ["Brewery"]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"remove": ["Brewry"]}, "--remove: found the unknown company 'Brewry'; did you mean 'Brewery'"),
        ({"remove": ["Cement works", "Brik works"]}, "did you mean 'Brick works'"),
        ({"year": None}, "--year: found nothing, allowed a year within the run, 2000 to before 2030"),
        ({"year": 2031}, "--year: found 2031"),
        ({"year": 2004, "remove": ["Greenhouse"]}, "a year before 'Greenhouse' arrives in 2006"),
        ({"mode": "exti"}, "--mode: found 'exti'"),
        ({"mode": "shrink:2"}, "more than 0, at most 1"),
        ({"mode": "exit:3"}, FORMS),
        ({"mode": "process:boilers", "remove": ["all"]}, "did you mean 'boiler'"),
        ({"mode": "process:boiler"}, "unknown process 'boiler' of 'Brewery'"),
        ({"mode": "temporary:20"}, "2035"),
        ({"order": 3}, "--order: found 3"),
        ({"runs": 1}, "--runs: found 1"),
        ({"within": 0}, "--within: found 0"),
        ({"by": "saving"}, "did you mean 'savings'"),
        ({"limit": "stream < 3"}, "--limit: found the unknown indicator 'stream'; did you mean 'streams'"),
        ({"limit": "streams 3"}, "--limit"),
        ({"against": {"association.start": 9}}, "--against"),
        ({"events": ["2012 set policy.landfil_levy.scale 0"]}, "did you mean"),
        ({"events": ["2012 facilitator off", "2012 facilitator off"]}, "twice"),
        ({"until": 2010}, "--year: found 2015, allowed before 2010"),
        ({"set": {"trust.priors": 0.2}}, "did you mean 'trust.prior'"),
    ],
)
def test_bad_input_is_told_with_what_would_do(change: dict[str, Any], said: str) -> None:
    given = {**ASKED, **change}
    with pytest.raises(ScenarioError) as refused:
        asked(given.pop("source"), **given)
    assert said in str(refused.value)


def test_faults_are_told_together() -> None:
    with pytest.raises(ScenarioError) as refused:
        asked("classroom", year=2015, remove=["Brewry"], runs=0, limit="stream < 3", by="x", mode="exti")
    assert len(refused.value.problems) == 5


def test_a_question_without_a_loss_asks_for_all_companies() -> None:
    question = asked("classroom", year=2015)
    assert len(question.singles) == 8 and question.modes == ("exit",)
    assert asked("classroom", events=["2015 facilitator off"]).modes == ()


@pytest.mark.parametrize("name", MODES)
def test_every_mode_is_in_the_words_of_the_help(name: str) -> None:
    assert name in FORMS

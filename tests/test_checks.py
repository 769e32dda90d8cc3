"""What makes no sense is told, all of it, once; what makes sense is not. Malformed scenarios: `tests.bad_input`."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.checks import check
from simulation.problems import Problem, ScenarioError
from simulation.reading import load_scenario

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"


def problems_of(folder: Path, variant: str) -> list[Problem]:
    """The problems of the small park with a variant laid over it."""
    file = folder / "variant.toml"
    file.write_text(f"base = {str(SMALL_PARK)!r}\n{variant}", encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(file)
    return refusal.value.problems


def test_the_small_park_has_no_problem() -> None:
    assert check(load_scenario(SMALL_PARK)) == []


def test_all_problems_are_told_and_not_the_first_only(tmp_path: Path) -> None:
    variant = "[trust]\nprior = 2\nspread = 'x'\n[town]\nbusiness_tax = -1\n[compnies.A]\n"
    assert {problem.field for problem in problems_of(tmp_path, variant)} == {
        "prior",
        "spread",
        "business_tax",
        "compnies",
    }
    variant = "events = ['1995 withdraw Mil']\n[town]\nmunicipality = 'Mill'\n[grid]\nheight = 4\n"
    assert {problem.entry for problem in problems_of(tmp_path, variant)} == {"events", "town", "grid"}


def test_a_place_is_faulted_once(tmp_path: Path) -> None:
    assert len(problems_of(tmp_path, "[trust]\nprior = 'x'")) == 1


BOILER = '[companies."Power station".processes.boiler]\n'
WELL_FORMED = {
    "a cell may be taken when its holder has left": (
        "[companies.Shop]\ncell = [1, 0]\narrives = 1998\n"
        "[companies.Shop.processes.p]\ncapacity = 1\ninputs = { steam = 1 }"
    ),
    "an amount of 0 takes an input out": BOILER + "inputs = { water = 0 }",
    "a process handed over may end after its giver leaves": BOILER + "ends = 1999",
    "a company that took a process over can close it": "events = ['1996 close New power/boiler']",
    "a process goes from hand to hand": (
        "[[successions]]\nyear = 1996\nfrom = 'Town'\nto = 'Mill'\nprocesses = ['heating']\n"
        "[[successions]]\nyear = 1995\nfrom = 'Mill'\nto = 'Town'\nprocesses = ['kiln']\n"
        "[[successions]]\nyear = 1997\nfrom = 'Mill'\nto = 'New power'\nprocesses = ['heating']"
    ),
    "a live field may be set": "events = ['1995 set policy.subsidy 0.2', '1996 price coal 2']",
    "by-products may be sold when nobody takes them": "[resources.ash]\ndisposal = -3",
    "a grid without zones is all industry": "[grid]\nzones = []",
    "a range around a negative value": "[resources.ash]\ndisposal = { value = -38, low = -76, high = -19 }",
}


@pytest.mark.parametrize("variant", WELL_FORMED.values(), ids=WELL_FORMED)
def test_no_false_alarm(tmp_path: Path, variant: str) -> None:
    file = tmp_path / "variant.toml"
    file.write_text(f"base = {str(SMALL_PARK)!r}\n{variant}", encoding="utf-8")
    assert check(load_scenario(file)) == []


def test_a_drawn_park_is_checked_with_the_companies_that_will_be_drawn() -> None:
    events = ["1980 withdraw Town", "1990 withdraw Twon"]
    with pytest.raises(ScenarioError) as refusal:
        load_scenario("synthetic", events=events)
    (problem,) = refusal.value.problems
    assert "1990 withdraw Twon" in problem.field and "did you mean 'Town'" in problem.hint

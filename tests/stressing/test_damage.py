"""What a loss does, worked out by hand in small parks and from the frames of two runs in larger ones."""

from typing import Any

import numpy as np
import pytest

from experiments.stressing import aftermath
from experiments.stressing.contingencies import from_events
from experiments.stressing.damage import lowest
from simulation.reading import load_scenario
from simulation.resilience import resilience
from simulation.run import foundation_of, simulate
from tests.parks import maker, story, two_companies, user

from .test_twins import damage

POOR = {"product_price": 100.0, "margin": -0.2}
"""Sales of 100,000 EUR a year at a loss of 20,000: only cheap ash for clinker (25 EUR/t less) keeps it alive."""


def named(scenario: Any, row: int) -> str:
    return foundation_of(scenario).names.companies[row]


def test_lost_at_once_are_the_streams_of_the_company_at_the_date() -> None:
    scenario = load_scenario("classroom")
    found = damage(scenario, from_events('2015 withdraw "Power station"'), seed=4)
    frame = simulate(scenario, 4).streams(2014.75)
    own = frame[(frame["supplier"] == "Power station") | (frame["receiver"] == "Power station")]
    numbers = found.numbers()
    assert numbers["streams_held"] == numbers["streams_at_once"] == len(own) > 2
    assert len(found.before.streams) == len(frame)


def test_worth_of_a_stream_is_what_both_sides_gained_in_the_year_before() -> None:
    """50 EUR/t of surplus on 1000 t, half and half."""
    found = damage(two_companies(trust={"mode": "off"}), from_events("2004 withdraw Maker"))
    assert found.numbers()["value_held"] == pytest.approx(50_000)
    young = damage(two_companies(trust={"mode": "off"}), from_events("2001 withdraw Maker"))
    assert young.before.streams.tolist() == [0]
    assert young.numbers()["value_held"] == pytest.approx(50_000), (
        "a stream of two quarters counts for a year"
    )


def test_losses_by_company_are_differences_of_the_accounts() -> None:
    scenario = load_scenario("classroom")
    found = damage(scenario, from_events("2015 withdraw Brewery"))
    run, twin = (
        simulate(scenario, 1, events=["2015 withdraw Brewery"]).accounts,
        simulate(scenario, 1).accounts,
    )
    sums = [table.groupby("company")["savings"].sum() for table in (twin, run)]
    expected = sums[0].sub(sums[1], fill_value=0.0)
    less = found.lost_by_company()
    for row, name in enumerate(foundation_of(scenario).names.companies):
        assert less[row] == pytest.approx(expected.get(name, 0.0), abs=1e-3)
    numbers = found.numbers()
    assert numbers["own_lost"] + numbers["others_lost"] == pytest.approx(less.sum())
    assert numbers["others_harm"] - numbers["others_gain"] == pytest.approx(numbers["others_lost"])


def test_figures_of_an_indicator_are_those_of_resilience() -> None:
    scenario = load_scenario("classroom")
    found = damage(scenario, from_events("2015 withdraw Brewery"))
    run, twin = (park.indicators["savings"][60:] for park in (found.park, found.twin))
    figures, numbers = resilience(run, twin), found.numbers()
    assert numbers["savings_depth"] == figures.depth > 0.1
    assert numbers["savings_integral"] == figures.loss
    assert numbers["savings_years"] == figures.time
    assert numbers["savings_lost"] == pytest.approx(twin.sum() - run.sum())


def test_years_to_recovery_count_from_the_date_and_not_from_the_warning() -> None:
    """Told in 2002, gone in 2004, and never back: censored after the 6 years that are left."""
    found = damage(two_companies(), from_events("2004 withdraw Maker announced 2")).numbers()
    assert (found["streams_years"], found["streams_recovered"]) == (6.0, 0.0)
    assert found["streams_lost"] == 6.0 and found["streams_depth"] == 1.0


def test_a_recovery_in_the_last_year_is_not_believed() -> None:
    """The stream is back for the last three quarters only, then for two years."""
    back = {"trust": {"mode": "off"}}
    late = damage(two_companies(**back), from_events("2004 stop-trading Maker; 2009 resume-trading Maker"))
    soon = damage(two_companies(**back), from_events("2004 stop-trading Maker; 2007.75 resume-trading Maker"))
    assert late.park.indicators["streams"][-3:].tolist() == [1, 1, 1]
    assert (late.numbers()["streams_years"], late.numbers()["streams_recovered"]) == (5.25, 0.0)
    assert (soon.numbers()["streams_years"], soon.numbers()["streams_recovered"]) == (4.0, 1.0)


def test_a_loss_drags_along_the_company_that_lived_on_its_stream() -> None:
    """Two makers share User. Without the first, User loses money and fails; so the second loses its taker."""
    companies = {"First": maker(500.0), "Second": maker(500.0, cell=(4, 0)), "User": user(**POOR)}
    scenario = story(companies, trust={"mode": "off"}, years=14)
    found = damage(scenario, from_events("2004 withdraw First"))
    assert found.numbers()["companies_followed"] == 1
    assert found.numbers()["streams_followed"] == 1
    left, ended = aftermath.cascade(found)
    assert (left["what"], named(scenario, left["company"]), left["reason"]) == (
        "company leaves",
        "User",
        "failed",
    )
    assert named(scenario, left["supplier"]) == "First", "through the stream that the loss took"
    assert (ended["what"], named(scenario, ended["supplier"])) == ("stream ends", "Second")
    assert ended["quarter"] == left["quarter"] > 4 * 4 and ended["reason"] == "partner left"


def test_a_rival_replaces_the_stream_that_was_lost() -> None:
    """Rival comes when Maker goes: User has its clinker from it, all of it."""
    companies = {"Maker": maker(), "User": user(), "Rival": maker(cell=(4, 0), arrives=2004)}
    scenario = story(companies, trust={"mode": "off"}, years=12)
    found = damage(scenario, from_events("2005 withdraw Maker"))
    (row,) = aftermath.replaced(found, 5.0)
    assert (row["side"], named(scenario, row["partner"]), named(scenario, row["by"])) == (
        "input",
        "User",
        "Rival",
    )
    assert row["share"] == pytest.approx(1.0) and 0 <= row["years"] <= 1
    assert aftermath.replaced_share([row]) == row["share"]


def test_what_nobody_offers_is_not_replaced() -> None:
    found = damage(two_companies(), from_events("2004 withdraw Maker"))
    (row,) = aftermath.replaced(found, 5.0)
    assert (row["share"], row["streams"], row["by"]) == (0.0, 0, -1) and np.isnan(row["years"])


def test_a_pair_that_only_trades_with_itself_leaves_nobody_to_replace() -> None:
    found = damage(two_companies(), from_events("2004 withdraw Maker; 2004 withdraw User"))
    assert aftermath.replaced(found, 5.0) == [] and np.isnan(aftermath.replaced_share([]))


def test_a_replacement_that_the_twin_has_too_does_not_count() -> None:
    """Late would have come and signed with User anyway, for the half that Maker does not bring."""
    companies = {"Maker": maker(500.0), "User": user(), "Late": maker(500.0, cell=(4, 0), arrives=2005)}
    scenario = story(companies, trust={"mode": "off"}, years=12)
    found = damage(scenario, from_events("2004.5 withdraw Maker"))
    (row,) = aftermath.replaced(found, 5.0)
    assert (row["share"], row["streams"]) == (0.0, 0)


def test_lowest_year_of_stocks_and_flows() -> None:
    quarters = np.array([4.0, 3, 2, 5, 1, 9, 9, 6, 0])
    assert lowest(quarters, stock=True) == 5.0
    assert lowest(quarters, stock=False) == 14.0
    assert lowest(quarters[:2], stock=False) == 14.0

"""Why two companies traded or did not: the account agrees with the run, and leaves no case without words."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from experiments import deal, silence
from experiments.offers import offers
from experiments.pair import Pair
from experiments.watch import STATES
from experiments.why import talks_of, why
from simulation.problems import ScenarioError
from simulation.run import simulate


@pytest.fixture(scope="module")
def classroom() -> Any:
    return simulate("classroom")


@pytest.fixture(scope="module")
def kalundborg() -> Any:
    return simulate("kalundborg")


def told(result: Any, supplier: str, receiver: str, **options: Any) -> str:
    """The account on one line, so that words can be sought across line ends."""
    return re.sub(r"\s+", " ", why(result, supplier, receiver, **options))


def pairs(result: Any) -> list[tuple[str, str]]:
    return list(itertools.permutations(result.foundation.names.companies, 2))


# --- names


def test_an_unknown_company_gets_the_nearest_name(classroom: Any) -> None:
    with pytest.raises(ScenarioError) as refusal:
        why(classroom, "Brewer", "Twon")
    assert "did you mean 'Brewery'?" in str(refusal.value) and "did you mean 'Town'?" in str(refusal.value)


def test_case_does_not_count(classroom: Any) -> None:
    assert why(classroom, "power STATION", "town") == why(classroom, "Power station", "Town")


def test_a_residue_may_be_named_as_people_read_it(classroom: Any) -> None:
    named = why(classroom, "Power station", "Plasterboard works", "FGD gypsum")
    assert named == why(classroom, "Power station", "Plasterboard works", "fgd_gypsum")


# --- the whole account


def test_every_pair_of_a_park_has_an_account_that_fits_80_columns(classroom: Any) -> None:
    for supplier, receiver in pairs(classroom):
        said = why(classroom, supplier, receiver, all_talks=True)
        assert max(map(len, said.splitlines())) <= 80
        assert not re.search(r"\b(nan|None|NaN)\b", said)
        assert "(model result: classroom, seed 1)" in re.sub(r"\s+", " ", said)


def test_traders_are_said_to_trade_and_others_not(classroom: Any) -> None:
    traded = set(zip(classroom.contracts["supplier"], classroom.contracts["receiver"], strict=True))
    for pair in pairs(classroom):
        assert (f"{pair[0]} supplies {pair[1]}: " in told(classroom, *pair)) == (pair in traded)


def test_a_pair_without_anything_that_fits_is_told_what_each_has(classroom: Any) -> None:
    said = told(classroom, "Pig farm", "Cement works")
    assert "nothing that fits" in said
    assert "Pig farm leaves manure." in said and "clinker" in said
    assert "Cement works never came" in said


def test_a_withdrawal_ends_the_stream_in_the_account() -> None:
    result = simulate("classroom", events=["2015 withdraw Power station"])
    said = told(result, "Power station", "Town")
    assert "left in 2015 Q1 (withdrawn)" in said
    assert "it ended in 2015 Q1: partner left" in said


# --- negotiations


@pytest.mark.parametrize("park", ["classroom", "kalundborg"])
def test_offers_recomputed_lead_to_the_recorded_price(park: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(park)
    talks = result.negotiations
    agreed = talks[(talks["rounds"] > 0) & (talks["price"] != 0)]
    assert len(agreed) > 5
    for talk in agreed.to_dict("records"):
        last = offers(result.scenario, talk).iloc[-1]
        assert talk["price"] in (last["ask"], last["bid"])


@pytest.mark.parametrize("park", ["classroom", "kalundborg"])
def test_offers_close_in_and_never_pass_the_stated_limits(park: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(park)
    talks = result.negotiations
    for talk in talks[talks["rounds"] > 0].to_dict("records"):
        table = offers(result.scenario, talk)
        assert len(table) == talk["rounds"]
        assert (table["ask"].diff().dropna() <= 1e-9).all() and (
            table["ask"] >= talk["stated_min"] - 1e-9
        ).all()
        assert (table["bid"].diff().dropna() >= -1e-9).all() and (
            table["bid"] <= talk["stated_max"] + 1e-9
        ).all()


def test_every_negotiation_of_a_pair_is_told(classroom: Any) -> None:
    for supplier, receiver in pairs(classroom):
        count = len(talks_of(Pair.of(classroom, supplier, receiver)))
        said = told(classroom, supplier, receiver, all_talks=True)
        assert count == 0 or f" {count} negotiation" in said
        assert len(re.findall(r"(?:Agreed after|Failed:)", said)) == count


REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "no surplus": ({"trade.transaction": 80e3}, r"It would lose [\d.]+"),
    "hidden by mistrust": ({"trust.prior": 0.05, "bargaining.guard": 4.0}, r"were hidden\."),
    "out of time": (
        {"bargaining.deadline_shortest": 1, "bargaining.rounds": 40},
        r"left after round \d+, its deadline",
    ),
    "payback": ({"economy.payback_private": 0.2}, r"payback for [\w ]+ [\d.]+ years, accepted to"),
    "no cash": ({"economy.credit": 0.0}, r"in cash and a credit line of 0 EUR"),
    "trust": ({"trust.prior": 0.05, "bargaining.guard": 0.0}, r"it would sign from a trust of 0\.\d+ on"),
}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_told_with_its_numbers(reason: str) -> None:
    settings, words = REASONS[reason]
    result = simulate("classroom", set=settings)
    talks = result.negotiations
    failed = talks[(talks["outcome"] == "failed") & (talks["reason"] == reason)]
    assert len(failed) > 0
    said = told(result, *failed.iloc[0][["supplier", "receiver"]], all_talks=True)
    assert re.search(rf"Failed: {reason}\. .*?{words}", said)


@pytest.mark.parametrize("protocol", ["nash", "fixed"])
def test_protocols_without_rounds_are_told_without_offers(protocol: str) -> None:
    result = simulate("classroom", set={"bargaining.protocol": protocol})
    assert (result.negotiations["outcome"] == "signed").any()
    for supplier, receiver in pairs(result):
        assert " asks " not in told(result, supplier, receiver, all_talks=True)


# --- quarters without a talk


def test_watching_a_pair_sees_every_quarter_once(classroom: Any) -> None:
    for supplier, receiver in pairs(classroom):
        pair = Pair.of(classroom, supplier, receiver)
        watched = pair.watched
        assert set(watched["state"]) <= set(STATES)
        for _, own in watched.groupby(["residue", "input"]):
            assert list(own["year"].diff().dropna().unique()) in ([0.25], [])
            assert own["year"].iloc[-1] == classroom.indicators["year"].iloc[-1]


def test_watching_agrees_with_the_talks_and_contracts_of_the_run(classroom: Any) -> None:
    for supplier, receiver in pairs(classroom):
        pair = Pair.of(classroom, supplier, receiver)
        watched = pair.watched
        talks = talks_of(pair)
        talked = watched[watched["state"] == "negotiated"]
        assert set(talked["year"]) == set(talks["year"])
        bound = set(watched[watched["state"] == "in a contract"]["year"])
        for contract in deal.contracts_of(pair).to_dict("records"):
            assert contract["starts"] in bound | set(talked["year"]) or contract["status"] == "ordered"


def test_watching_leaves_the_result_as_it_is(classroom: Any) -> None:
    before = classroom.park.clock.copy()
    _ = Pair.of(classroom, "Power station", "Town").watched
    assert (before == classroom.park.clock).all()
    again = simulate("classroom")
    assert (again.indicators == classroom.indicators).all().all()


def test_the_main_reason_of_a_silent_pair_is_one_that_held(classroom: Any) -> None:
    for supplier, receiver in pairs(classroom):
        pair = Pair.of(classroom, supplier, receiver)
        if pair.uses() and talks_of(pair).empty and deal.contracts_of(pair).empty:
            said = silence.main_reason(pair)
            assert said in told(classroom, supplier, receiver)


def test_a_stream_that_changed_hands_is_told_under_both_names(kalundborg: Any) -> None:
    contracts = kalundborg.contracts
    moved = contracts[
        (contracts["begun_by_supplier"] != contracts["supplier"]) & (contracts["status"] != "ordered")
    ]
    for row in moved.head(4).to_dict("records"):
        said = told(kalundborg, row["supplier"], row["receiver"], residue=row["residue"])
        assert "signed in" in said and f"by {row['begun_by_supplier']} and " in said
        before = told(kalundborg, row["begun_by_supplier"], row["begun_by_receiver"], residue=row["residue"])
        assert f"later held by {row['supplier']} and " in before

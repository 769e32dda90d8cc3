"""Money between companies only changes hands, and every book is the sum of its lines."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from agents.fields import PRESENT
from simulation.journal import SUCCEEDS
from simulation.scenario import Scenario
from simulation.state import Park
from tests.parks import law, parks, quarter_of, steps, used


class Booked:
    """What was booked in a quarter, by company, and the size against which nine digits are counted."""

    def __init__(self, before: Park, now: Park) -> None:
        year, count = quarter_of(now) // 4, len(now.companies)
        rows = slice(year * count, (year + 1) * count)
        self.then, self.now = before.accounts[rows], now.accounts[rows]
        turnover = [np.abs(self.now[name]) for name in ("sales", "virgin", "disposal", "other", "invested")]
        self.size = 1.0 + np.sum(turnover) + np.abs(now.companies["cash"]).sum()

    def __getitem__(self, name: str) -> np.ndarray:
        return self.now[name] - self.then[name]

    def is_nothing(self, amount: float) -> bool:
        return abs(amount) <= 1e-9 * self.size


def happened(now: Park, kind: int) -> bool:
    """Whether the journal has such a line for the quarter."""
    journal = used("journal", now)
    return bool(((journal["quarter"] == quarter_of(now)) & (journal["kind"] == kind)).any())


@law(60)
@given(parks())
def test_money_for_streams_only_changes_hands(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        booked = Booked(before, now)
        assert booked.is_nothing(booked["stream_income"].sum() - booked["stream_payments"].sum())
        assert booked.is_nothing(booked["clauses"].sum())


@law(60)
@given(parks())
def test_the_town_receives_the_tax_that_companies_pay(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        booked, clock = Booked(before, now), now.clock[0]
        paid = np.maximum(booked["tax"], 0).sum()
        if clock["town"] >= 0 and now.companies["status"][clock["town"]] == PRESENT:
            assert booked.is_nothing(booked["tax"].sum())
        assert booked.is_nothing(paid - clock["tax"])
        assert now.indicators["tax"][quarter_of(now)] == clock["tax"]


@law(60)
@given(parks())
def test_what_is_invested_is_paid_by_companies_and_the_state(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        booked = Booked(before, now)
        whole = now.clock[0]["invested"] - before.clock[0]["invested"]
        subsidies = now.clock[0]["subsidies"] - before.clock[0]["subsidies"]
        assert booked.is_nothing(booked["invested"].sum() - (whole - subsidies))
        assert whole >= 0 and subsidies >= 0
        paid = used("connections", now)[["paid_supplier", "paid_receiver"]]
        assert (paid["paid_supplier"] >= 0).all() and (paid["paid_receiver"] >= -1e-9).all()


@law(60)
@given(parks())
def test_profit_is_the_sum_of_its_lines(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        booked = Booked(before, now)
        income = booked["sales"] + booked["stream_income"] + booked["clauses"]
        goods = booked["virgin"] + booked["disposal"] + booked["stream_payments"] + booked["carriage"]
        lines = income - goods - booked["other"] - booked["transaction"] - booked["fees"]
        difference = booked["profit"] - lines
        assert (np.abs(difference) <= 1e-9 * booked.size).all()


@law(60)
@given(parks())
def test_cash_moves_by_profit_tax_investment_and_what_is_paid_out(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        if happened(now, SUCCEEDS):
            continue  # a new owner starts without the debts of an earlier life
        booked = Booked(before, now)
        moved = now.companies["cash"] - before.companies["cash"]
        lines = booked["profit"] - booked["tax"] - booked["paid_out"] - booked["invested"]
        assert (np.abs(moved - lines) <= 1e-9 * booked.size).all()
        assert (booked["paid_out"] >= 0).all()


@law(40)
@given(parks())
def test_the_account_of_the_year_shows_who_was_there_with_how_much(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        books, here = Booked(before, now).now, now.companies["status"] == PRESENT
        assert (books["cash"][here] == now.companies["cash"][here]).all()
        assert (books["jobs"][here] == now.companies["jobs"][here]).all()
        assert (books["present"] == here).all()


@law(60)
@given(parks())
def test_savings_are_the_gains_of_streams_less_the_cost_of_talking(scenario: Scenario) -> None:
    for before, now in steps(scenario):
        booked = Booked(before, now)
        earlier = used("contracts", before)
        contracts = used("contracts", now)
        sent = contracts["sent_total"].copy()
        sent[: len(earlier)] -= earlier["sent_total"]
        talks = used("negotiations", now)[len(used("negotiations", before)) :]
        rounds = 2 * now.parameters["bargaining_round_cost"][0] * talks["rounds"].sum()
        if now.parameters["bargaining_protocol"][0] != 0:
            rounds = 0.0  # only an exchange of offers costs
        delivering = was_operating(now, contracts)
        gains = contracts["gain_supplier"][delivering].sum() + contracts["gain_receiver"][delivering].sum()
        assert booked.is_nothing(booked["savings"].sum() - (gains - rounds))
        assert booked.is_nothing(now.indicators["savings"][quarter_of(now)] - gains)


def was_operating(now: Park, contracts: np.ndarray) -> np.ndarray:
    """The contracts that were in operation in the quarter."""
    return (contracts["starts"] <= quarter_of(now)) & (quarter_of(now) < contracts["ends"])

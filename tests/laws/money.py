"""Money between companies only changes hands, and every book is the sum of its lines."""

from __future__ import annotations

import numpy as np

from agents.fields import PRESENT
from simulation.journal import SUCCEEDS
from tests.running import used

from .quarter import Quarter


def money_for_streams_only_changes_hands(quarter: Quarter) -> None:
    booked = quarter.booked
    assert booked.is_nothing(booked["stream_income"].sum() - booked["stream_payments"].sum())
    assert booked.is_nothing(booked["clauses"].sum())


def the_town_receives_the_tax_that_companies_pay(quarter: Quarter) -> None:
    booked, clock = quarter.booked, quarter.now.clock[0]
    paid = np.maximum(booked["tax"], 0).sum()
    if clock["town"] >= 0 and quarter.now.companies["status"][clock["town"]] == PRESENT:
        assert booked.is_nothing(booked["tax"].sum())
    assert booked.is_nothing(paid - clock["tax"])
    assert quarter.now.indicators["tax"][quarter.number] == clock["tax"]


def what_is_invested_is_paid_by_companies_and_the_state(quarter: Quarter) -> None:
    booked, before, now = quarter.booked, quarter.before.clock[0], quarter.now.clock[0]
    whole, subsidies = now["invested"] - before["invested"], now["subsidies"] - before["subsidies"]
    assert booked.is_nothing(booked["invested"].sum() - (whole - subsidies))
    assert whole >= 0 and subsidies >= 0
    paid = used("connections", quarter.now)[["paid_supplier", "paid_receiver"]]
    assert (paid["paid_supplier"] >= 0).all() and (paid["paid_receiver"] >= -1e-9).all()


def profit_is_the_sum_of_its_lines(quarter: Quarter) -> None:
    booked = quarter.booked
    income = booked["sales"] + booked["stream_income"] + booked["clauses"]
    goods = booked["virgin"] + booked["disposal"] + booked["stream_payments"] + booked["carriage"]
    lines = income - goods - booked["other"] - booked["transaction"] - booked["fees"]
    assert (np.abs(booked["profit"] - lines) <= 1e-9 * booked.size).all()


def cash_moves_by_profit_tax_investment_and_what_is_paid_out(quarter: Quarter) -> None:
    if quarter.happened(SUCCEEDS):
        return  # a new owner starts without the debts of an earlier life
    booked = quarter.booked
    moved = quarter.now.companies["cash"] - quarter.before.companies["cash"]
    lines = booked["profit"] - booked["tax"] - booked["paid_out"] - booked["invested"]
    assert (np.abs(moved - lines) <= 1e-9 * booked.size).all()
    was_there = quarter.before.companies["status"] == PRESENT
    assert (booked["paid_out"][was_there] >= 0).all(), "owners pay in only for what is being built"
    assert (booked["paid_out"] >= -np.maximum(booked["invested"], 0)).all()


def the_account_of_the_year_shows_who_was_there_with_how_much(quarter: Quarter) -> None:
    books, companies = quarter.booked.now, quarter.now.companies
    here = companies["status"] == PRESENT
    assert (books["cash"][here] == companies["cash"][here]).all()
    assert (books["jobs"][here] == companies["jobs"][here]).all()
    assert (books["present"] == here).all()


def savings_are_the_gains_of_streams_less_the_cost_of_talking(quarter: Quarter) -> None:
    booked, now, contracts = quarter.booked, quarter.now, quarter.contracts
    talks = used("negotiations", now)[len(used("negotiations", quarter.before)) :]
    rounds = 2 * now.parameters["bargaining_round_cost"][0] * talks["rounds"].sum()
    if now.parameters["bargaining_protocol"][0] != 0:
        rounds = 0.0  # only an exchange of offers costs
    delivering = (contracts["starts"] <= quarter.number) & (quarter.number < contracts["ends"])
    gains = contracts["gain_supplier"][delivering].sum() + contracts["gain_receiver"][delivering].sum()
    assert booked.is_nothing(booked["savings"].sum() - (gains - rounds))
    assert booked.is_nothing(now.indicators["savings"][quarter.number] - gains)


LAWS = (
    money_for_streams_only_changes_hands,
    the_town_receives_the_tax_that_companies_pay,
    what_is_invested_is_paid_by_companies_and_the_state,
    profit_is_the_sum_of_its_lines,
    cash_moves_by_profit_tax_investment_and_what_is_paid_out,
    the_account_of_the_year_shows_who_was_there_with_how_much,
    savings_are_the_gains_of_streams_less_the_cost_of_talking,
)

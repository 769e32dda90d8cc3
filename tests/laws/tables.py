"""The tables of a finished run: every number is a number, every name is known, every date is in its place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulation.frames import FRAMES
from simulation.indicators import STOCKS
from simulation.metrics import metrics
from simulation.result import Result

NEVER = {
    "contracts": {"ends"},
    "companies": {"arrives", "leaves", "member_from"},
}
"""Columns of a year that may never come: empty, and not zero."""
AT_LEAST_NOTHING = (
    "companies", "partners", "members", "streams", "ordered", "ties", "trust_mean", "trust_trading", "opened",
    "agreed", "ended", "entries", "exits", "delivered_water", "delivered_energy", "delivered_material",
    "water_saved", "energy_saved", "material_saved", "waste_diverted", "tax", "investment", "subsidies",
    "jobs", "virgin_water", "virgin_energy", "virgin_material", "unused_residue",
)  # fmt: skip
ENDLESS = ("path_length",)  # of a ring that nothing leaves


def no_table_holds_what_is_not_a_number(result: Result) -> None:
    for table in FRAMES:
        frame: pd.DataFrame = getattr(result, table)
        for column in frame.select_dtypes("number"):
            values = frame[column].to_numpy(float)
            if column in NEVER.get(table, ()):
                values = values[~np.isnan(values)]
            assert np.isfinite(values).all(), f"{table}.{column}"


def no_metric_is_undefined(result: Result) -> None:
    years = result.yearly().index
    frame = metrics(result, [*years[-1:], *years[len(years) // 2 :][:1]])
    assert not frame.isna().any().any(), list(frame.columns[frame.isna().any()])
    ended = [name for name in frame.select_dtypes("number") if not name.endswith(ENDLESS)]
    infinite = ~np.isfinite(frame[ended].to_numpy(float))
    assert not infinite.any(), [ended[k] for k in np.flatnonzero(infinite.any(axis=0))]


def counts_and_amounts_are_never_below_nothing(result: Result) -> None:
    frame = result.indicators
    for column in AT_LEAST_NOTHING:
        assert (frame[column] >= -1e-9 * (1 + frame[column].abs().max())).all(), column
    assert (frame["partners"] <= frame["companies"]).all()
    assert (frame["trust_mean"] <= 1).all() and (frame["trust_trading"] <= 1).all()
    failed = [name for name in frame if name.startswith("failed_")]
    assert (frame[[*failed, "agreed"]].sum(axis=1) == frame["opened"]).all()
    for column in ("investment", "subsidies"):
        assert (frame[column].diff().dropna() >= 0).all(), column


def dates_follow_one_another(result: Result) -> None:
    contracts, companies = result.contracts, result.companies
    ends = contracts["ends"].fillna(np.inf)
    ordered_in_vain = (contracts["status"] == "ended") & (ends < contracts["starts"])
    assert (contracts["signed"] < contracts["starts"]).all()
    assert (contracts["signed"] <= ends).all()
    assert (contracts["sent_total"][ordered_in_vain] == 0).all()
    left = companies["status"] == "left"
    assert (companies["arrives"][left].fillna(-np.inf) <= companies["leaves"][left]).all()
    for table in ("events", "negotiations"):
        assert getattr(result, table)["year"].is_monotonic_increasing, table


def tables_name_each_other(result: Result) -> None:
    names, contracts, events = set(result.companies["name"]), result.contracts, result.events
    for side in ("supplier", "receiver", "begun_by_supplier", "begun_by_receiver"):
        assert set(contracts[side]) <= names
    assert set(events["company"]) | set(events["partner"]) <= names | {""}
    assert (contracts["negotiation"] < len(result.negotiations)).all()
    assert events["contract"].between(-1, len(contracts) - 1).all()
    assert (events["what"] != "").all()
    assert (events["reason"][events["what"].isin(["leaves", "stream ends", "intervention"])] != "").all()


def what_events_do_to_companies_is_said_of_those_they_name(result: Result) -> None:
    """An intervention names a company where its words do, a resource where they do, else nobody."""
    from simulation.events import VERBS, parse_event

    said = [parse_event(words) for words in result.scenario.events]
    companies = {
        each.company for each in said if VERBS[each.verb].object in ("company", "process", "prospect")
    }
    told = result.events[result.events["what"] == "intervention"]
    assert set(told["company"]) <= companies | {""}
    about_fields = told["reason"] == "set"
    assert (told["company"][about_fields] == "").all()
    paths = " ".join(each.field for each in said if each.field)
    assert all(residue in paths for residue in told["residue"])


def the_network_holds_nobody_who_has_not_arrived(result: Result) -> None:
    arrivals = result.events[result.events["what"] == "arrives"]
    date = float(result.indicators["year"].iloc[len(result.indicators) // 2])
    there = set(result.network(date).nodes)
    assert there <= set(arrivals["company"][arrivals["year"] <= date])


def years_are_sums_of_their_quarters(result: Result) -> None:
    yearly, quarterly = result.yearly(), result.indicators
    if yearly.empty:
        return
    whole = quarterly[quarterly["year"].astype(int).isin(yearly.index)]
    for column in yearly.columns:
        if column in STOCKS:
            assert yearly[column].iloc[-1] == whole[column].iloc[-1]
        else:
            np.testing.assert_allclose(yearly[column].sum(), whole[column].sum(), rtol=1e-9, atol=1e-6)


LAWS = (
    no_table_holds_what_is_not_a_number,
    no_metric_is_undefined,
    counts_and_amounts_are_never_below_nothing,
    dates_follow_one_another,
    tables_name_each_other,
    what_events_do_to_companies_is_said_of_those_they_name,
    the_network_holds_nobody_who_has_not_arrived,
    years_are_sums_of_their_quarters,
)

"""Parameters and paths for random parks, over and beyond their plausible ranges."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .parks import STARTS, Raw


def between(low: float, high: float, steps: int = 50) -> st.SearchStrategy[float]:
    """Even steps from low to high, both ends included; shrinks to low."""
    return st.integers(0, steps).map(lambda k: low + (high - low) * k / steps)


def maybe(strategy: st.SearchStrategy[Any], otherwise: Any = None) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(otherwise), strategy)


@st.composite
def random_path(draw: st.DrawFn, values: st.SearchStrategy[float], years: float) -> Any:
    """A constant, a trend over forty years, or a line or a step between two dates of the run."""
    kind = draw(st.integers(0, 3))
    if kind > 1:
        return draw(values)
    if kind == 1:
        return {"by_year": {STARTS: draw(values), STARTS + 40: draw(values)}}
    first = STARTS + years * draw(st.integers(0, 3)) / 4
    return {"by_year": {first: draw(values), first + 2: draw(values)}, "step": draw(st.booleans())}


def random_policy(years: float) -> st.SearchStrategy[Raw]:
    return st.fixed_dictionaries(
        {
            "landfill_levy": random_path(between(0, 40), years),
            "carbon_price": random_path(between(0, 60), years),
            "subsidy": st.sampled_from([0.0, 0.3]),
        }
    )


def random_rules(section: str) -> st.SearchStrategy[Raw]:
    """Parameters of a section, over and beyond their plausible ranges."""
    return st.fixed_dictionaries({name: each for name, each in CHANCES[section].items()})


CHANCES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "activity": {
        "utilisation": between(0.3, 1),
        "spread": st.sampled_from([0.0, 0.1, 0.6]),
        "persistence": st.sampled_from([0.7, 0.0, 0.95]),
        "outage_hazard": st.sampled_from([0.0, 0.05, 0.5]),
        "outage_depth": st.sampled_from([0.5, 1.0]),
        "outage_planned": st.sampled_from([0.5, 0.0, 1.0]),
        "foresight": st.sampled_from([2.0, 0.0, 5.0]),
    },
    "trade": {
        "attention": st.sampled_from([1, 2, 3]),
        "prudence": st.sampled_from([0.85, 1.0, 0.3]),
        "least_share": st.sampled_from([0.02, 0.0]),
        "transaction": st.sampled_from([0.0, 500.0, 20e3]),
        "supplier_extra_share": between(0, 1, 4),
        "cool_off": st.sampled_from([1.5, 0.25, 0.0]),
    },
    "bargaining": {
        "protocol": st.sampled_from(["concession", "nash", "fixed"]),
        "style": st.sampled_from(["boulware", "linear", "conceder"]),
        "rounds": st.sampled_from([20, 5]),
        "deadline_shortest": st.sampled_from([8, 2, 20]),
        "guard": st.sampled_from([1.0, 0.0, 4.0]),
        "round_cost": st.sampled_from([0.0, 1000.0]),
        "fixed_split": between(0, 1, 4),
    },
    "trust": {
        "mode": st.sampled_from(["beta", "beta", "beta", "off"]),
        "prior": st.sampled_from([0.5, 0.9, 0.2]),
        "spread": st.sampled_from([0.5, 0.0, 1.5]),
        "membership": st.sampled_from([0.2, 0.5]),
        "evidence": st.sampled_from([0.25, 1.0]),
        "memory": st.sampled_from([0.98, 1.0, 0.5]),
        "loss_weight": st.sampled_from([2.0, 0.0, 4.0]),
        "talk": st.sampled_from([0.02, 0.0]),
        "opinions": st.sampled_from([5, 0, 1]),
        "learning": st.sampled_from([True, True, True, False]),
    },
    "meeting": {
        "chance": st.sampled_from([1.0, 0.3, 0.02]),
        "reach": st.sampled_from([100.0, 3.0]),
        "chance_beyond": st.sampled_from([0.3, 0.02]),
        "club_from": st.sampled_from([9999, STARTS + 2]),
        "siting_lead": st.sampled_from([2.0, 0.0, 0.25]),
        "siting_chance": st.sampled_from([0.8, 1.0, 0.0]),
    },
    "contract": {
        "term_pipe": st.sampled_from([20, 3.0, 0.5]),
        "term_truck": st.sampled_from([5, 1.0, 0.25]),
        "indexation": between(0, 1, 4),
        "take_or_pay": between(0, 1, 4),
        "penalty": st.sampled_from([0.5, 0.0, 5.0]),
        "guarantee": st.sampled_from([0.0, 0.5, 1.0]),
        "notice": st.sampled_from([1.0, 0.25]),
    },
    "investment": {
        "cost_factor": st.sampled_from([1.0, 0.1, 0.0]),
        "pipe_life": st.sampled_from([40, 3]),
        "plant_life": st.sampled_from([15, 2]),
        "lead_shortest": st.sampled_from([0.5, 0.0]),
        "mains": st.booleans(),
        "reductions": st.booleans(),
    },
    "economy": {
        "credit": st.sampled_from([0.25, 0.0, 10.0]),
        "patience": st.sampled_from([8, 1]),
        "payback_taste": st.sampled_from([1.0, 0.05]),
        "pass_through": between(0, 1, 4),
    },
    "association": {
        "starts": st.sampled_from([9999, STARTS, STARTS + 2]),
        "fee": st.sampled_from([0.0, 1e3, 10e3]),
        "public_money": st.sampled_from([150e3, 0.0]),
        "introductions": st.sampled_from([2, 1]),
        "mediation": st.sampled_from([0.5, 1.0, 0.0]),
        "uptake": st.sampled_from([0.1, 1.0]),
        "target": st.sampled_from([0, 10]),
    },
}

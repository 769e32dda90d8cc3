"""Parks for tests worked by hand: two or three companies over `CALM` rules.

Nothing is left to chance there: companies make what they can, meet at once, share a surplus equally
and pay nothing for talking. `park` puts a scenario together from parts; `two_companies` and `story` are
the parks of the stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.checks import check
from simulation.scenario import Scenario

Raw = dict[str, Any]


CALM: dict[str, Raw] = {
    "activity": {"utilisation": 1.0, "spread": 0.0, "outage_hazard": 0.0},
    "trade": {"transaction": 0.0, "prudence": 1.0},
    "bargaining": {"protocol": "fixed", "fixed_split": 0.5, "round_cost": 0.0},
    "trust": {"spread": 0.0},
    "meeting": {
        "chance": 1.0,
        "reach": 1e4,
        "chance_beyond": 1.0,
        "reach_beyond": 1e5,
        "siting_chance": 1.0,
        "siting_reach": 1e4,
    },
    "economy": {"payback_taste": 0.01},
    "contract": {"indexation": 0.0, "take_or_pay": 0.0, "penalty": 0.0},
    "investment": {"upkeep": 0.0, "reductions": False, "mains": False},
    "town": {"business_tax": 0.0},
}


STARTS = 2000


def park(
    companies: Mapping[str, Raw],
    resources: Mapping[str, Raw],
    substitutions: Mapping[str, Raw],
    *,
    years: float = 10,
    rules: Mapping[str, Raw] = CALM,
    **sections: Any,
) -> Scenario:
    """A valid scenario of these parts; a section such as `trust={"prior": 0.3}` lies over `rules`."""
    raw: Raw = {
        "name": "tested",
        "time": {"starts": STARTS, "ends": STARTS + years},
        "grid": {"width": 12, "height": 12},
        "companies": companies,
        "resources": resources,
        "substitutions": substitutions,
        **rules,
    }
    for name, section in sections.items():
        raw[name] = {**raw.get(name, {}), **section} if isinstance(section, Mapping) else section
    scenario = Scenario.model_validate(raw)
    problems = check(scenario)
    assert not problems, "\n".join(map(str, problems))
    return scenario


def maker(amount: Any = 1000.0, cell: tuple[int, int] | None = (0, 0), **given: Any) -> Raw:
    """A company that leaves `amount` t of ash a year (1 t a product)."""
    return company({"residues": {"ash": 1.0}, "capacity": amount}, cell, given)


def user(amount: Any = 1000.0, cell: tuple[int, int] | None = (2, 0), **given: Any) -> Raw:
    """A company that needs `amount` t of clinker a year (1 t a product)."""
    return company({"inputs": {"clinker": 1.0}, "capacity": amount}, cell, given)


def company(process: Raw, cell: tuple[int, int] | None, given: Raw) -> Raw:
    """One process that sells dear enough for any investment; words that a process knows go to it."""
    own = {"jobs", "margin", "product_price", "ends", "starts", "reductions", "seasons"}
    process = {"product_price": 1000.0, **process, **{k: v for k, v in given.items() if k in own}}
    rest = {key: value for key, value in given.items() if key not in own}
    return {"cell": cell, "processes": {"works": process}, **rest}


def ash_for_clinker(
    price: Any = 40.0,
    disposal: Any = 10.0,
    *,
    ash: Mapping[str, Any] | None = None,
    clinker: Mapping[str, Any] | None = None,
    **use: Any,
) -> dict[str, Any]:
    """Ash that costs `disposal` to dump serves as clinker at `price`: resources and substitution.

    By hand, with nothing in the way: p_min -10, p_max 40, the surplus 50 EUR/t, half of it at a price of 15.
    """
    return {
        "resources": {
            "ash": {"unit": "t", "class": "material", "disposal": disposal, "truck": {}, **(ash or {})},
            "clinker": {"unit": "t", "class": "material", "price": price, **(clinker or {})},
        },
        "substitutions": {"ash": {"clinker": {"ratio": 1.0, **use}}},
    }


GOODS = {"price", "disposal", "ash", "clinker"}


USES = {"ratio", "max_share", "quality_loss", "treatment", "plant_cost", "plant_capacity", "from_year"}


def two_companies(maker_is: Raw | None = None, user_is: Raw | None = None, **given: Any) -> Scenario:
    """Maker leaves 1000 t of ash a year, User needs 1000 t of clinker, one km east of it."""
    return story({"Maker": maker_is or maker(), "User": user_is or user()}, **given)


def story(companies: Mapping[str, Raw], **given: Any) -> Scenario:
    """Companies around ash and clinker: prices and uses as for `ash_for_clinker`, the rest as for `park`."""
    goods = {key: given.pop(key) for key in list(given) if key in GOODS | USES}
    return park(companies, **ash_for_clinker(**goods), **given)

"""Parks for tests, built in Python: two or three companies worked by hand, and random ones for laws.

`park` puts a scenario together from parts, over `CALM` rules in which nothing is left to chance:
companies make what they can, meet at once, share a surplus equally and pay nothing for talking.
`two_companies` and `three_companies` are the parks of the stories. `parks` is a hypothesis strategy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulation.checks import check
from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import GROWING, Park, copied

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


# --- running ------------------------------------------------------------------------------------------


def quarters(scenario: Scenario, seed: int = 1) -> Iterator[Park]:
    """The park after each quarter."""
    foundation = foundation_of(scenario)
    now = started(foundation, seed)
    for quarter in range(1, foundation.calendar.quarters + 1):
        now = advanced(now, quarter)
        yield now


def steps(scenario: Scenario, seed: int = 1) -> Iterator[tuple[Park, Park]]:
    """A copy of the park before each quarter, and the park after it."""
    foundation = foundation_of(scenario)
    now = started(foundation, seed)
    for quarter in range(1, foundation.calendar.quarters + 1):
        before = copied(now)
        now = advanced(now, quarter)
        yield before, now


def quarter_of(now: Park) -> int:
    """The quarter that has just been run."""
    return int(now.clock[0]["quarter"]) - 1


def run(scenario: Scenario, seed: int = 1, until: float | None = None) -> Park:
    """The park at the end, in one go."""
    foundation = foundation_of(scenario, until)
    return advanced(started(foundation, seed), foundation.calendar.quarters)


def used(table: str, now: Park) -> np.ndarray:
    """A copy of the rows of a table that are in use, as plain records."""
    rows: np.ndarray = np.asarray(getattr(now, table)).view(np.ndarray)
    count = {"journal": "events"}.get(table, table)
    return rows[: int(now.clock[0][count])].copy() if table in GROWING else rows.copy()


HISTORY = (
    "clock", "companies", "processes", "flows", "residues", "needs", "resources", "ties", "opportunities",
    "connections", "contracts", "negotiations", "journal", "indicators", "accounts",
)  # fmt: skip
"""Tables that together are the history of a run."""


def history(now: Park) -> dict[str, str]:
    """A digest of every table of a run: equal digests, equal bits."""
    return {name: hashlib.sha256(used(name, now).tobytes()).hexdigest()[:16] for name in HISTORY}


def history_of(raw: str, seed: int) -> dict[str, str]:
    """The digests of a run of a scenario given as JSON, for another process."""
    return history(run(Scenario.model_validate_json(raw), seed))


def changed(scenario: Scenario, *fields: Any) -> Scenario:
    """The same park with other fields: `changed(scenario, "trust.learning", False)`."""
    raw = scenario.model_dump(by_alias=True)
    for path, value in zip(fields[::2], fields[1::2], strict=True):
        section, field = path.split(".")
        raw[section][field] = value
    return Scenario.model_validate(raw)


def busy_parks(count: int, contracts: int = 8) -> list[Scenario]:
    """The first random parks in which at least so many contracts are signed; the same ones every time."""
    found: list[Scenario] = []

    @law(100)
    @given(parks())
    def look(scenario: Scenario) -> None:
        if len(found) < count and len(used("contracts", run(scenario))) >= contracts:
            found.append(scenario)

    look()
    assert len(found) == count
    return found


def as_json(scenario: Scenario) -> str:
    """A scenario in words that another process can read."""
    return scenario.model_dump_json(by_alias=True)


# --- random parks ---------------------------------------------------------------------------------------


PHASES = tuple(Phase) if settings.get_current_profile_name() == "shrink" else (Phase.explicit, Phase.generate)


def law(examples: int) -> settings:
    """Settings of a law: as many random parks, the same ones every time.

    The first park that breaks it is told as it was drawn: to make it small takes minutes of runs.
    `pytest --hypothesis-profile shrink` does.
    """
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(
        max_examples=examples, deadline=None, derandomize=True, suppress_health_check=slow, phases=PHASES
    )


def between(low: float, high: float, steps: int = 50) -> st.SearchStrategy[float]:
    """Even steps from low to high, both ends included; shrinks to low."""
    return st.integers(0, steps).map(lambda k: low + (high - low) * k / steps)


def maybe(strategy: st.SearchStrategy[Any], otherwise: Any = None) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(otherwise), strategy)


NAMES = ("ash", "heat", "water", "grain")
UNIT = {"ash": "t", "heat": "GJ", "water": "m3", "grain": "t"}
CLASS = {"ash": "material", "heat": "energy", "water": "water", "grain": "material"}
RULES = (
    "activity",
    "trade",
    "bargaining",
    "trust",
    "meeting",
    "contract",
    "investment",
    "economy",
    "association",
)


@st.composite
def parks(draw: st.DrawFn, successions: bool = True, events: bool = True) -> Scenario:
    """A random valid park: 2-8 companies, 2-4 resources, everything else as it falls, 5-25 years."""
    years = draw(st.integers(20, 100)) / 4
    names = NAMES[: draw(st.integers(2, 4))]
    resources = {name: draw(random_resource(name, years)) for name in names}
    substitutions = draw(random_substitutions(names))
    count = draw(st.integers(2, 8).map(lambda k: k if k < 4 else 12 - k))
    companies = {
        f"Company {'HBFDGACE'[number]}": draw(random_company(number, names, years)) for number in range(count)
    }
    prospects = {
        f"Prospect {number}": {"processes": {"works": draw(random_process(names))}, "attention": 2}
        for number in range(draw(st.integers(0, 2)))
    }
    raw: Raw = {section: draw(random_rules(section)) for section in RULES}
    raw |= {"policy": draw(random_policy(years)), "entry": {"base": draw(st.sampled_from([0.0, 0.5, 2.0]))}}
    if draw(st.booleans()):
        companies["Town"] = draw(random_company(count, names, 0.0)) | {"kind": "public", "external": False}
        companies["Town"] |= {"cell": (count, 1), "distance_km": None}
        raw["town"] = {"municipality": "Town", "business_tax": draw(between(0, 0.2))}
    if successions and draw(st.booleans()):
        raw["successions"] = draw(random_succession(companies, years))
    if events:
        raw["events"] = draw(random_events(companies, prospects, names, years))
    return park(companies, resources, substitutions, years=years, rules={}, prospects=prospects, **raw)


@st.composite
def random_resource(draw: st.DrawFn, name: str, years: float) -> Raw:
    by_truck, by_pipe = draw(st.sampled_from([(False, True), (True, False), (True, True)]))
    mean = draw(st.permutations([0.4, 0.8, 1.2, 1.6])) if draw(st.booleans()) else [1.0] * 4
    resource: Raw = {
        "unit": UNIT[name],
        "class": CLASS[name],
        "price": draw(random_path(st.one_of(between(10, 60), between(-2, 10)), years)),
        "disposal": draw(random_path(st.one_of(between(0, 40), between(-10, 10)), years)),
        "levied": draw(st.sampled_from([0.0, 1.0])),
        "co2_virgin": draw(between(0, 1)),
        "carbon_priced": draw(st.sampled_from([0.0, 1.0])),
        "reach_km": draw(st.sampled_from([1e4, 3.0])),
        "season": mean,
    }
    if by_truck:
        resource["truck"] = {"fixed": draw(between(0, 4)), "per_km": draw(between(0, 0.5))}
    if by_pipe:
        loss = draw(st.sampled_from([1e9, 10.0]))
        resource["pipe"] = {"cost_per_km": draw(between(1e3, 1e5)), "capacity": 1e5, "loss_length_km": loss}
    if draw(st.integers(0, 3)) == 0:
        resource |= {"limit": draw(between(0, 1e5)), "scarcity_price": draw(between(0, 200))}
    return resource


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


@st.composite
def random_substitutions(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Raw]:
    pairs = draw(st.sets(st.tuples(st.sampled_from(names), st.sampled_from(names)), min_size=2, max_size=6))
    substitutions: dict[str, Raw] = {}
    for residue, need in sorted(pairs):
        substitutions.setdefault(residue, {})[need] = {
            "ratio": draw(st.sampled_from([1.0, 0.3, 2.5])),
            "max_share": draw(st.sampled_from([1.0, 0.3])),
            "quality_loss": draw(st.sampled_from([0.0, 0.2])),
            "treatment": draw(between(-2, 8)),
            "plant_cost": draw(st.sampled_from([0.0, 1e4, 3e5])),
            "plant_capacity": 1e4,
            "from_year": draw(st.sampled_from([1900, STARTS + 3])),
        }
    return substitutions


@st.composite
def random_process(draw: st.DrawFn, names: tuple[str, ...], **given: Any) -> Raw:
    amounts = st.dictionaries(st.sampled_from(names), between(0.1, 3), max_size=3)
    inputs, residues = draw(amounts), draw(amounts)
    if not inputs and not residues:
        inputs, residues = {names[1]: 1.0}, {names[0]: 1.0}
    process: Raw = {
        "capacity": draw(random_path(st.sampled_from([1e5, 1e4, 1e3]), 5)),
        "inputs": inputs,
        "residues": residues,
        "product_price": draw(st.sampled_from([None, 10.0, 300.0])),
        "margin": draw(st.sampled_from([None, -0.02, 0.01, 0.3])),
        "jobs": draw(st.sampled_from([0, 20])),
        **given,
    }
    if draw(st.booleans()):
        cut = draw(st.sampled_from(sorted({*inputs, *residues})))
        process["reductions"] = {cut: {"share": draw(between(0.1, 1)), "cost": draw(between(0, 1e6))}}
    return process


@st.composite
def random_company(draw: st.DrawFn, number: int, names: tuple[str, ...], years: float) -> Raw:
    """A company in a cell of its own or beyond the map; some arrive, leave, or end a process at a date."""
    entry: Raw = {
        "kind": draw(st.sampled_from(["private", "private", "private", "public"])),
        "style": draw(st.sampled_from([None, "boulware", "linear", "conceder"])),
        "attention": draw(st.sampled_from([None, None, None, 1, 3, 0])),
        "discount_rate": draw(st.sampled_from([None, 0.05, 0.2])),
        "payback": draw(st.sampled_from([None, 1.0, 12.0])),
    }
    if number > 1 and draw(st.integers(0, 4)) == 0:
        entry |= {"external": True, "distance_km": draw(between(1, 40))}
    else:
        entry["cell"] = (number, draw(st.sampled_from([0, 0, 6])))
    if years and draw(st.integers(0, 5)) == 0:
        entry["arrives"] = STARTS + round(years * draw(st.integers(1, 7)) / 8, 2)
    if years and draw(st.integers(0, 5)) == 0:
        entry["leaves"] = entry.get("arrives", STARTS) + round(years * draw(st.integers(1, 7)) / 8, 2)
    if draw(st.booleans()):
        entry["member_from"] = STARTS + 1
    works = draw(random_process(names))
    entry["processes"] = {"works": works}
    if years and draw(st.integers(0, 2)) == 0:
        first, last = entry.get("arrives", STARTS), entry.get("leaves", STARTS + years)
        second = draw(random_process(names, starts=round(first + (last - first) / 3, 2)))
        entry["processes"]["annex"] = second | {"ends": draw(st.sampled_from([None, last]))}
    return entry


@st.composite
def random_succession(draw: st.DrawFn, companies: dict[str, Raw], years: float) -> list[Raw]:
    """The works of one company that stays go to another that stays."""
    staying = [name for name, each in companies.items() if "arrives" not in each and "leaves" not in each]
    if len(staying) < 2:
        return []
    giver, taker = draw(st.permutations(staying))[:2]
    process = companies[giver]["processes"].pop("works")
    companies[giver]["processes"]["old works"] = process
    if draw(st.booleans()):  # the giver keeps works of the same kind, so streams are divided
        companies[giver]["processes"]["new works"] = dict(process)
    year = STARTS + round(years * draw(st.integers(1, 3)) / 4, 2)
    return [{"year": year, "from": giver, "to": taker, "processes": ["old works"]}]


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


@st.composite
def random_events(
    draw: st.DrawFn,
    companies: dict[str, Raw],
    prospects: dict[str, Raw],
    names: tuple[str, ...],
    years: float,
) -> list[str]:
    """Up to four events, each at a date when what it names is there."""
    events = []
    for _ in range(draw(st.integers(0, 4))):
        year = STARTS + draw(st.integers(1, int(4 * years) - 1)) / 4
        there = [
            name
            for name, each in companies.items()
            if (each.get("arrives") or 0) <= year < (each.get("leaves") or 9999)
        ]
        sentences = [
            "facilitator on",
            "facilitator off",
            f"set trust.prior {draw(st.sampled_from([0.1, 0.7]))}",
            f"set trade.prudence {draw(st.sampled_from([0.4, 0.95]))}",
            f"set association.public_money {draw(st.sampled_from([0, 1e6]))}",
            f"set policy.subsidy {draw(st.sampled_from([0.0, 0.4]))}",
            f"price {draw(st.sampled_from(names))} {draw(st.sampled_from([0.3, 3]))}",
            "levy 2",
        ]
        sentences += [f"invite {name}" for name in prospects]
        if there:
            name = draw(st.sampled_from(sorted(there)))
            process = sorted(companies[name]["processes"])[0]
            sentences += [f"withdraw {name}", f"withdraw {name} announced 1.5", f"shrink {name} 0.6"]
            sentences += [f"stop-trading {name}", f"resume-trading {name}", f"close {name}/{process}"] * 2
        events.append(f"{year} {draw(st.sampled_from(sentences))}")
    return events

"""Random parks for laws: companies, processes, resources, substitutions and events as hypothesis strategies."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulation.scenario import Scenario

from .parks import STARTS, Raw, park
from .random_rules import between, random_path, random_policy, random_rules
from .running import run, used

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

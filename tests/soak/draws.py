"""Random parks from a number: small ones drawn by strategies, synthetic ones, bundled ones that are changed at random."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any, get_args, get_origin

from hypothesis import given

from simulation.dotted import format_path, parse_path
from simulation.events import VERBS
from simulation.fieldpaths import Field, describe, fields
from simulation.problems import ScenarioError, number
from simulation.reading import load_scenario
from simulation.scenario import Scenario
from simulation.slots import slot_at
from tests.random_parks import law, parks

BUNDLED = ("classroom", "kalundborg", "kalundborg-2050", "ulsan", "kwinana")
RULES = ("activity", "economy", "trade", "bargaining", "trust", "meeting", "investment", "contract",
         "association", "entry", "town", "policy")  # fmt: skip
HUGE = 1e9  # limits from here on only keep nonsense out; values go to them now and then all the same


def drawn(seed: str) -> tuple[str, Scenario]:
    """What kind of park it is, and the park: the same for the same seed."""
    dice = random.Random(seed)
    kind = dice.choices(("random", "synthetic", *BUNDLED), (45, 25, 10, 6, 4, 6, 4))[0]
    if kind == "random":
        return kind, _small(dice)
    return kind, _synthetic(dice) if kind == "synthetic" else _changed(dice, kind)


def _small(dice: random.Random) -> Scenario:
    """A park of the strategy that the tests use."""
    found: list[Scenario] = []

    @law(1)
    @given(parks())
    def keep(scenario: Scenario) -> None:
        found.append(scenario)

    while not found:
        keep.hypothesis.fuzz_one_input(dice.randbytes(1 << 14))  # type: ignore[attr-defined]
    return found[0]


def _synthetic(dice: random.Random) -> Scenario:
    years, starts = dice.choice((3, 8, 15, 25)), dice.choice((1985, 1985, 1985.25, 1985.1))
    wish = {
        "synthetic.companies": dice.choice((2, 3, 5, 10, 20, 40, 60)),
        "synthetic.prospects": dice.choice((0, 0, 2, 10)),
        "synthetic.density": dice.choice((0.05, 0.7, 1.0)),
        "synthetic.public_share": dice.choice((0.0, 0.05, 1.0)),
        "synthetic.arrivals_over": dice.choice((0.0, 0.0, float(years))),
        "synthetic.capacity_spread": dice.choice((0.0, 0.5, 2.0)),
        "synthetic.seed": dice.randrange(10**6),
        "time.starts": starts,
        "time.ends": starts + years,
    }
    base = load_scenario("synthetic", set=wish)
    return _with_rules(dice, base)


@lru_cache(maxsize=1)
def _base(name: str, ends: float | None) -> Scenario:
    return load_scenario(name) if ends is None else load_scenario(name, set={"time.ends": ends})


def _changed(dice: random.Random, name: str) -> Scenario:
    """A bundled park without some of its companies, with other numbers, over some of its years."""
    whole = _base(name, None)
    raw = whole.model_dump(by_alias=True)
    gone = {each for each in whole.companies if dice.random() < dice.choice((0.0, 0.1, 0.4))}
    gone -= {whole.town.municipality} | {
        end for each in whole.successions for end in (each.giver, each.taker)
    }
    raw["companies"] = {each: entry for each, entry in raw["companies"].items() if each not in gone}
    last = whole.time.starts + dice.choice((5, 15, 30))
    raw["time"]["ends"] = min(whole.time.ends, last)
    raw["successions"] = [each for each in raw["successions"] if each["year"] < raw["time"]["ends"]]
    raw["events"], raw["history"] = [], {}
    return _with_rules(dice, _valid(Scenario.model_validate(raw)) or whole)


def _valid(scenario: Scenario) -> Scenario | None:
    from simulation.checks import check

    return None if check(scenario) else scenario


def _with_rules(dice: random.Random, scenario: Scenario) -> Scenario:
    """Some fields at the ends of their ranges or between; then some events."""
    for _ in range(dice.choice((0, 3, 8, 20))):
        path = dice.choice(rule_paths()) if dice.random() < 0.7 else _path_of_a_part(dice, scenario)
        value = another(dice, describe(scenario, path))
        if value is not None:
            scenario = _set(scenario, {path: value})
    return with_events(dice, scenario, dice.choice((0, 0, 2, 5)))


@lru_cache
def rule_paths(live: bool = False) -> tuple[str, ...]:
    """The fields that every scenario has; only those that an event may set, or all."""
    whole = fields(Scenario(name="empty"))
    return tuple(each.path for each in whole if parse_path(each.path)[0] in RULES and (each.live or not live))


def _path_of_a_part(dice: random.Random, scenario: Scenario) -> str:
    """A field of a resource, a company, or the process of one."""
    keys = ["resources", dice.choice(sorted(scenario.resources))]
    if dice.random() < 0.5:
        keys = ["companies", dice.choice(sorted(scenario.companies))]
        processes = sorted(scenario.companies[keys[1]].processes)
        if processes and dice.random() < 0.7:
            keys += ["processes", dice.choice(processes)]
    slot = slot_at(keys)
    assert slot is not None
    choices = [name for name, each in slot.members() if each.kind in ("number", "path", "word", "switch")]
    return format_path((*keys, dice.choice(choices)))


def _set(scenario: Scenario, values: dict[str, Any]) -> Scenario:
    """With the fields set, unless they cannot stand together with the others."""
    plain = scenario.model_copy(update={"synthetic": None})
    try:
        return load_scenario(plain, set=values)
    except ScenarioError:
        return scenario


def another(dice: random.Random, field: Field) -> Any:
    """A value for a field: an end of its range, a limit, or something between; None where it is no choice."""
    slot = slot_at(parse_path(field.path))
    if slot is None:
        return None
    if slot.kind == "switch":
        return dice.random() < 0.5
    if slot.kind == "word":
        return dice.choice(get_args(slot.type)) if get_origin(slot.type) is not None else None
    low, high, limits = field.low, field.high, field.limits
    if slot.kind == "path":
        top = max(field.value.by_year.values()) if field.value is not None else 10.0
        return {"value": top * dice.choice((0.0, 0.5, 2.0, 30.0))}
    choices = [each for each in (low, high) if each is not None]
    if low is not None and high is not None:
        choices.append(dice.uniform(low, high))
    if dice.random() < 0.4 or not choices:
        inner = [each for each in (limits.least, limits.most) if each is not None and abs(each) < HUGE]
        choices += [each for each in inner if limits.hold(each)]
        if isinstance(field.value, int | float) and not isinstance(field.value, bool):
            choices += [field.value * dice.choice((0.01, 0.5, 3.0, 100.0))]
    choices = [round(each) if slot.type is int else each for each in choices]
    choices = [each for each in choices if limits.hold(each)]
    return dice.choice(choices) if choices else None


def with_events(dice: random.Random, scenario: Scenario, count: int) -> Scenario:
    """The park with up to so many more events; those that make no sense in it are left out."""
    for words in interventions(dice, scenario, count):
        scenario = load_scenario(scenario.model_copy(update={"synthetic": None}), events=[words])
    return scenario


def interventions(dice: random.Random, scenario: Scenario, count: int) -> list[str]:
    """A sequence of interventions that the park allows, all verbs and all ways to lose a partner."""
    starts, ends = scenario.time.starts, scenario.time.ends
    quarters = max(1, round(4 * (ends - starts)))
    plain = scenario.model_copy(update={"synthetic": None, "events": []})
    told: list[str] = []
    for _ in range(6 * count):
        if len(told) >= count:
            break
        year = number(starts + dice.randrange(1, max(2, quarters)) / 4)
        words = [f"{year} {each}" for each in _sentence(dice, scenario)]
        try:
            load_scenario(plain, events=words)
        except ScenarioError:
            continue
        told += words
    return told


def _sentence(dice: random.Random, scenario: Scenario) -> list[str]:
    """One intervention without its date."""
    verb = dice.choice(list(VERBS))
    everyone = sorted({*scenario.companies, *scenario.prospects})
    name = dice.choice(everyone)
    entry = {**scenario.companies, **scenario.prospects}[name]
    quoted = f'"{name}"'
    match verb:
        case "withdraw":
            return [f"withdraw {quoted}" + dice.choice(("", "", " announced 2", " announced 0.25"))]
        case "stop-trading" | "resume-trading":
            return [f"{verb} {quoted}"]
        case "shrink":
            return [f"shrink {quoted} {dice.choice((0.01, 0.5, 0.9, 1.0))}"]
        case "close":
            process = dice.choice(sorted(entry.processes) or [""])
            return [f'close {quoted}/"{process}"' if " " in process else f"close {quoted}/{process}"]
        case "invite":
            return [f'invite "{dice.choice(sorted(scenario.prospects) or [name])}"']
        case "facilitator":
            return [f"facilitator {dice.choice(('on', 'off'))}"]
        case "price":
            resource = dice.choice(sorted(scenario.resources))
            return [f'price "{resource}" {dice.choice((0, 0.3, 1, 3, 1000))}']
        case "levy":
            return [f"levy {dice.choice((0, 0.5, 2, 1000))}"]
    prices = [format_path(("resources", dice.choice(sorted(scenario.resources)), each, "scale"))
              for each in ("price", "disposal")]  # fmt: skip
    field = describe(scenario, dice.choice((*rule_paths(live=True), *prices)))
    value = another(dice, field)
    if isinstance(value, bool):
        return [f"set {field.path} {int(value)}"]
    return [f"set {field.path} {float(value)!r}"] if isinstance(value, int | float) else ["set"]

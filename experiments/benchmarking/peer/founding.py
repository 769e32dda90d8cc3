"""From a scenario to companies, processes and goods (docs/model.md 5)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation import scenario as language
from simulation.calendar import Calendar
from simulation.scenario import Scenario

from .company import Company
from .draws import identities
from .goods import Resource, Substitution
from .production import Balance, Flow, Process
from .terms import recovery

if TYPE_CHECKING:
    from .park import PeerPark

ALWAYS = -4 * 400
"""The quarter since which companies without a date of arrival are there."""
STYLES = {"boulware": 0.2, "linear": 1.0, "conceder": 5.0}

Recipe = dict[str, float]


def found(park: PeerPark, scenario: Scenario, calendar: Calendar) -> None:
    """Put goods and companies into a park, companies in order of name."""
    everyone = {**scenario.companies, **scenario.prospects}
    recipes = {
        (company, name): recipe(process, scenario)
        for company, given in everyone.items()
        for name, process in given.processes.items()
    }
    park.goods = goods(
        scenario, {name for pair in recipes.values() for mix in pair for name in mix}, calendar
    )
    numbers, process_numbers = identities(everyone), identities(f"{c}/{p}" for c, p in recipes)
    for name in sorted(everyone):
        given = everyone[name]
        company = _company(park, name, given, numbers[name], calendar)
        for kind, balances in enumerate((company.needs, company.residues)):
            mixes = [recipes[name, process][kind] for process in given.processes]
            for resource in sorted({each for mix in mixes for each in mix}):
                balances[resource] = Balance(company, park.goods[resource])
        for process in sorted(given.processes):
            made = _process(
                company, given.processes[process], recipes[name, process], process_numbers[f"{name}/{process}"],
                scenario, calendar,
            )  # fmt: skip
            company.processes.append(made)
            for flow in made.flows:
                flow.balance.available = min(flow.balance.available, made.starts)
        park.roster.append(company)


def recipe(process: language.Process, scenario: Scenario) -> tuple[Recipe, Recipe]:
    """Inputs and residues per unit of product: those of its kind, with its own in their place."""
    if process.archetype is None:
        return process.inputs, process.residues
    kind = scenario.archetypes[process.archetype]
    inputs, residues = {**kind.inputs, **process.inputs}, {**kind.residues, **process.residues}
    return {r: a for r, a in inputs.items() if a > 0}, {r: a for r, a in residues.items() if a > 0}


def goods(scenario: Scenario, used: set[str], calendar: Calendar) -> dict[str, Resource]:
    """Resources that somebody needs or leaves, with their uses, in order of name."""
    found = {}
    for name in sorted(used):
        given = scenario.resources[name]
        found[name] = Resource(
            name, calendar.values(given.price, True).tolist(), calendar.values(given.disposal, True).tolist(),
            given.levied, given.co2_virgin, given.co2_disposal, given.carbon_priced, given.truck, given.pipe,
            given.reach_km,
        )  # fmt: skip
    pairs = [(r, i) for r in found for i in sorted(scenario.substitutions.get(r, {})) if i in found]
    numbers = identities([f"{r} > {i}" for r, i in pairs], bits=24)
    for residue, input_ in pairs:
        use = scenario.substitutions[residue][input_]
        practised = calendar.quarter(use.from_year)
        found[residue].uses.append(
            Substitution(
                found[residue],
                found[input_],
                numbers[f"{residue} > {input_}"],
                use.ratio,
                use.max_share,
                use.quality_loss,
                use.treatment,
                use.plant_cost,
                use.plant_capacity,
                practised,
            )
        )
    return found


def _company(
    park: PeerPark, name: str, given: language.Company, identity: int, calendar: Calendar
) -> Company:
    rules, public = park.rules, given.kind == "public"
    column, row = given.cell or (0, 0)
    place = rules.grid.cell_km * (column + 0.5), rules.grid.cell_km * (row + 0.5)
    company = Company(park, name, identity, public, place)
    if name in rules.companies:
        company.arrives = ALWAYS if given.arrives is None else calendar.quarter(given.arrives)
        company.talks_from = company.arrives - round(4 * rules.meeting.siting_lead)
    if given.member_from is not None and given.member_from < 9999:
        company.member_from = calendar.quarter(given.member_from)
    company.permanent = given.permanent
    kind = "public" if public else "private"
    company.discount = given.discount_rate or getattr(rules.economy, f"discount_{kind}")
    company.payback_limit = given.payback or getattr(rules.economy, f"payback_{kind}")
    company.attention = rules.trade.attention if given.attention is None else given.attention
    company.style = STYLES[given.style or rules.bargaining.style]
    company.crf_pipe = recovery(company.discount, rules.investment.pipe_life)
    company.crf_plant = recovery(company.discount, rules.investment.plant_life)
    return company


def _process(
    company: Company, given: language.Process, mixes: tuple[Recipe, Recipe], identity: int,
    scenario: Scenario, calendar: Calendar,
) -> Process:  # fmt: skip
    """A process with product price and other cost such that it earns its margin without trades."""
    economy, starts, ends = scenario.economy, company.arrives, math.inf
    if given.starts is not None and company.name in scenario.companies:
        starts = calendar.quarter(given.starts)
    if given.ends is not None and given.ends < 9999:
        ends = calendar.quarter(given.ends)
    begin = max(0, starts) if starts < math.inf else 0
    path = given.capacity
    capacity = path.at(calendar.year(int(begin))) or max(path.by_year.values())
    reference = capacity * scenario.activity.utilisation
    flows = []
    for is_need, mix, balances in ((True, mixes[0], company.needs), (False, mixes[1], company.residues)):
        for name, amount in sorted(mix.items()):
            season = given.seasons.get(name, scenario.resources[name].season)
            flows.append(Flow(balances[name], is_need, amount, list(season)))
    inputs, waste = _cost_at(flows, min(int(begin), calendar.columns - 1))
    cost = inputs + waste
    jobs = _jobs(given, capacity, scenario)
    margin = economy.margin if given.margin is None else given.margin
    by_jobs = jobs * economy.sales_per_job / reference if reference else 0.0
    sales = given.product_price or max(cost / economy.input_share, by_jobs)
    other = sales * (1.0 - margin) - inputs - waste
    if other < 0.0:
        sales, other = cost / (1.0 - margin), 0.0
    return Process(
        identity, starts, ends, calendar.values(path, False).tolist(), reference, sales, cost,
        other * (1.0 - economy.fixed_share), other * economy.fixed_share * reference / capacity if capacity else 0.0,
        margin, flows,
    )  # fmt: skip


def _cost_at(flows: list[Flow], quarter: int) -> tuple[float, float]:
    """Cost of inputs, and of disposal, per unit of product, levy and carbon price apart."""
    inputs = waste = 0.0
    for flow in flows:
        resource = flow.balance.resource
        if flow.is_need:
            inputs += flow.amount * resource.prices[quarter]
        else:
            waste += flow.amount * resource.disposals[quarter]
    return inputs, waste


def _jobs(given: language.Process, capacity: float, scenario: Scenario) -> float:
    """Jobs at its founding: stated, or those of its kind by its size."""
    if given.jobs is not None or given.archetype is None:
        return given.jobs or 0.0
    kind = scenario.archetypes[given.archetype]
    return kind.jobs * (capacity / kind.typical_capacity) ** scenario.economy.jobs_exponent


def meeting_chance(park: PeerPark, scenario: Scenario) -> float:
    """p0, scaled by bisection where the scenario states how many others a company is to meet."""
    meeting = scenario.meeting
    everyone = {**scenario.companies, **scenario.prospects}
    placed = [each for each in park.roster if everyone[each.name].cell is not None]
    if meeting.ties_target <= 0 or len(placed) < 2:
        return meeting.chance
    target = min(meeting.ties_target, len(placed) - 1)
    sample = placed[:: max(1, len(placed) // 200)]
    near = [
        [math.exp(-one.distance_to(other) / meeting.reach) for other in placed if other is not one]
        for one in sample
    ]
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        met = sum(1.0 - (1.0 - middle * each) ** 100 for row in near for each in row)
        low, high = (middle, high) if met / len(sample) < target else (low, middle)
    return high

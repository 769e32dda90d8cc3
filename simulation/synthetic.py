"""Parks drawn at random from the archetypes of a scenario.

A scenario with a `[synthetic]` section says how many companies and prospects it wants. Each is of one
kind of process, sometimes of two; capacity is log-normal around the typical one, and every amount of
the recipe is drawn once, triangular over its stated range. All water of a process moves together, so
that a company does not discharge more than it takes in. Kinds are equally likely: name some in
`synthetic.archetypes` to draw from those.

The draws of a company are keyed by the seed and its number, so company 17 is the same in a park of 100
and of 10,000; only its place depends on the size of the park. Company 0 is the town, with a heating
network and a waste water plant.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .scenario import Company, Grid, Process, Scenario, Synthetic

TOWN = "Town"
TOWN_KINDS = ("district_heating_network", "wwtp")
SECOND_PROCESS = 0.15  # share of companies with a second process; estimate, plausible 0 to 0.4
OF_COMPANY, OF_PROSPECT, OF_CELLS = 0, 1, 2  # what a draw is for
DRAWN = "drawn from the archetypes"

LABELS = {
    "coal_power_chp": "Coal power station",
    "gas_ccgt_chp": "Gas power station",
    "waste_incineration_chp": "Waste incinerator",
    "biomass_chp": "Biomass power station",
    "district_heating_network": "Heating network",
    "hydrogen_smr": "Hydrogen works",
    "cement_grinding": "Cement mill",
    "steel_eaf": "Electric steelworks",
    "steel_bf_bof": "Steelworks",
    "secondary_aluminium": "Aluminium recycler",
    "container_glass": "Glassworks",
    "stone_wool": "Stone wool works",
    "plasterboard": "Plasterboard works",
    "concrete_products": "Concrete works",
    "ammonia": "Ammonia works",
    "phosphoric_acid": "Phosphoric acid works",
    "npk_fertiliser": "Fertiliser works",
    "chlor_alkali": "Chlor-alkali works",
    "air_separation": "Air separation plant",
    "kraft_pulp": "Pulp mill",
    "paper_recycled": "Paper mill",
    "beet_sugar": "Sugar factory",
    "slaughterhouse_pig": "Slaughterhouse",
    "rendering": "Rendering plant",
    "biodiesel": "Biodiesel plant",
    "ethanol_1g_grain": "Grain ethanol plant",
    "ethanol_2g_straw": "Straw ethanol plant",
    "enzyme_fermentation": "Enzyme works",
    "insulin_fermentation": "Insulin works",
    "single_cell_protein": "Protein works",
    "wwtp": "Waste water plant",
    "desalination_ro": "Desalination plant",
    "surface_water_works": "Water works",
    "fish_farm_ras": "Fish farm",
    "particleboard": "Particleboard works",
    "textile_dyeing": "Dye works",
    "soil_remediation": "Soil remediation plant",
    "composting": "Composting plant",
    "zinc_recycling": "Zinc recycler",
    "potato_processing": "Potato factory",
}


def draw_park(scenario: Scenario) -> Scenario:
    """The scenario with companies, prospects, a square grid and a municipality drawn.

    Companies and prospects that the scenario names itself stay as they are, so drawing twice changes
    nothing.
    """
    wish = scenario.synthetic
    if wish is None:
        raise ValueError("the scenario has no [synthetic] section, so there is nothing to draw")
    kinds = _kinds(scenario, wish)
    companies, prospects = _drawn(kinds, wish, scenario.time.starts)
    named = _others(scenario.companies, companies)
    grid = _grid(scenario, wish, named)
    for company, cell in zip(companies.values(), _free_cells(grid, wish, named), strict=False):
        company.cell = cell
    municipality = scenario.town.municipality or TOWN
    return scenario.model_copy(
        update={
            "companies": companies | scenario.companies,
            "prospects": prospects | scenario.prospects,
            "grid": grid,
            "town": scenario.town.model_copy(update={"municipality": municipality}),
        }
    )


def undrawn(scenario: Scenario) -> Scenario:
    """The scenario as it was before its park was drawn, to be drawn anew with another wish.

    Companies and prospects that were not drawn, or were changed since, stay.
    """
    wish = scenario.synthetic
    if wish is None:
        raise ValueError("the scenario has no [synthetic] section, so nothing of it was drawn")
    companies, prospects = _drawn(_kinds(scenario, wish), wish, scenario.time.starts)
    return scenario.model_copy(
        update={
            "companies": _others(scenario.companies, companies),
            "prospects": _others(scenario.prospects, prospects),
        }
    )


def triangular(quantile: np.ndarray, low: np.ndarray, mode: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Value of a triangular distribution at a quantile (0-1); the four share one shape and unit."""
    span = high - low
    rising = low + np.sqrt(quantile * span * (mode - low))
    falling = high - np.sqrt((1 - quantile) * span * (high - mode))
    return np.where(quantile * span < mode - low, rising, falling)


@dataclass(frozen=True)
class Kind:
    """An archetype made ready to draw from: its flows as arrays, inputs first."""

    name: str
    sector: str
    typical_capacity: float
    inputs: tuple[str, ...]
    residues: tuple[str, ...]
    low: np.ndarray
    mode: np.ndarray
    high: np.ndarray
    quantile_of_flow: np.ndarray  # flows of water share one quantile
    quantiles: int

    def process(self, draw: np.random.Generator, capacity_spread: float) -> Process:
        """A process of this kind: capacity in units of product a year, amounts per unit of product."""
        capacity = self.typical_capacity * math.exp(capacity_spread * draw.standard_normal())
        quantile = draw.random(self.quantiles)[self.quantile_of_flow]
        amounts = [_rounded(x) for x in triangular(quantile, self.low, self.mode, self.high).tolist()]
        return Process(
            archetype=self.name,
            capacity=_rounded(capacity),
            inputs=dict(zip(self.inputs, amounts, strict=False)),
            residues=dict(zip(self.residues, amounts[len(self.inputs) :], strict=True)),
        )


def _kinds(scenario: Scenario, wish: Synthetic) -> dict[str, Kind]:
    """The kinds that a company may be, in order; those of the town come last unless they are wanted."""
    wanted = wish.archetypes or list(scenario.archetypes)
    unknown = [name for name in wanted if name not in scenario.archetypes]
    if unknown or not wanted:
        known = ", ".join(scenario.archetypes) or "none"
        raise ValueError(
            f"synthetic.archetypes: {', '.join(unknown) or 'none'} found; the scenario has {known}"
        )
    town = [name for name in TOWN_KINDS if name in scenario.archetypes]
    return {name: _kind(scenario, name) for name in dict.fromkeys([*wanted, *town])}


def _kind(scenario: Scenario, name: str) -> Kind:
    archetype = scenario.archetypes[name]
    low, mode, high, quantile_of_flow = [], [], [], []
    quantiles = 1
    for side, flows in (("inputs", archetype.inputs), ("residues", archetype.residues)):
        for resource, amount in flows.items():
            stated = scenario.provenance.get(f"archetypes.{name}.{side}.{resource}")
            least, most = (stated.low, stated.high) if stated is not None else (None, None)
            low.append(amount if least is None or most is None else min(least, amount))
            high.append(amount if least is None or most is None else max(most, amount))
            mode.append(amount)
            water = resource in scenario.resources and scenario.resources[resource].class_ == "water"
            quantile_of_flow.append(0 if water else quantiles)
            quantiles += not water
    return Kind(
        name,
        archetype.sector,
        archetype.typical_capacity,
        tuple(archetype.inputs),
        tuple(archetype.residues),
        np.array(low),
        np.array(mode),
        np.array(high),
        np.array(quantile_of_flow, dtype=np.int64),
        quantiles,
    )


def _drawn(
    kinds: dict[str, Kind], wish: Synthetic, starts: float
) -> tuple[dict[str, Company], dict[str, Company]]:
    """Companies and prospects of a wish, without cells."""
    companies = dict(_company(kinds, wish, number, starts) for number in range(wish.companies))
    return companies, dict(_prospect(kinds, wish, number) for number in range(wish.prospects))


def _others(there: dict[str, Company], drawn: dict[str, Company]) -> dict[str, Company]:
    """Those that are not as they were drawn, their cell apart."""
    return {
        name: company
        for name, company in there.items()
        if name not in drawn or company.model_copy(update={"cell": None}) != drawn[name]
    }


def _grid(scenario: Scenario, wish: Synthetic, named: dict[str, Company]) -> Grid:
    """A square that is full to `density` and has room for prospects and for the companies named by hand."""
    room = max(wish.companies / wish.density, wish.companies + wish.prospects + len(named))
    farthest = [1 + max(company.cell) for company in named.values() if company.cell]
    side = max(math.ceil(math.sqrt(room)), *farthest, 1)
    return Grid(width=side, height=side, cell_km=scenario.grid.cell_km)


def _free_cells(grid: Grid, wish: Synthetic, named: dict[str, Company]) -> Iterator[tuple[int, int]]:
    """All free cells in drawn order, the first for company 0."""
    taken = {company.cell for company in named.values()}
    for place in _draw(wish, OF_CELLS, grid.width).permutation(grid.width * grid.height).tolist():
        cell = place % grid.width, place // grid.width
        if cell not in taken:
            yield cell


def _company(kinds: dict[str, Kind], wish: Synthetic, number: int, starts: float) -> tuple[str, Company]:
    """Name and entry of company `number`, its cell apart; company 0 is the town, there from the start."""
    draw = _draw(wish, OF_COMPANY, number)
    public, arrival = draw.random(2).tolist()
    chosen = _chosen(kinds, wish, draw)
    name = f"{_label(chosen[0])} {number}"
    arrives = None if wish.arrivals_over == 0 else round(starts + arrival * wish.arrivals_over, 2)
    if number == 0:
        chosen = [kind for kind in TOWN_KINDS if kind in kinds] or chosen
        name, public, arrives = TOWN, 0.0, None
    return name, Company(
        kind="public" if number == 0 or public < wish.public_share else "private",
        sector=kinds[chosen[0]].sector,
        arrives=arrives,
        processes={kind: kinds[kind].process(draw, wish.capacity_spread) for kind in chosen},
        source=DRAWN,
        estimate=True,
    )


def _prospect(kinds: dict[str, Kind], wish: Synthetic, number: int) -> tuple[str, Company]:
    """Name and entry of prospect `number`: a private company without a cell."""
    draw = _draw(wish, OF_PROSPECT, number)
    chosen = _chosen(kinds, wish, draw)
    label = _label(chosen[0])
    return f"New {label[0].lower()}{label[1:]} {number}", Company(
        sector=kinds[chosen[0]].sector,
        processes={kind: kinds[kind].process(draw, wish.capacity_spread) for kind in chosen},
        source=DRAWN,
        estimate=True,
    )


def _chosen(kinds: dict[str, Kind], wish: Synthetic, draw: np.random.Generator) -> list[str]:
    """One kind, or sometimes two different ones."""
    wanted = wish.archetypes or list(kinds)
    second, *which = draw.random(3).tolist()
    one, other = (wanted[int(u * len(wanted))] for u in which)
    return [one, other] if second < SECOND_PROCESS and other != one else [one]


def _draw(wish: Synthetic, purpose: int, number: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([wish.seed, purpose, number])))


def _label(kind: str) -> str:
    return LABELS.get(kind, kind.replace("_", " ").capitalize())


def _rounded(value: float) -> float:
    """A number to four significant digits, more than any amount is known to."""
    return float(f"{value:.4g}")

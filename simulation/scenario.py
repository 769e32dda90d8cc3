"""What a park is: resources, substitutions, processes, companies, policy, events, history.

These models are the scenario language. A TOML file is read into them by `simulation.reading`,
checked for sense by `simulation.checks` and turned into tables by `simulation.founding`. Units:
t, m3, GJ, MWh, EUR of `money.year`, km, years; quantities of processes are per year.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from agents.choices import Style

from . import parameters as rules
from .quantities import Entry, Path, Provenance, Year, constant

Unit = Literal["t", "m3", "GJ", "MWh"]
Class = Literal["water", "energy", "material"]
Amount = Annotated[float, Field(ge=0, le=1e15)]
Share = Annotated[float, Field(ge=0, le=1)]
Factors = Annotated[list[Annotated[float, Field(ge=0, le=4)]], Field(min_length=4, max_length=4)]

UNITS_OF_CLASS: dict[str, tuple[str, ...]] = {
    "water": ("m3",),
    "energy": ("GJ", "MWh", "t"),
    "material": ("t",),
}


class Time(Entry):
    """Years that a run covers; a step is a quarter."""

    starts: Year = 1960
    ends: Year = 2025


class Money(Entry):
    """The money inside: EUR of `year`; index and exchange-rate paths convert dated prices."""

    year: Year = 2018
    index: Path = Field(constant(1.0, source="no inflation unless stated"), json_schema_extra={"live": False})
    exchange: dict[str, Path] = Field(
        default_factory=dict,
        description="EUR for one unit of each currency",
        json_schema_extra={"live": False},
    )


class Grid(Entry):
    """The map. `zones` draws it: a row of letters a row of cells, first row in the north.

    i industry, h harbour, t town, w water, f farmland. Without `zones` all is industry.
    """

    width: Annotated[int, Field(ge=1, le=2000)] = 20
    height: Annotated[int, Field(ge=1, le=2000)] = 20
    cell_km: Annotated[float, Field(gt=0, le=1000)] = 0.5
    zones: list[str] = Field(default_factory=list)


class Truck(Entry):
    """Road or ship: EUR per unit, and EUR per unit and km."""

    fixed: Amount = 0.0
    per_km: Amount = 0.0


class Pipe(Entry):
    """A pipe: EUR per km at `capacity` units a year, and the length over which 1/e is left (heat)."""

    cost_per_km: Amount
    capacity: Annotated[float, Field(gt=0, le=1e15)]
    loss_length_km: Annotated[float, Field(gt=0, le=1e9)] = 1e9


class Resource(Entry):
    """A residue, an input, or both. Costs are EUR per unit of the resource."""

    unit: Unit
    class_: Class = Field(alias="class")
    price: Path = constant(0.0)
    disposal: Path = constant(0.0)
    levied: Share = Field(0.0, description="share of the landfill levy due on disposal of one unit")
    co2_virgin: float = Field(0.0, description="t CO2 per unit of virgin supply")
    co2_disposal: float = Field(0.0, description="t CO2 per unit disposed of")
    co2_per_km: Amount = Field(0.0, description="t CO2 per unit and km carried")
    carbon_priced: Share = Field(0.0, description="share of the carbon price that the virgin good bears")
    gj_per_unit: Amount = Field(0.0, description="energy content; 1 for GJ and 3.6 for MWh if not stated")
    truck: Truck | None = None
    pipe: Pipe | None = None
    reach_km: Annotated[float, Field(gt=0, le=1e5)] = Field(1e4, description="farthest partner")
    season: Factors = Field(
        default_factory=lambda: [1.0, 1.0, 1.0, 1.0], description="factor by quarter of the year"
    )
    limit: Path | None = Field(
        None, description="virgin supply of the park, units a year", json_schema_extra={"live": False}
    )
    scarcity_price: Path | None = Field(
        None, description="EUR per unit beyond the limit", json_schema_extra={"live": False}
    )
    source: str = ""


class Substitution(Entry):
    """A residue serves as an input: `ratio` units of input per unit of residue (s)."""

    ratio: Annotated[float, Field(gt=0, le=1e6)]
    max_share: Annotated[float, Field(gt=0, le=1)] = 1.0
    quality_loss: Annotated[float, Field(ge=0, lt=1)] = 0.0
    treatment: float = Field(0.0, ge=-1e6, le=1e6, description="EUR per unit of residue")
    plant_cost: Amount = Field(0.0, description="EUR for a plant of `plant_capacity`")
    plant_capacity: Annotated[float, Field(gt=0, le=1e15)] = 1.0
    co2_treatment: float = Field(0.0, description="t CO2 per unit of residue treated")
    from_year: Year = 1900
    source: str = ""


class Archetype(Entry):
    """A kind of process: recipe per unit of product, typical size and jobs."""

    sector: str = ""
    product: str
    unit: str
    typical_capacity: Annotated[float, Field(gt=0, le=1e15)]
    jobs: Amount = 0.0
    inputs: dict[str, Amount] = Field(default_factory=dict)
    residues: dict[str, Amount] = Field(default_factory=dict)
    source: str = ""


class Reduction(Entry):
    """A way to cut a need or a residue at its origin instead of trading it."""

    share: Annotated[float, Field(gt=0, le=1)]
    cost: Amount = Field(description="EUR once")
    from_year: Year = 1900
    source: str = ""


class Process(Entry):
    """A process of a company: an archetype, or a recipe of its own, with capacity and years.

    `inputs` and `residues` replace single amounts of the archetype; 0 removes one.
    """

    archetype: str | None = None
    product: str = ""
    unit: str = ""
    capacity: Path = Field(description="units of product a year", json_schema_extra={"live": False})
    starts: Year | None = None
    ends: Year | None = None
    inputs: dict[str, Amount] = Field(default_factory=dict)
    residues: dict[str, Amount] = Field(default_factory=dict)
    seasons: dict[str, Factors] = Field(
        default_factory=dict, description="by resource, in place of its own season"
    )
    reductions: dict[str, Reduction] = Field(default_factory=dict, description="by resource")
    jobs: Amount | None = None
    product_price: Amount | None = Field(None, description="EUR per unit of product")
    margin: Annotated[float, Field(ge=-0.5, le=0.9)] | None = None
    source: str = ""


class Company(Entry):
    """A legal entity of the park, with its site and processes.

    A company on the map has a `cell` (column, row; row 0 in the south). An `external` one sits on
    the rim and has `distance_km`, the same to everyone.
    """

    kind: Literal["private", "public"] = "private"
    sector: str = ""
    external: bool = False
    permanent: bool = Field(False, description="never fails")
    cell: tuple[int, int] | None = None
    distance_km: Annotated[float, Field(gt=0, le=1e5)] | None = None
    arrives: Year | None = None
    leaves: Year | None = None
    member_from: Year | None = Field(None, description="joins the association at this date at the latest")
    processes: dict[str, Process] = Field(default_factory=dict)
    discount_rate: Annotated[float, Field(gt=0, le=1)] | None = None
    payback: Annotated[float, Field(gt=0, le=100)] | None = None
    attention: Annotated[float, Field(ge=0, le=50)] | None = None
    style: Style | None = None
    source: str = ""
    estimate: bool = False


class Succession(Entry):
    """Part of a company goes to a new entity: processes with their streams, connections, trust."""

    year: Year
    giver: str = Field(alias="from")
    taker: str = Field(alias="to")
    processes: list[str] = Field(min_length=1)


class RecordedStream(Entry):
    """A stream that was reported. Supplier, receiver and residue in the words of the scenario."""

    supplier: str
    receiver: str
    residue: str
    input: str = ""
    starts: Year
    ends: Year | None = None
    quantity: Amount | None = None
    confidence: Literal["high", "medium", "low"] = "medium"
    source: str = ""
    note: str = ""


class RecordedTotal(Entry):
    """A published total, already in the unit of our indicator of that name."""

    year: Year
    indicator: str
    value: float
    published: str = Field("", description="as printed, with its unit")
    confidence: Literal["high", "medium", "low"] = "medium"
    source: str = ""


class History(Entry):
    """The record: read by figures and validation, never by the rules."""

    counts: dict[Year, Amount] = Field(
        default_factory=dict, description="streams in operation, scoreable rows"
    )
    reported: dict[Year, Amount] = Field(default_factory=dict, description="counts as reported at the time")
    partners: dict[Year, Amount] = Field(default_factory=dict)
    streams: list[RecordedStream] = Field(default_factory=list)
    totals: list[RecordedTotal] = Field(default_factory=list)
    calibrated_to: Year | None = Field(
        None, description="last year that parameters were set against; what comes after is a test"
    )
    source: str = ""


class Synthetic(Entry):
    """A park drawn at random from the catalogue; same `seed`, same park."""

    companies: Annotated[int, Field(ge=2, le=200_000)] = 100
    prospects: Annotated[int, Field(ge=0, le=10_000)] = 20
    density: Annotated[float, Field(gt=0, le=1)] = Field(
        0.7, description="share of cells that hold a company"
    )
    public_share: Share = 0.05
    arrivals_over: Annotated[float, Field(ge=0, le=500)] = Field(
        0.0, description="years over which companies arrive"
    )
    capacity_spread: Annotated[float, Field(ge=0, le=3)] = Field(
        0.5, description="sd of the logarithm of capacity"
    )
    archetypes: list[str] = Field(
        default_factory=list, description="kinds to draw from; empty: all of the catalogue"
    )
    seed: Annotated[int, Field(ge=0, le=2**31)] = 1


class Scenario(Entry):
    """One park, complete. See `docs/model.md` for what each part means to the rules."""

    format: Literal[1] = 1
    name: str = Field(min_length=1, max_length=100)
    title: str = ""
    description: str = ""
    time: Time = Time()
    money: Money = Money()
    grid: Grid = Grid()
    resources: dict[str, Resource] = Field(default_factory=dict)
    substitutions: dict[str, dict[str, Substitution]] = Field(
        default_factory=dict, description="by residue, then by input"
    )
    archetypes: dict[str, Archetype] = Field(default_factory=dict)
    companies: dict[str, Company] = Field(default_factory=dict)
    prospects: dict[str, Company] = Field(default_factory=dict)
    successions: list[Succession] = Field(default_factory=list)
    synthetic: Synthetic | None = None
    events: list[str] = Field(default_factory=list, description="year, verb, object: '2000 withdraw Gyproc'")
    history: History = History()
    provenance: dict[str, Provenance] = Field(default_factory=dict)

    activity: rules.Activity = rules.Activity()
    economy: rules.Economy = rules.Economy()
    trade: rules.Trade = rules.Trade()
    bargaining: rules.Bargaining = rules.Bargaining()
    trust: rules.Trust = rules.Trust()
    meeting: rules.Meeting = rules.Meeting()
    investment: rules.Investment = rules.Investment()
    contract: rules.Contract = rules.Contract()
    association: rules.Association = rules.Association()
    entry: rules.Newcomers = rules.Newcomers()
    town: rules.Town = rules.Town()
    policy: rules.Policy = rules.Policy()

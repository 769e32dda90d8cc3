"""The parameters of the rules, by section: each with unit, plausible range, hard limits, source.

This is the only place where a default stands. The numeric fields become, under the name
`section_field`, the fields of the one parameter record that the compiled rules read.
"""

from __future__ import annotations

from typing import Literal

from .quantities import Entry, Path, constant, parameter

ESTIMATE = "estimate of the authors"


class Activity(Entry):
    """How much of its capacity a process runs (model.md, Activity)."""

    utilisation: float = parameter(
        0.85,
        "mean share of capacity in use",
        unit="1",
        plausible=(0.7, 0.95),
        allowed=(0.01, 1),
        source=ESTIMATE,
        live=True,
    )
    spread: float = parameter(
        0.10,
        "standard deviation of the logarithm of activity",
        unit="1",
        plausible=(0, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    persistence: float = parameter(
        0.7,
        "correlation of activity from one quarter to the next",
        unit="1",
        plausible=(0, 0.95),
        allowed=(0, 0.999),
        source=ESTIMATE,
    )
    outage_hazard: float = parameter(
        0.02,
        "chance of an outage in a quarter",
        unit="1/quarter",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    outage_depth: float = parameter(
        0.5,
        "share of the quarter lost in an outage",
        unit="1",
        plausible=(0.1, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    outage_planned: float = parameter(
        0.5,
        "share of outages that are announced",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    foresight: float = parameter(
        2.0,
        "how far ahead the start and end of processes are known",
        unit="year",
        plausible=(0, 5),
        allowed=(0, 10),
        source="estimate; recorded lead times are 1.25-3.7 years (Kalundborg)",
    )


class Economy(Entry):
    """Base profit, credit, failure."""

    margin: float = parameter(
        0.05,
        "profit without trades as a share of sales at reference activity",
        unit="1",
        plausible=(-0.02, 0.2),
        allowed=(-0.5, 0.9),
        source=ESTIMATE,
    )
    fixed_share: float = parameter(
        0.3,
        "share of other cost that does not vary with activity",
        unit="1",
        plausible=(0, 0.6),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    input_share: float = parameter(
        0.5,
        "cost of inputs as a share of sales, where no product price is given",
        unit="1",
        plausible=(0.3, 0.7),
        allowed=(0.05, 1),
        source=ESTIMATE,
    )
    sales_per_job: float = parameter(
        250e3,
        "least yearly sales for a job, where no product price is given",
        unit="EUR/job",
        plausible=(100e3, 600e3),
        allowed=(0, 1e8),
        source=ESTIMATE,
    )
    pass_through: float = parameter(
        1.0,
        "share of a change of virgin prices that the product price follows",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="estimate; competitors without symbiosis buy at the same prices",
        live=True,
    )
    credit: float = parameter(
        0.25,
        "credit line as a share of yearly sales",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    patience: float = parameter(
        8,
        "quarters beyond the credit line before a company fails",
        unit="quarter",
        plausible=(4, 16),
        allowed=(1, 400),
        source=ESTIMATE,
        live=True,
    )
    discount_private: float = parameter(
        0.08,
        "discount rate of a private company",
        unit="1/year",
        plausible=(0.05, 0.15),
        allowed=(0.001, 1),
        source=ESTIMATE,
    )
    discount_public: float = parameter(
        0.04,
        "discount rate of a public body",
        unit="1/year",
        plausible=(0.02, 0.06),
        allowed=(0.001, 1),
        source=ESTIMATE,
    )
    jobs_exponent: float = parameter(
        0.6,
        "exponent of jobs in capacity",
        unit="1",
        plausible=(0.4, 1),
        allowed=(0, 2),
        source="catalogue README: jobs x (capacity/typical)^0.6",
    )
    payback_private: float = parameter(
        4.5,
        "payback that a private company accepts",
        unit="year",
        plausible=(2, 6),
        allowed=(0.1, 100),
        source="recorded mean payback 5-6 years at Kalundborg (IISD case 77), median 2.4 at Ulsan",
    )
    payback_public: float = parameter(
        15.0,
        "payback that a public body accepts",
        unit="year",
        plausible=(8, 20),
        allowed=(0.1, 100),
        source=ESTIMATE,
    )
    payback_taste: float = parameter(
        1.0,
        "spread of the lasting taste for a payback (logistic scale)",
        unit="year",
        plausible=(0.2, 3),
        allowed=(0.01, 20),
        source=ESTIMATE,
    )


class Trade(Entry):
    """Search for partners and the quantity of a contract."""

    attention: float = parameter(
        1,
        "negotiations that a company has time for in a quarter",
        unit="1/quarter",
        plausible=(1, 3),
        allowed=(0, 50),
        source=ESTIMATE,
    )
    prudence: float = parameter(
        0.85,
        "share of an expected flow that may be put into contracts (phi)",
        unit="1",
        plausible=(0.5, 1),
        allowed=(0.01, 1),
        source=ESTIMATE,
        live=True,
    )
    least_share: float = parameter(
        0.02,
        "least share of the smaller of the two flows that is worth a contract",
        unit="1",
        plausible=(0.01, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    least_value: float = parameter(
        0.0,
        "least yearly value that is worth a negotiation",
        unit="EUR/year",
        plausible=(0, 100e3),
        allowed=(0, 1e9),
        source=ESTIMATE,
        live=True,
    )
    transaction: float = parameter(
        50e3,
        "yearly cost of looking after a stream, each side",
        unit="EUR/year",
        plausible=(2e3, 100e3),
        allowed=(0, 1e9),
        source=ESTIMATE,
        live=True,
    )
    supplier_extra_share: float = parameter(
        0.5,
        "share of treatment and transport that the supplier pays (g)",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    cool_off: float = parameter(
        1.5,
        "time before a failed opportunity is tried again, doubled at each failure",
        unit="year",
        plausible=(0.5, 5),
        allowed=(0, 50),
        source=ESTIMATE,
        live=True,
    )
    cool_off_longest: float = parameter(
        12,
        "longest time before a failed opportunity is tried again",
        unit="year",
        plausible=(4, 20),
        allowed=(0, 100),
        source=ESTIMATE,
        live=True,
    )
    look_again: float = parameter(
        1.0,
        "time before an opportunity that pays for neither side is looked at again",
        unit="year",
        plausible=(0.25, 3),
        allowed=(0.25, 50),
        source=ESTIMATE,
        live=True,
    )
    price_move: float = parameter(
        0.10,
        "relative change of its price that reopens an opportunity",
        unit="1",
        plausible=(0.05, 0.5),
        allowed=(0.001, 100),
        source=ESTIMATE,
        live=True,
    )
    quantity_move: float = parameter(
        0.25,
        "relative change of its quantity that reopens an opportunity",
        unit="1",
        plausible=(0.1, 1),
        allowed=(0.001, 100),
        source=ESTIMATE,
        live=True,
    )


class Bargaining(Entry):
    """Protocol of a negotiation and its pace."""

    protocol: Literal["concession", "nash", "fixed"] = "concession"
    style: Literal["boulware", "linear", "conceder"] = "linear"
    rounds: float = parameter(
        20,
        "rounds of a negotiation (N)",
        unit="1",
        plausible=(10, 40),
        allowed=(2, 200),
        source="estimate; Faratin, Sierra & Jennings (1998) give the tactics, not the number",
    )
    deadline_shortest: float = parameter(
        8, "shortest private deadline", unit="round", plausible=(4, 20), allowed=(1, 200), source=ESTIMATE
    )
    guard: float = parameter(
        1.0,
        "how much mistrust hides of the public range",
        unit="1",
        plausible=(0, 2),
        allowed=(0, 8),
        source="Chatterjee & Samuelson (1983): at 1 and no trust a quarter of the range is lost",
        live=True,
    )
    round_cost: float = parameter(
        1000,
        "cost of a round to each side",
        unit="EUR",
        plausible=(100, 10e3),
        allowed=(0, 1e7),
        source=ESTIMATE,
        live=True,
    )
    round_years: float = parameter(
        0.02,
        "time between two offers under the nash protocol (0: patience alone)",
        unit="year",
        plausible=(0, 0.25),
        allowed=(0, 5),
        source="estimate; Rubinstein (1982) gives the first mover's share",
    )
    fixed_split: float = parameter(
        0.5,
        "supplier's share of the surplus under the fixed protocol",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Ulsan: the seller keeps 54-56 % (data/parks)",
    )


class Trust(Entry):
    """Trust as a beta reputation (Josang & Ismail 2002)."""

    mode: Literal["beta", "off"] = "beta"
    prior: float = parameter(
        0.5,
        "mean prior trust between two companies that have met (a)",
        unit="1",
        plausible=(0.2, 0.8),
        allowed=(0.01, 0.99),
        source="estimate; to be calibrated",
        live=True,
    )
    spread: float = parameter(
        0.5,
        "spread of prior trust on the logit scale (sigma)",
        unit="1",
        plausible=(0, 1.5),
        allowed=(0, 5),
        source=ESTIMATE,
    )
    membership: float = parameter(
        0.2,
        "share of the gap to full trust that common membership closes",
        unit="1",
        plausible=(0, 0.5),
        allowed=(0, 0.99),
        source=ESTIMATE,
        live=True,
    )
    evidence: float = parameter(
        0.25,
        "weight of a quarter's deliveries (w)",
        unit="1",
        plausible=(0.05, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    memory: float = parameter(
        0.98,
        "share of evidence kept from quarter to quarter (lambda)",
        unit="1",
        plausible=(0.9, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    loss_weight: float = parameter(
        2.0,
        "weight of a disappointment against a success (eta)",
        unit="1",
        plausible=(1, 4),
        allowed=(0, 20),
        source="Slovic (1993): loss weighs more than gain",
        live=True,
    )
    tolerance: float = parameter(
        0.9,
        "delivered share that counts as fully kept",
        unit="1",
        plausible=(0.8, 1),
        allowed=(0.1, 1),
        source=ESTIMATE,
    )
    talk: float = parameter(
        0.02,
        "good evidence a quarter from talk among members",
        unit="1",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    opinions: float = parameter(
        5,
        "shared partners whose opinion is heard, at most",
        unit="1",
        plausible=(0, 5),
        allowed=(0, 50),
        source="Josang & Ismail (2002) give the discounting",
        live=True,
    )
    exposure: float = parameter(
        0.25,
        "share of a year's benefit at risk beside the capital",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 10),
        source="estimate; Coleman (1990) gives the threshold",
        live=True,
    )
    breach_cap: float = parameter(
        8,
        "remaining quarters of a broken contract that count, at most",
        unit="quarter",
        plausible=(0, 40),
        allowed=(0, 400),
        source=ESTIMATE,
    )
    learning: bool = True


class Meeting(Entry):
    """How companies come to know each other."""

    chance: float = parameter(
        0.2,
        "chance a quarter that neighbours at no distance meet (p0)",
        unit="1/quarter",
        plausible=(0.01, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    reach: float = parameter(
        3.0,
        "distance at which that chance falls by 1/e (d0)",
        unit="km",
        plausible=(1, 20),
        allowed=(0.01, 1e4),
        source=ESTIMATE,
    )
    ties_target: float = parameter(
        0,
        "mean ties a company to which the chance is scaled (0: not scaled)",
        unit="1",
        plausible=(0, 60),
        allowed=(0, 1e4),
        source=ESTIMATE,
    )
    chance_beyond: float = parameter(
        0.1,
        "chance a quarter of meeting a partner beyond the map at no distance",
        unit="1/quarter",
        plausible=(0.01, 0.3),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    reach_beyond: float = parameter(
        150.0,
        "distance at which that chance falls by 1/e",
        unit="km",
        plausible=(30, 500),
        allowed=(0.01, 1e5),
        source="estimate; by-products travel 33 km (NISP median) to 48 km (Korea mean)",
    )
    club_from: float = parameter(
        9999,
        "year from which members meet in a club",
        unit="year",
        plausible=(1960, 2030),
        allowed=(0, 9999),
        source="Kalundborg: Environment Club 1988",
    )
    club_meetings: float = parameter(
        2,
        "roster slots that a member draws in a quarter",
        unit="1/quarter",
        plausible=(0, 10),
        allowed=(0, 100),
        source=ESTIMATE,
    )
    siting_lead: float = parameter(
        2.0,
        "how long before its arrival a newcomer talks",
        unit="year",
        plausible=(0, 4),
        allowed=(0, 10),
        source="Gyproc: first sod 1970, gas link 1972",
    )
    siting_chance: float = parameter(
        0.8,
        "chance that a newcomer talks to a neighbour at no distance",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    siting_reach: float = parameter(
        5.0,
        "distance at which that chance falls by 1/e",
        unit="km",
        plausible=(1, 30),
        allowed=(0.01, 1e4),
        source=ESTIMATE,
    )


class Investment(Entry):
    """Connections, lead times, shared mains, public building ahead."""

    plant_exponent: float = parameter(
        0.6,
        "economy of scale of plants and pipes",
        unit="1",
        plausible=(0.5, 0.8),
        allowed=(0.1, 1),
        source="six-tenths rule; catalogue README gives 0.6-0.7",
    )
    cost_factor: float = parameter(
        1.0,
        "factor on all plant and pipe costs",
        unit="1",
        plausible=(0.5, 3),
        allowed=(0, 100),
        source="estimate; to be calibrated",
        live=True,
    )
    pipe_life: float = parameter(
        40,
        "life of a pipe",
        unit="year",
        plausible=(25, 50),
        allowed=(1, 200),
        source="Danish Energy Agency, energy transport datasheet: 40 years",
    )
    plant_life: float = parameter(
        15, "life of a treatment plant", unit="year", plausible=(10, 25), allowed=(1, 200), source=ESTIMATE
    )
    upkeep: float = parameter(
        0.02,
        "yearly upkeep as a share of the cost",
        unit="1/year",
        plausible=(0.01, 0.05),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    lead_base: float = parameter(
        1.0,
        "lead time of a connection of 0.1 M EUR",
        unit="year",
        plausible=(0.5, 2),
        allowed=(0, 10),
        source="Kalundborg: 1.25-2.2 years for single plants",
    )
    lead_slope: float = parameter(
        0.5,
        "lead time added by a tenfold cost",
        unit="year",
        plausible=(0, 1),
        allowed=(0, 10),
        source="Kalundborg: see lead_base",
    )
    lead_shortest: float = parameter(
        0.5, "shortest lead time", unit="year", plausible=(0.25, 1), allowed=(0, 10), source=ESTIMATE
    )
    lead_longest: float = parameter(
        4.0,
        "longest lead time",
        unit="year",
        plausible=(2, 5),
        allowed=(0, 20),
        source="Danish Energy Agency: hot water line 3-5 years",
    )
    uptake: float = parameter(
        0.5,
        "share of known spare need that a public supplier expects when it builds ahead",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    mains: bool = True
    reductions: bool = True


class Contract(Entry):
    """Clauses of a contract; each may be switched off by 0."""

    term_pipe: float = parameter(
        20,
        "term of a contract over a pipe",
        unit="year",
        plausible=(10, 25),
        allowed=(0.25, 100),
        source="Kalundborg: heat and steam 20 years (State of Green 2017)",
    )
    term_truck: float = parameter(
        5,
        "term of a contract by truck or ship",
        unit="year",
        plausible=(1, 10),
        allowed=(0.25, 100),
        source=ESTIMATE,
    )
    indexation: float = parameter(
        0.5,
        "share of a move of the virgin price that the contract price follows",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Ulsan: indexed to bunker oil",
        live=True,
    )
    take_or_pay: float = parameter(
        0.5,
        "share of the price due on what was agreed but not taken",
        unit="1",
        plausible=(0, 0.9),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    penalty: float = parameter(
        0.5,
        "years of the partner's benefit due at early termination",
        unit="year",
        plausible=(0, 2),
        allowed=(0, 20),
        source=ESTIMATE,
        live=True,
    )
    guarantee: float = parameter(
        0.0,
        "1: the winner makes the loser whole while the joint benefit is positive",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="Albino, Fraccascia & Giannoccaro (2016)",
        live=True,
    )
    enlargement: bool = True
    notice: float = parameter(
        1.0,
        "time in which a contract may lose before it is re-priced or ended",
        unit="year",
        plausible=(0.5, 3),
        allowed=(0.25, 20),
        source=ESTIMATE,
    )


class Association(Entry):
    """The facilitator: budget, staff, audits, introductions, recruits."""

    starts: float = parameter(
        9999,
        "year from which it works (9999: never)",
        unit="year",
        plausible=(1960, 2030),
        allowed=(0, 9999),
        source="Kalundborg: symbiosis institute 1996",
    )
    ends: float = parameter(
        9999,
        "year in which it stops",
        unit="year",
        plausible=(1960, 9999),
        allowed=(0, 9999),
        source=ESTIMATE,
    )
    fee: float = parameter(
        10e3,
        "yearly fee of a member",
        unit="EUR/year",
        plausible=(1e3, 50e3),
        allowed=(0, 1e8),
        source=ESTIMATE,
        live=True,
    )
    public_money: float = parameter(
        150e3,
        "yearly public money",
        unit="EUR/year",
        plausible=(0, 1e6),
        allowed=(0, 1e10),
        source=ESTIMATE,
        live=True,
    )
    staff_cost: float = parameter(
        100e3,
        "yearly cost of one member of staff",
        unit="EUR/year",
        plausible=(60e3, 150e3),
        allowed=(1, 1e8),
        source=ESTIMATE,
    )
    most_staff: float = parameter(
        7,
        "staff, at most",
        unit="persons",
        plausible=(2, 20),
        allowed=(0, 1e4),
        source="Kalundborg: four persons listed about 2022",
    )
    audit_cycle: float = parameter(
        4,
        "time until a member is audited again",
        unit="year",
        plausible=(1, 8),
        allowed=(0.25, 50),
        source="energy audits of large companies: at least every four years (Directive 2012/27/EU, Art. 8)",
        live=True,
    )
    introductions: float = parameter(
        2,
        "introductions of one member of staff in a quarter",
        unit="1/quarter",
        plausible=(0, 5),
        allowed=(0, 100),
        source=ESTIMATE,
    )
    mediation: float = parameter(
        0.5,
        "factor on guard and on transaction cost in a mediated negotiation",
        unit="1",
        plausible=(0.2, 1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    uptake: float = parameter(
        0.1,
        "chance a quarter that a company with a stream joins",
        unit="1/quarter",
        plausible=(0, 0.5),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    target: float = parameter(
        0,
        "streams it wants by `target_year`: below the way there it doubles its introductions (0: none)",
        unit="1",
        plausible=(0, 50),
        allowed=(0, 1e6),
        source="Kalundborg strategy: ten projects by 2025",
    )
    target_year: float = parameter(
        2025,
        "year of the target",
        unit="year",
        plausible=(1960, 2060),
        allowed=(0, 9999),
        source="Kalundborg strategy: ten projects by 2025",
    )


class Newcomers(Entry):
    """Arrival of prospects that no date fixes."""

    base: float = parameter(
        0.0,
        "newcomers a year when nothing attracts",
        unit="1/year",
        plausible=(0, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    attraction: float = parameter(
        0.5,
        "exponent of unused residue value",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 5),
        source=ESTIMATE,
        live=True,
    )
    trust_effect: float = parameter(
        1.0,
        "effect of mean trust above the prior (b2)",
        unit="1",
        plausible=(0, 4),
        allowed=(-10, 10),
        source=ESTIMATE,
        live=True,
    )
    association_effect: float = parameter(
        0.3,
        "effect of a working association (b3)",
        unit="1",
        plausible=(0, 1),
        allowed=(-10, 10),
        source=ESTIMATE,
        live=True,
    )
    most_a_year: float = parameter(
        2, "newcomers a year, at most", unit="1/year", plausible=(0, 10), allowed=(0, 100), source=ESTIMATE
    )


class Town(Entry):
    """What the town gains: shadow prices and tax."""

    municipality: str = ""
    business_tax: float = parameter(
        0.02,
        "share of company profits that reaches the town",
        unit="1",
        plausible=(0, 0.1),
        allowed=(0, 1),
        source=ESTIMATE,
        live=True,
    )
    shadow_co2: float = parameter(
        50,
        "shadow price of CO2",
        unit="EUR/t",
        plausible=(20, 200),
        allowed=(0, 1e4),
        source=ESTIMATE,
        live=True,
    )
    shadow_water: float = parameter(
        0.3,
        "shadow price of water",
        unit="EUR/m3",
        plausible=(0, 1),
        allowed=(0, 1e3),
        source=ESTIMATE,
        live=True,
    )
    waste_handling: float = parameter(
        10,
        "town's cost of a tonne of waste handled",
        unit="EUR/t",
        plausible=(0, 50),
        allowed=(0, 1e4),
        source=ESTIMATE,
        live=True,
    )


class Policy(Entry):
    """Levies, carbon price, subsidy."""

    landfill_levy: Path = constant(0.0, unit="EUR/t", source="none unless the scenario states one")
    carbon_price: Path = constant(0.0, unit="EUR/t CO2", source="none unless the scenario states one")
    subsidy: float = parameter(
        0.0,
        "share of a connection's cost that the state pays",
        unit="1",
        plausible=(0, 0.4),
        allowed=(0, 0.95),
        source="Kalundborg: 15-36 % grants in 2000-2019",
        live=True,
    )


SECTIONS: dict[str, type[Entry]] = {
    "activity": Activity,
    "economy": Economy,
    "trade": Trade,
    "bargaining": Bargaining,
    "trust": Trust,
    "meeting": Meeting,
    "investment": Investment,
    "contract": Contract,
    "association": Association,
    "entry": Newcomers,
    "town": Town,
    "policy": Policy,
}

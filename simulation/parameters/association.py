"""Section `association` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


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

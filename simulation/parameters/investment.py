"""Section `investment` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


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
        plausible=(1, 5),
        allowed=(0, 100),
        source="estimate; installed plants cost 3.1 to 4.7 times their equipment (Lang 1948)",
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

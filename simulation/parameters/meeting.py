"""Section `meeting` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


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
    sourcing_share: float = parameter(
        0.05,
        "value of an input or a residue, as a share of its sales, from which a newcomer seeks the partner out",
        unit="1",
        plausible=(0.02, 0.3),
        allowed=(0, 1e6),
        source="estimate: the default margin, beyond which the plan of the plant depends on it",
    )
    sourcing_most: float = parameter(
        10,
        "companies that a newcomer seeks out for each such input or residue, nearest first",
        unit="1",
        plausible=(3, 30),
        allowed=(0, 10_000),
        source=ESTIMATE,
    )

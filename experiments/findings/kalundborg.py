"""What would Kalundborg have become: without trust building, without oil shocks, with an early facilitator, without levy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .answer import Answer, Column, Data, Finding, Matrix, amount
from .arms import Arm, Experiment, always, by_pair, difference
from .estimate import mean_of
from .figure_of_curves import curves
from .figure_of_effects import effects
from .oil import without_shocks

BASE = Arm("base", "as it was")
YEARS = (1979, 1995, 2018)
OUTCOMES = (*(f"streams_{year}" for year in YEARS), "savings_mean_2009_2018", "co2_avoided_mean_2009_2018")
COLUMNS = (*(Column("streams", str(year)) for year in YEARS), Column("savings", "M EUR/yr, 2009-18"),
           Column("CO2 avoided", "kt/yr, 2009-18"))  # fmt: skip


def compared(
    data: Data,
    arms: tuple[Arm, ...],
    columns: tuple[Column, ...],
    outcomes: tuple[str, ...],
    divisors: tuple[float, ...],
) -> Matrix:
    """Levels of the first arm, and differences of the others to it, a cell an outcome."""
    table, base = data["runs"], arms[0]
    asked = list(zip(outcomes, divisors, strict=True))
    levels = tuple(mean_of(by_pair(table, outcome)[base.key]).over(divisor) for outcome, divisor in asked)
    rows = tuple(
        (
            arm.says,
            tuple(
                mean_of(difference(table, outcome, arm.key, base.key)).over(divisor)
                for outcome, divisor in asked
            ),
        )
        for arm in arms[1:]
    )
    return Matrix(columns, rows, base=(base.says, levels))


def counterfactual(
    name: str, title: str, question: str, method: str, limits: str, start: str, *others: Arm
) -> Finding:
    """A finding that compares Kalundborg as it was with other histories; `start` begins the headline."""
    arms = (BASE, *others)
    experiment = Experiment("kalundborg", arms, OUTCOMES, series=("streams",))

    def perform(folder: Path, runs: int, seed: int, **how: Any) -> Data:
        return {
            "runs": experiment.run(folder / "sweep", runs, seed, **how),
            "series": experiment.series_of(folder / "sweep", runs),
        }

    def analyse(data: Data) -> Answer:
        matrix = compared(data, arms, COLUMNS, OUTCOMES, (1.0, 1.0, 1.0, 1e6, 1e3))
        first = matrix.rows[0][1]
        headline = f"{start}: {amount(first[1], 'streams')} in 1995 and {amount(first[2], 'streams')} in 2018"
        return Answer(headline, matrix)

    draw: dict[str, Callable[..., Any]] = {
        "curves": curves(arms, "streams", "streams in operation"),
        "effects": effects,
    }
    return Finding(name, title, question, method, limits, 100, perform, analyse, draw)


TRUST = counterfactual(
    "trust", "Kalundborg without trust building",
    "What would Kalundborg have become if companies had not learned to trust each other?",
    "Trust stays what it was at the first meeting: no evidence from deliveries is kept and nobody is asked for an "
    "opinion. As a bound, a Kalundborg in which everyone trusts wholly from the start.",
    "Prior trust is an estimate, and what learning is worth depends on it: where strangers trust each other enough to "
    "sign, there is little left to learn.",
    "Without trust building",
    Arm("without", "no learning, no opinions", {"trust.learning": False, "trust.opinions": 0}),
    Arm("wholly", "whole trust from the start", {"trust.mode": "off"}),
)  # fmt: skip
OIL = counterfactual(
    "oil", "Kalundborg without the oil shocks",
    "What would Kalundborg have become without the oil shocks of 1973 and 1979?",
    "From 1973 to 1985 crude and heavy oil, natural gas, steam and heat stay at their real prices of 1972 where the "
    "scenario has them above; from 1986 on prices are the recorded ones. The second history has the first shock and not "
    "the second.",
    "Only prices differ. The power station goes from oil to coal in both, the lake line is laid in both, and coal stays as "
    "it was.",
    "Without the oil shocks",
    Arm("neither", "no shocks", {}, lambda _pair: without_shocks(1972, 1973)),
    Arm("first", "no second shock", {}, lambda _pair: without_shocks(1978, 1979)),
)  # fmt: skip
FOUNDERS = ("Asnaes power station", "Refinery", "Gyproc", "Novo Nordisk", "Kalundborg Municipality")
"""Members from 1988 on in the scenario."""
EARLY = {"association.starts": 1975.0} | {f'companies."{name}".member_from': 1975.0 for name in FOUNDERS}
FACILITATOR = counterfactual(
    "facilitator", "Kalundborg with a facilitator from 1975",
    "What would Kalundborg have become with a facilitator from 1975, or with none?",
    "The association starts in 1975 in place of 1996, with the five members of the club of 1988 and the public money, fees "
    "and staff that it has in the scenario; then with the club as well, which came in 1988; and without any association.",
    "The line to the association's target starts in 1975 too. Nobody had audits of material flows in 1975: what an "
    "introduction is worth then is assumed, not known.",
    "With a facilitator from 1975",
    Arm("early", "association from 1975", EARLY),
    Arm("early club", "association and club from 1975", EARLY | {"meeting.club_from": 1975.0}),
    Arm("none", "no association", {"association.starts": 9999.0}),
)  # fmt: skip
LEVY = counterfactual(
    "levy", "Kalundborg without a landfill levy",
    "What would Kalundborg have become with a landfill levy of zero?",
    "`policy.landfill_levy.scale` = 0, and 2 beside it.",
    "Other rules on waste (bans on dumping, the sulphur rules) stay. Levy that a trade avoids counts among its savings, so "
    "that savings move with the levy even where no stream does.",
    "With a levy of zero",
    Arm("zero", "no levy", {"policy.landfill_levy.scale": 0.0}),
    Arm("twice", "twice the levy", {"policy.landfill_levy.scale": 2.0}),
)  # fmt: skip

AHEAD = (
    Arm("with", "with its targets"),
    Arm("without", "without targets", {"association.target": 0}),
    Arm("off", "no association from 2026", {}, always("2026 facilitator off")),
)
AHEAD_OUTCOMES = (
    "streams_2030",
    "streams_2040",
    "streams_2050",
    "savings_mean_2041_2050",
    "co2_avoided_mean_2041_2050",
)
AHEAD_COLUMNS = (Column("streams", "2030"), Column("streams", "2040"), Column("streams", "2050"),
                 Column("savings", "M EUR/yr, 2041-50"), Column("CO2 avoided", "kt/yr, 2041-50"))  # fmt: skip
AHEAD_RUNS = Experiment("kalundborg-2050", AHEAD, AHEAD_OUTCOMES, series=("streams", "co2_avoided"))


def ahead(folder: Path, runs: int, seed: int, **how: Any) -> Data:
    """The sweep to 2050."""
    table = AHEAD_RUNS.run(folder / "sweep", runs, seed, **how)
    return {"runs": table, "series": AHEAD_RUNS.series_of(folder / "sweep", runs)}


def analyse_ahead(data: Data) -> Answer:
    """Differences to the way with targets."""
    matrix = compared(data, AHEAD, AHEAD_COLUMNS, AHEAD_OUTCOMES, (1.0, 1.0, 1.0, 1e6, 1e3))
    first = matrix.rows[0][1]
    headline = (
        f"Without the association's targets: {amount(first[2], 'streams')} in 2050, "
        f"{amount(first[4], 'kt CO2 a year')} avoided"
    )
    return Answer(headline, matrix)


NEUTRAL = Finding(
    name="neutral",
    title="Kalundborg to 2050 with and without targets",
    question="On the way to carbon neutrality, what do the association's targets do?",
    method="The scenario `kalundborg-2050`: carbon capture, hydrogen and e-methanol, more biogas, the end of crude oil, "
    "with the association's target (which doubles introductions while streams lag behind the way to it), without, and "
    "with no association from 2026.",
    limits="What comes after 2025 is a set of assumptions, each marked as an estimate in the scenario, and no forecast. The "
    "comparison tells what a target does under them.",
    runs=100,
    perform=ahead,
    analyse=analyse_ahead,
    draw={"curves": curves(AHEAD, "streams", "streams in operation", since=1990), "effects": effects},
)

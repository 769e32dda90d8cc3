"""Sound input of each reader, for tests that change it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simulation.reading import template

from .results import SMALL_PARK, kept, run, sweep

DESIGNS = (
    "scenario = 'small.toml'\noutcomes = ['streams_1995']\nreplicates = 2\n[axes]\n'trust.prior' = [0.2, 0.5]\n",
    "scenario = 'classroom'\ndesign = 'sobol'\nsamples = 8\noutcomes = ['savings_2020', 'streams_first_above_2']\n"
    "replicates = { until = 'savings_2020', half_width = 0.1, at_most = 50 }\nseries = ['streams']\n"
    "events = ['2010 withdraw Mill']\nset = { 'trust.spread' = 0.2 }\nuntil = 2022.0\n"
    "[axes.'trust.prior']\nlow = 0.2\nhigh = 0.8\n[axes.'policy.landfill_levy.scale']\nlow = 0.5\nhigh = 2\nlog = true\n",
    "scenario = 'small.toml'\ndesign = 'list'\noutcomes = ['streams_mean_1991_1995']\n"
    "points = [{ 'trust.prior' = 0.2 }, { 'trust.prior' = 0.3, 'grid.width' = 5 }]\n",
)
VARIANTS = (
    "name = 'b'\nremove = ['history']\n[trust]\nprior = { value = 0.3, low = 0.2, high = 0.4, source = 's' }\n",
    "[policy.landfill_levy.by_year]\n1990 = 8\n1995 = 9.5\n[companies.Mill]\ndistance_km = 50\n",
    "events = ['1995 withdraw Mill', '1996 levy 2']\n[[successions]]\nyear = 1995\nfrom = 'Town'\nto = 'Mill'\n"
    "processes = ['heating']\n",
)
SETTINGS = (
    "trust.prior=0.3", "policy.landfill_levy.scale=2", 'companies."Power station".leaves=1997', "trust.learning=false",
    "policy.carbon_price={ by_year = { 1990 = 3, 2000 = 5 } }", "companies.Town.cell=[2, 1]", "town.municipality=Town",
)  # fmt: skip
EVENTS = (
    '1995 withdraw "Power station" announced 2', "1995.25 shrink Mill 0.5", "1995 close Mill/kiln", "1993 levy 1e2",
    "1993 facilitator on", "1993 set trust.prior 0.4", "1994 price coal 2", "1994 invite Greenhouse",
)  # fmt: skip
WORDS = (
    "savings_mean_1990_1999", "streams_first_above_-1.5e3", "streams_1995 < 3 and streams_1995 >= 1e3", "shrink:0.5",
    "temporary:3", "announced:2", "process:kiln", "savings_recovery", "streams_1995",
)  # fmt: skip


@cache
def sound(reader: str) -> tuple[bytes, ...]:
    """What a reader takes."""
    return tuple(_sound(reader))


def _sound(reader: str) -> Iterator[bytes]:
    texts = {"variant": VARIANTS, "design": DESIGNS, "setting": SETTINGS, "event": EVENTS, "words": WORDS}
    if reader in texts:
        yield from (each.encode() for each in texts[reader])
    elif reader == "scenario":
        scenarios = Path(__file__).parents[2] / "simulation" / "scenarios"
        yield from (SMALL_PARK.read_bytes(), template().encode(), (scenarios / "classroom.toml").read_bytes())
        yield b"name = 'a'\n[synthetic]\ncompanies = 5\n"
    elif reader == "record":
        yield (kept(run) / "run.json").read_bytes()
    elif reader == "parquet":
        yield from (path.read_bytes() for path in sorted(kept(run).glob("*.parquet")))
    elif reader == "ledger":
        yield (kept(sweep) / "ledger.sqlite").read_bytes()

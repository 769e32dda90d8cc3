"""The laws of the model over many random parks and many random sequences of interventions.

    python -m tests.soak --parks 1000 --sequences 1000 --seed 1 [--minutes 20]
    python -m tests.soak --only park:17        one of them again, with what went wrong

The same seed gives the same parks and sequences. Ends with status 1 where a law fails.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from simulation.result import Result
from simulation.run import foundation_of
from simulation.scenario import Scenario
from tests.laws.book import OF_A_QUARTER, OF_SCENARIOS, OF_TABLES, OF_TWINS
from tests.laws.quarter import quarters_of
from tests.laws.twins import Twins

from .draws import drawn, interventions
from .tally import Tally

MOST_EVENTS = 8
SLOW = 2.0  # seconds of a pass over all quarters beyond which a third of the laws that run it anew are asked


def main(arguments: list[str] | None = None) -> int:
    options = parsed(arguments)
    tally, seen, begun = Tally(show=bool(options.only)), Counter[str](), time.monotonic()
    for where in [options.only] if options.only else asked_for(options):
        if options.minutes and time.monotonic() - begun > 60 * options.minutes:
            print(f"stopped after {options.minutes:g} minutes")
            break
        what = where.partition(":")[0]
        try:
            seen[f"{what}s, {ASKED[what](where, tally)}"] += 1
        except KeyboardInterrupt:
            print("interrupted")
            break
        except Exception as error:
            tally.fail("what passes the checks can be run", where, error)
        if sum(seen.values()) % 100 == 0:
            print(f"{sum(seen.values())} done, {len(tally.told)} failures", file=sys.stderr, flush=True)
    print(tally.table(), end="\n\n")
    print("; ".join(f"{count} {kind}" for kind, count in sorted(seen.items())))
    print(f"{time.monotonic() - begun:.0f} s in all")
    print(*tally.again(), sep="\n")
    return 1 if tally.told else 0


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.soak", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parks", type=int, default=1000)
    parser.add_argument("--sequences", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first park and the first sequence")
    parser.add_argument("--minutes", type=float, help="begin no other park after so many minutes")
    parser.add_argument("--only", metavar="WHICH", help="park:SEED or sequence:SEED")
    return parser.parse_args(arguments)


def asked_for(options: argparse.Namespace) -> list[str]:
    """Parks and sequences in turn, so that a soak that is stopped has seen both."""
    both = [(k, what) for what, most in (("park", options.parks), ("sequence", options.sequences))
            for k in range(most)]  # fmt: skip
    return [f"{what}:{options.seed + k}" for k, what in sorted(both)]


def a_park(where: str, tally: Tally) -> str:
    """Every law of quarters, tables and scenarios in one random park."""
    kind, scenario = drawn(where)
    begun = time.perf_counter()
    through(scenario, tally, where)
    laws = OF_SCENARIOS
    if time.perf_counter() - begun > SLOW and not tally.show:
        laws = OF_SCENARIOS[random.Random(where).randrange(3) :: 3]
    for law in laws:
        tally.ask(law, scenario, where)
    return kind


def a_sequence(where: str, tally: Tally) -> str:
    """Every law of twins, and those of quarters and tables in the twin, for one sequence of interventions."""
    kind, scenario = drawn(where)
    dice = random.Random(f"{where} interventions")
    words = interventions(dice, scenario, dice.randint(1, MOST_EVENTS))
    if not words:
        return f"{kind} without any"
    twins = Twins(scenario, tuple(words))
    through(twins.twin, tally, where)
    for law in OF_TWINS:
        tally.ask(law, twins, where)
    return kind


ASKED = {"park": a_park, "sequence": a_sequence}


def through(scenario: Scenario, tally: Tally, where: str) -> None:
    """The laws of a quarter in every quarter, and those of tables at the end."""
    quarter = None
    for quarter in quarters_of(scenario):
        for laws in OF_A_QUARTER.values():
            for law in laws:
                tally.ask(law, quarter, where)
    assert quarter is not None
    result = Result(foundation_of(scenario), quarter.now, 1)
    for law in OF_TABLES:
        tally.ask(law, result, where)


if __name__ == "__main__":
    sys.exit(main())

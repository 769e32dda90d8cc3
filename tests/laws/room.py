"""Room: compiled rules write beyond a table that is too short without a word, so what a quarter can add is counted before."""

from __future__ import annotations

from simulation.quarter import ROOM, room_needed
from simulation.state import GROWING, for_rules
from tests.running import used

from .quarter import Quarter


def no_table_grows_by_more_than_was_counted(quarter: Quarter) -> None:
    full = quarter.before._replace(**{name: used(name, quarter.before) for name in GROWING})
    counted = dict(zip(ROOM, room_needed(for_rules(full)), strict=True))
    for name in GROWING:
        added = len(used(name, quarter.now)) - len(used(name, quarter.before))
        assert added <= counted[name], f"{name}: {added} rows, room for {counted[name]}"


def nobody_meets_more_than_all_others(quarter: Quarter) -> None:
    clock = quarter.now.clock[0]
    assert clock["ties"] <= clock["most_ties"] and clock["opportunities"] <= clock["most_opportunities"]


LAWS = (no_table_grows_by_more_than_was_counted, nobody_meets_more_than_all_others)

"""Twin runs: equal until they differ in words, and never in anybody else's luck; what is not used is not missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from agents.fields import PRESENT
from simulation.calendar import Calendar
from simulation.events import Event, parse_event
from simulation.fieldpaths import describe
from simulation.journal import LEAVES
from simulation.park import IndustrialPark
from simulation.problems import number
from simulation.reading import load_scenario
from simulation.run import advanced, foundation_of, started
from simulation.scenario import Scenario
from simulation.state import Park
from tests.running import HISTORY, history, run, used


@dataclass(frozen=True)
class Twins:
    """A scenario, and the same one with more events at its end."""

    scenario: Scenario
    words: tuple[str, ...]

    @cached_property
    def twin(self) -> Scenario:
        return load_scenario(self.scenario, events=self.words)

    @cached_property
    def events(self) -> list[Event]:
        return [parse_event(words) for words in self.words]

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.of(self.scenario)

    @cached_property
    def first(self) -> int:
        """The first quarter that may differ: that of the first event or of its announcement."""
        return max(0, min(self.quarter(each) - warning(each) for each in self.events))

    def quarter(self, event: Event) -> int:
        return self.calendar.quarter(event.year)

    def row(self, company: str) -> int:
        return foundation_of(self.scenario).names.company_row[company]

    @cached_property
    def ends(self) -> tuple[Park, Park]:
        """Both parks at the end."""
        return run(self.scenario), run(self.twin)


def warning(event: Event) -> int:
    """Quarters between an announcement and its withdrawal."""
    return round(4 * (event.value or 0)) if event.verb == "withdraw" else 0


def at(scenario: Scenario, quarter: int) -> Park:
    """The park after so many quarters of the whole run."""
    return advanced(started(foundation_of(scenario), 1), quarter)


def differing(one: Park, other: Park, but: Sequence[str] = ()) -> set[str]:
    """The tables that are not the same, bit by bit."""
    first, second = history(one), history(other)
    return {table for table in HISTORY if first[table] != second[table]} - {*but}


def before_the_first_event_twins_are_identical(twins: Twins) -> None:
    if twins.first > 0:
        assert not differing(at(twins.scenario, twins.first), at(twins.twin, twins.first))


def events_by_hand_in_mid_run_are_those_of_the_scenario(twins: Twins) -> None:
    model = IndustrialPark(twins.scenario, rng=1)
    told = sorted(twins.events, key=lambda event: twins.quarter(event) - warning(event))
    said = load_scenario(twins.scenario, events=told)
    for event in told:
        while model.tables.clock[0]["quarter"] < twins.quarter(event) - warning(event):
            model.step()
        words = str(event).partition(" ")[2]
        if warning(event):
            model.event_at(event.year, words)
        else:
            model.event(words)
    while model.running:
        model.step()
    assert not differing(model.tables, run(said))


def events_in_any_order_of_words_are_the_same_where_dates_differ(twins: Twins) -> None:
    events = [parse_event(words) for words in twins.twin.events]
    dates = [twins.quarter(each) for each in events]
    dates += [max(0, twins.quarter(each) - warning(each)) for each in events if warning(each)]
    if len(set(dates)) == len(dates):
        backwards = twins.twin.model_copy(update={"events": twins.twin.events[::-1]})
        assert not differing(run(backwards), twins.ends[1])


def an_event_changes_nobody_elses_luck(twins: Twins) -> None:
    """Activity and outages of all who are there in both, and the tastes of all who meet in both."""
    (one, other), clock = twins.ends, twins.ends[0].clock[0]
    touched = {twins.row(each.company) for each in twins.events if each.verb in ("shrink", "close")}
    set_ = {each.field.partition(".")[0] for each in twins.events if each.field}
    same = (one.companies["status"] == PRESENT) & (other.companies["status"] == PRESENT)
    same &= one.companies["arrives"] == other.companies["arrives"]
    same[list(touched)] = False
    rows = same[one.processes["company"]] & (one.processes["starts"] < clock["quarter"])
    rows &= one.processes["inherits"] < 0  # what changes hands goes on as it was, or does not come
    if "activity" not in set_:
        for luck in ("log_activity", "outage", "outage_planned", "started"):
            assert (one.processes[luck][rows] == other.processes[luck][rows]).all(), luck
    tastes = {}
    for tie in used("ties", one):
        tastes[int(tie["a"]), int(tie["b"])] = (tie["z_ab"], tie["z_ba"])
    for tie in used("ties", other):
        known = tastes.get((int(tie["a"]), int(tie["b"])))
        assert known in (None, (tie["z_ab"], tie["z_ba"]))


def who_withdraws_is_gone_and_so_are_its_streams(twins: Twins) -> None:
    now = twins.ends[1]
    for event in twins.events:
        if event.verb != "withdraw":
            continue
        leaver, quarter = twins.row(event.company), twins.quarter(event)
        lines = used("journal", now)
        left = lines[(lines["kind"] == LEAVES) & (lines["company"] == leaver)]
        assert now.companies["status"][leaver] != PRESENT
        assert len(left) == 1 and left["quarter"][0] <= quarter
        contracts = used("contracts", now)
        party = (contracts["supplier"] == leaver) | (contracts["receiver"] == leaver)
        assert (contracts["ends"][party] <= quarter).all()
        assert (contracts["signed"][party] < quarter).all()
        assert now.processes["activity"].min() >= 0


def setting_what_is_already_so_changes_nothing(twins: Twins) -> None:
    """The live fields that the events set, set to what they are a year after the start."""
    fields = {each.field for each in twins.events if each.field}
    words = [f"{number(twins.scenario.time.starts + 1)} resume-trading {name}" for name in _anyone(twins)]
    for field in sorted(fields):
        value = describe(twins.scenario, field).value
        words.append(f"{number(twins.scenario.time.starts + 1)} set {field} {float(value)!r}")
    plain = twins.scenario.model_copy(update={"events": []})
    if words:
        idle = load_scenario(plain, events=words)
        assert differing(run(plain), run(idle), but=("journal", "clock")) == set()


def _anyone(twins: Twins) -> list[str]:
    """A company that is there all the time."""
    there = (name for name, each in twins.scenario.companies.items() if not each.arrives and not each.leaves)
    return [f'"{name}"' for name in list(there)[:1]]


def a_shorter_run_is_the_beginning_of_a_longer_one(twins: Twins) -> None:
    """The run to the first event, founded for that time only."""
    quarter = max(1, twins.first)
    until = twins.scenario.time.starts + quarter / 4
    foundation = foundation_of(twins.scenario, until)
    short = advanced(started(foundation, 1), foundation.calendar.quarters)
    longer = at(twins.scenario, quarter)
    assert short.clock[0]["quarter"] == quarter
    assert not differing(short, longer, but=("clock", "indicators", "accounts", "processes"))
    begun = short.processes["started"] == 1
    assert short.processes[begun].tobytes() == longer.processes[begun].tobytes()
    for table in ("indicators", "accounts"):
        rows = getattr(short, table)
        assert rows.tobytes() == getattr(longer, table)[: len(rows)].tobytes()


LAWS = (
    before_the_first_event_twins_are_identical,
    events_by_hand_in_mid_run_are_those_of_the_scenario,
    events_in_any_order_of_words_are_the_same_where_dates_differ,
    an_event_changes_nobody_elses_luck,
    who_withdraws_is_gone_and_so_are_its_streams,
    setting_what_is_already_so_changes_nothing,
    a_shorter_run_is_the_beginning_of_a_longer_one,
)


HERMIT = "Zz hermit"
OWNERS = {
    "companies": "", "processes": "company", "residues": "company", "needs": "company", "contracts": "supplier",
    "connections": "supplier", "opportunities": "supplier", "negotiations": "supplier",
}  # fmt: skip
"""Tables in which nothing of another company may differ, and the field that says whose a row is."""
ROWS_OF_TIES = ("tie", "first_tie", "mark", "marked_for")
"""The hermit's tie is a row more, and a question less is asked."""


def with_a_hermit(scenario: Scenario) -> Scenario:
    """The park with a public company beyond the map whose dust nobody wants, and nothing that draws newcomers."""
    raw = scenario.model_dump(by_alias=True)
    raw["resources"]["hermit dust"] = {"unit": "t", "class": "material", "disposal": 5.0, "truck": {}}
    raw["companies"][HERMIT] = {
        "kind": "public",
        "external": True,
        "distance_km": 10.0,
        "processes": {
            "works": {"capacity": 1000.0, "residues": {"hermit dust": 1.0}, "product_price": 100.0}
        },
    }
    raw["synthetic"], raw["entry"]["base"] = None, 0.0
    return Scenario.model_validate(raw)


def who_trades_with_nobody_is_missed_by_nobody(twins: Twins) -> None:
    """A company without streams withdraws in the quarter of the first event: all others go on bit by bit."""
    scenario = with_a_hermit(twins.scenario)
    year = twins.scenario.time.starts + max(1, twins.first) / 4
    one, other = run(scenario), run(load_scenario(scenario, events=[f'{year!r} withdraw "{HERMIT}"']))
    hermit = foundation_of(scenario).names.company_row[HERMIT]
    assert other.companies["status"][hermit] != PRESENT
    for table, of in OWNERS.items():
        first, second = used(table, one), used(table, other)
        others = np.arange(len(first)) != hermit if table == "companies" else first[of] != hermit
        for name in first.dtype.names or ():
            if name not in ROWS_OF_TIES:
                assert first[name][others].tobytes() == second[name][others].tobytes(), f"{table}.{name}"
    of_others = np.arange(len(one.accounts)) % len(one.companies) != hermit
    assert one.accounts[of_others].tobytes() == other.accounts[of_others].tobytes()
    for name in ("savings", "co2_avoided", "streams", "partners", "tax", "virgin_material"):
        assert (one.indicators[name] == other.indicators[name]).all(), name


LAWS_OF_ABSENCE = (who_trades_with_nobody_is_missed_by_nobody,)

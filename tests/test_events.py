"""Events are the same words everywhere: they can be read, written back, and are refused clearly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.events import VERBS, Event, parse_event
from simulation.problems import ScenarioError

READ = {
    "2000 withdraw Gyproc": Event(2000, "withdraw", "Gyproc", 0),
    '2000 withdraw "Asnaes power station" announced 2': Event(2000, "withdraw", "Asnaes power station", 2),
    "2000.25 stop-trading Gyproc": Event(2000.25, "stop-trading", "Gyproc"),
    "2004 resume-trading Gyproc": Event(2004, "resume-trading", "Gyproc"),
    "2000 shrink Gyproc 0.5": Event(2000, "shrink", "Gyproc", 0.5),
    "2000 close Gyproc/boards": Event(2000, "close", "Gyproc/boards"),
    '2000 close "Asnaes power station/unit 5"': Event(2000, "close", "Asnaes power station/unit 5"),
    "1985 invite Gyproc": Event(1985, "invite", "Gyproc"),
    "1980 facilitator on": Event(1980, "facilitator", "", 1),
    "1980 facilitator off": Event(1980, "facilitator", "", 0),
    "1990 set trust.prior 0.3": Event(1990, "set", "trust.prior", 0.3),
    "1990 price natural_gypsum 1.5": Event(1990, "price", "natural_gypsum", 1.5),
    "1990 levy 2": Event(1990, "levy", "", 2),
}
OTHER_WORDS = {
    "2000 withdraw Asnaes power station": '2000 withdraw "Asnaes power station"',
    "2000 withdraw Asnaes power station announced 1.5": '2000 withdraw "Asnaes power station" announced 1.5',
    "2000 shrink Asnaes power station 0.5": '2000 shrink "Asnaes power station" 0.5',
    '2000 close "Asnaes power station"/boiler': '2000 close "Asnaes power station/boiler"',
    "2000 close Novo A/S / boiler": '2000 close "Novo A/S/boiler"',
    "  2000.0   withdraw   Gyproc  ": "2000 withdraw Gyproc",
    "2000 withdraw Gyproc announced 0": "2000 withdraw Gyproc",
    "2000 levy 2e1": "2000 levy 20",
}
REFUSED = {
    "": ("found '' as year", "a year first"),
    "withdraw Gyproc": ("found 'withdraw' as year", "as 2000 or 2000.25"),
    "nan withdraw Gyproc": ("found 'nan' as year",),
    "900 withdraw Gyproc": ("found '900' as year", "1500 to 2500"),
    "2000": ("found no verb", "verbs: withdraw, stop-trading"),
    "2000 retire Gyproc": ("found the verb 'retire'", "verbs: withdraw, stop-trading"),
    "2000 stop_trading Gyproc": ("found the verb 'stop_trading'", "did you mean 'stop-trading'"),
    "2000 withdraw": ("found no name", "YEAR withdraw NAME [announced YEARS]"),
    '2000 withdraw ""': ("found no name",),
    '2000 withdraw "Gyproc': ("found '\"Gyproc'", "a name with blanks in double quotes"),
    '2000 withdraw "Gyproc" soon': ("a name with blanks in double quotes",),
    "2000 withdraw Gyproc announced -1": ("found -1", "years, 0 to 100"),
    "2000 shrink Gyproc": ("found 'Gyproc' as value", "YEAR shrink NAME SHARE"),
    "2000 shrink 0.5": ("found no name", "YEAR shrink NAME SHARE"),
    "2000 shrink Gyproc 0": ("found 0", "more than 0, at most 1"),
    "2000 shrink Gyproc 1.5": ("found 1.5", "more than 0, at most 1"),
    "2000 shrink Gyproc nan": ("found 'nan' as value",),
    "2000 close Gyproc": ("found 'Gyproc'", "NAME/PROCESS"),
    "2000 close /boards": ("found '/boards'", "NAME/PROCESS"),
    "2000 facilitator": ("found ''", "on or off"),
    "2000 facilitator maybe": ("found 'maybe'", "on or off"),
    "2000 set trust.prior": ("found 'trust.prior' as value", "YEAR set FIELD VALUE"),
    "2000 set trust.prior 1e999": ("found 1e999", "a number"),
    "2000 price steam -1": ("found -1", "a factor, 0 to 1000"),
    "2000 levy": ("found no value", "YEAR levy FACTOR"),
    "2000 levy 1001": ("found 1001", "a factor, 0 to 1000"),
}


@pytest.mark.parametrize(("text", "event"), READ.items(), ids=READ)
def test_an_event_is_read_and_gives_the_same_words_back(text: str, event: Event) -> None:
    assert parse_event(text) == event
    assert str(event) == text


@pytest.mark.parametrize(("text", "canonical"), OTHER_WORDS.items(), ids=OTHER_WORDS)
def test_names_may_run_to_the_value_or_the_end(text: str, canonical: str) -> None:
    assert str(parse_event(text)) == canonical


@pytest.mark.parametrize(("text", "parts"), REFUSED.items(), ids=REFUSED)
def test_words_that_are_no_event_are_refused_clearly(text: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(ScenarioError) as refusal:
        parse_event(text)
    assert all(part in str(refusal.value) for part in parts), str(refusal.value)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(ScenarioError, match="found 2000"):
        parse_event(2000)  # type: ignore[arg-type]


def test_every_verb_has_an_example_that_is_read() -> None:
    assert {parse_event(text).verb for text in READ} == set(VERBS)


def test_a_date_falls_into_the_quarter_that_it_lies_in() -> None:
    first = Event(2000, "levy", "", 1).quarter
    years = [2000.24, 2000.25, 2000.9999, 2001]
    assert [Event(year, "levy", "", 1).quarter - first for year in years] == [0, 1, 3, 4]


def test_events_that_set_a_field_name_it() -> None:
    assert parse_event("1990 price natural_gypsum 2").field == "resources.natural_gypsum.price.scale"
    assert parse_event('1990 price "fly ash" 2').field == 'resources."fly ash".price.scale'
    assert parse_event("1990 levy 2").field == "policy.landfill_levy.scale"
    assert parse_event("1990 set trust.prior 0.2").field == "trust.prior"
    assert parse_event("1990 withdraw Gyproc").field == ""


def test_close_names_a_company_and_the_process_after_the_last_slash() -> None:
    event = parse_event('2000 close "Novo A/S/boiler"')
    assert (event.company, event.process) == ("Novo A/S", "boiler")


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
values = {
    "": st.none(),
    "warning": st.floats(0, 100),
    "share": st.floats(0, 1, exclude_min=True),
    "factor": st.floats(0, 1000),
    "amount": st.floats(allow_nan=False, allow_infinity=False),
    "switch": st.sampled_from([0.0, 1.0]),
}
objects = {
    "": st.just(""),
    "company": names,
    "prospect": names,
    "resource": names,
    "process": st.builds("/".join, st.tuples(names, names.filter(lambda name: "/" not in name))),
    "field": st.sampled_from(["trust.prior", 'companies."Asnaes power station".payback', "policy.subsidy"]),
}


@st.composite
def some_events(draw: st.DrawFn) -> Event:
    """Any event that words can say."""
    verb = VERBS[draw(st.sampled_from(sorted(VERBS)))]
    year = draw(st.floats(1500, 2500))
    return Event(year, verb.name, draw(objects[verb.object]), draw(values[verb.value]))


@given(some_events())
def test_any_event_survives_its_own_words(event: Event) -> None:
    words = str(event)
    assert parse_event(words) == event
    assert str(parse_event(words)) == words

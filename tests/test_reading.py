"""Scenarios are read from names, files, records and tables, in layers, and refused without a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.catalogue import catalogue
from simulation.edits import merge, take_annotations
from simulation.files import LARGEST_FILE
from simulation.problems import ScenarioError
from simulation.reading import bundled_names, bundled_scenarios, load_scenario, setting, template
from simulation.scenario import Scenario
from simulation.schema import json_schema

SMALL_PARK = Path(__file__).parent / "data" / "small_park.toml"
BARE = 'name = "bare"\ncatalogue = "none"\n'


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def over_small_park(folder: Path, text: str) -> Path:
    """A file that lies over the small park."""
    return write(folder / "variant.toml", f"base = {str(SMALL_PARK)!r}\n{text}")


def refusal_of(source: Any, **options: Any) -> str:
    with pytest.raises(ScenarioError) as refusal:
        load_scenario(source, **options)
    return str(refusal.value)


# --- sources


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_scenario_is_read_and_has_a_title(name: str) -> None:
    assert load_scenario(name).name == name
    assert bundled_scenarios()[name]


def test_the_template_is_complete_and_not_listed(tmp_path: Path) -> None:
    assert "template" not in bundled_names()
    scenario = load_scenario(write(tmp_path / "mine.toml", template()))
    assert len(scenario.companies) == 3 and scenario.prospects and scenario.events
    assert scenario.companies["Power station"].processes["boiler"].capacity.low == 0.8


def test_a_scenario_that_was_written_down_is_read_back_the_same(tmp_path: Path) -> None:
    for source in (SMALL_PARK, "classroom"):
        scenario = load_scenario(
            source, set={"trust.prior": 0.3}, events=["1995 levy 2"] if source == SMALL_PARK else []
        )
        record = {"scenario": scenario.model_dump(mode="json", by_alias=True), "seed": 1}
        assert load_scenario(write(tmp_path / "run.json", json.dumps(record))) == scenario
        assert load_scenario(write(tmp_path / "run.json", json.dumps(record, sort_keys=True))) == scenario


def test_a_scenario_itself_a_table_and_a_file_are_sources() -> None:
    scenario = load_scenario(SMALL_PARK)
    assert load_scenario(scenario) is scenario
    assert load_scenario(tomllib.loads(SMALL_PARK.read_text("utf-8"))) == scenario
    assert load_scenario(str(SMALL_PARK)) == scenario
    changed = load_scenario(scenario, set={"trust.prior": 0.3})
    assert (changed.trust.prior, scenario.trust.prior) == (0.3, 0.4)


def test_reading_twice_gives_two_scenarios_that_nobody_shares() -> None:
    first, second = load_scenario("classroom"), load_scenario("classroom")
    first.companies.clear()
    next(iter(first.resources.values())).price.by_year[2000.0] = -1e9
    assert second.companies and second == load_scenario("classroom") != first


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = write(tmp_path / "park.toml", f"{BARE}[trust]\nprior = 0.3")
    assert load_scenario(file).trust.prior == 0.3
    write(file, f"{BARE}[trust]\nprior = 0.4")
    assert load_scenario(file).trust.prior == 0.4


def folder_with_record(folder: Path) -> Path:
    write(folder / "run.json", "{}")
    return folder


UNREADABLE: dict[str, tuple[Callable[[Path], Any], tuple[str, ...]]] = {
    "no file": (
        lambda folder: folder / "park.toml",
        ("no such file", "one of the bundled scenarios classroom"),
    ),
    "no bundled name": (
        lambda folder: "clasroom",
        ("clasroom: found no such file", "did you mean 'classroom'?"),
    ),
    "a name with .toml": (lambda folder: "classroom.toml", ("did you mean 'classroom'?",)),
    "a neighbour": (
        lambda folder: write(folder / "park.toml", BARE).parent / "parc.toml",
        ("did you mean 'park.toml'?",),
    ),
    "a folder": (lambda folder: folder, ("found a folder", "name a .toml file in it")),
    "a run folder": (folder_with_record, ("found a folder", "name run.json in it")),
    "a device": (lambda folder: "/dev/null", ("/dev/null: found no file to read",)),
    "no name": (lambda folder: "", ("found a folder",)),
    "a name with a null character": (lambda folder: "a\0b", ("a\\x00b: found",)),
    "a very long name": (lambda folder: "x" * 5000, ("a file that cannot be read (file name too long)",)),
    "a binary file": (
        lambda folder: folder.joinpath("a.toml").write_bytes(b"\x7fELF\0\0") and folder / "a.toml",
        ("a binary file",),
    ),
    "latin-1": (
        lambda folder: folder.joinpath("a.toml").write_bytes(b'a = 1\nname = "\xc6"\n') and folder / "a.toml",
        ("in line 2, which is not UTF-8", "save the file as UTF-8"),
    ),
    "UTF-16": (
        lambda folder: (
            folder.joinpath("a.toml").write_bytes('name = "a"'.encode("utf-16")) and folder / "a.toml"
        ),
        ("found UTF-16 text", "allowed UTF-8 text"),
    ),
    "no TOML": (
        lambda folder: write(folder / "a.toml", 'name = "a"\n[trust\n'),
        ("a.toml: line 2, column 7: ", "found no TOML"),
    ),
    "a key twice": (
        lambda folder: write(folder / "a.toml", "a = 1\na = 2\n"),
        ("line 2", "Cannot overwrite a value"),
    ),
    "an endless number": (
        lambda folder: write(folder / "a.toml", f"a = {'9' * 5000}"),
        ("a value that cannot be read",),
    ),
    "deep lists": (
        lambda folder: write(folder / "a.toml", f"a = {'[' * 5000}{']' * 5000}"),
        ("nested", "at most 60 levels"),
    ),
    "deep tables": (
        lambda folder: write(folder / "a.toml", f"[{'.'.join('a' * 61)}]"),
        ("nested", "at most 60 levels"),
    ),
    "no JSON": (
        lambda folder: write(folder / "run.json", "{"),
        ("run.json: line 1, column 2: found no JSON",),
    ),
    "no record": (lambda folder: write(folder / "run.json", '{"seed": 1}'), ("no scenario in the record",)),
    "a list for a record": (lambda folder: write(folder / "run.json", "[1]"), ("no scenario in the record",)),
    "an empty file": (lambda folder: write(folder / "a.toml", ""), ("a.toml: name: found nothing",)),
    "a table nested in Python": (lambda folder: nested(70), ("scenario: found tables nested",)),
}


def nested(levels: int) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for _ in range(levels):
        table = {"a": table}
    return table


@pytest.mark.parametrize(("make", "parts"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, make: Callable[[Path], Any], parts: tuple[str, ...]
) -> None:
    line = refusal_of(make(tmp_path))
    assert all(part in line for part in parts), line
    assert "\n" not in line


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    with file.open("wb") as large:
        large.truncate(LARGEST_FILE + 1)
    assert "found 20 MB, allowed at most 20 MB" in refusal_of(file)


def test_more_than_a_million_entries_are_refused() -> None:
    table = {"name": "many", "provenance": {str(number): {} for number in range(1_000_001)}}
    assert "more than a million entries" in refusal_of(table)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BARE.encode())
    assert load_scenario(file).name == "bare"


# --- layers


def test_a_variant_says_only_what_differs(tmp_path: Path) -> None:
    write(tmp_path / "park.toml", SMALL_PARK.read_text("utf-8"))
    variant = write(
        tmp_path / "variant.toml", 'base = "park.toml"\nname = "variant"\n[companies.Mill]\ndistance_km = 50'
    )
    base, changed = load_scenario(tmp_path / "park.toml"), load_scenario(variant)
    assert changed.name == "variant" and changed.companies["Mill"].distance_km == 50
    changed.name, changed.companies["Mill"].distance_km = "small", 30
    assert changed == base


def test_bases_are_found_beside_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write(tmp_path / "first.toml", f"{BARE}[trust]\nprior = 0.1\nspread = 0.1\ntalk = 0.1")
    write(tmp_path / "below" / "second.toml", 'base = "../first.toml"\n[trust]\nspread = 0.2\ntalk = 0.2')
    third = write(tmp_path / "third.toml", 'base = "below/second.toml"\n[trust]\ntalk = 0.3')
    trust = load_scenario(third).trust
    assert (trust.prior, trust.spread, trust.talk) == (0.1, 0.2, 0.3)


def test_a_bundled_scenario_may_be_the_base(tmp_path: Path) -> None:
    variant = write(tmp_path / "a.toml", 'base = "classroom"\nname = "mine"\n[trust]\nprior = 0.31')
    scenario = load_scenario(variant)
    assert scenario.companies == load_scenario("classroom").companies and scenario.trust.prior == 0.31


def test_a_circle_of_bases_is_refused_with_the_chain(tmp_path: Path) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "a")):
        write(tmp_path / f"{name}.toml", f'base = "{base}.toml"')
    line = refusal_of(tmp_path / "a.toml")
    assert "base: found a circle" in line
    chain = line.partition("found a circle, ")[2].partition(", allowed")[0].split(" -> ")
    assert [Path(each).name for each in chain] == ["a.toml", "b.toml", "c.toml", "a.toml"]
    assert "found a circle" in refusal_of(write(tmp_path / "self.toml", 'base = "self.toml"'))


@pytest.mark.parametrize(
    ("text", "parts"),
    {
        'base = "parc.toml"': ("base: 'parc.toml': found no such file", "did you mean 'park.toml'"),
        'base = "clasroom"': ("did you mean 'classroom'?",),
        "base = 3": ("base: found 3", "a bundled name, or the path of a TOML file"),
        'base = ""': ("base: found ''",),
        'catalogue = "generl"': ("catalogue: found 'generl'", "did you mean 'general'?"),
        "catalogue = ['none']": ("catalogue: found ['none']", "'general' or 'none'"),
        'base = "park.toml"\nremove = "companies.Mill"': (
            "remove: found 'companies.Mill'",
            "a list of dotted paths",
        ),
        'base = "park.toml"\nremove = ["companies.Mil"]': (
            "remove: companies.Mil: found no such field",
            "did you mean 'companies.Mill'?",
        ),
    }.items(),
)
def test_a_layer_that_does_not_fit_is_refused(tmp_path: Path, text: str, parts: tuple[str, ...]) -> None:
    write(tmp_path / "park.toml", SMALL_PARK.read_text("utf-8"))
    line = refusal_of(write(tmp_path / "variant.toml", text))
    assert all(part in line for part in ("variant.toml: ", *parts)), line


def test_a_variant_can_remove_what_its_base_has(tmp_path: Path) -> None:
    removed = [
        "companies.Mill",
        "substitutions.ash",
        "history",
        "events",
        "policy.landfill_levy.by_year.1987",
    ]
    scenario = load_scenario(over_small_park(tmp_path, f"remove = {removed}"))
    assert "Mill" not in scenario.companies and "Town" in scenario.companies
    assert scenario.events == [] and scenario.history.streams == []
    assert list(scenario.policy.landfill_levy.by_year) == [1993]
    assert "substitutions.ash.clinker.ratio" not in scenario.provenance


def test_what_was_removed_can_be_stated_anew(tmp_path: Path) -> None:
    text = "remove = ['policy.landfill_levy']\n[policy.landfill_levy.by_year]\n1990 = 5"
    levy = load_scenario(over_small_park(tmp_path, text)).policy.landfill_levy
    assert (levy.by_year, levy.currency, levy.source) == ({1990: 5}, "EUR", "")


def test_lists_are_replaced_and_dates_are_merged(tmp_path: Path) -> None:
    text = "events = []\n[policy.landfill_levy.by_year]\n1990 = 80\n'1993.0' = 100"
    scenario = load_scenario(over_small_park(tmp_path, text))
    assert scenario.events == []
    assert scenario.policy.landfill_levy.by_year == {1987: 40, 1990: 80, 1993: 100}
    assert scenario.policy.landfill_levy.currency == "DKK"


def test_a_number_stated_anew_loses_its_source_but_not_its_unit(tmp_path: Path) -> None:
    text = "[trust]\nprior = 0.5\n[policy]\nlandfill_levy = 300\n[resources]\ncoal.price = 90"
    scenario = load_scenario(over_small_park(tmp_path, text))
    levy, price = scenario.policy.landfill_levy, scenario.resources["coal"].price
    assert scenario.provenance["trust.prior"].model_dump(exclude_defaults=True) == {"unit": "1"}
    assert (levy.at(1995), levy.unit, levy.currency, levy.nominal) == (300, "DKK/t", "DKK", True)
    assert (price.at(1995), price.unit, price.low) == (90, "EUR/t", None)
    assert levy.source == price.source == ""
    assert scenario.provenance["substitutions.ash.clinker.ratio"].source == "a handbook"


def test_the_catalogue_lies_under_a_file_that_has_no_base(tmp_path: Path) -> None:
    bare = load_scenario(write(tmp_path / "a.toml", 'name = "a"\n[resources.coal]\nlevied = 0.5'))
    assert set(bare.resources) == set(catalogue()["resources"])
    coal = bare.resources["coal"]
    assert (coal.levied, coal.price.at(2000)) == (0.5, catalogue()["resources"]["coal"]["price"])
    assert load_scenario(write(tmp_path / "b.toml", BARE)).resources == {}
    assert load_scenario(write(tmp_path / "c.toml", 'base = "b.toml"')).resources == {}
    again = load_scenario(write(tmp_path / "d.toml", 'base = "b.toml"\ncatalogue = "general"'))
    assert set(again.resources) == set(catalogue()["resources"])


def test_entries_of_the_catalogue_can_be_removed(tmp_path: Path) -> None:
    scenario = load_scenario(write(tmp_path / "a.toml", 'name = "a"\nremove = ["substitutions.fly_ash"]'))
    assert "fly_ash" in scenario.resources and "fly_ash" not in scenario.substitutions
    assert not any(path.startswith("substitutions.fly_ash.") for path in scenario.provenance)
    assert "fly_ash" in catalogue()["substitutions"]


# --- annotated numbers


def test_annotated_numbers_give_their_value_to_the_field_and_keep_their_provenance() -> None:
    scenario = load_scenario(SMALL_PARK)
    assert scenario.trust.prior == 0.4
    assert scenario.archetypes["boiler"].residues["ash"] == 0.04
    stated = {path: each.model_dump(exclude_defaults=True) for path, each in scenario.provenance.items()}
    assert stated == {
        "trust.prior": {"unit": "1", "low": 0.2, "high": 0.6, "source": "a survey", "estimate": True},
        "substitutions.ash.clinker.ratio": {"low": 0.7, "high": 1.0, "source": "a handbook"},
        "archetypes.boiler.residues.ash": {"source": "a coal analysis"},
    }


def test_dated_paths_keep_their_own_annotation() -> None:
    price = load_scenario(SMALL_PARK).resources["coal"].price
    assert (price.low, price.high, price.unit, price.source) == (0.75, 1.5, "EUR/t", "a price list")


def test_names_with_dots_and_lists_of_numbers_may_be_annotated() -> None:
    table = {
        "name": "a",
        "catalogue": "none",
        "resources": {
            "no. 2 oil": {
                "unit": "t",
                "class": "energy",
                "co2_virgin": {"value": 3.1, "source": "s"},
                "season": {"value": [1, 1, 1, 1], "estimate": True},
            }
        },
    }
    scenario = load_scenario(table)
    assert scenario.resources["no. 2 oil"].co2_virgin == 3.1
    assert set(scenario.provenance) == {'resources."no. 2 oil".co2_virgin', 'resources."no. 2 oil".season'}


def test_edits_leave_what_they_are_given() -> None:
    raw = tomllib.loads(SMALL_PARK.read_text("utf-8"))
    before = json.dumps(raw)
    plain, _ = take_annotations(raw)
    merge(plain, {"companies": {"Mill": {"distance_km": 1}}, "trust": {"prior": 0.1}})
    assert json.dumps(raw) == before and plain["companies"]["Mill"]["distance_km"] == 30


# --- settings and events


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("trust.prior", "0.6", 0.6),
        ("trust.prior", ".6", 0.6),
        ("trust.learning", "false", False),
        ("synthetic.companies", "1_000", 1000),
        ("companies.Mill.cell", "[1, 2]", [1, 2]),
        ("policy.carbon_price", "{ by_year = { 1990 = 3 } }", {"by_year": {"1990": 3}}),
        ("town.municipality", "Town", "Town"),
        ("town.municipality", "1984", "1984"),
        ("town.municipality", '"Town"', "Town"),
        ("title", "true", "true"),
        ("trust.prior", "high", "high"),
        ("trust.prior", "0.3\nlearning = 1", "0.3\nlearning = 1"),
        ("trust.prior", "1990-01-01", "1990-01-01"),
    ],
)
def test_a_text_is_read_as_on_a_command_line(path: str, text: str, value: Any) -> None:
    read = setting(path, text)
    assert read == value and type(read) is type(value)


def test_settings_of_any_kind_reach_their_fields() -> None:
    scenario = load_scenario(
        SMALL_PARK,
        set={
            "trust__prior": np.float32(0.5),
            "trust.spread": "0.25",
            "association.target": np.int64(3),
            "trust.learning": np.bool_(False),
            "title": "1984",
            "resources.water.limit": None,
        },
    )
    assert (scenario.trust.prior, scenario.trust.spread, scenario.association.target) == (0.5, 0.25, 3)
    assert (scenario.trust.learning, scenario.title, scenario.resources["water"].limit) == (
        False,
        "1984",
        None,
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"trust.prior": 2}, "set: trust: prior: found 2, allowed 0.01 to 0.99"),
        ({"trust.prior": "high"}, "set: trust: prior: found 'high', allowed 0.01 to 0.99"),
        ({"trust.prior": True}, "set: trust: prior: found true, allowed 0.01 to 0.99"),
        ({"trust__pryor": 1}, "set: trust.pryor: found no such field; did you mean 'trust.prior'?"),
        ({"town.municipality": "Mill"}, "set: town: municipality: found 'Mill', which is private"),
        (
            {"companies.Town": {"cell": [9, 9]}},
            "set: companies.Town: cell: found [9, 9], allowed column 0 to 3",
        ),
        ({"trust.prior": 10**5000}, "set: trust: prior: found a number of more than 40 digits, allowed"),
        ({"": 1}, "set: found no field path"),
    ],
)
def test_a_setting_that_does_not_fit_is_refused_as_a_setting(settings: dict[str, Any], line: str) -> None:
    assert refusal_of(SMALL_PARK, set=settings).startswith(line)


def test_all_unknown_settings_are_told_at_once() -> None:
    lines = refusal_of(SMALL_PARK, set={"trust.pryor": 1, "trust.spraed": 1, "trust.prior": 0.4}).splitlines()
    assert len(lines) == 2


def test_events_are_added_to_those_of_the_file() -> None:
    scenario = load_scenario(SMALL_PARK, events=["1995 withdraw Mill"])
    assert scenario.events == ["1993 shrink Mill 0.5", "1995 withdraw Mill"]
    assert load_scenario(scenario, events="1996 levy 2").events[-1] == "1996 levy 2"


def test_an_event_that_does_not_fit_is_refused_as_an_event() -> None:
    lines = refusal_of(SMALL_PARK, events=["1995 withdraw Mil", "1995 retire Mill"]).splitlines()
    assert lines[0] == "event: '1995 withdraw Mil': found the unknown company 'Mil'; did you mean 'Mill'?"
    assert lines[1].startswith("event: '1995 retire Mill': found the verb 'retire'")


# --- for editors, and for fast starts


def test_the_schema_knows_every_field_and_every_way_to_write_a_number() -> None:
    schema = json_schema()
    assert {"base", "catalogue", "remove", "companies", "trust"} <= set(schema["properties"])
    assert "required" not in schema and "required" not in schema["$defs"]["Process"]
    assert schema["$defs"]["Succession"]["required"] == ["year", "from", "to", "processes"]
    plain, annotated = schema["$defs"]["Trust"]["properties"]["prior"]["anyOf"]
    assert (plain["type"], plain["minimum"], plain["maximum"]) == ("number", 0.01, 0.99)
    assert annotated["properties"]["value"] == plain and annotated["required"] == ["value"]
    assert set(annotated["properties"]) == {"value", "unit", "low", "high", "source", "estimate"}
    capacity = schema["$defs"]["Process"]["properties"]["capacity"]
    assert capacity["anyOf"] == [{"type": "number"}, {"$ref": "#/$defs/DatedPath"}]
    assert "value" in schema["$defs"]["DatedPath"]["properties"]
    assert len(schema["$defs"]["Company"]["properties"]["payback"]["anyOf"]) == 3
    json.dumps(schema)


def test_reading_a_scenario_loads_nothing_heavy() -> None:
    program = (
        "import sys; from simulation.reading import load_scenario; load_scenario('classroom');"
        "print(*[m for m in ('mesa', 'numba', 'pandas', 'scipy', 'networkx', 'numpy') if m in sys.modules])"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == ""


def test_a_scenario_is_complete_in_itself() -> None:
    assert set(Scenario.model_fields).isdisjoint({"base", "catalogue", "remove"})
    record = load_scenario("classroom").model_dump(mode="json", by_alias=True)
    assert load_scenario({**record, "catalogue": "none"}) == load_scenario("classroom")


# --- whatever stands in a file

junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([10**400, 1e308])
    | st.text(max_size=8)
    | st.dates(),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.text(max_size=8) | st.sampled_from(["value", "low", "by_year", "scale"]), below, max_size=3
        )
    ),
    max_leaves=6,
)


def places(node: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a table of tables and lists."""
    below = (
        list(node.items())
        if isinstance(node, dict)
        else list(enumerate(node))
        if isinstance(node, list)
        else []
    )
    return [above, *(place for key, each in below for place in places(each, (*above, key)))]


RAW = tomllib.loads(SMALL_PARK.read_text("utf-8"))
PLACES = places({**RAW, "base": "", "remove": [], "provenance": {}, "synthetic": {}})[1:]


def replaced(node: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A table with another value at a place; as it was where an earlier edit took the place away."""
    if not place:
        return value
    if isinstance(node, dict):
        return {**node, place[0]: replaced(node.get(place[0], {}), place[1:], value)}
    return [
        replaced(each, place[1:], value) if place[0] == at else each for at, each in enumerate(node or ())
    ]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), junk), min_size=1, max_size=3))
def test_whatever_stands_in_a_table_the_answer_is_a_scenario_or_problems(edits: list[Any]) -> None:
    raw: Any = RAW
    for place, value in sorted(edits, key=lambda edit: -len(edit[0])):
        raw = replaced(raw, place, value)
    try:
        scenario = load_scenario(raw)
    except ScenarioError as refusal:
        assert refusal.problems and all(str(each).isprintable() for each in refusal.problems)
    else:
        assert (
            load_scenario(scenario.model_dump(mode="json", by_alias=True) | {"catalogue": "none"}) == scenario
        )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([".".join(map(str, place)) for place in PLACES]) | st.text(max_size=12), junk)
def test_whatever_is_set_the_answer_is_a_scenario_or_problems(path: str, value: Any) -> None:
    try:
        load_scenario(SMALL_PARK, set={path: value})
    except ScenarioError as refusal:
        assert refusal.problems and all(str(each).isprintable() for each in refusal.problems)

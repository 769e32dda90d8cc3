"""Whatever becomes of a sound file, a reader takes it or says what is wrong, and names the file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.problems import ScenarioError
from simulation.reading import load_scenario

from . import mutations
from .readers import READERS, tried
from .results import SMALL_PARK
from .sound import sound
from .trial import limited_memory, limited_time

BIG = 1 << 30
SLOW = {"scenario": 50, "record": 60, "design": 40, "ledger": 60, "parquet": 60}
"""Examples of readers that take their time."""


def many(examples: int) -> settings:
    """As many examples, the same ones every time."""
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example,
                               HealthCheck.function_scoped_fixture],
    )  # fmt: skip


def checked(reader: str, content: bytes, folder: Path) -> None:
    with limited_time(60), limited_memory(BIG):
        tried(reader, content, folder)


@pytest.mark.parametrize("reader", READERS)
def test_sound_input_is_taken(reader: str, tmp_path: Path) -> None:
    for content in sound(reader):
        if reader == "parquet" and b"INDIC" not in content:
            continue
        assert not tried(reader, content, tmp_path), content[:200]


@pytest.mark.parametrize("reader", READERS)
def test_torn_bytes_are_taken_or_refused(reader: str, tmp_path: Path) -> None:
    @many(SLOW.get(reader, 100))
    @given(st.sampled_from(sound(reader)).flatmap(mutations.torn))
    def torn(content: bytes) -> None:
        checked(reader, content, tmp_path)

    torn()


def tables_of(reader: str) -> list[dict[str, Any]]:
    """Sound input of a reader as tables."""
    parse = json.loads if reader == "record" else tomllib.loads
    return [parse(content.decode("utf-8")) for content in sound(reader)]


def written(reader: str, table: dict[str, Any]) -> bytes:
    """A table as the file that a reader takes."""
    if reader == "record":
        return json.dumps(table, default=str).encode("utf-8", "surrogatepass")
    return tomli_w.dumps(table).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("reader", ["scenario", "variant", "design", "record"])
def test_edited_tables_are_taken_or_refused(reader: str, tmp_path: Path) -> None:
    @many(SLOW.get(reader, 150))
    @given(st.sampled_from(tables_of(reader)).flatmap(mutations.tables))
    def edited(table: dict[str, Any]) -> None:
        checked(reader, written(reader, table), tmp_path)

    edited()


PLACES = mutations.places(
    {**tomllib.loads(SMALL_PARK.read_text("utf-8")), "base": "", "remove": [], "synthetic": {}}
)[1:]


@many(150)
@given(mutations.tables(tomllib.loads(SMALL_PARK.read_text("utf-8"))))
def test_what_is_taken_is_read_back_as_the_same_scenario(table: dict[str, Any]) -> None:
    try:
        scenario = load_scenario(table)
    except ScenarioError as refusal:
        assert refusal.problems and all(str(each).isprintable() for each in refusal.problems)
    else:
        assert (
            load_scenario(scenario.model_dump(mode="json", by_alias=True) | {"catalogue": "none"}) == scenario
        )


@many(150)
@given(
    st.sampled_from([".".join(map(str, place)) for place in PLACES]) | st.text(max_size=12),
    mutations.JUNK | st.none(),
)
def test_whatever_is_set_is_taken_or_refused(path: str, value: Any) -> None:
    try:
        load_scenario(SMALL_PARK, set={path: value})
    except ScenarioError as refusal:
        assert refusal.problems and all(str(each).isprintable() for each in refusal.problems)

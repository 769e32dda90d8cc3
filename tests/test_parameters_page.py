"""The reference of parameters is current, and the parameters themselves are declared in full and used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import agents.fields
from agents.fields import TABLES, Table
from simulation.fieldpaths import Field, describe
from simulation.indicators import INDICATOR
from simulation.metrics import METRICS
from simulation.parameters import SECTIONS
from simulation.reference import DEFAULTS, NEVER, PAGE, ROWS, parameter_page

ROOT = Path(__file__).parents[1]
PATHS = [f"{section}.{name}" for section, declared in SECTIONS.items() for name in declared.model_fields]
FIELDS = [describe(DEFAULTS, path) for path in PATHS]
NUMBERS = [
    each for each in FIELDS if isinstance(each.value, float | int) and not isinstance(each.value, bool)
]
NOT_RULES = ("uncertain.py", "reference.py")
"""Modules that name parameters without using them; so do the checks."""


def named(field: Field) -> str:
    return field.path


def reads(path: Path) -> Iterator[str]:
    """Names that a module reads; a parameter is read as `section_field`, at founding as `section.field`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.attr
            if path.name.startswith("founding"):  # the rules themselves read the one record of parameters
                above = node.value
                section = above.attr if isinstance(above, ast.Attribute) else getattr(above, "id", "")
                yield f"{section}_{node.attr}"


@pytest.fixture(scope="module")
def read_by_the_rules() -> set[str]:
    sources = [*(ROOT / "agents").glob("*.py"), *(ROOT / "simulation").glob("*.py")]
    rules = [each for each in sources if each.name not in NOT_RULES and not each.name.startswith("checks")]
    return {name for path in rules for name in reads(path)}


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == parameter_page(), "run: python -m simulation.reference"


def test_the_page_names_every_parameter_and_every_column() -> None:
    page = parameter_page()
    assert all(f"| `{path}` |" in page for path in PATHS)
    for table in (*TABLES, INDICATOR):
        assert f"### {table.name}\n" in page
        assert all(f"| `{field.name}` | {field.unit} |" in page for field in table.fields)
    assert {table.name for table in (*TABLES, INDICATOR)} == set(ROWS)
    assert set(TABLES) == {each for each in vars(agents.fields).values() if isinstance(each, Table)}
    assert all(f"| `{name}` | {metric.unit} | {metric.meaning} |" in page for name, metric in METRICS.items())


@pytest.mark.parametrize("field", NUMBERS, ids=named)
def test_every_number_has_meaning_unit_range_and_source(field: Field) -> None:
    assert field.meaning and field.unit and field.source
    assert field.low is not None and field.high is not None and field.low < field.high
    assert field.estimate == field.source.startswith("estimate")


@pytest.mark.parametrize("field", NUMBERS, ids=named)
def test_every_default_is_plausible_and_every_plausible_value_allowed(field: Field) -> None:
    assert field.low is not None and field.high is not None
    assert field.limits.hold(field.low) and field.limits.hold(field.high)
    if not (field.unit == "year" and field.value == NEVER):  # a date that never comes
        assert field.low <= field.value <= field.high


@pytest.mark.parametrize("field", FIELDS, ids=named)
def test_every_parameter_is_read_by_the_rules(field: Field, read_by_the_rules: set[str]) -> None:
    assert field.path.replace(".", "_") in read_by_the_rules


@pytest.mark.parametrize("table", [*TABLES, INDICATOR], ids=lambda table: table.name)
def test_every_column_has_a_meaning(table: Table) -> None:
    assert all(field.meaning for field in table.fields)

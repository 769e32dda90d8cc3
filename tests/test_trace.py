"""Claims in docs/trace.md and docs/checklist.md lead somewhere: files, commands, sections, parameters that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.cli import COMMANDS
from simulation.fieldpaths import describe
from simulation.parameters import SECTIONS
from simulation.scenario import Scenario

ROOT = Path(__file__).parents[1]
PAGES = ("docs/trace.md", "docs/checklist.md")
ELEMENTS = (
    "Problem formulation", "Model description", "Data evaluation", "Conceptual model evaluation",
    "Implementation verification", "Model output verification", "Model analysis", "Model output corroboration",
)  # fmt: skip


def text(page: str | Path) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, as a code host makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists(page: str) -> None:
    named = [
        each for each in re.findall(r"`([^`\s]+)`", text(page)) if "/" in each or re.search(r"\.\w+$", each)
    ]
    files = [
        each
        for each in named
        if "/" in each or Path(each).suffix in (".toml", ".txt", ".json", ".cff", ".md")
    ]
    assert len(files) > 5
    assert [each for each in files if each != "run.json" and not (ROOT / each).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_and_its_section(page: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", text(page)):
        name, _, section = target.partition("#")
        file = (ROOT / page).parent / name if name else ROOT / page
        assert file.exists(), target
        assert not section or section in anchors(file), target


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_every_target_of_make_exists(page: str) -> None:
    commands = {each.split()[1] for each in re.findall(r"`(symbiopark [^`]+)`", text(page))}
    assert commands <= set(COMMANDS)
    targets = set(re.findall(r"`make (\w+)`", text(page)))
    assert targets and all(re.search(rf"^{each}:", text("Makefile"), re.MULTILINE) for each in targets)


@pytest.mark.parametrize("page", PAGES)
def test_every_parameter_that_is_named_exists(page: str) -> None:
    for path in re.findall(r"`((?:" + "|".join(SECTIONS) + r")\.\w+)`", text(page)):
        assert (
            describe(Scenario(name="defaults"), path).meaning
            or describe(Scenario(name="defaults"), path).allowed
        )


def test_trace_has_its_eight_elements_in_order() -> None:
    headings = re.findall(r"^## \d (.*)$", text("docs/trace.md"), re.MULTILINE)
    assert tuple(headings) == ELEMENTS


def test_every_law_and_every_test_of_the_core_is_named_in_trace() -> None:
    page = text("docs/trace.md")
    modules = (ROOT / "tests" / "laws").glob("*.py")
    laws = {path.name for path in modules if path.name.startswith("test_") or "\nLAWS = (" in text(path)}
    assert len(laws) > 8
    assert [name for name in sorted(laws) if name not in page] == []


def test_the_description_draws_its_schedule_with_all_eleven_phases() -> None:
    drawn = re.search(r"```mermaid\n(.*?)```", text("docs/model.md"), re.DOTALL)
    assert drawn is not None
    listed = re.findall(r"^(\d+)\.\s", text("simulation/quarter.py"), re.MULTILINE)
    assert [int(each) for each in listed] == list(range(1, 12))
    assert all(re.search(rf"\[{each} \w+", drawn[1]) for each in listed)

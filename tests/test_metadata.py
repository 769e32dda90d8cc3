"""What the repository says of itself: one version everywhere, every dependency used and declared, licences listed."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from .rewrite_codemeta import FILE, text
from .rewrite_licences import (
    PAGE,
    ROOT,
    constraints,
    installed_licence,
    name_of,
    page,
    plain,
    project_table,
    rows_of_page,
)

PACKAGES = ("agents", "simulation", "experiments")
COMMANDS = {"import-linter": "lint-imports", "mypy": "mypy", "ruff": "ruff", "pytest-xdist": "pytest -n"}
"""Packages that are typed, not imported, with the word that stands for them in the Makefile."""
FOR_ANOTHER = {
    "solara-assets": "front-end files that solara serves without a network",
    "ipyvuetify": "held below the version that solara's pages know",
    "ipyvue": "held below the version that solara's pages know",
    "reacton": "held below the version that solara's pages know",
    "starlette": "held below the version that solara-server knows",
    "pandas-stubs": "types of pandas, which mypy reads",
}
"""Packages that are neither imported nor typed, with the reason."""
STRICT = re.compile(r"\bA?GPL|General Public License v3|GNU GENERAL", re.IGNORECASE)


@cache
def imported(*folders: str) -> set[str]:
    """Top-level modules that the code of some folders imports, by name or through `import_module`."""
    found: set[str] = set()
    for path in (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func) and node.args:
                found |= set(re.findall(r"\A[frb]*['\"](\w+)", ast.unparse(node.args[0])))
    return found


@cache
def providers() -> dict[str, set[str]]:
    """Packages by the module that they bring."""
    return {module: {plain(name) for name in names} for module, names in packages_distributions().items()}


def declared() -> dict[str, set[str]]:
    """Packages that pyproject.toml names, for the model itself ("") and by extra."""
    project = project_table()
    groups = {"": project["dependencies"], **project["optional-dependencies"]}
    return {group: {plain(name_of(each)) for each in own} for group, own in groups.items()}


def is_used(package: str, modules: set[str]) -> bool:
    return any(
        package in own or plain(module) == package for module, own in providers().items() if module in modules
    )


# --- one version, one name


def test_the_version_is_the_same_everywhere() -> None:
    version = project_table()["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", citation, re.MULTILINE)[1] == version  # type: ignore[index]
    assert json.loads(FILE.read_text(encoding="utf-8"))["version"] == version
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog or f"## [{version}]" in changelog


def test_codemeta_says_what_pyproject_says() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run python -m tests.rewrite_codemeta"
    kept = json.loads(text())
    for name in ("readme", "buildInstructions", "softwareHelp", "releaseNotes", "continuousIntegration"):
        assert (ROOT / kept[name]).is_file()


def test_licence_and_keywords_agree() -> None:
    project, citation = project_table(), (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"license: {project['license']}" in citation
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    cited = re.findall(r"^  - (?!name)(.*)$", citation, re.MULTILINE)
    assert set(cited) <= set(project["keywords"])


# --- dependencies


def test_what_the_model_needs_is_imported_by_its_code() -> None:
    modules = imported(*PACKAGES)
    assert [each for each in sorted(declared()[""]) if not is_used(each, modules)] == []


@pytest.mark.parametrize("extra", [group for group in declared() if group])
def test_what_an_extra_brings_is_imported_typed_or_explained(extra: str) -> None:
    modules = imported(*(("tests",) if extra == "dev" else PACKAGES), "tests")
    unused = {each for each in declared()[extra] if not is_used(each, modules)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    typed = {each for each, words in COMMANDS.items() if words in makefile}
    assert unused - typed - set(FOR_ANOTHER) == set()


def test_no_reason_is_left_for_what_is_gone() -> None:
    every = set().union(*declared().values())
    assert set(FOR_ANOTHER) | set(COMMANDS) <= every


def test_what_is_imported_is_declared() -> None:
    every = set().union(*declared().values())
    ours = {*PACKAGES, "tests"}
    known = providers()
    missing = {
        module
        for module in imported(*PACKAGES, "tests") - ours
        if module in known and not known[module] & every and plain(module) not in every
    }
    assert missing == set()


def test_every_declared_package_has_a_pinned_version() -> None:
    pinned = {plain(name) for name in constraints()}
    assert set().union(*declared().values()) <= pinned


# --- licences


def test_the_page_of_licences_is_current_for_what_is_installed() -> None:
    shown = rows_of_page()
    assert set(shown) == set(constraints()), "run python -m tests.rewrite_licences"
    checked = 0
    for name, version in constraints().items():
        said = installed_licence(name, version)
        assert shown[name][0] == version
        if said:
            assert shown[name][1] == said, "run python -m tests.rewrite_licences"
            checked += 1
    assert checked > 20
    if checked == len(shown):
        assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.rewrite_licences"


def test_every_package_states_a_licence() -> None:
    assert [
        name for name, (_, said) in rows_of_page().items() if said in ("", "not stated", "not installed here")
    ] == []


def test_nothing_that_symbiopark_itself_needs_is_under_the_gpl() -> None:
    lines = [
        line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    own = [cells for cells in lines if cells[3].strip() in ("symbiopark", "behind symbiopark")]
    assert len(own) > 20
    assert [cells[1].strip() for cells in own if STRICT.search(cells[4])] == []


def test_pages_of_the_report_are_part_of_the_package() -> None:
    import tomllib

    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = table["tool"]["setuptools"]["package-data"]["*"]
    held = {path.suffix for folder in PACKAGES for path in Path(ROOT / folder).rglob("*") if path.is_file()}
    needed = held - {".py", ".pyc", ".nbi", ".nbc", ".map"}
    assert {f"*{suffix}" for suffix in needed} <= set(patterns)

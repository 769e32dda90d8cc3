"""The page about stress tests: its numbers can be made anew, and its commands are those that exist."""

import re
import shlex
from pathlib import Path

import pytest

import experiments
from experiments.commands.stress import stress as command
from experiments.marked import between
from experiments.stressing.modes import parse_mode
from experiments.stressing.page import FIGURES, MARKS, PAGE, TESTS, took, write
from experiments.stressing.page_numbers import numbers
from experiments.stressing.stress import quick, stress

DOCS = Path(experiments.__file__).parents[1] / "docs"


def test_the_numbers_of_the_page_come_from_its_tests() -> None:
    found = {name: quick("kalundborg", runs=2, until=2004, **asked) for name, asked in TESTS.items()}
    text = numbers(found)
    assert "nan" not in text and "A model result, not a forecast: 2 paired runs" in text
    titles = re.findall(r"^### (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == titles
    page = between(PAGE.read_text(encoding="utf-8"), "new", MARKS)
    assert "\n\nnew\n\n" in page and page.startswith("# What a park loses") and "How it is done" in page


def test_the_page_is_written_from_a_folder_and_says_what_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = {"year": 2015, "remove": ["Brewery", "Town"], "order": 2, "until": 2020}
    found = {"pairs": stress("classroom", out=tmp_path / "pairs", runs=3, workers=1, **question)}
    said = took(tmp_path)
    assert re.fullmatch(
        r"Single losses and pairs: 9 sets of losses in 3 replicates, .+ of one core in all, or .+ ms each; \w+ \d{4}\.",
        said,
    )
    page = tmp_path / "page.md"
    page.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    images = tmp_path / "images"
    images.mkdir()
    monkeypatch.setattr("experiments.stressing.page.numbers", lambda _found: "new")
    made = write(tmp_path, found, page, images)
    assert f"new\n\n{said}\n" in page.read_text(encoding="utf-8") and "old" not in page.read_text(
        encoding="utf-8"
    )
    assert {each.name for each in made} == {"page.md", *(f"stress-{name}.png" for name in FIGURES)}


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the lines"):
        between("nothing", "new", MARKS)


def test_every_option_of_the_page_exists() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## Reading")[0]
    known = {name for parameter in command.params for name in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", text)) <= known | {"--json"}
    for words in re.findall(r"--mode ((?:\"[^\"]+\"|[\w:.-]+))", text):
        parse_mode(shlex.split(words)[0])
